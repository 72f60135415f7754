"""Dask's workers in processes of their own: the same result, and what the death of a worker or of the scheduler costs."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from archivos_web import archive, here, order
from click.testing import CliRunner
from factories import rows

from pipeline.archive import plan, work
from pipeline.archive.asked import Asked
from pipeline.archive.machines import check_doors, dask_team
from pipeline.archive.plan import spans
from pipeline.archive.team import TeamLost, readings
from pipeline.cli import hallazgos
from pipeline.errores import ErrorDeUso
from pipeline.registry.connection import open_registry

ROOT = Path(__file__).parents[1]
LIMIT = 20  # seconds
ON_LOOPBACK = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")


def start(*words):
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen([sys.executable, "-m", *words], env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)


@contextmanager
def cluster(folder, workers=2):
    """A scheduler and its workers; yields (its address, its process)."""
    scheduler = start("distributed.cli.dask_scheduler", "--port", "0", *ON_LOOPBACK)
    address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at" in line)
    told = ("--nthreads", "1", "--nworkers", str(workers), "--local-directory", str(folder))
    team = start("distributed.cli.dask_worker", address, *told, *ON_LOOPBACK)
    try:
        yield address, scheduler
    finally:
        for process in (team, scheduler):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=LIMIT)
            process.stderr.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_machines_read_as_processes_do_and_a_worker_that_dies_costs_nothing(tmp_path):
    path = archive(tmp_path / "a.warc.gz", cases=0, ordinary=60)
    pieces = list(spans(1, path, [(0, path.stat().st_size)], 4_000))
    with cluster(tmp_path / "dask") as (address, _), dask_team(address) as team:
        told = team.opened()._client.run(os.getpid)
        found = []
        for reading in readings(team, pieces, Asked()):
            if not found:
                os.kill(next(iter(told.values())), signal.SIGKILL)
            found.append(reading)
    assert sorted(one.span.inicio for one in found) == [one.inicio for one in pieces]
    assert sum(one.cuentas.get("cribada", 0) for one in found) == 60


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_when_the_scheduler_dies_what_is_stored_stays_and_the_order_goes_on(tmp_path):
    paths = [archive(tmp_path / f"{n}.warc.gz", cases=0, ordinary=20) for n in range(8)]
    told = order(tmp_path)
    with cluster(tmp_path / "dask", 1) as (address, scheduler):
        watcher = threading.Thread(target=kill_once_stored, args=(told.registro, scheduler.pid))
        watcher.start()
        with pytest.raises(TeamLost, match="lo guardado se conserva"):
            work.backfill(told, plan.sources(paths), dask_team(address))
        watcher.join()
    with closing(open_registry(told.registro)) as db:
        (before,) = rows(db, "SELECT count(*) FROM archivos_tramos")[0]
        assert 1 <= before < 8
        assert work.backfill(told, plan.sources(paths), here()).cuentas["cribada"] == 20 * (8 - before)
        assert rows(db, "SELECT sum(cribada), count(*), sum(estado = 'completo') FROM v_archivos") == [(160, 8, 8)]


def kill_once_stored(registro, pid):
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{registro}?mode=ro", uri=True)) as db:
            if db.execute("SELECT count(*) FROM archivos_tramos").fetchone()[0]:
                break
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)


def test_a_board_that_others_can_see_is_refused():
    check_doors({"planificador": ["127.0.0.1", "::1"], "tcp://10.0.0.2:1": []})
    for address in ("0.0.0.0", "::", "10.0.0.2"):
        with pytest.raises(ErrorDeUso, match="planificador: su tablero de Dask escucha en"):
            check_doors({"planificador": [address]})


@pytest.mark.parametrize(
    ("address", "said"),
    [("tcp://127.0.0.1:1", "no responde ningún planificador"), ("nada://127.0.0.1:1", "se escribe tcp://SERVIDOR:PUERTO")],
)
def test_nobody_at_the_address_is_said_in_one_line(tmp_path, monkeypatch, address, said):
    monkeypatch.setattr("pipeline.archive.machines.PATIENCE", 1)
    path, registro = archive(tmp_path / "a.warc.gz"), tmp_path / "r.db"
    words = ["archivo", str(path), "--planificador", address, "--registro", str(registro)]
    done = CliRunner().invoke(hallazgos, words)
    assert (done.exit_code, said in done.output) == (2, True)
