"""The demonstration as an end-to-end test: `hallazgos demo` in a process of its own, then its registry against the gold."""

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "demo" / "data"
GOLD = [json.loads(line) for line in (DATA / "articulos.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "demostracion"
    command = [sys.executable, "-m", "pipeline.cli", "demo", "--carpeta", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.fixture(scope="module")
def db(played: tuple[Path, str]) -> sqlite3.Connection:
    connection = sqlite3.connect(played[0] / "registro.db")
    connection.row_factory = sqlite3.Row
    return connection


def test_every_article_of_the_press_is_a_noticia(db: sqlite3.Connection) -> None:
    stored = {row["titulo"] for row in db.execute("SELECT titulo FROM noticias")}
    missing = [article["titulo"] for article in GOLD if article["titulo"] not in stored]
    assert len(stored) == len(GOLD)
    assert missing == []


def test_the_fates_of_each_source_add_up(db: sqlite3.Connection) -> None:
    rows = db.execute("SELECT * FROM corridas_fuentes").fetchall()
    fates = ("nueva", "version", "conocida", "sin_texto", "fuera_de_fecha", "rechazada", "error", "pendiente")
    assert {row["fuente_id"]: sum(row[fate] for fate in fates) for row in rows} == {
        r["fuente_id"]: r["recibidos"] for r in rows
    }
    assert [row["fuente_id"] for row in rows if row["fallida"]] == ["faro"]


def test_every_event_of_the_press_is_found_and_no_two_become_one(db: sqlite3.Connection) -> None:
    found: dict[str, set[str]] = {}
    events = {article["titulo"]: article["evento"] or article["id"] for article in GOLD if article["relevante"]}
    joined = "SELECT folio, titulo FROM hallazgos_noticias JOIN noticias ON noticias.id = noticia_id"
    for row in db.execute(joined):
        if row["titulo"] in events:
            found.setdefault(row["folio"], set()).add(events[row["titulo"]])
    assert set().union(*found.values()) == set(events.values())
    assert {folio: names for folio, names in found.items() if len(names) > 1} == {}


def test_only_reviewed_findings_count_and_the_figure_is_told(played: tuple[Path, str], db: sqlite3.Connection) -> None:
    with (DATA / "revision.csv").open(encoding="utf-8", newline="") as file:
        planned = [row["decision"] for row in csv.DictReader(file)]
    states = dict(db.execute("SELECT estado, count(*) FROM hallazgos GROUP BY estado").fetchall())
    assert states["validado"] == planned.count("validar")
    assert states["descartado"] == planned.count("descartar")
    registros = db.execute("SELECT count(*) FROM v_registros").fetchone()[0]
    assert f"= {registros} ÷ " in played[1]
    with (played[0] / "comparativo.csv").open(encoding="utf-8-sig", newline="") as file:
        november = next(row for row in csv.DictReader(file) if row["periodo"] == "2026-11")
    assert november["registros_2026"] == str(registros)


def test_its_fixed_calendar_is_told(played: tuple[Path, str]) -> None:
    assert "El calendario de la demostración es fijo: su corrida es del 30 nov 2026." in played[1]


def test_every_noticia_rests_on_evidence_that_verifies(played: tuple[Path, str]) -> None:
    registry = str(played[0] / "registro.db")
    command = [sys.executable, "-m", "pipeline.cli", "evidencia", "verificar", "--todo", "--registro", registry]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert f"{len(GOLD)} capturas comprobadas, 0 noticias con problemas" in done.stdout


def test_no_name_is_in_what_everybody_may_read(db: sqlite3.Connection) -> None:
    names = [row[0] for row in db.execute("SELECT nombre FROM personas WHERE length(nombre) > 8")]
    open_tables = ("hallazgos", "hallazgos_noticias", "actos", "bitacora", "corridas_fuentes", "v_hallazgos")
    shown = "\n".join(str(tuple(row)) for table in open_tables for row in db.execute(f"SELECT * FROM {table}"))
    assert names
    assert [name for name in names if name in shown] == []
