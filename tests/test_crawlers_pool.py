"""The pool of readers: whatever a document does to its process, the others are read."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers.pool import DocumentError, Pool


def doubled(number, *, plus=0):
    return 2 * number + plus


def slow(seconds):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with contextlib.suppress(Exception):  # as a library that swallows everything
            time.sleep(0.02)
    return "tarde"


def falls(code):
    os._exit(code)


def breaks():
    raise LookupError("<p>texto privado</p>")


async def crowd(pool):
    """Read good and bad documents at once; return what each gave, errors as their text."""
    calls = [pool.call(doubled, n, plus=1) for n in range(12)]
    calls += [pool.call(falls, 9), pool.call(slow, 30), pool.call(breaks)]
    return [str(one) if isinstance(one, DocumentError) else one for one in await asyncio.gather(*calls, return_exceptions=True)]


def test_bad_documents_fail_alone_with_their_reason():
    async def both():
        pool = Pool(2, 0.5)
        try:
            return await crowd(pool), await pool.call(doubled, 7)
        finally:
            pool.close()

    found, after = asyncio.run(both())
    assert found[:12] == [2 * n + 1 for n in range(12)]
    assert found[12:] == [
        "el documento hace caer al lector",
        "el documento tarda demasiado en leerse",
        "el lector falló con este documento (LookupError)",
    ]
    assert after == 14


SCRIPT = """
import asyncio, multiprocessing, sys, time
sys.path[:0] = sys.argv[1:]
from crawlers.pool import Pool
from test_crawlers_pool import doubled

async def main():
    pool = Pool(1, 5)
    await pool.call(doubled, 1)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


def alive(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc")
def test_workers_do_not_outlive_a_killed_run(tmp_path):
    script = tmp_path / "corrida.py"
    script.write_text(SCRIPT)
    here = Path(__file__).parent
    process = subprocess.Popen([sys.executable, script, here.parent, here], stdout=subprocess.PIPE, text=True)
    pids = [int(pid) for pid in process.stdout.readline().split()]
    assert pids
    assert all(alive(pid) for pid in pids)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    limit = time.monotonic() + 5
    while any(alive(pid) for pid in pids) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in pids)
