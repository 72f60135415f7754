"""The folder of a publication is whole at every instant, whenever its writer is killed."""

import random
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from contados import hallazgo, registro
from publicado import published

from pipeline.errores import ErrorDeUso
from pipeline.publication.editions import check_whole
from pipeline.publication.folder import alone, recover, write

# Writes by turns two publications in the folder it is given, for ever.
WRITER = """
import hashlib, json, os, sys
from pathlib import Path
from pipeline.publication import folder
from pipeline.publication.editions import MARKED

def files(word):
    mark = json.dumps(dict.fromkeys(MARKED, "") | {"programa": "hallazgos publicar"}).encode()
    made = {"publicacion.json": mark, **{f"cuadros/{n}.csv": f"{word}{n}".encode() * 500 for n in range(20)}}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\\n" for name, data in sorted(made.items()))
    return made | {"SHA256SUMS": sums.encode()}

target = Path(sys.argv[1])
if sys.argv[2:] == ["killed between"]:
    folder.exchange = lambda one, other: (_ for _ in ()).throw(OSError(22, "no such step here"))
    step = os.rename
    def rename(one, other):
        step(one, other)
        if str(other).endswith(folder.OLD):
            os.kill(os.getpid(), 9)
    os.rename = rename
while True:
    for word in ("una", "otra"):
        folder.write(target, files(word))
        print(word, flush=True)
"""
ROOT = Path(__file__).parents[1]


@contextmanager
def writing(target, *how):
    """A process that publishes without end; gives it once it has published."""
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(target), *how], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout.readline()
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_killed_at_any_moment_it_leaves_a_whole_publication_that_the_next_one_reads(tmp_path):
    target, chance = tmp_path / "publico", random.Random(4)
    for _ in range(5):
        with writing(target):
            end = time.monotonic() + chance.uniform(0.02, 0.15)
            while time.monotonic() < end:
                assert (target / "publicacion.json").is_file()  # there is no instant without one
        check_whole(target)
    with alone(target):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["publico"]


def test_where_two_steps_are_needed_a_kill_between_them_is_mended(tmp_path):
    target = tmp_path / "publico"
    with writing(target, "killed between") as child:
        assert child.wait(30) == -9
    assert not target.exists()
    recover(target)
    check_whole(target)
    assert [path.name for path in tmp_path.iterdir()] == ["publico"]


def test_an_edition_after_a_kill_between_counts_the_one_before(tmp_path):
    with registro(tmp_path) as db:
        for _ in range(5):
            hallazgo(db, "2025-02-10")
        published(db, tmp_path / "p", corte=date(2025, 12, 31))
        (tmp_path / "p").rename(tmp_path / ".p.anterior")
        for _ in range(4):
            hallazgo(db, "2025-02-11")
        assert published(db, tmp_path / "p", corte=date(2025, 12, 31)).edicion == 2
    assert sorted(path.name for path in tmp_path.glob("*p*")) == [".p.anterior", "p"][1:]


def test_two_at_once_are_refused(tmp_path):
    with registro(tmp_path) as db, alone(tmp_path / "p"), pytest.raises(ErrorDeUso, match="otra orden está publicando"):
        hallazgo(db, "2025-02-10")
        published(db, tmp_path / "p")


def test_a_disk_that_takes_nothing_leaves_what_was_there(tmp_path):
    write(tmp_path / "p", {"a": b"1"})
    with pytest.raises(ErrorDeUso, match="no se puede escribir"):
        write(tmp_path / "p", {"a": b"2", "x" * 300: b"3"})
    assert (tmp_path / "p" / "a").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["p"]
