"""The day killed at random points, or interrupted by hand, and run again: nothing is lost, nothing done twice.

`HALLAZGOS_MUERTES=20 pytest tests/test_pipeline_run_killed.py` kills as often as told, over the press of the demonstration.
"""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from corrida import finish, start, state, timed
from factories import rows
from prensa_minima import build

import demo.press
from demo.play import SINCE, TODAY
from pipeline.registry.connection import open_registry

KILLS = int(os.environ.get("HALLAZGOS_MUERTES", "0"))
DEMONSTRATION = ("--cortesia", "0", "--hoy", TODAY.isoformat(), "--desde", SINCE.isoformat())
MORE = DEMONSTRATION if KILLS else ()


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prensa")
    if not KILLS:
        return build(folder)
    demo.press.build(folder)
    return folder, Path(demo.press.__file__).with_name("fuentes.csv")


@pytest.fixture(scope="module")
def undisturbed(press, tmp_path_factory):
    """An undisturbed run: (registry, seconds it took, what it printed)."""
    registro = tmp_path_factory.mktemp("tranquila") / "registro.db"
    return registro, *timed(press, registro, *MORE)


def test_killed_at_random_points_and_run_again_nothing_is_lost_or_done_twice(press, undisturbed, tmp_path):
    calm, seconds, _ = undisturbed
    registro = tmp_path / "registro.db"
    chance = random.Random(20260510)
    for _ in range(KILLS or 3):
        process = start(press, registro, *MORE)
        time.sleep(seconds * chance.uniform(0.2 if KILLS else 0.35, 0.95))
        process.kill()
        process.communicate()
        if registro.exists() and registro.stat().st_size:
            with closing(sqlite3.connect(registro)) as db:
                assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finish(start(press, registro, *MORE))
    assert state(registro) == state(calm)
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT count(*) FROM corridas WHERE estado = 'en_curso'") == [(0,)]


def links(registro: Path) -> int:
    """How many links a running process has stored so far."""
    if not registro.exists():
        return 0
    with closing(sqlite3.connect(f"file:{registro}?mode=ro", uri=True)) as db:
        known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'enlaces'").fetchone()
        return db.execute("SELECT count(*) FROM enlaces").fetchone()[0] if known else 0


def test_ctrl_c_keeps_what_was_stored_and_the_next_run_goes_on(press, undisturbed, tmp_path):
    registro = tmp_path / "registro.db"
    process, deadline = start(press, registro, *MORE), time.monotonic() + 60
    while not links(registro) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Corrida interrumpida: lo guardado se conserva" in out
    assert "Traceback" not in err
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT estado, fin IS NOT NULL FROM corridas") == [("interrumpida", 1)]
        assert rows(db, "SELECT count(*) FROM enlaces")[0][0] > 0
    finish(start(press, registro, *MORE))
    assert state(registro) == state(undisturbed[0])
