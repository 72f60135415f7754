"""Somebody who has no row of their own: named in texts alone, by initials, by a nickname; and what is not read is told."""

import gzip
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invadido import FOLIO, NOW, WHEN, invaded
from sembrado import add_note, insert
from sqlite_utils import Database

from crawlers.capture import Captures, Exchange, read_record
from pipeline.cli import hallazgos
from pipeline.privacy.members import members, texts_of
from pipeline.privacy.search import Candidate, candidates
from pipeline.registry.connection import open_registry

NAME = "Francisco Barragán Quintero"
WORDS = ("barragan", "barragán", "quintero")
SAYS = f"El comandante {NAME} dijo que no sabía nada; Barragán no quiso responder."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = invaded(tmp_path_factory.mktemp("modelo") / "registro.db")
    captures = Captures(path.parent, 3)
    html = (("Content-Type", "text/html; charset=utf-8"),)
    page = captures.write_exchange(Exchange("https://faro.ejemplo/c", 200, html, f"<p>{SAYS}</p>".encode()), NOW)
    for kind, body in (("image/png", b"\x89PNG\x00\x01"), ("application/pdf", b"%PDF-1.7 \x00\x02")):
        captures.write_exchange(Exchange("https://faro.ejemplo/x", 200, (("Content-Type", kind),), body), NOW)
    packed = gzip.compress(f"<urlset><loc>https://faro.ejemplo/{NAME.replace(' ', '-')}</loc></urlset>".encode())
    captures.write_exchange(
        Exchange("https://faro.ejemplo/m.xml.gz", 200, (("Content-Type", "application/gzip"),), packed), NOW
    )
    captures.close()
    (path.parent / "oficio.pdf").write_bytes(b"%PDF-1.7")
    with closing(open_registry(path)) as db, db.atomic():
        note = add_note(db, 950, title="Habla el comandante", text=SAYS)
        digest = read_record(path.parent, page).sha256
        db.execute("UPDATE noticias SET captura = ?, sha256 = ? WHERE id = ?", [page, digest, note])
        by = {"folio": FOLIO, "quien": "ana", "cuando": WHEN}
        for text in ("Llamó F. B. Q. para pedir datos", "Según el comandante F. Barragán", "Vino Pancho Barragán a la oficina"):
            insert(db, "comentarios", texto=text, **by)
        insert(db, "comentarios", texto="Francisco Quintero preguntó por el caso", **by)
        log = {"base_id": 1, "hora": WHEN, "tipo": "agresion", "quien": "ana", "recibido_en": WHEN}
        insert(db, "registros_base", uuid="u-2", texto=f"Se acercó {NAME}.", iniciales="FBQ", **log)
        db.execute("UPDATE movilizaciones SET convocantes = ? WHERE id = 1", [json.dumps([NAME])])
        insert(db, "personas", nombre="F. B. Q.", clave="f b q", tipo="persona")
        insert(db, "personas", nombre="Pancho Barragán", clave="pancho barragan", tipo="persona")
        insert(db, "personas", nombre="Francisca Barragán", clave="francisca barragan", tipo="persona")
    return path


@pytest.fixture
def registro(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model.parent, tmp_path / "datos")
    return tmp_path / "datos" / "registro.db"


def arco(registro: Path, *words: str) -> Result:
    return CliRunner().invoke(hallazgos, ["arco", *words, "--registro", str(registro)])


def asked(registro: Path, *words: str) -> list[dict[str, object]]:
    done = arco(registro, "buscar", *words, "--formato", "json")
    assert done.exit_code in (0, 1), done.output
    found: list[dict[str, object]] = json.loads(done.output)
    return found


def rows_with_the_name(registro: Path) -> list[str]:
    """The tables that hold the surnames; `personas`: namesakes' rows are theirs."""
    with closing(Database(registro)) as db:
        names = [name for name in db.table_names() if "_fts" not in name and name != "personas"]
        said = {name: str(db.execute(f"SELECT * FROM {name}").fetchall()).lower() for name in names}
    return [name for name, text in said.items() if any(word in text for word in WORDS)]


def traced(folder: Path) -> list[str]:
    """The capture files whose answers hold a surname, packed ones unpacked."""
    files = sorted(folder.rglob("captura/**/*.warc.gz"))
    said = {path.name: "".join(text for one in members(path) for text in texts_of(one.raw)).lower() for path in files}
    return [name for name, text in said.items() if any(word in text for word in WORDS)]


