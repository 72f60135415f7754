"""Which sources a notice calls failing or silent, from what the runs say."""

from datetime import UTC, datetime, timedelta

import pytest
from factories import fuente, registry
from sembrado import insert

from crawlers.fechas import utc_text
from pipeline.notices.news import look, news_since
from pipeline.notices.troubles import troubled_sources
from pipeline.registry.notices import RECOVERED, Mark
from pipeline.registry.runs import sync_sources

TODAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path, fuente("faro")) as opened:
        yield opened


def reading(db, when: datetime, *, good: int = 1, new: int = 0, reason: str = "") -> None:
    """One run that read `faro`, failing when `good` is 0 and there is a reason."""
    text = utc_text(when)
    failed = int(not good and bool(reason))
    with db.atomic():
        run = insert(db, "corridas", inicio=text, fin=text, dia=text[:10], estado="completa", version="0")
        insert(
            db, "corridas_fuentes", corrida_id=run, fuente_id="faro", recibidos=new, nueva=new,
            lecturas_buenas=good, fallida=failed, cerrada=1, motivo=reason,
        )  # fmt: skip
        if good:
            db.execute("UPDATE fuentes SET ultima_lectura_buena = ?", [text])


def days(db, news: list[int], **span: float) -> None:
    """One good reading a day, the last one today, with so many new notes each."""
    for back, new in enumerate(reversed(news)):
        reading(db, TODAY - timedelta(days=back), new=new, **span)


def state(db) -> str:
    found = troubled_sources(db, TODAY)
    return found["faro"].estado if found else ""


@pytest.mark.parametrize(
    ("good_hours_ago", "expected"), [(None, "fallando"), (24, "fallando"), (20, "fallando"), (19, ""), (1, "")]
)
def test_a_failure_counts_when_nothing_was_read_for_most_of_a_day(db, good_hours_ago, expected):
    if good_hours_ago:
        reading(db, TODAY - timedelta(hours=good_hours_ago))
    reading(db, TODAY, good=0, reason="HTTP 503")
    assert state(db) == expected


def test_a_run_that_had_nothing_to_read_of_a_source_says_nothing_of_it(db):
    reading(db, TODAY - timedelta(days=2))
    reading(db, TODAY - timedelta(hours=1), good=0, reason="HTTP 404")
    reading(db, TODAY, good=0)
    assert troubled_sources(db, TODAY)["faro"].detalle == "HTTP 404"


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        ([3] * 28 + [0] * 7, "callada"),
        ([3] * 28 + [0] * 6, ""),
        ([3] * 28 + [0] * 6 + [1], ""),
        ([1, 0] * 14 + [0] * 7, "callada"),
        ([1, 0, 0, 0] * 7 + [0] * 7, ""),  # now and then
        ([0] * 35, "callada"),
        ([0] * 20, ""),  # too soon to tell
        ([3] * 6 + [0] * 7, ""),
    ],
)
def test_silence_is_measured_against_the_source_s_own_rhythm(db, news, expected):
    days(db, news)
    assert state(db) == expected


def test_a_silent_source_is_told_with_its_last_day(db):
    days(db, [3] * 28 + [0] * 7)
    assert troubled_sources(db, TODAY)["faro"].detalle == "se lee bien, sin noticias nuevas desde el 17 nov 2026"


def test_a_source_that_was_hardly_read_is_not_silent(db):
    for back in [*range(8, 35), 0, 1]:
        reading(db, TODAY - timedelta(days=back), new=int(back > 7))
    assert state(db) == ""


def test_what_is_switched_off_troubles_nobody(db):
    reading(db, TODAY, good=0, reason="HTTP 503")
    assert state(db) == "fallando"
    sync_sources(db, [fuente("otra")], TODAY)
    assert troubled_sources(db, TODAY) == {}


def test_a_source_that_breaks_again_is_told_again_and_a_recovery_waits_for_a_notice(db):
    reading(db, TODAY - timedelta(days=1), good=0, reason="HTTP 503")
    told = news_since(db, Mark(), look(db, TODAY)).mark
    assert not news_since(db, told, look(db, TODAY))
    reading(db, TODAY - timedelta(hours=22))
    well = news_since(db, told, look(db, TODAY))
    assert (bool(well), well.recovered, well.mark.fuentes) == (False, ("El Faro",), {})
    waiting = Mark(0, well.idle)
    assert waiting.fuentes == {"faro": RECOVERED}
    assert news_since(db, waiting, look(db, TODAY)).recovered == ("El Faro",)
    reading(db, TODAY, good=0, reason="HTTP 503")
    assert [t.estado for t in news_since(db, waiting, look(db, TODAY)).troubles] == ["fallando"]
