"""The whole day: one command from the press to the findings, killed at any point and run again."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import fuente, rows
from prensa_minima import CASES, HOSTS, build

from pipeline.catalogue import sources
from pipeline.cli import hallazgos
from pipeline.errores import ErrorDeUso
from pipeline.lock import crawl_lock
from pipeline.registry.connection import open_registry
from pipeline.reloj import clock
from pipeline.run import RunOrder
from pipeline.run_summary import RunSummary, SourceResult
from pipeline.run_text import as_csv, closing_lines

NOTES = len(CASES) * len(HOSTS)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    return build(tmp_path_factory.mktemp("minima"))


def start(press, registro: Path, *extra: str) -> subprocess.Popen:
    """Start `hallazgos correr` as a terminal would."""
    captures, catalogue = press
    told = ["--reproducir", str(captures), "--fuentes", str(catalogue), "--registro", str(registro), "--hoy", "2026-05-10"]
    command = [sys.executable, "-m", "pipeline.cli", "correr", *told, *(extra or ("--cortesia", "0"))]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True)


def finish(process: subprocess.Popen) -> str:
    out, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    return out


def state(registro: Path) -> dict[str, object]:
    """What must not depend on how often the run was killed: notes, tags, and which notes are together."""
    with closing(open_registry(registro)) as db:
        notes = rows(db, "SELECT url_canonica, titulo, texto, sha256, estado, version, etiquetas FROM noticias ORDER BY 1")
        groups = rows(
            db,
            "SELECT group_concat(url_canonica) FROM (SELECT folio, url_canonica FROM hallazgos_noticias"
            " JOIN noticias ON noticias.id = noticia_id ORDER BY 1, 2) GROUP BY folio",
        )
        passages = rows(
            db,
            "SELECT url_canonica, campo, inicio, valor FROM pasajes AS p JOIN noticias n ON n.id = noticia_id ORDER BY 1, p.id",
        )
        uneven = rows(
            db,
            "SELECT * FROM corridas_fuentes WHERE recibidos <> nueva + version + conocida + sin_texto + fuera_de_fecha"
            " + rechazada + error + pendiente",
        )
        assert uneven == []
        assert rows(db, "PRAGMA foreign_key_check") == []
        return {"notes": notes, "groups": sorted(groups), "passages": passages}


@pytest.fixture(scope="module")
def undisturbed(press, tmp_path_factory):
    """An undisturbed run: (registry, seconds it took, what it printed)."""
    registro = tmp_path_factory.mktemp("tranquila") / "registro.db"
    begun = time.monotonic()
    printed = finish(start(press, registro))
    return registro, time.monotonic() - begun, printed


def test_a_run_goes_from_the_press_to_findings_with_their_evidence(undisturbed):
    registro, _, printed = undisturbed
    assert f"Noticias nuevas: {NOTES}." in printed
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT estado, modo, dia, fin IS NOT NULL FROM corridas") == [
            ("completa", "completo", "2026-05-10", 1)
        ]
        assert rows(db, "SELECT DISTINCT estado FROM noticias") == [("agrupada",)]
        told = rows(
            db,
            "SELECT count(*) FROM v_hallazgos AS h JOIN hallazgos_noticias AS n USING (folio) GROUP BY h.folio ORDER BY 1",
        )
        assert told == [(2,), (2,)], "each of the two cases is told by both outlets"
        assert rows(db, "SELECT DISTINCT fuentes_independientes FROM v_hallazgos") == [(2,)]
        assert rows(db, "SELECT dia FROM v_dias_cubiertos") == [("2026-05-10",)]
    copies = list((registro.parent / "evidencia").rglob("*.warc.gz"))
    assert len(copies) == 4
    checked = CliRunner().invoke(hallazgos, ["evidencia", "verificar", "--todo", "--registro", str(registro)])
    assert checked.exit_code == 0, checked.output


def test_a_second_run_on_an_unchanged_press_asks_for_no_article(press, undisturbed):
    registro, _, _ = undisturbed
    before = state(registro)
    summary = json.loads(finish(start(press, registro, "--cortesia", "0", "--json")))
    assert summary["totales"] == {**dict.fromkeys(summary["totales"], 0), "conocida": NOTES}
    assert summary["hallazgos_nuevos"] == 0
    assert state(registro) == before


def test_killed_at_random_points_and_run_again_nothing_is_lost_or_done_twice(press, undisturbed, tmp_path):
    calm, seconds, _ = undisturbed
    registro = tmp_path / "registro.db"
    chance = random.Random(20260510)
    for _ in range(3):
        process = start(press, registro)
        time.sleep(seconds * chance.uniform(0.35, 0.95))
        process.kill()
        process.communicate()
        if registro.exists() and registro.stat().st_size:
            with closing(sqlite3.connect(registro)) as db:
                assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finish(start(press, registro))
    assert state(registro) == state(calm)
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT count(*) FROM corridas WHERE estado = 'en_curso'") == [(0,)]


def test_ctrl_c_keeps_what_was_stored_and_says_so(press, tmp_path):
    registro = tmp_path / "registro.db"
    process = start(press, registro, "--cortesia", "1")
    stored, deadline = 0, time.monotonic() + 60
    while not stored and time.monotonic() < deadline:
        time.sleep(0.1)
        if registro.exists():
            with closing(sqlite3.connect(f"file:{registro}?mode=ro", uri=True)) as db:
                known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'noticias'").fetchone()
                stored = db.execute("SELECT count(*) FROM noticias").fetchone()[0] if known else 0
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Corrida interrumpida: lo guardado se conserva" in out
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT estado FROM corridas") == [("interrumpida",)]
        assert 0 < rows(db, "SELECT count(*) FROM noticias")[0][0] < NOTES


def invoke(*args: str):
    return CliRunner().invoke(hallazgos, ["correr", *args])


def test_a_held_lock_is_status_4_in_one_line(press, tmp_path):
    registro = tmp_path / "registro.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys; from pathlib import Path; from pipeline.lock import crawl_lock\n"
         "with crawl_lock(Path(sys.argv[1])): print(flush=True); sys.stdin.read()", str(registro)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    holder.stdout.readline()
    result = invoke("--fuentes", str(press[1]), "--registro", str(registro))
    holder.communicate()
    assert (result.exit_code, result.output.count("\n")) == (4, 1)
    assert f"proceso {holder.pid}" in result.output


def test_the_lock_is_not_needed_to_read_or_review(tmp_path):
    registro = tmp_path / "registro.db"
    with crawl_lock(registro), closing(open_registry(registro)) as db, db.atomic():
        db.execute("INSERT INTO contadores VALUES ('x', 1)")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--solo", "nadie"], "no hay fuente «nadie»"),
        (["--desde", "ayer"], "AAAA-MM-DD"),
        (["--reproducir", "no-existe"], "no-existe"),
    ],
)
def test_what_cannot_be_used_is_status_2_in_one_line(press, tmp_path, args, said):
    result = invoke("--fuentes", str(press[1]), "--registro", str(tmp_path / "registro.db"), *args)
    assert result.exit_code == 2
    assert said in result.output


def test_a_catalogue_with_an_error_is_refused_with_its_line(press, tmp_path):
    bad = tmp_path / "fuentes.csv"
    head = press[1].read_text("utf-8").splitlines()[0]
    bad.write_text(f"{head}\nuno,Uno,medio_local,no-es-direccion,https://uno.ejemplo/rss,,,1,,,\n", "utf-8")
    with pytest.raises(ErrorDeUso, match="línea 2"):
        sources(bad)
    result = invoke("--fuentes", str(bad), "--registro", str(tmp_path / "registro.db"))
    assert result.exit_code == 2
    assert not (tmp_path / "registro.db").exists()


def order(tmp_path, *catalogue, **changes):
    return RunOrder(tmp_path / "registro.db", catalogue, clock(), **changes)


def test_only_active_sources_are_read_unless_named(tmp_path):
    catalogue = (fuente("faro"), fuente("voz", activa=False))
    assert [f.id for f in order(tmp_path, *catalogue).sources()] == ["faro"]
    assert [f.id for f in order(tmp_path, *catalogue, only=("voz", "voz")).sources()] == ["voz"]
    with pytest.raises(ErrorDeUso, match="activas"):
        order(tmp_path, fuente("voz", activa=False)).sources()


def test_a_run_over_some_sources_covers_no_day(tmp_path):
    modes = [
        order(tmp_path, **changes).mode() for changes in ({}, {"feeds_only": True}, {"only": ("faro",), "feeds_only": True})
    ]
    assert modes == ["completo", "solo_feeds", "solo_fuentes"]


def summary(*failed: bool, estado="completa") -> RunSummary:
    fates = dict.fromkeys(("nueva", "version", "conocida", "sin_texto", "fuera_de_fecha", "rechazada", "error", "pendiente"), 0)
    results = [
        SourceResult(f"f{i}", f"Fuente {i}", 0, fates, False, bad, "HTTP 500" if bad else "") for i, bad in enumerate(failed)
    ]
    return RunSummary(1, "2026-05-10", "completo", estado, 0, tuple(results))


def test_the_exit_status_says_how_the_run_went():
    assert summary(False, True).status() == 0
    assert summary(True, True).status() == 3
    assert summary(False, estado="interrumpida").status() == 130


def test_failed_sources_are_listed_and_the_csv_has_a_line_each():
    assert closing_lines(summary(False, True))[1] == "Fuentes que fallaron (1 de 2): f1."
    assert as_csv(summary(False, True)).splitlines()[2] == "f1,Fuente 1,0,0,0,0,0,0,0,0,0,0,1,HTTP 500"
