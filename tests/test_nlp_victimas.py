import pytest
from casos_nlp import cases, mention, parse

from nlp.aprendizaje.lineal import Lineal
from nlp.aprendizaje.rasgos_grupos import group_examples
from nlp.aprendizaje.rasgos_victimas import named_people, person_candidates, person_examples
from nlp.grupos import find_groups
from nlp.reglas.actos import read
from nlp.victimas import find_victims

BY_RULE = Lineal(-0.5, {"regla": 1.0, "en lista posible": 1.0})
ATTACKED = Lineal(-0.5, {"s:propiedad": 1.0, "s:dañado": 1.0, "paciente": 1.0, "s:empleador": -2.0})
NOBODY = Lineal(-1.0, {})


def victims(texto, titulo="", people=BY_RULE, groups=NOBODY):
    return find_victims(read(parse(texto, titulo)), [], people, groups)


@pytest.mark.parametrize("case", cases("nombres"), ids=lambda case: case["caso"])
def test_named_victims(case):
    named, _, passages = victims(case["texto"], case.get("titulo", ""), groups=ATTACKED)
    assert [[v.nombre, v.tipo, v.genero] for v in named] == case["victimas"]
    assert [p.valor for p in passages] == [v.nombre for v in named]
    if "origen" in case:
        assert named[0].genero_origen == case["origen"]
    if "medio" in case:
        assert named[0].medio_u_organizacion == case["medio"]


def test_a_rare_name_beside_a_role_noun_is_a_victim():
    named, _, _ = victims("Golpearon al reportero Ixbalanqué Tuz.")
    assert [(v.nombre, v.genero) for v in named] == [("Ixbalanqué Tuz", "hombre")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amenazan a la reportera Abril Zavaleta.", "Abril Zavaleta"),
        ("Golpearon al fotógrafo Julio César Rivadeneyra.", "Julio César Rivadeneyra"),
        ("Agredieron a la comunera Domitila Sierra Puente.", "Domitila Sierra Puente"),
        ("La vocera, Ma. del Socorro Luján Ortiz, fue detenida.", "Ma. del Socorro Luján Ortiz"),
        ("Desapareció Emmanuel “Manu” Cisneros, activista.", "Emmanuel “Manu” Cisneros"),
        ("Vigilan a la columnista Amalia Brontë Lozano.", "Amalia Brontë Lozano"),
        ("Soy Efrén Tamargo, para los nuevos.", "Efrén Tamargo"),
        ("El caso de Benito Nava Luján y Xquenda Gómez Prado, indígenas nahuas.", "Xquenda Gómez Prado"),
    ],
)
def test_every_way_of_naming_a_person_is_a_candidate(text, name):
    assert name in [person.nombre for person in named_people(read(parse(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "Por Karla Yedra y Óscar Barrenechea\n\nAsesinan a un periodista.",
        "Amenazan a la presidenta de la asociación Guardianes del Estero Azul.",
        "Agreden al editor del semanario El Mineral del Valle.",
    ],
)
def test_signatures_and_groups_are_no_people(text):
    assert named_people(read(parse(text))) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Tomaron las cuentas de Facebook, Instagram y TikTok de la Red Diversa Andante.", "Red Diversa Andante", "defensora"),
        ("El colectivo de familiares Corazones en la Grieta denunció amenazas.", "Corazones en la Grieta", "defensora"),
        ("Cerraron Xchanul K'in, emisora comunitaria de la sierra.", "Xchanul K'in", "periodista"),
        ("El portal Gustavo A. Madero al Momento bajó la nota.", "Gustavo A. Madero al Momento", "periodista"),
        (
            "Vigilan el Centro de Derechos Humanos Ik’ Tzotz, que atiende a familias.",
            "Centro de Derechos Humanos Ik’ Tzotz",
            "defensora",
        ),
        ("Integrantes de Puente Abierto, organización civil, fueron seguidos.", "Puente Abierto", "defensora"),
        ("Balearon el periódico Vanguardia Norteña de Saltillo.", "Vanguardia Norteña", "periodista"),
        ("Quemaron el periódico comunitario “La Nopalera Roja”.", "La Nopalera Roja", "periodista"),
    ],
)
def test_every_way_of_naming_a_group_is_a_candidate(text, name, kind):
    assert (name, kind) in [(group.nombre, group.tipo) for group in find_groups({"titulo": "", "texto": text})]


