"""The learned layer: sums that can be explained, weights that come out alike, probabilities set right, floors."""

import math

import pytest

from nlp.aprendizaje import pisos
from nlp.aprendizaje.actores import ACTOR
from nlp.aprendizaje.corpus import FOLDER, cases, digest, files, records, set_apart
from nlp.aprendizaje.decisiones import DE_CLASE, DECISIONES, POR_VALOR, Decision
from nlp.aprendizaje.entrenar import calibrated, fit, platt, train
from nlp.aprendizaje.lineal import Lineal, scaled
from nlp.aprendizaje.modelo import MANY, Modelo, load, save, shipped
from nlp.aprendizaje.validar import folds, reliability
from nlp.tagger import build_nlp

PALABRA = Decision("palabra", lambda lectura, whole, gold: iter(()))
EXAMPLES = [({"golpe": 1.0, "lunes": 1.0}, True), ({"golpe": 1.0}, True), ({"lunes": 1.0}, False), ({"martes": 1.0}, False)] * 5


@pytest.fixture(scope="module")
def few_cases():
    """A handful of notes of two writers, read by the rules."""
    return list(cases(build_nlp(), {name: records(FOLDER / f"{name}.jsonl")[:14] for name in ("a", "c")}))


def test_unseen_features_weigh_nothing():
    line = Lineal(-1.0, {"golpe": 3.0})
    assert line.probability({"golpe": 1.0, "nunca visto": 9.0}) == pytest.approx(1 / (1 + math.exp(-2)))


def test_the_strongest_features_explain_an_answer():
    line = Lineal(0.0, {"golpe": 3.0, "lunes": -0.5, "martes": 1.0})
    assert line.strongest({"golpe": 1.0, "lunes": 1.0, "martes": 0.2}, 2) == [("golpe", 3.0), ("lunes", -0.5)]


def test_a_block_of_words_has_the_same_length_whatever_the_text():
    for size in (1, 7, 400):
        block = scaled({f"w{n}" for n in range(size)}, 10.0)
        assert math.sqrt(sum(value**2 for value in block.values())) == pytest.approx(10.0)


def test_fitting_twice_gives_the_same_weights():
    first, second = fit(EXAMPLES, PALABRA), fit(EXAMPLES, PALABRA)
    assert first == second
    assert first.says({"golpe": 1.0}) and not first.says({"martes": 1.0})


def test_a_feature_seen_once_is_not_learned():
    assert "rara" not in fit([*EXAMPLES, ({"rara": 1.0}, True)], PALABRA).pesos


def test_weights_come_back_from_their_file(tmp_path, few_cases):
    one, other = tmp_path / "uno.json.gz", tmp_path / "otro.json.gz"
    save(train(few_cases), one)
    save(train(few_cases), other)
    assert one.read_bytes() == other.read_bytes()
    save(load(one), other)
    assert one.read_bytes() == other.read_bytes()


def test_decisions_on_words_share_their_names_and_answer_as_before(tmp_path):
    names = [f"t:palabra{number}" for number in range(MANY + 1)]
    large = {
        "una": Lineal(-0.5, {name: (number % 7 - 3) / 2 for number, name in enumerate(names)}, 0.4),
        "otra": Lineal(0.25, {name: (number % 5 - 2) / 3 for number, name in enumerate(names[1:])}),
    }
    save(Modelo({**large, "corta": Lineal(-1.0, {"golpe": 3.0})}, shipped().palabras), tmp_path / "pesos.gz")
    back = load(tmp_path / "pesos.gz")
    assert back["una"].pesos.filas is back["otra"].pesos.filas
    assert back["corta"] == Lineal(-1.0, {"golpe": 3.0})
    assert back["una"].umbral == 0.4
    told = {names[0]: 1.0, names[5]: 0.5, "t:nunca vista": 9.0}
    for name, line in large.items():
        assert back[name].probability(told) == pytest.approx(line.probability(told), abs=1e-3)
    assert back["una"].strongest(told, 1) == [(names[0], -1.5)]


def test_no_fold_parts_a_writer(few_cases):
    for rest, own in folds(few_cases):
        assert not {case.grupo for case in rest} & {case.grupo for case in own}
        assert len(rest) + len(own) == len(few_cases)


def test_calibration_moves_probabilities_and_leaves_the_answers():
    line = Lineal(-0.3, {"golpe": 0.8}, umbral=0.4)
    moved = calibrated(line, 2.5, 0.7)
    for amount in (-2.0, -0.2, 0.0, 0.4, 3.0):
        assert moved.says({"golpe": amount}) == line.says({"golpe": amount})
    assert moved.probability({"golpe": 2.0}) != pytest.approx(line.probability({"golpe": 2.0}))


def test_overconfident_answers_are_set_right():
    pairs = [(0.99, True)] * 70 + [(0.99, False)] * 30 + [(0.01, False)] * 70 + [(0.01, True)] * 30
    slope, shift = platt(pairs)
    moved = calibrated(Lineal(math.log(99), {}), slope, shift).probability({})
    assert moved == pytest.approx(0.7, abs=0.02)
    for _, _, _, mean, share in reliability(pairs):
        assert mean == pytest.approx(share, abs=0.25)


def test_the_shipped_weights_were_trained_on_this_corpus():
    assert shipped().ficha["corpus"] == digest(files())
    assert {ACTOR, *(decision.nombre for decision in (*DECISIONES, *POR_VALOR, DE_CLASE))} == set(shipped().decisiones)


def test_what_is_set_apart_is_not_learned_from():
    learned = {record["id"] for path in files() for record in records(path)}
    apart = [record["id"] for path in set_apart() for record in records(path)]
    assert apart and not learned & set(apart)


def test_floors_rise_and_fall_only_with_a_reason():
    before = pisos.Pisos({"clase": 0.8, "fecha_inventada": 0.2}, "abc")
    worse = {"clase": 0.7, "fecha_inventada": 0.5}
    assert pisos.raised(worse, "abc", before).cifras == before.cifras
    lowered = pisos.raised(worse, "abc", before, "otro corpus")
    assert (lowered.cifras["clase"], lowered.motivo) == (pytest.approx(0.69), "otro corpus")
    assert pisos.raised({"clase": 0.9, "fecha_inventada": 0.1}, "abc", before).cifras["clase"] == pytest.approx(0.89)


def test_what_falls_below_its_floor_is_named():
    floors = pisos.Pisos({"clase": 0.8, "fecha_inventada": 0.2, "nota": 0.5}, "abc")
    told = pisos.below(floors, {"clase": 0.79, "fecha_inventada": 0.21})
    assert [line.split(":")[0] for line in told] == ["clase", "fecha_inventada", "nota"]
    assert not pisos.below(floors, {"clase": 0.8, "fecha_inventada": 0.2, "nota": 0.9})


def test_floors_come_back_from_their_file(tmp_path):
    floors = pisos.Pisos({"clase": 0.8}, "abc", "porque sí")
    pisos.write(floors, tmp_path / "pisos.json")
    assert pisos.read(tmp_path / "pisos.json") == floors
    assert pisos.read(tmp_path / "ninguno.json") is None
