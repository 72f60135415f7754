"""The press's traps as whole notes: what is one event however it is told, and what only looks like one."""

import pytest

from pipeline.grouping.evidence import circumstances
from pipeline.grouping.facts import facts_of, in_passing
from pipeline.grouping.names import fold
from pipeline.incidents import group_notes

PUEBLA, CITY = {"cdmx": "no", "entidad": "puebla"}, {"cdmx": "si", "alcaldia": "cuauhtemoc", "entidad": "cdmx"}
KILLING = {"clase": "privacion_vida", "modalidad": ["asesinato"], "agresor": ["no_identificado"], "lugar": PUEBLA}


def told(key, day, titulo, texto, *names, **tags):
    base = {"relevante": True, "nota": "hecho_nuevo", "clase": "agresion", "victima": ["periodista"], "lugar": CITY}
    victims = [{"nombre": name, "tipo": "periodista", "genero": "indeterminado"} for name in names]
    act = {"modalidad": ["ataque_fisico"], "agresor": ["fuerza_publica"], "fecha_hecho": None, "victimas": victims}
    return {**base, **act, "id": key, "fecha_publicacion": day, "titulo": titulo, "texto": texto, **tags}


def one_event(*notes):
    return len({folio for _, folio in group_notes(notes, trust=True)}) == 1


SHOT = told(
    "a",
    "2026-03-03",
    "Matan a reportero en Tehuacán",
    "Dos hombres en motocicleta dispararon contra Wilfrido Tapia Monroy al salir de la estación La Brisa, en Tehuacán. "
    "El reportero cubría la nota roja y había denunciado llamadas de madrugada.",
    "Wilfrido Tapia Monroy",
    **KILLING,
    fecha_hecho="2026-03-02",
)


@pytest.mark.parametrize(
    "other",
    [
        told("b", "2026-03-04", "Asesinan a Wilfredo Tapia", "El gremio exige justicia.", "Wilfredo Tapia", **KILLING),
        told(
            "b",
            "2026-03-03",
            "Ejecutan a un hombre con gafete de prensa",
            "Un hombre fue baleado por dos motociclistas al salir de la estación La Brisa, en Tehuacán; llevaba gafete.",
            **KILLING,
            fecha_hecho="2026-03-02",
        ),
        told(
            "b",
            "2026-03-17",
            "Cae presunto asesino del reportero de La Brisa",
            "Agentes detuvieron en Tehuacán a un hombre por el homicidio de Wilfrido Tapia.",
            "Wilfrido Tapia",
            **KILLING,
            nota="seguimiento",
            fecha_hecho="2026-03-02",
        ),
        told(
            "b",
            "2027-04-20",
            "Dan 40 años de prisión por el crimen de Wilfrido Tapia",
            "Un tribunal dictó sentencia contra el autor de los disparos.",
            "Wilfrido Tapia",
            **KILLING,
            nota="seguimiento",
        ),
        told(
            "b",
            "2028-03-02",
            "A dos años, la carpeta de Wilfrido Tapia cambió de manos",
            "La familia colocó flores afuera de la estación La Brisa.",
            "Wilfrido Tapia Monroy",
            **KILLING,
            nota="seguimiento",
            fecha_hecho="2026-03-02",
        ),
        told("b", "2026-03-05", "Condena sindicato el crimen", "Wilfrido era una voz.", "Wilfrido Tapia M.", **KILLING),
    ],
    ids=["mal escrito", "sin nombre", "detención", "sentencia sin fecha", "aniversario", "inicial del segundo apellido"],
)
def test_one_event_told_by_others_or_later(other):
    assert one_event(SHOT, other)


