"""What a run loads before it has anything to read: most runs of a day find nothing new."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAVY = ("trafilatura", "justext", "feedparser", "rich", "spacy", "apprise", "datasette")


def loaded(module: str) -> set[str]:
    """Import a module in a process of its own; return which of the heavy libraries came with it."""
    told = f"import {module}, sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_run_loads_no_reader_no_tagger_and_no_terminal_before_it_needs_them() -> None:
    assert loaded("pipeline.run") == set()


def test_the_readers_processes_start_with_what_reads_feeds_only() -> None:
    assert loaded("crawlers.warm") == {"feedparser"}
