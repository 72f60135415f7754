"""What a watch leaves: cycles summed up, gaps told, entries by hour, in a page for paper without names or texts."""

import re
from datetime import timedelta

import pytest
from factories import fuente, registry, rows
from instalada import sent
from marchas import at, march, tell
from sembrado import insert

from crawlers.fechas import utc_text
from pipeline.bases.care import Done, attend_in_base
from pipeline.bases.entries import Sender, take
from pipeline.bases.standing import Told, close_base, open_base
from pipeline.demonstrations import cancel, get
from pipeline.linking import link_pending
from pipeline.registry.watching import Counts, counts, note_watch, sum_up
from pipeline.review import Hand
from pipeline.watching.report import report

SOURCES = ("faro", "voz")


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path, *(fuente(one) for one in SOURCES)) as opened:
        march(opened)
        yield opened


def cycle(db, when, *read, state="completa"):
    """A cycle that read the sources as (source, received, new, good readings)."""
    with db.atomic():
        run = insert(db, "corridas", inicio=utc_text(when), dia=when.date().isoformat(), estado=state, version="0")
        for clave, received, new, good in read:
            told = {"recibidos": received, "nueva": new, "conocida": received - new, "lecturas_buenas": good}
            insert(db, "corridas_fuentes", corrida_id=run, fuente_id=clave, fallida=int(not good), **told)
    note_watch(db, run, [1], 5)
    sum_up(db)
    return run


def test_a_cycle_that_says_nothing_leaves_its_sum_and_no_row(db):
    first = cycle(db, at(14), ("faro", 10, 2, 1), ("voz", 0, 0, 0))
    second = cycle(db, at(14, 5), ("faro", 10, 0, 1), ("voz", 4, 0, 1))
    third = cycle(db, at(14, 10), ("faro", 10, 1, 1), ("voz", 4, 0, 1))
    night = cycle(db, at(0, 5, day=9), ("faro", 0, 0, 1), ("voz", 4, 0, 1))
    kept = rows(db, "SELECT corrida_id, fuente_id FROM corridas_fuentes ORDER BY 1, 2")
    assert kept == [
        (first, "faro"), (first, "voz"), (second, "voz"), (third, "faro"), (night, "faro"), (night, "voz"),
    ]  # fmt: skip
    assert [counts(db, run) for run in (first, second)] == [Counts(2, 1, 2, 0), Counts(2, 2, 0, 0)]
    summed = rows(db, "SELECT fuente_id, ciclos, leida, nuevas FROM v_movilizacion_fuentes ORDER BY 1")
    assert summed == [("faro", 4, 4, 3), ("voz", 4, 3, 0)]
    sum_up(db)
    assert rows(db, "SELECT fuente_id, ciclos, leida, nuevas FROM v_movilizacion_fuentes ORDER BY 1") == summed


def test_a_cycle_under_way_is_summed_up_once_it_is_found_dead(db):
    run = cycle(db, at(14), ("faro", 10, 2, 1), state="en_curso")
    assert (counts(db, run), rows(db, "SELECT * FROM vigilancias_fuentes")) == (Counts(), [])
    with db.atomic():
        db.execute("UPDATE corridas SET estado = 'interrumpida'")
    sum_up(db)
    assert counts(db, run) == Counts(1, 1, 2, 0)


def page(db, now):
    found = report(db, get(db, 1), now)
    return found, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_gaps_before_between_and_after_the_cycles_are_told(db):
    for minute in (0, 5, 10):
        cycle(db, at(14, minute), ("faro", 1, 0, 1))
    cycle(db, at(15, 30), ("faro", 1, 0, 1))
    _, now = page(db, at(15, 38))
    assert "Hubo 4 ciclos; el último, el 8 mar 2026, 15:30." in now
    assert "7 mar 2026, 14:00 8 mar 2026, 14:00 24 h 00 min" in now
    assert "8 mar 2026, 14:10 8 mar 2026, 15:30 1 h 20 min" in now
    assert "ningún ciclo después" not in now
    assert "8 mar 2026, 15:30 8 mar 2026, 19:30 4 h 00 min ningún ciclo después" in page(db, at(19, 30))[1]
    assert "15:30 11 mar 2026, 21:00 77 h 30 min ningún ciclo después" in page(db, at(12, day=20))[1]


def test_without_cycles_it_says_so_and_of_a_cancelled_one_or_before_its_time_nothing_is_missing(db):
    _, told = page(db, at(20))
    assert "No hubo ciclos de vigilancia." in told
    assert "7 mar 2026, 14:00 8 mar 2026, 20:00 30 h 00 min ningún ciclo después" in told
    early = page(db, at(12, day=7))[1]
    assert "Se vigilará de 7 mar 2026, 14:00" in early and "Ninguno hasta ahora." in early
    cancel(db, 1, Hand("ana", at(12)))
    assert "Cancelada." in (gone := page(db, at(20))[1]) and "Ninguno hasta ahora." in gone


def test_entries_stand_by_hour_in_words_and_neither_text_nor_initials_leave_the_log(db, nlp):
    tell(db, nlp, "encapsulan", "noche")
    link_pending(db, pause=0)
    told = Told(sitio="Hemiciclo", organismos=("Secretaría de Gobierno",), personas_presentes=4)
    open_base(db, 1, told, Hand("ana", at(13)))
    hours = {1: (17, 10), 2: (17, 50), 3: (18, 5)}
    entries = [sent(n, hora=utc_text(at(*hour)), tipo="riesgo" if n == 2 else "agresion") for n, hour in hours.items()]
    take(db, 1, entries, Hand("ana", at(19)), Sender())
    attend_in_base(db, 1, Done("canalizacion", "Se le acompañó.", registro=entries[0]["uuid"]), Hand("ana", at(19)))
    close_base(db, 1, Told(), Hand("ana", at(21)))
    source, words = page(db, at(22) + timedelta(days=1))
    assert "1, Base MPI 8 mar 2026, 17:00 a 17:59 Agresión: 1, Riesgo: 1" in words
    assert "1, Base MPI 8 mar 2026, 18:00 a 18:59 Agresión: 1" in words
    assert "Base MPI Hemiciclo 8 mar 2026, 13:00 8 mar 2026, 21:00 Secretaría de Gobierno 4 3" in words
    assert "Canalización 1" in words and "Escrito el 9 mar 2026, 22:00" in words
    assert not any(secret in source for secret in ("cámara", "ML", "acompañó", "Ulises", "Nieves"))
    assert "size:letter" in source and "<script" not in source