@pytest.mark.parametrize(
    "other",
    [
        told(
            "b",
            "2026-03-06",
            "Matan a locutora en Atlixco",
            "A tres días del asesinato del reportero Wilfrido Tapia, hombres armados dispararon contra Amelia Cordero Ruiz.",
            "Amelia Cordero Ruiz",
            **KILLING,
            fecha_hecho="2026-03-05",
        ),
        told(
            "b",
            "2026-03-06",
            "Matan a un locutor en Atlixco",
            "Hombres armados dispararon contra un locutor cuando llegaba a su casa; el gremio pide protección.",
            **KILLING,
            fecha_hecho="2026-03-05",
        ),
        told(
            "b",
            "2027-03-03",
            "Golpean a reportera en marcha por Wilfrido Tapia",
            "Policías golpearon a Nora Elio Paz en la marcha por el aniversario del asesinato de Wilfrido Tapia.",
            "Nora Elio Paz",
            lugar=PUEBLA,
            fecha_hecho="2027-03-02",
        ),
        told(
            "b",
            "2026-03-03",
            "Empujan a camarógrafo en el Congreso de Puebla",
            "Guardias empujaron a Saúl Betán. Lee también: Matan a reportero en Tehuacán; Wilfrido Tapia cubría la nota roja.",
            "Saúl Betán",
            lugar=PUEBLA,
            fecha_hecho="2026-03-02",
        ),
        told(
            "b",
            "2026-03-10",
            "Balean casa de otro Wilfrido Tapia, abogado en Sonora",
            "Los disparos dieron en la fachada; el abogado defiende a ejidatarios.",
            "Wilfrido Tapia",
            modalidad=["amenaza"],
            victima=["defensora"],
            lugar={"cdmx": "no", "entidad": "sonora"},
            fecha_hecho="2026-03-09",
        ),
    ],
    ids=["otro asesinato esa semana", "lo mismo sin nombre", "marcha de aniversario", "lee también", "homónimo"],
)
def test_another_event_that_looks_alike(other):
    assert not one_event(SHOT, other)


def test_the_same_person_attacked_again_months_later_is_another_event():
    first = told("a", "2026-01-10", "Golpean a Nora Elio", "Fue en el Zócalo.", "Nora Elio Paz", fecha_hecho="2026-01-09")
    again = told("b", "2026-08-10", "Amenazan a Nora Elio", "La golpearon en enero.", "Nora Elio Paz", fecha_hecho="2026-08-09")
    undated = told("c", "2026-08-11", "Otra vez contra Nora Elio", "Ahora, mensajes a su teléfono.", "Nora Elio Paz")
    assert not one_event(first, again)
    assert not one_event(first, undated)
    assert one_event(again, undated)


def test_a_day_months_before_the_news_is_of_another_case_that_it_brings_up_unless_it_retells_the_same_act():
    day, shots = {"fecha_hecho": "2026-01-09"}, {"modalidad": ["tentativa_asesinato"]}
    first = told("a", "2026-01-10", "Balean casa de Nora Elio", "Nueve tiros.", "Nora Elio Paz", **day, **shots)
    fire = {"modalidad": ["danio_bienes"], "agresor": ["particular"]}
    assert not one_event(
        first, told("b", "2026-08-10", "Incendian auto", "Ardió el de Nora Elio Paz.", "Nora Elio Paz", **day, **fire)
    )
    assert one_event(
        first,
        told("c", "2026-08-10", "Siguen libres; nueve tiros contra la casa de Nora Elio", "", "Nora Elio Paz", **day, **shots),
    )


def test_two_victims_of_one_march_are_two_events_even_if_one_note_names_both_in_passing():
    march = {"movilizacion": True, "fecha_hecho": "2026-03-08"}
    one = told(
        "a", "2026-03-09", "Golpean a fotógrafa", "Policías golpearon a Renata Olmedo en la marcha.", "Renata Olmedo", **march
    )
    two = "Policías golpearon a Tomás Arce en la marcha; igual que a Renata Olmedo, le quitaron la cámara."
    assert not one_event(one, told("b", "2026-03-09", "Golpean a reportero", two, "Tomás Arce", **march))


def test_an_outlet_named_up_front_is_the_case_of_the_person_behind_it():
    day = {"fecha_hecho": "2026-03-08", "modalidad": ["ataque_digital"], "lugar": {"cdmx": "indeterminado"}}
    outlet = told(
        "a", "2026-03-09", "Tumban a Tlacuilapan", "El portal Tlacuilapan lleva dos días sin servicio.", "Tlacuilapan", **day
    )
    person = "La directora de Tlacuilapan, Amparo Cisneros, contó que el ataque al portal empezó el domingo."
    assert one_event(outlet, told("b", "2026-03-10", "Atacan portal", person, "Amparo Cisneros", **day))


