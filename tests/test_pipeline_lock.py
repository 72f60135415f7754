"""One crawl at a time."""

import subprocess
import sys

import pytest

from pipeline.errores import ErrorDeUso
from pipeline.lock import CrawlBusy, crawl_lock, lock_path

HOLDER = """
import sys
from pathlib import Path
from pipeline.lock import crawl_lock
with crawl_lock(Path(sys.argv[1])):
    print("tengo el candado", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "registro.db")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "tengo el candado\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_crawl_is_refused_and_told_who_holds_the_lock(tmp_path, holder):
    with (
        pytest.raises(CrawlBusy, match=f"proceso {holder.pid}, desde hace 0 min") as refused,
        crawl_lock(tmp_path / "registro.db"),
    ):
        pass
    assert refused.value.exit_code == 4


def test_the_lock_is_free_again_when_its_holder_dies(tmp_path, holder):
    holder.kill()
    holder.wait()
    with crawl_lock(tmp_path / "registro.db"):
        assert lock_path(tmp_path / "registro.db").stat().st_mode & 0o777 == 0o600


def test_another_registry_has_a_lock_of_its_own(tmp_path, holder):
    with crawl_lock(tmp_path / "otro.db"):
        pass


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "archivo").touch()
    with pytest.raises(ErrorDeUso, match="archivo"), crawl_lock(tmp_path / "archivo" / "registro.db"):
        pass