def test_a_group_is_told_once_under_its_fuller_or_commoner_name():
    text = "Allanaron el Colectivo Surco y Rastro. Surco y Rastro pidió ayuda. El Colectivo Surco y Rastro existe desde ayer."
    (group,) = find_groups({"titulo": "", "texto": text})
    assert (group.nombre, len(group.menciones)) == ("Colectivo Surco y Rastro", 3)


def test_a_group_that_is_attacked_is_a_victim_and_an_employer_is_not():
    named, _, _ = victims("Quemaron las oficinas del semanario Horizonte Claro.", groups=ATTACKED)
    assert [(v.nombre, v.tipo, v.genero) for v in named] == [("Horizonte Claro", "periodista", "colectivo")]
    named, _, _ = victims("Golpearon a la reportera Ana Belén Robledo del semanario Horizonte Claro.", groups=ATTACKED)
    assert [v.nombre for v in named] == ["Ana Belén Robledo"]


def test_features_tell_a_patient_from_a_speaker():
    reading = read(parse("Golpearon al reportero Luis Arce Prado, dijo el fiscal Raúl Mena Ortiz."))
    told = {person.nombre: features for person, features in person_candidates(reading)}
    assert told["Luis Arce Prado"].keys() >= {"paciente", "s:papel", "regla"}
    assert "s:cargo" in told["Raúl Mena Ortiz"]
    assert not {"paciente", "regla"} & told["Raúl Mena Ortiz"].keys()


def test_examples_are_those_of_findings_and_say_who_is_a_victim():
    reading = read(parse("Golpearon a Luis Arce Prado, reportero de Canal Ocaso, dijo el fiscal Raúl Mena Ortiz."))
    gold = {"relevante": True, "victimas": [{"nombre": "Luis Arce Prado", "tipo": "periodista", "genero": "hombre"}]}
    assert [truth for _, truth in person_examples(reading, {}, gold)] == [True, False]
    assert not any(truth for _, truth in group_examples(reading, {}, gold))
    assert list(person_examples(reading, {}, gold | {"relevante": False})) == []


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Golpearon a dos fotógrafas.", "dos fotógrafas", ("mujer", 2)),
        ("Golpearon a cuatro reporteros.", "cuatro reporteros", ("indeterminado", 4)),
        ("Golpearon a un camarógrafo.", "un camarógrafo", ("hombre", 1)),
        ("Golpearon a varios reporteros.", "varios reporteros", ("indeterminado", None)),
        ("La buscadora que busca desde 2021 a su hijo.", "La buscadora que busca desde 2021 a su hijo", ("mujer", 1)),
    ],
)
def test_unnamed_victims_are_counted(text, words, expected):
    parsed = parse(text)
    named, unnamed, _ = find_victims(read(parsed), [mention(parsed, words)], BY_RULE, NOBODY)
    assert named == ()
    assert [(v.genero, v.cantidad) for v in unnamed] == [expected]


def test_the_named_are_not_counted_again():
    parsed = parse("Golpearon a tres reporteros, entre ellos el reportero Luis Arce.")
    mentions = [mention(parsed, "tres reporteros"), mention(parsed, "el reportero Luis Arce")]
    named, unnamed, _ = find_victims(read(parsed), mentions, BY_RULE, NOBODY)
    assert [v.nombre for v in named] == ["Luis Arce"]
    assert [v.cantidad for v in unnamed] == [2]


@pytest.mark.parametrize("text", ["", " ", "\n", "Y", "A. B. C.", "de la del y e", '"', "Ñ" * 2000, "🙂 Ana 🙂", "A Al Con De"])
def test_any_text_is_read_without_raising(text):
    victims(text, text, groups=ATTACKED)
