"""The day of a moment is Mexico City's in every view that makes one, also in the years of summer time (to October 2022)."""

from collections import Counter

import pytest
from contados import hallazgo, registro

from crawlers.fechas import local_day
from pipeline.views import expand

# 05:30 UTC is 00:30 in summer and 23:30 of the day before in winter; the last ones stand at the last change of the clock.
MOMENTS = (
    "2021-01-15T05:30:00Z", "2021-07-15T04:59:59Z", "2021-07-15T05:30:00Z", "2021-07-15T06:00:00Z",
    "2022-10-30T04:59:59Z", "2022-10-30T05:30:00Z", "2022-10-30T07:00:00Z", "2022-10-31T05:30:00Z", "2022-10-31T06:00:00Z",
    "2023-07-15T05:30:00Z",
)  # fmt: skip
DAYS = {
    "2021-01-14": 1, "2021-07-14": 1, "2021-07-15": 2, "2022-10-29": 1, "2022-10-30": 3, "2022-10-31": 1, "2023-07-14": 1,
}  # fmt: skip


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def decided(db, folio, moment, who="ana"):
    row = {"cuando": moment, "quien": who, "accion": "validar", "tabla": "hallazgos", "clave": folio, "campo": "estado"}
    with db.atomic():
        db.table("bitacora").insert(row)


def test_the_days_worked_out_by_hand_are_those_of_the_clock():
    assert Counter(str(local_day(moment)) for moment in MOMENTS) == DAYS


def test_an_attention_is_of_its_day(db):
    with db.atomic():
        db.execute(
            "INSERT INTO movilizaciones (uid, nombre, dia, inicio, vigilar_desde, vigilar_hasta, origen, quien, cuando)"
            " VALUES ('m', 'Marcha', '2021-07-14', '', '', '', 'a_mano', 'ana', '')"
        )
        db.execute("INSERT INTO bases (movilizacion_id, tipo, inicio, quien, cuando) VALUES (1, 'base_mpi', '', 'ana', '')")
        for moment in MOMENTS:
            db.table("atenciones").insert({"base_id": 1, "tipo": "atencion", "quien": "ana", "cuando": moment})
    assert dict(db.execute("SELECT dia, n FROM v_atenciones_movilizacion").fetchall()) == DAYS


def test_a_decision_is_of_its_day(db):
    for moment in MOMENTS:
        decided(db, hallazgo(db, "2021-07-01"), moment)
    assert dict(db.execute("SELECT dia, decididos FROM v_trabajo_diario").fetchall()) == DAYS


def test_the_last_decision_of_a_day_of_summer_is_the_one_that_counts(db):
    folio, undone = hallazgo(db, "2021-07-01"), hallazgo(db, "2021-07-01", estado="detectado")
    for moment, who in (
        ("2021-07-15T05:30:00Z", "beto"), ("2021-07-16T04:30:00Z", "ana"),  # 00:30 and 23:30 of one day
        ("2021-07-16T05:30:00Z", "beto"),
    ):  # fmt: skip
        decided(db, folio, moment, who)
    decided(db, undone, "2021-07-15T18:00:00Z")
    rows = db.execute("SELECT dia, quien, decididos, validados FROM v_trabajo_diario ORDER BY dia").fetchall()
    assert rows == [("2021-07-15", "ana", 1, 1), ("2021-07-16", "beto", 1, 1)]


def test_a_link_that_waits_is_of_its_day(db):
    with db.atomic():
        for moment in MOMENTS:
            db.execute(
                "INSERT INTO enlaces (url_normalizada, url, fuente_id, lector, visto_en) VALUES (?, ?, 'faro', 'feed', ?)",
                [moment, moment, moment],
            )
    waiting = "WITH RECURSIVE\n-- incluye: verano\n,\n-- incluye: dias_fuentes\nSELECT dia, enlaces FROM pendientes"
    assert dict(db.execute(expand(waiting)).fetchall()) == DAYS
