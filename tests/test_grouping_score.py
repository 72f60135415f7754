"""Is it the same event? The press's traps, one by one."""

from dataclasses import replace

import pytest

from pipeline.grouping.facts import facts_of
from pipeline.grouping.score import Case, score

BASE = {
    "titulo": "",
    "texto": "Policías golpearon a la fotógrafa durante el desalojo de vendedores en la plaza de San Juan.",
    "nota": "hecho_nuevo",
    "clase": "agresion",
    "victima": ["periodista"],
    "modalidad": ["ataque_fisico"],
    "agresor": ["fuerza_publica"],
    "movilizacion": False,
    "lugar": {"cdmx": "si", "alcaldia": "cuauhtemoc", "entidad": "cdmx"},
    "fecha_hecho": "2026-05-09",
}
OTHER_WORDS = "Un caso contado con palabras propias: hubo cámara rota, queja formal y ninguna respuesta."
CITY, PUEBLA = BASE["lugar"], {"cdmx": "no", "alcaldia": None, "entidad": "puebla"}


def note(*names, day="2026-05-10", groups=(), **changes):
    victims = [{"nombre": n, "tipo": "periodista", "genero": "colectivo" if n in groups else "mujer"} for n in names]
    return facts_of({**BASE, "victimas": victims, **changes}, key=f"{names}{day}", day=day, order="x")


def joins(new, *known):
    return score(new, Case("H-2026-000001", known)).joins()


@pytest.mark.parametrize(
    ("new", "known"),
    [
        (note("Renata Olmedo", texto=OTHER_WORDS), note("Renata Olmedo Prieto")),
        (note("Reni Olmedo", texto=BASE["texto"]), note("Renata Olmedo Prieto")),
        (note("Renata Olmedo", fecha_hecho="2026-05-08", texto=OTHER_WORDS), note("Renata Olmedo Prieto")),
        (note("Renata Olmedo", lugar={**CITY, "alcaldia": "iztacalco"}, texto=OTHER_WORDS), note("Renata Olmedo Prieto")),
        (note("Renata Olmedo", fecha_hecho=None, day="2026-05-12", texto=OTHER_WORDS), note("Renata Olmedo Prieto")),
        (note(texto="Granaderos golpearon a una fotógrafa en el desalojo de la plaza de San Juan."), note("Renata Olmedo")),
        (note("Radio Tlayolli", groups=("Radio Tlayolli",), texto=OTHER_WORDS), note("Tlayolli", groups=("Tlayolli",))),
    ],
    ids=["segundo apellido", "apodo", "un día de diferencia", "otra alcaldía dicha", "sin fecha", "sin nombre", "medio"],
)
def test_one_event_told_differently(new, known):
    assert joins(new, known)


@pytest.mark.parametrize(
    ("new", "known"),
    [
        (note("Tomás Arce"), note("Renata Olmedo")),
        (note("Renata Olmedo", fecha_hecho="2026-09-01", day="2026-09-02"), note("Renata Olmedo")),
        (note("Renata Olmedo", lugar=PUEBLA, texto=OTHER_WORDS), note("Renata Olmedo")),
        (note("Renata Olmedo", fecha_hecho=None, day="2026-08-10", texto=OTHER_WORDS), note("Renata Olmedo")),
        (note(fecha_hecho="2026-05-05", texto="Granaderos golpearon a una fotógrafa en la plaza de San Juan."), note()),
        (note(lugar={**CITY, "alcaldia": "tlalpan"}, texto=OTHER_WORDS), note()),
        (note(modalidad=["espionaje"], texto=OTHER_WORDS), note()),
        (note(victima=["defensora"], texto=OTHER_WORDS), note()),
        (note(texto=OTHER_WORDS), note()),
        (note("Fabiola Olmedo", fecha_hecho="2026-07-09"), note("Renata Olmedo")),
    ],
    ids=[
        *("otra víctima, misma marcha", "otra vez meses después", "homónima en otro estado", "sin fecha, meses después"),
        *("otro día", "otra alcaldía", "otro acto", "otro tipo de víctima", "sin nombre ni palabras", "pariente, otro día"),
    ],
)
def test_two_events_that_look_alike(new, known):
    assert not joins(new, known)


def test_a_killing_joins_the_threat_it_carries_in_its_chain():
    threat = note("Óscar Vela Cid", modalidad=["amenaza"])
    killed = {"clase": "privacion_vida", "fecha_hecho": "2026-06-01", "day": "2026-06-02", "texto": OTHER_WORDS}
    assert joins(note("Óscar Vela", modalidad=["asesinato", "amenaza"], **killed), threat)
    assert not joins(note("Óscar Vela", modalidad=["asesinato"], **killed), threat)


def test_a_follow_up_goes_to_the_case_whose_day_it_names():
    arson = note("Nora Elio", modalidad=["danio_bienes"], fecha_hecho="2025-10-27", day="2025-10-28")
    shots = note("Nora Elio Paz", modalidad=["tentativa_asesinato"], fecha_hecho="2025-03-19", day="2025-03-20")
    arrest = note(
        "Nora Elio",
        texto=OTHER_WORDS,
        nota="seguimiento",
        modalidad=["tentativa_asesinato"],
        fecha_hecho="2025-03-19",
        day="2025-11-19",
    )
    assert score(arrest, Case("a", (shots,))).puntos > score(arrest, Case("b", (arson,))).puntos


