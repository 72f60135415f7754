"""Runs one side of a comparison in a process of its own: seconds, what it printed, and the most memory its whole tree held."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
SAMPLE = 0.25  # seconds between two looks at the memory of a tree
PRESS_LIMIT = 120.0  # seconds the press may take to open


@dataclass(frozen=True)
class Ran:
    """One process that ended well."""

    seconds: float
    printed: str
    peak_mb: float


class SideFailed(RuntimeError):
    """A side of the comparison ended badly: there is nothing to compare."""


def start(*command: str | Path, session: bool = True) -> subprocess.Popen[str]:
    """Start `python COMMAND` with this checkout's modules."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    words = [sys.executable, *map(str, command)]
    return subprocess.Popen(
        words, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=session
    )


def run(*command: str | Path, good: tuple[int, ...] = (0,)) -> Ran:
    """Run `python COMMAND` to its end. Raises `SideFailed` with what it said when its status is none of `good`."""
    begun = time.perf_counter()
    process = start(*command)
    with _watched(process.pid) as peak:
        out, err = process.communicate()
    seconds = time.perf_counter() - begun
    if process.returncode not in good:
        raise SideFailed(f"{' '.join(map(str, command))}: {process.returncode}\n{err}")
    return Ran(seconds, out.strip(), peak() / 2**20)


@contextmanager
def _watched(session: int) -> Iterator[Callable[[], int]]:
    """Look at the memory of a session's processes until the block ends; yield what tells the most that was seen, in bytes."""
    done, seen = threading.Event(), [0]

    def look() -> None:
        while not done.wait(SAMPLE):
            seen[0] = max(seen[0], session_memory(session))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield lambda: seen[0]
    finally:
        done.set()
        watcher.join()


def session_memory(session: int) -> int:
    """Return the bytes that the processes of a session hold, what they share counted once (Linux; 0 elsewhere)."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            rollup = (stat.parent / "smaps_rollup").read_text("utf-8")
        except (OSError, IndexError, ValueError):
            continue  # it ended while we looked
        total += next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return total


def session_seconds(session: int) -> float:
    """Return the processor time that a session's processes have had, with those they waited for (Linux; 0 elsewhere)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):  # it ended while we looked
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15])) if int(fields[3]) == session else 0
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def press(outlets: int, notes: int, catalogue: Path) -> Iterator[str]:
    """Open the press in a process of its own; yield the address of its first outlet."""
    process = start("-m", "bench.press", str(outlets), str(notes), catalogue)
    assert process.stdout is not None
    opening = threading.Timer(PRESS_LIMIT, process.kill)
    opening.start()
    try:
        port = process.stdout.readline().strip()
        opening.cancel()
        if not port:
            raise SideFailed(f"la prensa no abrió: {process.communicate()[1]}")
        yield f"http://127.0.1.1:{port}"
    finally:
        opening.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
        if process.stderr is not None:
            process.stderr.close()


def asked(address: str) -> dict[str, int]:
    """Return what the press was asked for since the last time, by kind; the count begins anew."""
    with urlopen(f"{address}/cuenta") as answer:
        return dict(json.load(answer))
