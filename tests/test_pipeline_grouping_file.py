"""`hallazgos agrupar`: a file of notes into findings, without a registry."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import etiquetas

from pipeline.cli import hallazgos

DEMO = Path(__file__).parents[1] / "demo" / "data" / "articulos.jsonl"


def record(key, name, **changes):
    base = {"id": key, "titulo": "", "texto": f"Texto de {key}", "fecha_publicacion": "2026-05-10"}
    return {**base, **etiquetas(name).guide_record(), **changes}


def run(tmp_path, lines, *options):
    source, out = tmp_path / "entrada.jsonl", tmp_path / "salida.jsonl"
    source.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    result = CliRunner().invoke(hallazgos, ["agrupar", str(source), "-o", str(out), *options])
    return result, [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_one_line_out_for_each_good_line_in_the_same_order(tmp_path):
    lines = [record("b", "Renata Olmedo"), {"id": 7, "texto": "nada", "relevante": False}, record("a", "Renata Olmedo Prieto")]
    result, out = run(tmp_path, lines, "--con-etiquetas")
    assert result.exit_code == 0, result.output
    assert [line["id"] for line in out] == ["b", 7, "a"]
    assert out[0]["folio"] == out[2]["folio"]
    assert out[1]["folio"] is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "x"', "no es JSON"),
        ("[1]", "no es un objeto"),
        ({"texto": "sin id", "relevante": True}, "falta id"),
        ({"id": "x", "relevante": True}, "falta texto"),
        (record("x", "Ana Ruiz", fecha_publicacion="ayer"), "fecha_publicacion: ayer"),
        (record("x", "Ana Ruiz", fecha_publicacion="2026-13-45"), "fecha_publicacion: 2026-13-45"),
        (record("x", "Ana Ruiz", fecha_hecho="2026-02-31"), "fecha_hecho: 2026-02-31"),
        (record("x", "Ana Ruiz", mas=[1]), "mas no es un objeto"),
        (record("x", "Ana Ruiz", mas={"latitud": "19", "longitud": -99}), "mas: latitud y longitud"),
        (record("x", "Ana Ruiz", lugar={"entidad": 3}), "lugar no es un objeto"),
        ({"id": "x", "texto": "sin etiquetas"}, "falta relevante"),
        (record("x", "Ana Ruiz", modalidad="amenaza"), "modalidad no es una lista"),
        (record("x", "Ana Ruiz", victimas=["Ana Ruiz"]), "victimas no es una lista de objetos"),
        (record("x", "Ana Ruiz", lugar="cdmx"), "lugar no es un objeto"),
        (record("a", "Ana Ruiz"), "id repetido: a"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_done(tmp_path, line, said):
    result, out = run(tmp_path, [record("a", "Renata Olmedo"), line, record("z", "Renata Olmedo")], "--con-etiquetas")
    assert result.exit_code == 5
    assert f"línea 2: {said}" in result.output
    assert [row["id"] for row in out] == ["a", "z"]


def test_notes_without_a_date_are_grouped_by_their_people(tmp_path):
    undated = {"fecha_publicacion": None}
    lines = [record("a", "Renata Olmedo"), record("b", "Renata Olmedo Prieto", **undated), record("c", "Eva Sol", **undated)]
    _, out = run(tmp_path, lines, "--con-etiquetas")
    assert out[0]["folio"] == out[1]["folio"] != out[2]["folio"]


def test_tags_in_the_file_are_ignored_unless_asked_for(tmp_path):
    told = record("a", "Renata Olmedo", texto="El cabildo aprobó el presupuesto de parques y jardines del año próximo.")
    assert run(tmp_path, [told], "--con-etiquetas")[1][0]["folio"] is not None
    assert run(tmp_path, [told])[1][0]["folio"] is None


def test_the_demonstration_press_is_grouped_event_by_event_in_any_order(tmp_path):
    notes = [json.loads(line) for line in DEMO.read_text("utf-8").splitlines()]
    random.Random(3).shuffle(notes)
    _, out = run(tmp_path, notes, "--con-etiquetas")
    event = {note["id"]: note.get("evento") if note["relevante"] else None for note in notes}
    groups, events = {}, {}
    for row in out:
        if event[row["id"]]:
            groups.setdefault(row["folio"], set()).add(row["id"])
            events.setdefault(event[row["id"]], set()).add(row["id"])
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, events.values()))
