"""Rectifying: what the person says of themselves holds over the machine, in pages, search, exports and the report."""

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invadido import FOLIO, NAME, NOW, invaded
from sqlite_utils import Database

from pipeline.cli import hallazgos
from pipeline.errores import ErrorDeUso
from pipeline.incidents import group_pending
from pipeline.privacy.erase import erase
from pipeline.privacy.give_back import release
from pipeline.privacy.rectify import rectify
from pipeline.registry.arco import Order, Right
from pipeline.registry.connection import open_registry
from pipeline.registry.findings import write_codes
from pipeline.registry.schema import MIGRATIONS
from pipeline.review import Hand, undo
from pipeline.review.errors import ReviewError


@pytest.fixture
def registro(tmp_path: Path) -> Path:
    return invaded(tmp_path / "datos" / "registro.db")


def arco(registro: Path, *words: str) -> Result:
    return CliRunner().invoke(hallazgos, ["arco", *words, "--registro", str(registro)])


def rows(registro: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(Database(registro)) as db:
        return [tuple(row) for row in db.execute(sql).fetchall()]


def test_each_datum_is_written_with_its_trace_and_the_press_stays(registro: Path) -> None:
    texts = rows(registro, "SELECT titulo, texto, etiquetas FROM noticias ORDER BY id")
    before = rows(registro, f"SELECT version FROM hallazgos WHERE folio = '{FOLIO}'")
    new = ("--nombre", "Zulema  Quetzali Tlacuilo Ruiz", "--genero", "no_binario", "--medio", "Radio Nueva")
    assert arco(registro, "rectificar", "1", *new, "--motivo", "lo pidió").exit_code == 0
    person = "SELECT nombre, clave, genero, genero_origen FROM personas WHERE id = 1"
    assert rows(registro, person) == [("Zulema Quetzali Tlacuilo Ruiz", "zulema quetzali tlacuilo ruiz", "no_binario", "dicho")]
    victim = "SELECT genero, medio_u_organizacion, origen FROM victimas WHERE persona_id = 1"
    assert rows(registro, victim) == [("no_binario", "Radio Nueva", "persona")]
    assert rows(registro, "SELECT titulo, texto, etiquetas FROM noticias ORDER BY id") == texts
    assert rows(registro, f"SELECT version FROM hallazgos WHERE folio = '{FOLIO}'") > before
    trail = rows(registro, "SELECT accion, tabla, clave, motivo, antes, despues FROM bitacora ORDER BY id DESC LIMIT 1")
    assert trail[0][:4] == ("rectificar", "personas", "1", "lo pidió") and "Ruiz" not in str(trail)
    counts = "SELECT conteos, terminada_en IS NOT NULL FROM arco_solicitudes"
    assert rows(registro, counts) == [('{"personas": 1, "victimas": 1}', 1)]


def test_what_was_rectified_is_in_pages_search_exports_and_no_machine_changes_it(registro: Path, tmp_path: Path) -> None:
    rectify(
        registro, Order("rectificar", (1,), "lo pidió"), Right("Zulema Tlacuilo Ruiz", "", "Radio Nueva"), quien="a", now=NOW
    )
    with closing(open_registry(registro)) as db:
        db.execute("UPDATE noticias SET estado = 'etiquetada' WHERE id IN (SELECT noticia_id FROM hallazgos_noticias)")
        db.conn.commit()
        group_pending(db, lambda: NOW, pause=0)
        with db.atomic():
            write_codes(db, FOLIO)
        with pytest.raises(ReviewError):
            undo(db, FOLIO, Hand("ana", NOW))  # nothing that was wrong is put back
    names = f"SELECT * FROM v_hallazgos_nombres WHERE folio = '{FOLIO}'"
    assert "Zulema Tlacuilo Ruiz" in str(rows(registro, names)) and NAME not in str(rows(registro, names))
    assert rows(registro, "SELECT medio_u_organizacion FROM victimas WHERE persona_id = 1") == [("Radio Nueva",)]
    found = arco(registro, "buscar", "Tlacuilo", "Ruiz", "--formato", "json")
    assert [row["id"] for row in json.loads(found.output) if row["tipo"] == "persona"][:1] == [1]
    handed = arco(registro, "exportar", "1", "-o", str(tmp_path / "e"), "--motivo", "acceso")
    assert handed.exit_code == 0
    own = json.loads((tmp_path / "e" / "datos.json").read_text("utf-8"))["tablas"]
    assert own["personas"]["filas"][0]["nombre"] == "Zulema Tlacuilo Ruiz"
    report = ["informe", "--periodo", "2026-11", "-o", str(tmp_path / "i.html"), "--registro", str(registro)]
    assert CliRunner().invoke(hallazgos, report).exit_code == 0
    assert "Tlacuilo" not in (tmp_path / "i.html").read_text("utf-8").replace("Casa de Zulema Tlacuilo", "")


@pytest.mark.parametrize(
    ("person", "right", "why"),
    [
        (99, Right("Ana Paz"), "no hay ninguna persona"),
        (1, Right(), "falta el dato correcto"),
        (1, Right("   "), "falta el dato correcto"),
        (1, Right("«»"), "no tiene letras"),
        (1, Right(genero="otro"), "no es un género"),
    ],
)
def test_what_cannot_be_rectified_is_told_and_nothing_changes(registro: Path, person: int, right: Right, why: str) -> None:
    with pytest.raises(ErrorDeUso, match=why):
        rectify(registro, Order("rectificar", (person,), "x"), right, quien="a", now=NOW)
    assert rows(registro, "SELECT count(*) FROM arco_solicitudes") == [(0,)]


def test_nobody_takes_an_erased_name_and_an_erased_person_is_not_rectified(registro: Path) -> None:
    erase(registro, Order("suprimir", (1,), "a petición suya"), quien="a", now=NOW)
    for person in (1, 2):
        with pytest.raises(ErrorDeUso, match=r"se suprimió|no se guarde"):
            rectify(registro, Order("rectificar", (person,), "x"), Right(NAME), quien="a", now=NOW)


def test_letting_go_asks_for_something_kept_and_happens_once(registro: Path) -> None:
    order = Order("suprimir", (1,), "a petición suya", "expediente en curso")
    number = erase(registro, order, quien="ana", now=NOW).solicitud
    kept = registro.parent / "reservado" / f"solicitud-{number:06d}"
    assert (kept / "capturas.jsonl").is_file() and not (kept / "filas.json").exists()
    assert arco(registro, "liberar", "77", "--motivo", "no existe").exit_code == 2
    release(registro, number, "terminó el expediente", quien="ana", now=NOW + timedelta(days=30))
    assert not kept.exists()
    told = arco(registro, "solicitudes", "--formato", "json")
    states = [(row["tipo"], bool(row["terminada_en"]), bool(row["levantada_en"])) for row in json.loads(told.output)]
    assert states == [("liberar", True, False), ("suprimir", True, True)]
    again = arco(registro, "liberar", str(number), "--motivo", "otra vez")
    assert again.exit_code == 2 and "ya se levantó" in again.output
    erase(registro, Order("suprimir", (2,), "a petición suya"), quien="ana", now=NOW)
    assert "no conserva nada apartado" in arco(registro, "liberar", "3", "--motivo", "nada").output


def test_a_registry_of_before_tells_what_broke_off(tmp_path: Path) -> None:
    db = Database(tmp_path / "registro.db")
    MIGRATIONS.apply(db, stop_before="m0013_arco")
    sql = (
        "INSERT INTO arco_solicitudes (tipo, motivo, conteos, quien, cuando) VALUES (?, 'x', ?, 'ana', '2026-11-01T00:00:00Z')"
    )
    with db.atomic():
        for kind, counts in (("suprimir", '{"noticias": 3}'), ("liberar", "{}"), ("bloquear", "{}")):
            db.execute(sql, [kind, counts])
    db.conn.close()
    with closing(open_registry(tmp_path / "registro.db")) as opened:
        ended = opened.execute("SELECT tipo FROM arco_solicitudes WHERE terminada_en IS NOT NULL ORDER BY id").fetchall()
    assert [row[0] for row in ended] == ["suprimir", "liberar"]
    salud = CliRunner().invoke(hallazgos, ["salud", "--registro", str(tmp_path / "registro.db"), "--hoy", "2026-11-24"])
    assert "La solicitud de datos personales 3 quedó a medias" in salud.output