def test_a_pen_name_joins_where_a_text_says_whose_it_is():
    said = "Denuncia Ernestina Valdés, quien firma con el seudónimo de Lucía Nocturna, la difusión de sus datos."
    assert joins(note("Ernestina Valdés", texto=said), note("Lucía Nocturna", texto=OTHER_WORDS))
    named = "Ernestina Valdés lamentó lo ocurrido a su colega Lucía Nocturna."
    assert not joins(note("Ernestina Valdés", texto=named), note("Lucía Nocturna", texto=OTHER_WORDS))


def test_a_roundup_belongs_to_the_case_it_leads_with():
    roundup = note("Renata Olmedo", "Saúl Betán", texto=OTHER_WORDS)
    hers, his = note("Renata Olmedo"), note("Saúl Betán", modalidad=["amenaza"], lugar=PUEBLA)
    assert joins(roundup, hers)
    assert not joins(roundup, his)
    assert not joins(note("Saúl Betán", modalidad=["amenaza"]), hers, roundup)


def test_one_kettle_holds_victims_of_several_names_but_two_arrests_are_two():
    kettle = {"modalidad": ["ataque_fisico", "privacion_libertad"], "movilizacion": True}
    told = "Policías mantuvieron un cerco en la esquina de Reforma y Juárez contra periodistas que cubrían la marcha."
    again = "La cápsula policial en Reforma y Juárez encerró a periodistas durante la marcha; hubo empujones."
    assert joins(note("Paola Trino", texto=told, **kettle), note("Abril Zen", texto=again, **kettle))
    assert not joins(note("Paola Trino", texto=OTHER_WORDS, **kettle), note("Abril Zen", texto=again, **kettle))


def test_copies_of_a_wire_join_but_never_over_two_named_victims():
    wire = " ".join(f"palabra{i}" for i in range(80))
    assert joins(note(texto=f"Agencia. {wire}", fecha_hecho=None, modalidad=[]), note("Renata Olmedo", texto=wire))
    assert not joins(note("Tomás Arce", texto=wire), note("Renata Olmedo", texto=wire))


def test_a_name_in_the_text_counts_where_the_tagger_found_no_victim():
    told = "Hirieron a Renata Olmedo en un desalojo, según vecinos; no se supo más de la cámara."
    assert joins(note("Renata Olmedo Prieto", texto=OTHER_WORDS), note(texto=told, modalidad=["danio_bienes"]))
    assert not joins(note("Renata Olmedo Prieto", texto=OTHER_WORDS), note("Eva Sol", texto=told))


MARCH = {
    "texto": "Una fotógrafa fue empujada y rociada con gas por encapuchados el domingo en la marcha de avenida Juárez. "
    "La fotógrafa cubría la protesta para un portal y la atendieron paramédicos. Su medio pidió garantías a la policía.",
    "agresor": ["particular"],
    "movilizacion": True,
}
EVICTION = {
    "texto": "La reportera Lucía Mendizábal fue golpeada por policías el domingo en un desalojo en la Doctores. "
    "La reportera cubría el desalojo para un portal y la atendieron paramédicos. Su medio pidió una queja a la policía.",
}
REPORTER = {**EVICTION, "texto": EVICTION["texto"].replace("La reportera Lucía Mendizábal", "Una reportera")}


def unnamed(genero="mujer", punto=None, **changes):
    more = {"victimas_sin_nombre": [{"tipo": "periodista", "genero": genero, "cantidad": 1}]}
    place = dict(zip(("sitio", "latitud", "longitud"), punto or (), strict=False))
    return note(mas={**more, **place}, **changes)


def test_an_unnamed_victim_of_another_trade_and_hands_is_not_the_named_one_of_that_day():
    assert not joins(unnamed(**MARCH), note("Lucía Mendizábal", **EVICTION))
    assert not joins(note("Lucía Mendizábal", **EVICTION), unnamed(**MARCH))
    assert joins(unnamed(**REPORTER), note("Lucía Mendizábal", **EVICTION))


@pytest.mark.parametrize(
    "other",
    [
        unnamed("hombre", **REPORTER),
        unnamed(**{**REPORTER, "texto": REPORTER["texto"].replace("reportera", "columnista"), "movilizacion": True}),
        unnamed(punto=("Avenida Juárez", 19.4345, -99.1445), **{**REPORTER, "agresor": ["particular"]}),
    ],
    ids=["otro género", "otro oficio y marcha", "otro sitio y otras manos"],
)
def test_unnamed_victims_who_cannot_be_one_are_two_findings(other):
    here = unnamed(punto=("Doctores", 19.4165, -99.1485), **REPORTER)
    assert joins(unnamed(**REPORTER), here)
    told = other.texto.replace("fue golpeada por policías", "recibió golpes de agentes").replace("Su medio pidió", "Exigió")
    assert not joins(replace(other, texto=told), here)


def test_a_graphic_reporter_is_a_photographer_and_a_whole_borough_is_no_place():
    graphic = unnamed(texto="Despojan de su cámara a un reportero gráfico; el fotógrafo denunció a los agentes.")
    assert graphic.oficios == {"fotografa"}
    assert unnamed(punto=("Cuauhtémoc", 19.43, -99.15)).punto is None
    assert unnamed(punto=("Doctores", 19.4165, -99.1485)).punto == (19.4165, -99.1485)
