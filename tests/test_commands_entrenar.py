"""`hallazgos entrenar`: what it writes, and what it says of files it cannot learn from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from nlp.aprendizaje.corpus import FOLDER
from pipeline.cli import hallazgos


@pytest.fixture
def corpus(tmp_path):
    for name in ("a", "c"):
        lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()[:20]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return [str(tmp_path / "a.jsonl"), str(tmp_path / "c.jsonl")]


def run(*words):
    return CliRunner().invoke(hallazgos, ["entrenar", *map(str, words)])


def test_weights_card_and_floors_are_written(corpus, tmp_path):
    weights, floors = tmp_path / "pesos.json.gz", tmp_path / "pisos.json"
    result = run(*corpus, "-o", weights, "--pisos", floors, "--json")
    assert result.exit_code == 0, result.output
    fields = [row["campo"] for row in json.loads(result.stdout)]
    assert fields[:4] == ["registros", "sin_salida", "relevante", "falsas_alarmas"]
    card = (tmp_path / "tarjeta.md").read_text("utf-8")
    assert "40 notas" in card and "## Límites" in card
    assert set(json.loads(floors.read_text("utf-8"))["cifras"]) >= {"relevante.f1", "clase", "fecha_inventada"}
    first = weights.read_bytes()
    assert run(*corpus, "-o", weights).exit_code == 0
    assert weights.read_bytes() == first


def test_one_writer_cannot_be_validated(corpus, tmp_path):
    result = run(corpus[0], "-o", tmp_path / "pesos.json.gz")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "dos manos" in result.stderr
    assert not (tmp_path / "pesos.json.gz").exists()


def test_a_bad_line_is_named_and_nothing_is_written(corpus, tmp_path):
    bad = Path(corpus[1])
    bad.write_text(bad.read_text("utf-8") + '{"id": "x"}\n', "utf-8")
    result = run(*corpus, "-o", tmp_path / "pesos.json.gz")
    assert result.exit_code == 2
    assert "c.jsonl: línea 21: falta texto" in result.stderr
    assert not (tmp_path / "pesos.json.gz").exists()


def test_lowering_floors_asks_for_the_file(corpus):
    result = run(*corpus, "--bajar-pisos", "otro corpus")
    assert result.exit_code == 2
    assert "--pisos" in result.stderr
