"""How well events never seen are grouped: floors that only rise. `reserva` is scored and never read."""

import json
import random
from functools import cache
from pathlib import Path

import pytest

from pipeline.grouping.evaluation import figures
from pipeline.grouping.file import tagged
from pipeline.incidents import group_notes

FOLDER = Path(__file__).parent / "data" / "eventos"


@cache
def notes(name):
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("name", "precision", "f1"), [("desarrollo", 0.99, 0.98), ("reserva", 0.98, 0.94)])
def test_with_their_own_tags_events_are_told_apart(name, precision, f1):
    found = figures(notes(name), dict(group_notes(notes(name), trust=True)))
    assert found.precision >= precision
    assert found.f1 >= f1
    assert found.ajenas == ()


def test_with_the_taggers_tags_most_still_are_and_no_two_victims_are_one_event():
    """The tagger refuses a fifth of the reserve's notes: what it refuses is what is missing."""
    found = figures(notes("reserva"), dict(group_notes(tagged(notes("reserva")))))
    assert found.precision >= 0.98
    assert found.f1 >= 0.86
    assert found.ajenas == ()


def test_shuffled_input_gives_the_same_partition():
    whole = dict(group_notes(notes("desarrollo")))
    for seed in range(3):
        mixed = list(notes("desarrollo"))
        random.Random(seed).shuffle(mixed)
        assert dict(group_notes(mixed)) == whole
