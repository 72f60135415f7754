"""A new note that names somebody who was erased or blocked: its text is covered, and who administers decides."""

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import enlace
from huellas import in_files, told, traces
from invadido import NAME, NOW, invaded
from sqlite_utils import Database

from crawlers.capture import Captures, Exchange, read_record
from crawlers.noticia import Noticia, Precision, TextoOrigen
from pipeline.cli import hallazgos
from pipeline.incidents import group_pending
from pipeline.pages.asked import Asked
from pipeline.pages.decide import decide
from pipeline.privacy.erase import erase
from pipeline.privacy.finish import after_run
from pipeline.privacy.give_back import release, unblock
from pipeline.privacy.returning import returning
from pipeline.registry import arco, erased, links
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry
from pipeline.registry.noticias import insert_noticia
from pipeline.retagging.work import Order as RetagOrder
from pipeline.retagging.work import retag_all
from pipeline.tagging.pending import tag_pending

URL = "https://faro.ejemplo/2026/zulema-tlacuilo-otra-vez"
TITLE = "Amenazan de muerte a la periodista Zulema Tlacuilo"
TEXT = (
    "La periodista Zulema Quetzalli Tlacuilo, del portal El Faro de Prueba, fue amenazada de muerte este lunes por un"
    " desconocido frente a su casa en Coyoacán, en la Ciudad de México. «Ya sabemos dónde vives», le dijo a Tlacuilo."
    " La reportera denunció las amenazas ante la fiscalía."
)
LATER = NOW + timedelta(days=1)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = invaded(tmp_path_factory.mktemp("modelo") / "registro.db")
    erase(path, Order("suprimir", (1,), "a petición suya"), quien="ana", now=NOW)
    return path


@pytest.fixture
def registro(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model.parent, tmp_path / "datos")
    return tmp_path / "datos" / "registro.db"


def publish(registro: Path, text: str = TEXT, title: str = TITLE, url: str = URL) -> int:
    """Store a note as a crawl does: its page and the feed that told it captured, its link, its row."""
    captures = Captures(registro.parent, 2)
    html = (("Content-Type", "text/html"),)
    page = captures.write_exchange(Exchange(url, 200, html, f"<html><body><p>{text}</p></body></html>".encode()), LATER)
    feed = captures.write_exchange(Exchange("https://faro.ejemplo/rss", 200, html, f"<rss>{title}</rss>".encode()), LATER)
    captures.close()
    with closing(open_registry(registro)) as db, db.atomic():
        when = {"publicada_en": "2026-11-25T12:00:00Z", "capturada_en": "2026-11-25T12:30:00Z"}
        digest = read_record(registro.parent, page).sha256
        origin = {"texto_origen": TextoOrigen.PAGINA, "fecha_precision": Precision.HORA, "version_extractor": "x1"}
        note = Noticia(url, url, "faro", title, text, sha256=digest, captura=page, autor=f"Por {NAME}", **when, **origin)
        number = insert_noticia(db, note)
        db.execute("INSERT OR IGNORE INTO contadores VALUES ('folio-2026', 100)")
        link = enlace("uno", url=url, url_normalizada=url, titulo=title, captura=feed)
        links.store_link(db, link, LATER, None)
        links.tie_link(db, url, number)
    return number


def digest(registro: Path) -> None:
    """What a run does after its crawl."""
    with closing(open_registry(registro)) as db:
        tag_pending(db, pause=0)
        group_pending(db, lambda: LATER, pause=0)
        assert after_run(db, registro, LATER)


def one(registro: Path, sql: str, *values: object) -> tuple[object, ...]:
    with closing(Database(registro)) as db:
        return tuple(db.execute(sql, list(values)).fetchone())


@pytest.mark.parametrize(
    "text",
    [
        "dijo Zulema Tlacuilo ayer",
        "AMENAZAN A ZULEMA TLACUILO",
        "la periodista Sulema Quetzalli Tlacuilo",
        "Quetzalli Tlacuilo volvió",
        "firmas: Tlacuilo, Zulema",
        "#JusticiaParaZulemaTlacuilo",
        "de Zulema de la Tlacuilo",
        URL,
    ],
)
def test_a_name_is_known_again_however_it_is_written(model: Path, text: str) -> None:
    with closing(open_registry(model)) as db:
        known = erased.remembered(db)
        assert known and known.criba
        assert set(returning([text], known).values()) == {1}


def test_other_names_are_nobody_s(model: Path) -> None:
    with closing(open_registry(model)) as db:
        known = erased.remembered(db)
        assert known
        texts = ["Zulema Prueba y Pedro Tlacuilo", "Zulema llegó. Luego Ana Tlacuilo", "Zulema dijo que Tlacuilo no fue", ""]
        assert returning(texts, known) == {}


