"""The rows of the backfill against a bare loop: `python -m bench.archive pelada|local|dask ARCHIVO …` prints seconds.

The bare loop reads the same archive with fastwarc and extracts each page with our extractor, in one process, and does nothing
else: no filter, no sieve, no tags, no registry. Of ours the whole command's work is timed, the start of its workers included.
Beside the seconds stand those of the processor, all processes together: what else the machine does stays out of them.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.archive_press import TOLD, asked, records
from bench.crawl import Row
from bench.process import ROOT, SideFailed, run, session_seconds
from crawlers.article import extract
from pipeline.archive import machines, plan, work
from pipeline.archive.asked import Asked
from pipeline.archive.team import local_team
from pipeline.reloj import clock

GOALS = {1: 0.85, 2: 1.6}
SHARE = {"rastreador": 1, "prensa": 8}  # the second archive has an eighth of the records


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of the processor."""

    seconds: float
    processor: float


def archive_rows(count: int, rounds: int) -> list[Row]:
    """Measure and return row 9: archives of two mixes, each with one and two workers, of this machine and of Dask's."""
    sides = [(mix, kind, workers) for mix in SHARE for kind in ("local", "dask") for workers in GOALS]
    found: dict[tuple[str, str, int], list[tuple[Spent, Spent]]] = {side: [] for side in sides}
    with tempfile.TemporaryDirectory(prefix="hallazgos-bench-") as name:
        for mix, share in SHARE.items():
            run("-m", "bench.archive", "escribir", Path(name) / f"{mix}.warc.gz", str(count // share), mix)
        for number in range(rounds):
            bare = {mix: _spent("pelada", Path(name) / f"{mix}.warc.gz") for mix in SHARE}
            for mix, kind, workers in sides:
                into = Path(name) / f"{mix}-{kind}-{workers}-{number}"
                mine = _spent(kind, Path(name) / f"{mix}.warc.gz", into, str(workers))
                found[mix, kind, workers].append((bare[mix], mine))
    return [_row(mix, kind, workers, pairs, count // SHARE[mix]) for (mix, kind, workers), pairs in found.items()]


def _spent(kind: str, *words: str | Path) -> Spent:
    seconds, processor = run("-m", "bench.archive", kind, *words).printed.split()
    return Spent(float(seconds), float(processor))


def _row(mix: str, kind: str, workers: int, pairs: Sequence[tuple[Spent, Spent]], count: int) -> Row:
    ratio, goal = statistics.median(bare.seconds / mine.seconds for bare, mine in pairs), GOALS[workers]
    who = {"local": "procesos", "dask": "Dask"}[kind]
    told = "; ".join(
        f"{count / mine.seconds:.0f} contra {count / bare.seconds:.0f}; "
        f"procesador: {mine.processor:.0f} s contra {bare.processor:.0f} s"
        for bare, mine in pairs
    )
    what = f"9. Archivo web de {count:,} registros ({TOLD[mix]}), {workers} de {who} ÷ leer y extraer a secas (registros/s)"
    return Row(what, f"{ratio:.2f}", f"≥ {goal:.2f}", ratio >= goal, told)


def write(path: Path, count: int, mix: str) -> None:
    """Write an archive of the press of the measurement."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for one in records(count, mix):
            headers = StatusAndHeaders(one.status, [("Content-Type", one.kind)], protocol="HTTP/1.1")
            told = {"WARC-Date": "2026-12-01T00:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    one.url, "response", BytesIO(one.body), len(one.body), http_headers=headers, warc_headers_dict=told
                )
            )


def bare(path: Path) -> Spent:
    """Read an archive and extract its pages, and nothing else."""
    begun, used = time.perf_counter(), time.process_time()
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.response, parse_http=True):
        extract(
            record.reader.read(),
            record.headers["WARC-Target-URI"],
            content_type=record.http_headers["Content-Type"],
            now=record.record_date,
        )
    return Spent(time.perf_counter() - begun, time.process_time() - used)


def ours(path: Path, into: Path, kind: str, workers: int) -> Spent:
    """Do the whole backfill of an archive into a new registry."""
    order = work.Order(into / "registro.db", Asked(sitios=asked()), (), clock())
    with cluster(into, workers) if kind == "dask" else nullcontext(("", ())) as (address, others):
        sessions = (os.getsid(0), *others)
        begun, used = time.perf_counter(), sum(map(session_seconds, sessions))
        team = machines.dask_team(address) if address else nullcontext(local_team(workers))
        done = work.backfill(order, plan.sources([path]), team)
        spent = Spent(time.perf_counter() - begun, sum(map(session_seconds, sessions)) - used)
    sys.stderr.write(f"{dict(done.cuentas)}\n")
    if done.fallas or not sum(done.cuentas.values()):
        raise SideFailed(f"{path}: {done}")
    return spent


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Open a scheduler and its workers, each a process of its own on the loopback.

    Yields its address, and the sessions of both, once they are there.
    """
    from distributed import Client  # noqa: PLC0415 - a second to import, which only one side needs

    def start(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", *words, "--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
        return subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)

    scheduler = start("distributed.cli.dask_scheduler", "--port", "0")
    assert scheduler.stderr is not None
    address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at" in line)
    one_each = ("--nthreads", "1", "--nworkers", str(workers), "--local-directory", str(folder / "dask"))
    team = start("distributed.cli.dask_worker", address, *one_each)
    try:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address, (scheduler.pid, team.pid)
    finally:
        for process in (team, scheduler):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main(kind: str, path: Path, *more: str) -> None:
    """Write the archive, or print the seconds of one side."""
    if kind == "escribir":
        write(path, int(more[0]), more[1])
    else:
        spent = bare(path) if kind == "pelada" else ours(path, Path(more[0]), kind, int(more[1]))
        print(spent.seconds, spent.processor)  # noqa: T201 - its result


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
