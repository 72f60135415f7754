"""kill -9 of a worker and of the writer: nothing is lost, nothing is done twice; a page that kills its reader costs itself."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path

from archivos_web import ORDINARY, Archive, archive, fill, page
from factories import rows

from pipeline.archive.asked import Asked
from pipeline.archive.plan import spans
from pipeline.archive.team import Team, local_team, readings
from pipeline.custody.store import check_store
from pipeline.registry.connection import open_registry

ROOT = Path(__file__).parents[1]
LIMIT = 30  # seconds
STORED = "SELECT count(*) FROM noticias"


def test_a_worker_that_is_killed_costs_nothing(tmp_path):
    path = archive(tmp_path / "a.warc.gz", cases=0, ordinary=40)
    pieces = list(spans(1, path, [(0, path.stat().st_size)], 6_000))
    found = []
    for reading in readings(local_team(1), pieces, Asked()):
        if not found:
            for child in multiprocessing.active_children():
                os.kill(child.pid, signal.SIGKILL)
        found.append(reading)
    assert sorted(one.span.inicio for one in found) == [one.inicio for one in pieces]
    assert sum(one.cuentas.get("cribada", 0) for one in found) == 40


class Deadly(Executor):
    """Workers of which each dies that reads the record at one place; what is under way then is lost with it."""

    def __init__(self, place):
        self.place, self.broken = place, False

    def submit(self, function, span, asked):
        done = Future()
        self.broken = self.broken or span.inicio <= self.place < span.fin
        if self.broken:
            done.set_exception(BrokenProcessPool())
        else:
            done.set_result(function(span, asked))
        return done


def test_a_record_that_kills_its_reader_is_the_only_one_lost(tmp_path):
    made = Archive(tmp_path / "a.warc.gz")
    for number in range(12):
        made.add(f"https://faro.ejemplo/2019/nota-{number}", page(ORDINARY))
    path = made.close()
    team = Team(lambda: Deadly(made.places[7]), 2)
    found = list(readings(team, spans(1, path, [(0, path.stat().st_size)], 6_000), Asked()))
    done = sorted((one.span.inicio, one.span.fin) for one in found)
    assert done[0][0] == 0 and done[-1][1] == path.stat().st_size
    assert all(first[1] == second[0] for first, second in pairwise(done))
    assert sum(one.cuentas.get("error", 0) for one in found) == 1
    assert sum(one.cuentas.get("cribada", 0) for one in found) == 11


def test_a_writer_that_is_killed_is_gone_on_with(tmp_path):
    paths = [archive(tmp_path / f"{n}.warc.gz", cases=1, ordinary=3) for n in range(6)]
    registro = tmp_path / "datos" / "registro.db"
    words = ["archivo", *map(str, paths), "--trabajadores", "1", "--registro", str(registro)]
    command = [sys.executable, "-c", f"from pipeline.cli import main; main({words!r})"]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + LIMIT
    while started.poll() is None and time.monotonic() < until:
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{registro}?mode=ro", uri=True)) as db:
            if db.execute(STORED).fetchone()[0]:
                break
        time.sleep(0.005)
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    with closing(open_registry(registro)) as db:
        assert rows(db, STORED)[0][0] < 6
        fill(tmp_path, *paths)
        assert rows(db, "SELECT sum(recibidos), sum(nueva), sum(cribada), min(estado) FROM v_archivos") == [
            (30, 6, 18, "completo")
        ]
        assert rows(db, "SELECT count(*) FROM hallazgos_noticias") == rows(db, STORED) == [(6,)]
        said = []
        assert (check_store(db, registro.parent, said.append).attention(), said) == (0, [])
