"""Announced demonstrations: lists of the day in the shapes that the press prints, and what sentences announce."""

from datetime import date

import pytest

from pipeline.demonstrations.announcements import announced
from pipeline.demonstrations.days import days_to_come

DAY = date(2026, 11, 24)  # a Tuesday
TITLE = "Marchas hoy 24 de noviembre en CDMX: horarios y rutas"
UNDER_A_TITLE = """La secretaría informó que este martes habrá 2 marchas, 3 concentraciones y 1 rodada ciclista en la capital.
Cuauhtémoc
- Sindicato de Faroleros de Prueba
- Hora: 07:00
- Lugar: Palacio de Bellas Artes con destino al Zócalo
- Demanda: que se pague el aguinaldo
- Aforo: 100
- Colectivo “La Jacaranda 21”
- Hora: 13:30 horas
- Lugar: Hemiciclo a Juárez
Iztapalapa
- Vecinas de la Colonia Inventada (cita agendada)
- Hora: 10:00
- Lugar: Sede de la alcaldía
Rodadas ciclistas
- Pedalistas de Ensayo
- Hora: 20:00
- Lugar: Ángel de la Independencia
"""
HOUR_FIRST = """Te compartimos las concentraciones registradas para hoy martes 24 de noviembre de 2026.

Concentraciones

Coyoacán

08:30 horas. Comité Estudiantil de Muestra. Se concentrarán en la estación Universidad de la Línea 3 del Metro.

Acudirán con pancartas. A las que se suman otras escuelas.

17:00 horas. Asamblea Vecinal de Ejemplo. Se reunirán en el Estadio "Azul", ubicado en calzada de Tlalpan No. 34.
"""
BOROUGH_FIRST = """Concentraciones

06:00 horas | Alcaldía Cuauhtémoc : Jubilados de Ensayo, realizarán un plantón en Palacio Nacional, colonia Centro
10:00 horas | Alcaldía Iztapalapa : Colectivo “Laboratorio”, en Calzada Ermita Iztapalapa, colonia Granjas
"""
EACH_WITH_ITS_BOROUGH = """Alcaldía: Azcapotzalco

Hora: 08:00 horas.

Vecinos de la Unidad Inventada.

Lugar: Avenida de las Pruebas y Avenida del Ensayo, colonia La Preciosa, alcaldía Azcapotzalco.

Alcaldía: Iztapalapa

Hora:12:00 horas.

Colectivo "Luciérnagas de Prueba".

Lugar: Juzgados del Reclusorio Oriente, en Av. Reforma No. 50, alcaldía Iztapalapa.
"""


def told(text: str, title: str = TITLE) -> list[tuple[str | None, str, str, str | None]]:
    return [(one.hora, one.nombre, one.sitio, one.alcaldia) for one in announced(title, text, DAY)]


def test_entries_under_titles_leave_appointments_and_bicycles_out():
    assert told(UNDER_A_TITLE) == [
        ("07:00", "Sindicato de Faroleros de Prueba", "Palacio de Bellas Artes → Zócalo", "cuauhtemoc"),
        ("13:30", "Colectivo “La Jacaranda 21”", "Hemiciclo a Juárez", "cuauhtemoc"),
    ]
    first = announced(TITLE, UNDER_A_TITLE, DAY)[0]
    assert (first.dia, first.convocantes, first.causa) == (
        DAY,
        ("Sindicato de Faroleros de Prueba",),
        "que se pague el aguinaldo",
    )


def test_entries_that_begin_with_their_hour():
    assert told(HOUR_FIRST) == [
        ("08:30", "Comité Estudiantil de Muestra", "estación Universidad de la Línea 3 del Metro", "coyoacan"),
        ("17:00", "Asamblea Vecinal de Ejemplo", "Estadio Azul", "coyoacan"),
    ]


def test_hour_and_borough_before_who_calls():
    assert told(BOROUGH_FIRST) == [
        ("06:00", "Jubilados de Ensayo", "Palacio Nacional", "cuauhtemoc"),
        ("10:00", "Colectivo “Laboratorio”", "Calzada Ermita Iztapalapa", "iztapalapa"),
    ]


def test_the_place_s_own_borough_is_surer_than_a_street_s_name():
    assert [(one[0], one[3]) for one in told(EACH_WITH_ITS_BOROUGH)] == [("08:00", "azcapotzalco"), ("12:00", "iztapalapa")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Convocan a marchar este domingo 29 de noviembre, a las 16:00 horas, del Ángel de la Independencia al Zócalo.",
            (date(2026, 11, 29), "16:00", "Ángel de la Independencia → Zócalo", "cuauhtemoc"),
        ),
        (
            "Anunciaron una marcha para mañana en la Ciudad de México. Saldrá a las 10 de la mañana del Hemiciclo a Juárez.",
            (date(2026, 11, 25), "10:00", "Hemiciclo a Juárez", "cuauhtemoc"),
        ),
        (
            "Maestros realizarán un plantón el próximo martes frente a la Cámara de Diputados, en la capital del país.",
            (date(2026, 12, 1), None, "Cámara de Diputados", "venustiano_carranza"),
        ),
    ],
)
def test_a_sentence_that_announces(sentence, expected):
    (one,) = announced("Preparan protesta", sentence, DAY)
    assert (one.dia, one.hora, one.sitio, one.alcaldia) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Miles marcharon este domingo del Ángel de la Independencia al Zócalo contra la reforma.",
        "El gobierno puso en marcha un programa y anunció que mañana lo presentará en el Zócalo capitalino.",
        "Maestros convocan a una marcha este domingo en Madero, en el centro de Zacatecas.",
        "Convocan a marchar el 3 de noviembre del Ángel de la Independencia al Zócalo.",
        "Convocan a un concurso de cuento; la premiación será mañana en el Palacio de Bellas Artes.",
        "Habrá protestas el sábado en cien ciudades de Estados Unidos.",
    ],
)
def test_what_announces_nothing_to_come_in_the_city(sentence):
    assert announced("Nota", sentence, DAY) == []


def test_a_list_of_another_day_is_dated_by_its_title():
    assert announced("Marchas del miércoles 25 de noviembre en CDMX", BOROUGH_FIRST, DAY)[0].dia == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("el lunes 30 de noviembre", date(2026, 11, 30)),
        ("el martes 30 de noviembre", None),  # a weekday that is not the day's
        ("8 de enero", date(2027, 1, 8)),
        ("8 de enero de 2026", None),
        ("el proximo martes", date(2026, 12, 1)),
        ("este martes", DAY),
        ("pasado manana", date(2026, 11, 26)),
        ("por la manana", None),
        ("esta noche", DAY),
        ("el martes pasado", None),
        ("8 de septiembre", None),  # farther than is believed
        ("31 de noviembre", None),
    ],
)
def test_days_to_come(text, expected):
    assert [day for _, day in days_to_come(text, DAY)][:1] == ([expected] if expected else [])
