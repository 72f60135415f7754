import csv

import pytest
from casos_nlp import anchor, cases, parse

from nlp.aprendizaje.lineal import Lineal
from nlp.aprendizaje.modelo import shipped
from nlp.aprendizaje.rasgos_lugar import borough_candidates, borough_examples, places_told, state_candidates, state_examples
from nlp.contexto_lugar import dateline_end
from nlp.lugares import Pesos, find_place
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


def _states(parsed, act, harm="ataque_fisico"):
    return dict(state_candidates(places_told(parsed, [anchor(parsed, act, harm)])))


def test_every_state_told_is_a_candidate_even_where_somebody_only_comes_from():
    told = _states(parse("Golpearon en Acayucan, Veracruz, a un reportero originario de Oaxaca."), "Golpearon")
    assert set(told) == {"veracruz", "oaxaca"}
    assert (told["veracruz"]["reglas"], told["veracruz"]["usable:mayor"]) == (1.0, 1.0)
    assert "papel:origen" in told["oaxaca"] and "reglas" not in told["oaxaca"]


def test_the_weights_choose_the_state_and_none_below_the_threshold():
    parsed = parse("Golpearon en Acayucan, Veracruz, a un reportero originario de Oaxaca.")
    marks = [anchor(parsed, "Golpearon")]
    origin = Lineal(-3.0, {"papel:origen": 6.0})
    assert find_place(parsed, marks, Pesos(entidad=origin))[0].entidad == "oaxaca"
    assert find_place(parsed, marks, Pesos(entidad=Lineal(-3.0, {})))[0].cdmx == "indeterminado"


def test_the_weights_choose_the_borough_within_the_city():
    parsed = parse("Golpearon al reportero en Coyoacán. Trabaja en Tlalpan.")
    marks = [anchor(parsed, "Golpearon")]
    assert set(dict(borough_candidates(places_told(parsed, marks)))) == {"coyoacan", "tlalpan"}
    assert find_place(parsed, marks, Pesos(alcaldia=Lineal(-3.0, {"primero": 6.0})))[0].alcaldia == "coyoacan"
    place, _ = find_place(parsed, marks, Pesos(alcaldia=Lineal(-3.0, {})))
    assert (place.cdmx, place.alcaldia, place.entidad) == ("si", None, "cdmx")


def test_an_act_from_a_distance_is_marked_so():
    told = _states(parse("Amenazaron por Facebook a un reportero de Puebla."), "Amenazaron", "amenaza")
    assert told["puebla"]["caso:remoto"] == 1.0


def test_examples_tell_the_right_state_and_abroad_where_none_is_named():
    parsed = parse("Golpearon en Madrid a una reportera de Sonora.")
    told = places_told(parsed, [anchor(parsed, "Golpearon")])
    gold = {"cdmx": "no", "alcaldia": None, "entidad": None}
    right = [features for features, truth in state_examples(told, gold) if truth]
    assert len(right) == 1 and "es:extranjero" in right[0]
    assert list(borough_examples(told, gold)) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Golpearon al reportero en la estación Hidalgo.", ("si", "cuauhtemoc", "cdmx")),
        ("Golpearon al reportero en el Zócalo de Tlalnepantla, Estado de México.", ("no", None, "mexico")),
        ("Golpearon al reportero en una vecindad de la calle República de Perú.", ("si", "cuauhtemoc", "cdmx")),
        ("Golpearon al reportero afuera del hospital de Bacalar.", ("no", None, "quintana_roo")),
        ("Golpearon al reportero en las colonias Guerrero y Buenavista de la capital del país.", ("si", "cuauhtemoc", "cdmx")),
    ],
)
def test_streets_stations_and_squares_that_share_a_name(text, place):
    parsed = parse(text)
    found, _ = find_place(parsed, [anchor(parsed, "Golpearon")], Pesos(shipped()["entidad"], shipped()["alcaldia"]))
    assert (found.cdmx, found.alcaldia, found.entidad) == place
