"""What the machine does to a run: each failure is one clear line with its status, and the next run goes on to the same end."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from corrida import finish, start, state
from factories import rows
from prensa_minima import CASES, HOSTS, build

from pipeline.cli import hallazgos
from pipeline.registry import connection
from pipeline.registry.connection import open_registry

ROOT = Path(__file__).parents[1]
NOTES = len(CASES) * len(HOSTS)
STOPPED = "la corrida no pudo seguir: "
# As root, file modes hold only without this capability.
PLAIN = () if os.geteuid() else ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
IMPATIENT = (
    "from pipeline.registry import connection; connection.BUSY_MILLISECONDS = 300; from pipeline.cli import main; main()"
)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    return build(tmp_path_factory.mktemp("minima"))


@pytest.fixture(scope="module")
def calm(press, tmp_path_factory):
    """What an undisturbed run leaves, and its registry."""
    registro = tmp_path_factory.mktemp("tranquila") / "registro.db"
    finish(start(press, registro))
    return state(registro), registro


def stopped(process: subprocess.Popen, status: int = 1) -> str:
    """Wait for a run that fails; return its one line."""
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.count("\n")) == (status, "", 1), err
    return err


def goes_on(press, registro: Path, calm) -> None:
    """Run again, and find what an undisturbed run leaves, each noticia with its capture."""
    finish(start(press, registro))
    assert state(registro) == calm[0]
    checked = CliRunner().invoke(hallazgos, ["evidencia", "verificar", "--todo", "--registro", str(registro)])
    assert (checked.exit_code, f"{NOTES} capturas comprobadas" in checked.output) == (0, True), checked.output


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own: a function that gives it so many kilobytes."""
    folder = tmp_path / "disco"
    folder.mkdir()

    def size(kilobytes: int) -> Path:
        options = f"{'remount,' if os.path.ismount(folder) else ''}size={kilobytes}k"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True, capture_output=True)
        return folder

    try:
        size(400)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a file system; the limit on one file's size is tried in test_pipeline_run.py")
    yield size
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up_stops_the_run_and_blames_no_link(press, calm, small_disk):
    registro = small_disk(1_200) / "registro.db"
    assert (
        stopped(start(press, registro))
        == f"Error: {registro}: {STOPPED}no queda espacio en el disco; lo guardado se conserva\n"
    )
    small_disk(20_000)
    with closing(open_registry(registro)) as db:
        assert rows(db, "PRAGMA integrity_check") == [("ok",)]
        assert rows(db, "SELECT count(*) FROM enlaces WHERE intentos OR destino IN ('error', 'sin_texto')") == [(0,)]
    goes_on(press, registro, calm)


def test_a_disk_that_fills_up_while_evidence_is_written_stops_the_run_too(press, small_disk, tmp_path):
    registro = tmp_path / "datos" / "registro.db"
    registro.parent.mkdir()
    (registro.parent / "captura").symlink_to(small_disk(4), target_is_directory=True)
    assert f"{STOPPED}no queda espacio en el disco" in stopped(start(press, registro))
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT count(*) FROM noticias WHERE captura IS NULL OR sha256 = ''") == [(0,)]
        assert rows(db, "SELECT count(*) FROM enlaces WHERE intentos OR destino IN ('error', 'sin_texto')") == [(0,)]


@pytest.mark.skipif(bool(PLAIN) and not shutil.which("setpriv"), reason="root, and no setpriv to give up its powers")
@pytest.mark.parametrize(
    ("modes", "said"),
    [
        ((0o400, 0o700), "no se puede abrir el registro: es de solo lectura"),
        ((0o600, 0o500), "no se puede escribir: falta permiso de escritura"),
        ((None, 0o500), "no se puede escribir: falta permiso de escritura"),
    ],
    ids=["file", "folder", "new"],
)
def test_a_registry_that_may_not_be_written_is_refused_untouched(press, calm, tmp_path, modes, said):
    registro = tmp_path / "datos" / "registro.db"
    registro.parent.mkdir()
    if modes[0]:
        shutil.copy(calm[1], registro)
        registro.chmod(modes[0])
    before = registro.read_bytes() if modes[0] else None
    registro.parent.chmod(modes[1])
    try:
        line = stopped(start(press, registro, through=(*PLAIN, sys.executable, "-m", "pipeline.cli")), 2)
        assert line.startswith(f"Error: {registro}")
        assert said in line
        assert (registro.read_bytes() if modes[0] else None) == before
    finally:
        registro.parent.chmod(0o700)


