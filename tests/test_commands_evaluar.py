"""`hallazgos evaluar --eventos`: B-cubed of a grouping, worked out by hand."""

import json

import pytest
from click.testing import CliRunner
from factories import etiquetas

from pipeline.cli import hallazgos
from pipeline.grouping.evaluation import figures


def event(key, evento, *names):
    return {"id": key, "evento": evento, "victimas": [{"nombre": name} for name in names]}


GOLD = [event("a", "e1", "Ana Ruiz"), event("b", "e1", "Ana Ruiz Vela"), event("c", "e2", "Luis Paz"), event("d", None)]


def test_a_perfect_grouping_scores_one():
    found = figures(GOLD, {"a": "x", "b": "x", "c": "y", "d": None})
    assert (found.precision, found.exhaustividad, found.f1) == (1, 1, 1)
    assert (found.notas, found.eventos, found.mezclas, found.ajenas) == (4, 2, (), ())


def test_a_mixture_costs_precision_and_a_split_costs_recall():
    found = figures(GOLD, {"a": "x", "b": "y", "c": "y", "d": None})
    assert found.precision == pytest.approx((1 + 1 / 2 + 1 / 2 + 1) / 4)
    assert found.exhaustividad == pytest.approx((1 / 2 + 1 / 2 + 1 + 1) / 4)
    assert found.mezclas == found.ajenas == (("e1", "e2"),)


def test_a_mixture_of_events_with_a_common_or_no_name_is_not_one_of_strangers():
    same = [event("a", "e1", "Ana Ruiz"), event("b", "e2", "Ana Ruiz Vela"), event("c", "e3")]
    found = figures(same, {"a": "x", "b": "x", "c": "x"})
    assert found.mezclas == (("e1", "e2", "e3"),)
    assert found.ajenas == ()


def test_a_note_without_an_event_in_a_finding_is_a_mixture():
    assert figures(GOLD, {"a": "x", "b": "x", "c": "y", "d": "y"}).mezclas == (("e2", "solo d"),)


def run(tmp_path, lines, *options):
    corpus = tmp_path / "eventos.jsonl"
    corpus.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    return CliRunner().invoke(hallazgos, ["evaluar", str(corpus), *options])


def told(key, name, evento):
    tags = etiquetas(name).guide_record()
    return {**tags, "id": key, "evento": evento, "titulo": "", "texto": f"Texto de {key}", "fecha_publicacion": "2026-05-10"}


def test_the_command_prints_the_figures_with_the_tags_of_the_file(tmp_path):
    lines = [told("a", "Ana Ruiz", "e1"), told("b", "Ana Ruiz Vela", "e1"), told("c", "Luis Paz", "e2")]
    result = run(tmp_path, lines, "--eventos", "--con-etiquetas", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == [
        {
            "etiquetas": "del archivo",
            "precision": 1,
            "exhaustividad": 1,
            "f1": 1,
            "notas": 3,
            "eventos": 2,
            "mezclas": 0,
            "ajenas": 0,
        }
    ]


def test_without_the_option_the_tagger_is_measured_too(tmp_path):
    result = run(tmp_path, [told("a", "Ana Ruiz", "e1")], "--eventos", "--json")
    assert [row["etiquetas"] for row in json.loads(result.stdout)] == ["del archivo", "del etiquetador"]


def test_a_bad_line_is_named_and_an_option_without_the_other_is_refused(tmp_path):
    result = run(tmp_path, [told("a", "Ana Ruiz", "e1"), told("b", "Ana Ruiz", 7)], "--eventos", "--con-etiquetas")
    assert result.exit_code == 5
    assert "línea 2: evento no es un texto" in result.output
    assert run(tmp_path, [], "--con-etiquetas").exit_code == 2
