"""Ten refused notes a week are drawn once, half of each kind, by chance; misses are estimated from them without bias."""

from datetime import UTC, date, datetime

import pytest
from candidatos import add_note, add_refused
from factories import rows
from sembrado import add_runs, insert

from pipeline.registry.connection import open_registry
from pipeline.registry.sample import Refused
from pipeline.sample import choose, draw_week, last_week

WEEK = date(2026, 11, 16)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # the Tuesday after


@pytest.fixture
def db(tmp_path):
    with open_registry(tmp_path / "r.db") as opened:
        with opened.atomic():
            add_runs(opened)
        yield opened


def refused(db, number, confianza=0.0, **changes):
    """One refused note captured in the week, `confianza` 0 when the sieve refused it."""
    row = {"relevante": 0, "confianza": confianza, "capturada_en": "2026-11-18T12:00:00Z", **changes}
    return add_note(db, number, ("Nadie", "vio", "vecina"), "faro", **row)


def test_the_last_whole_week_is_the_one_before_the_day_in_mexico_city():
    assert last_week(NOW) == WEEK
    assert last_week(datetime(2026, 11, 23, 5, 59, tzinfo=UTC)) == date(2026, 11, 9)  # still Sunday there
    assert last_week(datetime(2026, 11, 23, 6, 0, tzinfo=UTC)) == WEEK


def test_five_of_each_kind_are_drawn_once_with_the_size_of_their_kind(db):
    with db.atomic():
        for number in range(40):
            refused(db, number, 0.0 if number < 30 else 0.7)
        told = refused(db, 50, 0.7)
        insert(db, "hallazgos", folio="H-2026-000001", fecha_registro="2026-11-18", clase="agresion")
        insert(db, "hallazgos_noticias", folio="H-2026-000001", noticia_id=told, papel="primera")
        refused(db, 51, 0.7, capturada_en="2026-11-23T06:00:00Z")  # the next week's first minute
        refused(db, 52, 0.7, capturada_en="2026-11-16T05:59:59Z")
        refused(db, 53, 0.7, relevante=1)
    assert draw_week(db, NOW) == 10
    kinds = rows(db, "SELECT estrato, poblacion, count(*) FROM muestra_rechazadas GROUP BY 1, 2 ORDER BY 1")
    assert kinds == [("criba", 30, 5), ("etiquetador", 10, 5)]
    first = rows(db, "SELECT noticia_id FROM muestra_rechazadas")
    assert draw_week(db, NOW) == 0
    assert rows(db, "SELECT noticia_id FROM muestra_rechazadas") == first
    assert rows(db, "SELECT DISTINCT semana, era_hallazgo FROM muestra_rechazadas") == [("2026-11-16", None)]


@pytest.mark.parametrize(
    ("sieve", "tagger", "expected"), [(30, 2, (8, 2)), (3, 30, (3, 7)), (3, 2, (3, 2)), (30, 0, (10, 0)), (0, 0, (0, 0))]
)
def test_a_kind_with_few_notes_gives_all_and_the_other_more(sieve, tagger, expected):
    notes = [Refused(number, f"u{number}", "criba") for number in range(sieve)]
    notes += [Refused(100 + number, f"v{number}", "etiquetador") for number in range(tagger)]
    drawn = choose(notes, WEEK)
    assert tuple(sum(one.estrato == kind for one in drawn) for kind in ("criba", "etiquetador")) == expected
    assert {(one.estrato, one.poblacion) for one in drawn} <= {("criba", sieve), ("etiquetador", tagger)}


def test_the_draw_is_the_same_whatever_the_order_of_the_rows_and_another_each_week():
    notes = [Refused(number, f"u{number}", "criba") for number in range(200)]
    assert choose(notes, WEEK) == choose(notes[::-1], WEEK)
    assert choose(notes, WEEK) != choose(notes, date(2026, 11, 23))


def test_every_note_is_as_likely_as_another():
    notes = [Refused(number, f"u{number}", "criba") for number in range(20)]
    taken = [one.noticia_id for week in range(1, 1001) for one in choose(notes, date.fromordinal(700_000 + 7 * week))]
    counts = [taken.count(number) for number in range(20)]
    assert sum(counts) == 10_000
    assert 430 < min(counts) <= max(counts) < 570  # 500 expected, standard deviation 16


QUALITY = "SELECT precision, semanas, leidas, eran_hallazgo, escapadas, escapadas_maximo FROM v_calidad_captura"


def test_precision_and_misses_are_those_of_the_last_thirty_days_of_data(db):
    assert rows(db, QUALITY) == [(None, 0, 0, 0, None, None)]
    with db.atomic():
        for number, state in enumerate(["validado"] * 3 + ["descartado", "detectado", "fusionado"]):
            insert(db, "hallazgos", folio=f"H-{number}", fecha_registro="2026-10-26", clase="agresion", estado=state)
        insert(db, "hallazgos", folio="H-9", fecha_registro="2026-10-25", clase="agresion", estado="descartado")
        insert(
            db, "hallazgos", folio="H-8", fecha_registro="2026-11-24", clase="agresion", estado="descartado", origen="manual"
        )
        for number in range(10):
            kind, size = ("criba", 700) if number < 5 else ("etiquetador", 35)
            add_refused(db, number, kind, poblacion=size, era_hallazgo=int(number == 9))
        add_refused(db, 20, "criba", semana="2026-11-09", poblacion=9000)  # nobody has read it yet
        add_refused(db, 21, "criba", semana="2026-09-07", poblacion=9000, era_hallazgo=1)  # long ago
    # one of five of the tagger's 35: seven in a week, thirty in thirty days; 3.69 / 5 and 5.57 / 5 (all) at most
    assert rows(db, QUALITY) == [(0.75, 1, 10, 1, 30.0, round((700 * 3.69 / 5 + 35) * 30 / 7, 1))]


def test_a_week_of_which_one_kind_was_not_read_gives_no_estimate(db):
    with db.atomic():
        add_refused(db, 1, "criba", era_hallazgo=0)
        add_refused(db, 2, "etiquetador")
    assert rows(db, QUALITY) == [(None, 0, 0, 0, None, None)]


def test_the_estimate_has_no_bias(db):
    """Over many draws of a known population its mean is the truth."""
    notes = [Refused(number, f"u{number}", "criba" if number < 400 else "etiquetador") for number in range(440)]
    misses = {3, 77, *range(430, 438)}
    estimates = []
    for week in range(3000):
        drawn = choose(notes, date.fromordinal(700_000 + 7 * week))
        estimates.append(sum(one.poblacion / 5 for one in drawn if one.noticia_id in misses))
    assert sum(estimates) / len(estimates) == pytest.approx(10, abs=0.6)  # standard error 0.25