def test_a_clock_set_back_moves_no_date_and_gives_no_folio_twice(press, tmp_path):
    registro = tmp_path / "registro.db"
    finish(start(press, registro, "--cortesia", "0", "--solo", "faro"))
    with closing(open_registry(registro)) as db:
        before = rows(db, "SELECT folio, fecha_registro FROM hallazgos ORDER BY folio")
    printed = finish(start(press, registro, "--cortesia", "0", "--hoy", "2026-05-08"))
    assert f"Noticias nuevas: {len(CASES)}." in printed
    last = finish(start(press, registro, "--cortesia", "0", "--hoy", "2026-05-11"))
    assert "Noticias nuevas: 0." in last
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT dia, estado FROM corridas ORDER BY id") == [
            ("2026-05-10", "completa"),
            ("2026-05-08", "completa"),
            ("2026-05-11", "completa"),
        ]
        assert rows(db, "SELECT folio, fecha_registro FROM hallazgos ORDER BY folio") == before
        assert {day for _, day in before} == {"2026-05-10"}
        assert rows(db, "SELECT count(*) FROM hallazgos_noticias GROUP BY folio") == [(2,), (2,)]
        assert rows(db, "SELECT DISTINCT recibidos = nueva + conocida FROM corridas_fuentes") == [(1,)]


def write_now_and_then(registro: Path, done: threading.Event, waits: list[float]) -> None:
    """Write as a page of Datasette does: short transactions on a connection of its own, until told to end."""
    with closing(sqlite3.connect(registro, timeout=connection.BUSY_MILLISECONDS / 1000, isolation_level=None)) as db:
        while not done.wait(0.01):
            begun = time.monotonic()
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO lecturas (cuando, quien, ruta, folios) VALUES ('2026-05-10T12:00:00Z', 'ana', '/x', '[]')")
            db.execute("COMMIT")
            waits.append(time.monotonic() - begun)


def test_people_write_beside_a_run_and_a_second_run_is_turned_away(press, calm, tmp_path):
    registro, done, waits = tmp_path / "registro.db", threading.Event(), []
    open_registry(registro).close()
    writer = threading.Thread(target=write_now_and_then, args=(registro, done, waits))
    writer.start()
    process = start(press, registro)
    try:
        wait_for(registro, "SELECT 1 FROM corridas")
        second = CliRunner().invoke(hallazgos, ["correr", "--fuentes", str(press[1]), "--registro", str(registro)])
        assert second.exit_code == 4
        assert second.output == f"Error: otra corrida usa este registro: proceso {process.pid}, desde hace 0 min\n"
        finish(process)
    finally:
        done.set()
        writer.join()
    assert state(registro) == calm[0]
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT count(*) FROM lecturas") == [(len(waits),)]
    assert len(waits) > 20
    assert max(waits) < 5


def wait_for(registro: Path, sql: str) -> None:
    """Wait until a query of the registry gives a row."""
    with closing(sqlite3.connect(registro, timeout=30)) as db:
        deadline = time.monotonic() + 60
        while not db.execute(sql).fetchone():
            assert time.monotonic() < deadline
            time.sleep(0.005)


def test_a_registry_that_another_program_holds_too_long_stops_the_run(press, calm, tmp_path):
    registro = tmp_path / "registro.db"
    open_registry(registro).close()
    process = start(press, registro, through=(sys.executable, "-c", IMPATIENT))
    wait_for(registro, "SELECT 1 FROM enlaces")
    with closing(sqlite3.connect(registro, timeout=30, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        line = stopped(process)
    assert line == f"Error: {registro}: {STOPPED}otro programa lo tiene ocupado; lo guardado se conserva\n"
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT count(*) FROM enlaces WHERE intentos") == [(0,)]
    goes_on(press, registro, calm)


def test_captures_cut_by_a_crash_are_named_and_hinder_no_later_run(press, calm, tmp_path):
    registro = tmp_path / "registro.db"
    shutil.copytree(calm[1].parent, tmp_path, dirs_exist_ok=True)
    (warc,) = (tmp_path / "captura").rglob("*.warc.gz")
    whole = warc.read_bytes()
    warc.write_bytes(whole[: len(whole) * 2 // 3])
    checked = CliRunner().invoke(hallazgos, ["evidencia", "verificar", "--todo", "--registro", str(registro)])
    lost = checked.output.count("no hay un registro íntegro")
    assert checked.exit_code == 1
    assert 0 < lost < NOTES
    assert f"{NOTES} capturas comprobadas, {lost} noticias con problemas" in checked.output
    finish(start(press, registro))
    assert state(registro) == calm[0]
    assert warc.read_bytes() == whole[: len(whole) * 2 // 3], "a file of an earlier run is never written to"
