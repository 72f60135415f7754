"""A refused note of the sample that was answered: who said what is told, and that it was rightly refused can be taken back."""

import pytest
from candidatos import add_note, add_refused
from factories import NOW, rows
from sembrado import add_runs, insert

from pipeline import review
from pipeline.registry.connection import open_registry
from pipeline.review import Hand, ReviewError

ANA, BETO = Hand("ana", NOW), Hand("beto", NOW)


@pytest.fixture
def db(tmp_path):
    with open_registry(tmp_path / "r.db") as opened:
        with opened.atomic():
            add_runs(opened)
        yield opened


@pytest.fixture
def note(db):
    with db.atomic():
        return add_refused(db, 7)


@pytest.mark.parametrize("first", [review.accept_refused, review.confirm_refused])
@pytest.mark.parametrize("second", [review.accept_refused, review.confirm_refused])
def test_the_second_to_answer_is_told_who_was_first_and_nothing_changes(db, note, first, second):
    first(db, note, ANA)
    before = list(db.conn.iterdump())
    with pytest.raises(ReviewError, match=r"ya se respondió: ana dijo que .* 10 may 2026"):
        second(db, note, BETO)
    assert list(db.conn.iterdump()) == before


def test_an_accepted_note_waits_in_the_queue_as_a_finding_that_the_machine_did_not_make(db, note):
    folio = review.accept_refused(db, note, ANA)
    assert rows(db, "SELECT folio FROM v_cola") == [(folio,)]
    review.validate(db, folio, ANA)
    assert rows(db, "SELECT validados, descartados FROM v_calidad_captura") == [(0, 0)]
    with db.atomic():
        insert(db, "hallazgos", folio="H-9", fecha_registro="2026-11-24", clase="agresion", estado="validado")
    assert rows(db, "SELECT validados, descartados FROM v_calidad_captura") == [(1, 0)]


def test_that_it_was_rightly_refused_can_be_taken_back_and_answered_anew(db, note):
    review.confirm_refused(db, note, ANA)
    review.reconsider_refused(db, note, BETO)
    assert rows(db, "SELECT era_hallazgo, quien, cuando FROM muestra_rechazadas") == [(None, None, None)]
    review.accept_refused(db, note, BETO)
    told = rows(db, "SELECT quien, antes, despues FROM bitacora WHERE tabla = 'muestra_rechazadas' ORDER BY id")
    assert told == [("ana", None, "0"), ("beto", "0", None), ("beto", None, "1")]


def test_what_became_a_finding_is_not_taken_back_here(db, note):
    folio = review.accept_refused(db, note, ANA)
    with pytest.raises(ReviewError, match=folio):
        review.reconsider_refused(db, note, ANA)
    assert rows(db, "SELECT era_hallazgo FROM muestra_rechazadas") == [(1,)]


def test_only_notes_of_the_sample_are_answered(db):
    with db.atomic():
        other = add_note(db, 9, ("Nadie", "vio", "vecina"), "faro", relevante=0)
        unread = add_refused(db, 8)
    for answer in (review.accept_refused, review.confirm_refused, review.reconsider_refused):
        with pytest.raises(ReviewError):
            answer(db, other, ANA)
    with pytest.raises(ReviewError, match="no hay respuesta"):
        review.reconsider_refused(db, unread, ANA)
    assert rows(db, "SELECT count(*) FROM bitacora") == [(0,)]
