"""Findings and demonstrations: by place, day, hour and text, as the tagger reads them; what a person said stays."""

import json
from datetime import date

import pytest
from factories import NOW, registry, rows
from marchas import EVERY, at, march, tell

from pipeline.demonstrations import cancel, change
from pipeline.linking import link_demonstration, link_pending
from pipeline.linking.dates import Named, named_days
from pipeline.review import Conflict, Hand, ReviewError, correct, merge, uncorrect, undo

LUZ = Hand("luz", NOW)
SHOWN = """
SELECT n.url, h.movilizacion_id, h.fase FROM v_hallazgos AS h
JOIN hallazgos_noticias AS hn ON hn.folio = h.folio JOIN noticias AS n ON n.id = hn.noticia_id
"""


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path) as opened:
        yield opened


def shown(db):
    return {name.split("/")[-1]: (number, fase) for name, number, fase in rows(db, SHOWN)}


def folio(db, name):
    return rows(
        db,
        "SELECT folio FROM hallazgos_noticias JOIN noticias ON id = noticia_id WHERE url LIKE ?",
        f"%/{name}",
    )[0][0]


EXPECTED = {
    "amenaza": (1, "antes"),
    "encapsulan": (1, "durante"),
    "noche": (1, "despues"),
    "detienen": (1, "sin_determinar"),
    "cargos": (1, "despues"),
    "roban": (None, "sin_determinar"),
    "otra": (None, "sin_determinar"),
}


def test_each_finding_is_of_the_march_at_its_moment_and_what_only_shares_its_day_is_not(db, nlp):
    march(db)
    tell(db, nlp, *EVERY)
    assert link_pending(db, pause=0) == len(EVERY)
    assert shown(db) == EXPECTED
    reasons = dict(rows(db, "SELECT folio, razones FROM hallazgos_movilizaciones"))
    kettle = json.loads(reasons[folio(db, "encapsulan")])
    assert {"mismo_dia", "hora", "recorrido_en_sitio", "fecha_en_marcha", "misma_alcaldia"} <= set(kettle)
    assert link_pending(db, pause=0) == 0


def test_a_march_told_of_afterwards_finds_its_own(db, nlp):
    tell(db, nlp, *EVERY)
    link_pending(db, pause=0)
    assert {number for number, _ in shown(db).values()} == {None}
    kept = march(db)
    link_demonstration(db, kept.id)
    assert shown(db) == EXPECTED


def test_of_two_marches_of_a_day_each_has_its_own(db, nlp):
    march(db, nombre="Marcha de jubilados", causa="pensiones", convocantes=("Frente de Jubilados",), recorrido=())
    march(db)
    tell(db, nlp, "encapsulan", "detienen")
    link_pending(db, pause=0)
    assert {number for number, _ in shown(db).values()} == {2}


def test_other_hours_move_the_phase_and_a_cancelled_march_has_no_findings(db, nlp):
    kept = march(db)
    tell(db, nlp, "encapsulan", "noche")
    link_pending(db, pause=0)
    kept = change(db, kept.id, {"inicio": at(18), "fin": at(23)}, Hand("ana", NOW))
    link_pending(db, pause=0)
    assert shown(db) == {"encapsulan": (1, "antes"), "noche": (1, "durante")}
    kept = change(db, kept.id, {"inicio": at(14), "fin": None}, Hand("ana", NOW))  # held to last until 22:00
    link_pending(db, pause=0)
    assert shown(db) == {"encapsulan": (1, "durante"), "noche": (1, "sin_determinar")}
    kept = change(db, kept.id, {"inicio": date(2026, 3, 8), "fin": None}, Hand("ana", NOW))
    link_pending(db, pause=0)
    assert {fase for _, fase in shown(db).values()} == {"sin_determinar"}
    cancel(db, kept.id, Hand("ana", NOW))
    link_pending(db, pause=0)
    assert {number for number, _ in shown(db).values()} == {None}


def test_what_a_person_linked_or_unlinked_is_never_touched(db, nlp):
    march(db)
    tell(db, nlp, "encapsulan", "otra")
    link_pending(db, pause=0)
    linked, away = folio(db, "otra"), folio(db, "encapsulan")
    correct(db, linked, "movilizacion_id", 1, LUZ)
    correct(db, away, "movilizacion_id", None, LUZ)
    assert shown(db) == {"encapsulan": (None, "sin_determinar"), "otra": (1, "sin_determinar")}
    assert rows(db, "SELECT movilizacion FROM v_hallazgos WHERE folio = ?", linked) == [(1,)]
    correct(db, linked, "hora_hecho", "15:00", LUZ)
    link_demonstration(db, 1)
    link_pending(db, pause=0)
    assert shown(db) == {"encapsulan": (None, "sin_determinar"), "otra": (1, "durante")}
    correct(db, linked, "fase", "antes", LUZ)
    link_demonstration(db, 1)
    assert shown(db)["otra"] == (1, "antes")
    uncorrect(db, away, "movilizacion_id", LUZ)
    assert shown(db)["encapsulan"] == (1, "durante")


def test_a_correction_of_day_or_hour_is_followed_at_once_and_undone_with_it(db, nlp):
    march(db)
    tell(db, nlp, "encapsulan")
    link_pending(db, pause=0)
    one = folio(db, "encapsulan")
    correct(db, one, "hora_hecho", "09:00", LUZ)
    assert shown(db)["encapsulan"] == (1, "antes")
    undo(db, one, LUZ)
    assert shown(db)["encapsulan"] == (1, "durante")


def test_only_a_march_that_exists_is_chosen(db, nlp):
    tell(db, nlp, "encapsulan")
    one = folio(db, "encapsulan")
    for wrong in (99, "x", -1, True):
        with pytest.raises(ReviewError):
            correct(db, one, "movilizacion_id", wrong, LUZ)
    march(db)
    with pytest.raises(Conflict):
        correct(db, one, "movilizacion_id", 1, Hand("luz", NOW, version=99))
    correct(db, one, "movilizacion_id", "1", LUZ)
    assert shown(db)["encapsulan"] == (1, "durante")


def test_a_finding_that_was_merged_is_of_no_march(db, nlp):
    march(db)
    tell(db, nlp, "encapsulan", "noche")
    link_pending(db, pause=0)
    merge(db, folio(db, "noche"), folio(db, "encapsulan"), LUZ)
    link_pending(db, pause=0)
    assert rows(db, "SELECT count(*) FROM hallazgos WHERE movilizacion_id = 1") == [(1,)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("en la marcha del 8 de marzo", date(2026, 6, 1), {Named(date(2026, 3, 8), True)}),
        ("protesta del 2 de octubre", date(2026, 3, 1), {Named(date(2025, 10, 2), True)}),
        ("convocan a marchar el 8 de marzo", date(2026, 2, 20), {Named(date(2026, 3, 8), True)}),
        ("nacio el 8 de marzo de 1990", date(2026, 6, 1), {Named(date(1990, 3, 8), False)}),
        ("el 31 de febrero", date(2026, 6, 1), set()),
        ("la jornada del 28s", date(2026, 10, 1), {Named(date(2026, 9, 28), True)}),
        ("el 8 de marzo", None, set()),
    ],
)
def test_the_days_that_a_text_names(text, published, expected):
    assert named_days(f" {text} ", published) == expected