def test_a_new_note_is_covered_and_its_finding_keeps_an_unnamed_victim(registro: Path) -> None:
    number = publish(registro)
    digest(registro)
    assert told(registro) + in_files(registro.parent) == []
    tags, state = one(registro, "SELECT etiquetas, estado FROM noticias WHERE id = ?", number)
    assert '"victimas": []' in str(tags) and "victimas_sin_nombre" in str(tags) and state == "agrupada"
    folio = one(registro, "SELECT folio FROM hallazgos_noticias WHERE noticia_id = ?", number)[0]
    assert one(registro, "SELECT count(*), count(persona_id) FROM victimas WHERE folio = ?", folio) == (1, 0)
    request = one(
        registro, "SELECT tipo, de_solicitud, quien, terminada_en IS NOT NULL, conteos FROM arco_solicitudes WHERE id = 2"
    )
    assert request[:4] == ("bloquear", 1, "sistema", 1) and '"capturas": 3' in str(request[4])


def test_killed_between_rows_and_captures_the_next_run_covers_them(registro: Path) -> None:
    publish(registro)
    with closing(open_registry(registro)) as db:
        tag_pending(db, pause=0)
        group_pending(db, lambda: LATER, pause=0)
        assert [item.id for item in arco.unfinished(db)] == [2]
    assert told(registro) == []
    assert in_files(registro.parent)
    digest(registro)
    assert in_files(registro.parent) == []


def test_a_namesake_s_note_is_given_back_and_stays(registro: Path) -> None:
    number = publish(registro)
    digest(registro)
    assert unblock(registro, 2, "es otra persona", quien="ana", now=LATER) == 0
    assert one(registro, "SELECT titulo, texto FROM noticias WHERE id = ?", number) == (TITLE, TEXT)
    with closing(open_registry(registro)) as db:
        db.execute("UPDATE noticias SET version_etiquetador = 'otra' WHERE id = ?", [number])
        db.conn.commit()
        retag_all(db, RetagOrder(None, None, lambda: LATER), pause=0)
    assert one(registro, "SELECT texto FROM noticias WHERE id = ?", number) == (TEXT,)
    assert one(registro, "SELECT count(*) FROM personas WHERE nombre LIKE '%Tlacuilo%'") == (0,)  # the name stays refused


def test_what_was_kept_of_it_is_let_go(registro: Path) -> None:
    publish(registro)
    digest(registro)
    release(registro, 2, "es ella", quien="ana", now=LATER)
    assert traces(registro.parent) == []


def test_a_blocked_person_s_later_notes_come_back_with_her(tmp_path: Path) -> None:
    path = invaded(tmp_path / "registro.db")
    erase(path, Order("bloquear", (1,), "oposición"), quien="ana", now=NOW)
    number = publish(path)
    digest(path)
    assert told(path) + in_files(tmp_path) == []
    assert unblock(path, 1, "retiró su petición", quien="ana", now=LATER) == 0
    assert one(path, "SELECT texto FROM noticias WHERE id = ?", number) == (TEXT,)
    assert not list((tmp_path / "reservado").glob("solicitud-*"))
    another = publish(path, url="https://faro.ejemplo/tercera")
    digest(path)
    assert one(path, "SELECT texto FROM noticias WHERE id = ?", another) == (TEXT,)


def test_who_types_the_name_is_told_that_it_was_not_written(registro: Path) -> None:
    rows = [{"nombre": "Zulema Tlacuilo", "tipo": "periodista"}, {"nombre": "Ana Ensayo Paz", "tipo": "periodista"}]
    with closing(open_registry(registro)) as db:
        version = db.execute("SELECT version FROM hallazgos WHERE folio = 'H-2026-000002'").fetchone()[0]
        values = {"accion": "victimas", "folio": "H-2026-000002", "version": version, "victimas": rows}
        status, answer = decide(db, Asked(values, form=False), "ana", LATER)
    assert (status, "Un nombre es de quien pidió que no se guarde" in answer["mensaje"]) == (200, True), answer
    assert told(registro) == []


def test_an_import_tells_how_many_names_it_did_not_write(registro: Path, tmp_path: Path) -> None:
    (tmp_path / "otros.csv").write_text(
        "clave,dia,quien\n1,2024-03-01,Zulema Quetzalli Tlacuilo\n2,2024-03-02,Luz Paz\n", "utf-8"
    )
    fields = "".join(
        f'[campos.{name}]\ncolumna = "{column}"\n'
        for name, column in (("clave", "clave"), ("fecha_hecho", "dia"), ("nombre", "quien"))
    )
    (tmp_path / "mapa.toml").write_text(f'nombre = "prueba"\n{fields}', "utf-8")
    order = ["importar", "registros", str(tmp_path / "otros.csv"), "--columnas", str(tmp_path / "mapa.toml")]
    done = CliRunner().invoke(hallazgos, [*order, "--registro", str(registro)])
    assert done.exit_code == 0, done.output
    assert "Un nombre es de quien pidió que no se guarde: esa víctima quedó sin nombre." in done.output
    assert told(registro) == []