@pytest.mark.parametrize(
    ("texto", "passing"),
    [
        ("A cuatro días del asesinato del locutor Heliodoro Cabrera mataron a una abogada.", True),
        ("Golpean a la hermana de Heliodoro Cabrera.", True),
        ("Heliodoro Cabrera, locutor asesinado hace dos años en el Istmo, leía avisos.", True),
        ("Se suma al caso del locutor Heliodoro Cabrera.", True),
        ("Heliodoro Cabrera, locutor asesinado ayer en el Istmo, leía avisos.", False),
        ("Marcharon por Heliodoro Cabrera. Heliodoro Cabrera leía avisos.", False),
        ("Matan a Heliodoro Cabrera.", False),
        ("Nadie habló de él.", False),
    ],
)
def test_a_name_that_only_brings_up_another_case_is_told_in_passing(texto, passing):
    assert in_passing(f" {fold(texto)} ", "Heliodoro Cabrera") == passing


@pytest.mark.parametrize("nota", ["hecho_nuevo", "seguimiento"])
def test_a_victim_told_only_in_passing_is_none_of_the_notes_own(nota):
    texto = "A cuatro días del asesinato de Heliodoro Cabrera mataron a Clotilde Merino."
    record = told("a", "2026-03-03", "", texto, "Heliodoro Cabrera", "Clotilde Merino", nota=nota)
    assert own_names(record) == ["Clotilde Merino"]


def test_a_follow_up_whose_only_victim_is_told_in_passing_is_about_that_one():
    texto = "A un año del asesinato de Heliodoro Cabrera no hay detenidos."
    assert own_names(told("a", "2027-03-03", "", texto, "Heliodoro Cabrera", nota="seguimiento")) == ["Heliodoro Cabrera"]
    assert own_names(told("a", "2027-03-03", "", texto, "Heliodoro Cabrera")) == []


def own_names(record):
    return [one.nombre for one in facts_of(record, key="a", day=record["fecha_publicacion"], order="a").nombres]


MARCH = "Policías golpearon a Nora Elio Paz, colega de Wilfrido Tapia, cuando pedía justicia en la fiscalía de Tehuacán."


def test_whom_a_later_note_tells_of_besides_is_its_victim_though_its_tags_name_the_dead_one_too():
    """Tags as wrong as they come: the old victim first, the old act too, called a follow-up."""
    wrong = {"nota": "seguimiento", "clase": "privacion_vida", "modalidad": ["asesinato", "ataque_fisico"], "lugar": PUEBLA}
    both = ("Wilfrido Tapia", "Nora Elio Paz")
    assert not one_event(SHOT, told("b", "2027-03-03", "Golpes en Tehuacán", MARCH, *both, **wrong))
    assert not one_event(SHOT, told("b", "2027-03-03", "Golpes", MARCH, *both, **wrong, fecha_hecho="2027-03-02"))


def test_a_wife_named_by_a_later_stage_of_the_same_acts_leaves_the_event_one():
    stage = KILLING | {"nota": "seguimiento"}
    texto = "Un juez sentenció al asesino de Wilfrido Tapia; su viuda, Nora Elio Paz, pidió reparación."
    assert one_event(SHOT, told("b", "2027-03-03", "Sentencian", texto, "Wilfrido Tapia", "Nora Elio Paz", **stage))


def test_a_name_in_the_text_of_a_note_without_victims_does_not_tie_two_days():
    """The tagger missed whom the note of the march is about, and the dead one's name stands in it."""
    march = KILLING | {"modalidad": ["asesinato", "ataque_fisico"], "fecha_hecho": "2026-02-20"}
    texto = "Golpearon a una reportera que preguntó por Wilfrido Tapia."
    assert not one_event(told("b", "2026-02-21", "Golpes en Tehuacán", texto, **march), SHOT)
    assert one_event(told("b", "2026-03-03", "Golpes en Tehuacán", texto, **march | {"fecha_hecho": "2026-03-02"}), SHOT)


def test_a_rare_name_up_front_of_both_ties_notes_whose_victims_the_tags_missed():
    texto = "Mientras el desalojo de {} seguía, la policía golpeó a alguien que grababa; {} pide justicia a la fiscalía."
    one = facts_of(told("a", "2026-03-09", "", texto.format("Kenia Zapotitla", "ella")), key="a", day="2026-03-09", order="a")
    two = facts_of(told("b", "2026-03-09", "Golpes a Kenia Zapotitla", "Sin más datos."), key="b", day="2026-03-09", order="b")
    three = facts_of(told("c", "2026-03-09", "", "Salió de la Ciudad de México."), key="c", day="2026-03-09", order="c")
    assert one.propios == two.propios == {"kenia zapotitla"}
    assert three.propios == frozenset()
    assert "nombre_propio" in circumstances(one, two, named=False, strangers=True)
    assert "nombre_propio" not in circumstances(one, three, named=False, strangers=True)
