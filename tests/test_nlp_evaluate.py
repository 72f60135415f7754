"""The scorer against figures worked out apart for a small corpus: `tests/data/evaluar/`."""

import json
from pathlib import Path

from nlp.evaluate import same_name, score
from pipeline.tagging.evaluation import as_rows

DATA = Path(__file__).parent / "data" / "evaluar"


def records(name):
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def test_figures_are_those_worked_out_apart():
    expected = {
        field: tuple(value) if isinstance(value, list) else value
        for field, value in json.loads((DATA / "cifras.json").read_text("utf-8")).items()
    }
    figures = score(records("oro.jsonl"), records("respuestas.jsonl"))
    assert figures == expected
    assert list(figures) == list(expected)


def test_a_perfect_answer_has_no_error():
    gold = records("oro.jsonl")
    figures = score(gold, gold)
    assert figures["relevante"] == figures["modalidad"] == figures["victimas"] == (1.0, 1.0, 1.0)
    assert figures["clase"] == figures["fecha_hecho"] == 1.0
    assert figures["falsas_alarmas"] == (0, 2)


def test_names_match_by_their_words():
    assert same_name("Víctor M. Camacho", "victor camacho")
    assert not same_name("Juan Pérez", "Juana Pérez")
    assert not same_name("Camacho", "Víctor Camacho")


def test_every_figure_has_its_row():
    figures = score(records("oro.jsonl"), records("respuestas.jsonl"))
    rows = {row["campo"]: row for row in as_rows(figures)}
    assert list(rows) == list(figures)
    assert rows["falsas_alarmas"]["cuenta"] == "1 de 2"
    assert rows["clase"]["exactitud"] == round(figures["clase"], 3)
    assert rows["modalidad"]["f1"] == round(figures["modalidad"][2], 3)
