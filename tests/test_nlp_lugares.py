import csv

import pytest
from casos_nlp import anchor, cases, parse

from nlp.contexto_lugar import dateline_end
from nlp.lugares import find_place
from nlp.nomenclator import DATA, find_names
from nlp.vocabulario import Alcaldia, Entidad


@pytest.mark.parametrize("case", cases("lugares"), ids=lambda case: case["caso"])
def test_place_of_the_event(case):
    parsed = parse(case["texto"], case["titulo"])
    place, _ = find_place(parsed, [anchor(parsed, case["acto"], case.get("modalidad", "ataque_fisico"))])
    assert [place.cdmx, place.alcaldia, place.entidad] == case["lugar"]
    assert place.sitio == case.get("sitio", place.sitio)


def test_passages_point_at_the_words_that_place_the_event():
    parsed = parse("Golpearon al reportero en la alcaldía Tláhuac.")
    _, passages = find_place(parsed, [anchor(parsed, "Golpearon")])
    told = {(p.campo, p.valor, parsed.texto.text[p.inicio : p.fin]) for p in passages}
    assert ("lugar.alcaldia", "tlahuac", "Tláhuac") in told
    assert ("lugar.entidad", "cdmx", "Tláhuac") in told


def test_a_known_site_has_coordinates():
    parsed = parse("Golpearon al reportero frente a la Torre Latinoamericana.")
    place, _ = find_place(parsed, [anchor(parsed, "Golpearon")])
    assert (place.sitio, place.latitud, place.longitud) == ("Torre Latinoamericana", 19.43395, -99.1406)


def test_without_acts_a_note_is_still_placed():
    place, _ = find_place(parse("Todo pasó en Cuernavaca, Morelos."), [])
    assert (place.cdmx, place.entidad) == ("no", "morelos")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("MÉRIDA, Yuc.- Vecinos de un mercado", "MÉRIDA, Yuc."),
        ("Ciudad Valles, SLP. Choques en la carretera", "Ciudad Valles, SLP"),
        ("Zamora.- Una locutora", "Zamora"),
        ("Golpearon al reportero. No hubo detenidos", ""),
    ],
)
def test_dateline(text, place):
    assert text[: dateline_end(text)].rstrip(".") == place.rstrip(".")


def test_the_longest_name_wins_and_lower_case_is_no_name():
    assert [text[h.inicio : h.fin] for text in ["la reforma del Paseo de la Reforma"] for h in find_names(text)] == [
        "Paseo de la Reforma"
    ]


def test_gazetteer_files_hold_only_known_slugs():
    states = {str(e) for e in Entidad}
    for file in ("municipios.csv", "localidades.csv"):
        with (DATA / file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert {row["entidad"] for row in rows} <= states
        assert {row["ambiguo"] for row in rows} <= {"0", "1"}
        assert len({(row["entidad"], row["nombre"]) for row in rows}) == len(rows)
    for file in ("lugares_cdmx.csv", "lugares_cdmx_propios.csv"):
        with (DATA / file).open(encoding="utf-8", newline="") as stream:
            assert {row["alcaldia_slug"] for row in csv.DictReader(stream)} <= {str(a) for a in Alcaldia} | {""}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "🙂" * 50, "Ñ" * 3000, "en la, de la. (", "D.F.", "-- -- --"])
def test_any_text_is_placed_without_raising(text):
    assert find_place(parse(text, text), [])[0].cdmx in ("si", "no", "indeterminado")