def test_a_name_without_a_row_is_found_wherever_it_stands_and_what_is_uncertain_apart(model: Path) -> None:
    found = {(row["tipo"], row["parecido"]): row["cuantos"] for row in asked(model, *NAME.split())}
    assert {place for (place, why) in found if why == "la nombra"} >= {
        "noticias",
        "registros_base",
        "movilizaciones",
        "capturas",
    }
    unsure = {(str(place), str(why).removeprefix("incierto: ")) for place, why in found if str(why).startswith("incierto: ")}
    assert unsure >= {
        ("comentarios", "iniciales"),
        ("registros_base", "iniciales"),
        ("comentarios", "inicial y apellido"),
        ("comentarios", "apodo y apellido"),
        ("comentarios", "nombre y segundo apellido"),
    }


def test_people_by_initials_or_a_nickname_are_proposed_as_uncertain(model: Path) -> None:
    with closing(open_registry(model)) as db:
        found = {one.nombre: one.parecido for one in candidates(db, NAME)}
        assert found == {
            "F. B. Q.": "incierto: iniciales",
            "Pancho Barragán": "incierto: apodo",
            "Francisca Barragán": "sólo el apellido",
        }
        turned = candidates(db, "tlacuilo quetzalli ZULEMA")
        assert turned == [
            Candidate(1, "Zulema Quetzalli Tlacuilo", "persona", 1, "incierto: las mismas palabras en otro orden")
        ]
        assert [one.nombre for one in candidates(db, "FBQ")] == []
        assert [one.parecido for one in candidates(db, "Z. Q. T.")] == ["incierto: iniciales"]
        assert [one.id for one in candidates(db, "Sulema Tlacuílo")] == [1]


def test_what_is_no_text_is_listed_and_not_read(model: Path) -> None:
    unread = {row["parecido"] for row in asked(model, NAME) if row["tipo"] == "sin leer"}
    assert unread == {"image/png", "application/pdf", "pdf"}
    names = [str(row["nombre"]) for row in asked(model, "3") if row["tipo"] == "sin leer"]
    assert "oficio.pdf" in names and sum("captura/2026" in name for name in names) == 2


def test_who_has_no_row_is_exported_blocked_given_back_and_erased_by_name(registro: Path, tmp_path: Path, model: Path) -> None:
    by_name = ("--nombre", NAME, "--motivo", "a petición suya")
    assert traced(registro.parent)
    assert arco(registro, "exportar", *by_name, "-o", str(tmp_path / "entrega")).exit_code == 0
    handed = json.loads((tmp_path / "entrega" / "datos.json").read_text("utf-8"))
    assert set(handed["tablas"]) >= {"noticias", "registros_base", "movilizaciones"} and handed["capturas"]
    assert {one["motivo"] for one in handed["inciertos"]} >= {"iniciales", "apodo y apellido"}
    assert {one["tipo"] for one in handed["sin_leer"]} == {"image/png", "application/pdf", "pdf"}
    assert "oficio.pdf" in (tmp_path / "entrega" / "datos.html").read_text("utf-8")
    done = arco(registro, "bloquear", *by_name)
    assert done.exit_code == 0, done.output
    assert traced(registro.parent) == []
    assert rows_with_the_name(registro) == ["comentarios"]  # what is uncertain stays for a person to say
    assert not [row for row in asked(registro, NAME) if row["parecido"] == "la nombra"]
    assert arco(registro, "desbloquear", "2", "--motivo", "retiró su petición").exit_code == 0
    with closing(Database(registro)) as now, closing(Database(model)) as was:
        for table in ("noticias", "registros_base", "movilizaciones"):
            assert now.execute(f"SELECT * FROM {table}").fetchall() == was.execute(f"SELECT * FROM {table}").fetchall()
    forms = ("--nombre", "Pancho Barragán", "--nombre", "Francisco Quintero")
    done = arco(registro, "suprimir", *by_name, *forms[2:])
    assert done.exit_code == 0, done.output
    with closing(Database(registro)) as db:
        texts = [row[0] for row in db.execute("SELECT texto FROM comentarios ORDER BY id").fetchall()]
    assert "Quintero" not in texts[-1]


def test_a_name_that_has_a_row_is_asked_for_by_its_number(registro: Path) -> None:
    done = arco(registro, "bloquear", "--nombre", "Zulema Quetzalli Tlacuilo", "--motivo", "oposición")
    assert (done.exit_code, done.output.strip()) == (
        2,
        "Error: hay personas con ese nombre: dígalas con su número (1)",
    )
    assert arco(registro, "bloquear", "--motivo", "nada").exit_code == 2
    assert arco(registro, "bloquear", "--nombre", "Zulema", "--motivo", "una palabra").exit_code == 2
