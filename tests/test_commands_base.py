"""`hallazgos base …` from opening to the printed log, as it is typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import registry, rows
from instalada import demonstration, exported, sent, uuid

from pipeline.cli import hallazgos
from pipeline.registry.connection import open_registry

TODAY = "2026-03-08"
EARLY = {"hora": "2026-03-08T11:30:00Z"}  # 05:30 in Mexico City; --hoy is 06:00


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with registry(tmp_path) as db:
        demonstration(db)

    def call(*words: str) -> Result:
        return CliRunner().invoke(hallazgos, ["base", *words, "--registro", "registro.db", "--hoy", TODAY])

    return call


def test_a_base_from_its_opening_to_its_printed_log(run, tmp_path):
    opened = run("abrir", "1", "--sitio", "Hemiciclo", "--organismo", "Secretaría de Gobierno", "--personas", "3")
    assert (opened.exit_code, "Base 1 abierta" in opened.output) == (0, True), opened.output
    assert run("formulario", "1", "-o", "F.html").exit_code == 0
    assert (tmp_path / "F.html").stat().st_mode & 0o777 == 0o600
    Path("a.json").write_text(json.dumps(exported(sent(1, **EARLY), sent(2, **EARLY, tipo="nada"))), "utf-8")
    received = run("recibir", "a.json")
    assert received.exit_code == 5
    assert "1 anotación guardada, 1 rechazada" in received.output
    assert "a.json: anotación 2: falta qué pasa" in received.output
    assert "1 que ya estaba" in run("recibir", "a.json").output
    assert run("cambiar", "1", "--personas", "5").exit_code == 0
    closed = run("cerrar", "1")
    assert "hallazgos base bitacora 1 -o F.html" in closed.output
    assert run("bitacora", "1", "-o", "B.html").exit_code == 0
    assert "Le quitaron la cámara" in Path("B.html").read_text("utf-8")
    (line,) = json.loads(run("lista", "--json").output)
    assert (line["personas_presentes"], line["registros"], line["fin"]) == (5, 1, "2026-03-08T12:00:00Z")
    assert "8 mar 2026, 06:00" in run("lista").output
    assert run("lista", "--abiertas", "--json").output.strip() == "[]"
    assert run("reabrir", "1").exit_code == 0
    with open_registry(tmp_path / "registro.db") as db:
        assert rows(db, "SELECT ruta FROM lecturas") == [("base bitacora 1",)]
        assert rows(db, "SELECT uuid FROM registros_base") == [(uuid(1),)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("abrir", "9"), "no hay movilización 9"),
        (("cerrar", "9"), "no hay Base 9"),
        (("recibir", "no-hay.json"), "no-hay.json: no existe"),
        (("formulario", "9", "-o", "F.html"), "no hay Base 9"),
        (("abrir", "1", "--inicio", "mañana"), "no es una hora"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(run, words, why):
    done = run(*words)
    assert done.exit_code == 2
    assert why in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_file_that_is_no_file_of_ours_is_refused_whole(run):
    run("abrir", "1")
    Path("b.json").write_bytes(b"\x00\x01")
    done = run("recibir", "b.json")
    assert (done.exit_code, "b.json: no es un archivo exportado" in done.output) == (2, True)
