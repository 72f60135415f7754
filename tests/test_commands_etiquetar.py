"""`hallazgos etiquetar` and `hallazgos evaluar`: lines in, lines out, bad ones named."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import hallazgos

DATA = Path(__file__).parent / "data" / "evaluar"
FIELDS = [
    "id",
    "relevante",
    "nota",
    "clase",
    "victima",
    "agresion",
    "modalidad",
    "agresor",
    "movilizacion",
    "lugar",
    "victimas",
    "fecha_hecho",
    "mas",
]
MORE = {"confianza", "hora_hecho", "victimas_sin_nombre", "urgente", "via", "vinculo", "ambito", "resumen"}


@pytest.fixture
def source(tmp_path):
    lines = [
        json.dumps({"id": "a", "titulo": None, "texto": "Policías golpearon a la reportera Ana Ruiz.", "extra": 1}),
        "esto no es json",
        json.dumps({"id": 7, "texto": ""}),
        json.dumps(["lista"]),
        json.dumps({"texto": "sin id"}),
    ]
    path = tmp_path / "notas.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_lines_come_out_in_order_and_bad_ones_are_named(source, tmp_path):
    out = tmp_path / "salida.jsonl"
    result = CliRunner().invoke(hallazgos, ["etiquetar", str(source), "-o", str(out)])
    assert result.exit_code == 5
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["a", 7]
    assert all(list(record) == FIELDS for record in records)
    assert all(set(record["mas"]) >= MORE for record in records)
    assert records[0]["relevante"] and not records[1]["relevante"]
    for number in (2, 4, 5):
        assert f"línea {number}: " in result.stderr


def test_standard_input_and_output_with_passages():
    line = json.dumps({"id": "a", "texto": "Policías golpearon a la reportera Ana Ruiz."})
    result = CliRunner().invoke(hallazgos, ["etiquetar", "--explicar"], input=line + "\n")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert {"campo": "modalidad", "valor": "ataque_fisico"}.items() <= record["pasajes"][1].items()


def test_a_missing_file_is_a_usage_error(tmp_path):
    result = CliRunner().invoke(hallazgos, ["etiquetar", str(tmp_path / "nada.jsonl")])
    assert result.exit_code == 2
    assert "nada.jsonl" in result.stderr


def test_evaluar_prints_a_row_a_field():
    corpus = DATA / "corpus.jsonl"
    result = CliRunner().invoke(hallazgos, ["evaluar", str(corpus), "--json"])
    assert result.exit_code == 0
    rows = {row["campo"]: row for row in json.loads(result.stdout)}
    assert rows["registros"]["cuenta"] == 4
    assert rows["relevante"]["f1"] == 1.0
    assert rows["clase"]["exactitud"] == 1.0
