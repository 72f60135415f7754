"""Which sources a notice tells of, and when it tells of one again; the states themselves are tried in `test_pipeline_salud`."""

from datetime import date

import pytest
from historias import falla, fuente, monitor

from pipeline.notices.news import look, news_since
from pipeline.notices.troubles import troubled_sources
from pipeline.registry.notices import RECOVERED, Mark

TODAY = date(2026, 11, 24)


@pytest.fixture
def db(tmp_path):
    with monitor(tmp_path, TODAY) as opened:
        yield opened


def down_since(first: date):
    return lambda day: falla("HTTP 503") if day >= first else 3


def silent_since(first: date):
    return lambda day: 0 if day >= first else 3


def test_what_salud_says_needs_a_person_is_told_the_silent_ones_last(db):
    fuente(db, "callado", silent_since(date(2026, 11, 10)))
    fuente(db, "sano", lambda _day: 3)
    fuente(db, "roto", down_since(date(2026, 11, 20)))
    found = troubled_sources(db)
    assert [(trouble.fuente_id, trouble.estado) for trouble in found.values()] == [("roto", "fallando"), ("callado", "callada")]
    assert "HTTP 503" in found["roto"].detalle
    assert "2026-11-09" in found["callado"].detalle


def test_what_is_switched_off_troubles_nobody(db):
    fuente(db, "roto", down_since(date(2026, 11, 20)), activa=0)
    assert troubled_sources(db) == {}


def test_a_trouble_is_told_once_and_a_recovery_waits_for_a_notice(db):
    fuente(db, "roto", down_since(date(2026, 11, 20)))
    first = news_since(db, Mark(), look(db))
    assert [trouble.estado for trouble in first.troubles] == ["fallando"]
    assert not news_since(db, first.mark, look(db))
    with db.atomic():
        db.execute("UPDATE corridas_fuentes SET fallida = 0, lecturas_buenas = 1, motivo = '', nueva = 3, recibidos = 3")
        db.execute("UPDATE fuentes SET ultima_lectura_buena = '2026-11-24T12:05:00Z'")
    well = news_since(db, first.mark, look(db))
    assert (bool(well), well.recovered, well.mark.fuentes) == (False, ("El roto",), {})
    waiting = Mark(0, well.idle)
    assert waiting.fuentes == {"roto": RECOVERED}
    assert news_since(db, waiting, look(db)).recovered == ("El roto",)


def test_one_that_breaks_again_after_a_recovery_is_told_again(db):
    fuente(db, "roto", down_since(date(2026, 11, 20)))
    assert [trouble.fuente_id for trouble in news_since(db, Mark(0, {"roto": RECOVERED}), look(db)).troubles] == ["roto"]
