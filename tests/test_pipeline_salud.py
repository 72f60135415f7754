"""The state of a source against its own rhythm, worked out by hand from its past (rules: views/v_salud_fuentes.sql)."""

import time
from datetime import date, timedelta

import pytest
from historias import FRIDAY, MONDAY, SUNDAY, WEDNESDAY, Lectura, estado, falla, fuente, monitor, pendiente

SATURDAY_30 = date(2026, 5, 30)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def daily(count: int, *, until: date = date.max, sunday: int | None = None):
    """`count` new links a day until a day, and `sunday` on Sundays."""

    def vida(when: date) -> int:
        if when > until:
            return 0
        return sunday if sunday is not None and when.weekday() == SUNDAY else count

    return vida


def weekly(weekday: int, *, until: date = date.max):
    return lambda when: int(when.weekday() == weekday and when <= until)


@pytest.mark.parametrize("last", ["05-31", "06-01"])  # the Sunday itself, and the Monday before anything came
def test_an_outlet_that_rests_on_sundays_does_not_alarm(tmp_path, last):
    with monitor(tmp_path, day(last)) as db:
        fuente(db, "faro", daily(8, sunday=0, until=day("05-30")))
        fuente(db, "voz", daily(8, until=day("05-30")))  # one quiet Sunday where there never was one
        assert (estado(db, "faro")["estado"], estado(db, "voz")["estado"]) == ("activa", "activa")
        assert estado(db, "faro")["esperados_semana"] == 48


def test_an_outlet_silent_for_three_days_is_named(tmp_path):
    with monitor(tmp_path, day("05-28")) as db:  # Thursday; Tuesday to Thursday without anything
        fuente(db, "faro", daily(8, until=day("05-25")))
        found = estado(db, "faro")
    assert (found["estado"], found["atencion"], found["dias_callada"]) == ("callada", 1, 3)
    assert found["detalle"] == "Responde sin nada nuevo desde el 2026-05-25 (días: 3)"


@pytest.mark.parametrize("weeks", [1, 2, 5, 7])
def test_a_long_silence_does_not_become_the_rhythm(tmp_path, weeks):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", daily(3, until=SATURDAY_30 - timedelta(weeks=weeks)))
        assert estado(db, "faro")["estado"] == "callada"


@pytest.mark.parametrize(("last_note", "expected"), [("05-20", "activa"), ("05-13", "callada")])
def test_a_weekly_organisation_alarms_at_its_second_missed_week(tmp_path, last_note, expected):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "red", weekly(WEDNESDAY, until=day(last_note)))
        assert estado(db, "red")["estado"] == expected


def test_a_source_that_was_absent_as_long_before_is_not_silent(tmp_path):
    holiday = {day("04-13") + timedelta(days=n) for n in range(5)}
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: 0 if when in holiday or when > day("05-22") else 4)
        found = estado(db, "faro")
        assert (found["estado"], found["dias_callada"]) == ("activa", 8)  # seven days missed, and five then
    with monitor(tmp_path / "despues", day("05-31")) as db:
        fuente(db, "faro", lambda when: 0 if when in holiday or when > day("05-22") else 4)
        assert estado(db, "faro")["estado"] == "callada"  # eight days missed


@pytest.mark.parametrize(("silent", "expected"), [(13, "activa"), (20, "activa"), (21, "callada")])
def test_an_irregular_source_is_judged_by_its_longest_silence(tmp_path, silent, expected):
    last_note = SATURDAY_30 - timedelta(days=silent)
    notes = {last_note - timedelta(days=back) for back in (0, 10, 13, 23, 30)}  # ten days at most between two
    with monitor(tmp_path, SATURDAY_30, days=silent + 33) as db:
        fuente(db, "red", lambda when: int(when in notes))
        assert estado(db, "red")["estado"] == expected


def test_a_feed_that_answers_with_nothing_is_not_one_that_is_down(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "vacia", lambda when: 0)
        fuente(db, "caida", lambda when: falla("canal: HTTP 500"))
        fuente(db, "cayo", lambda when: 5 if when < day("05-29") else falla("canal: no se encuentra el sitio (DNS)"))
        empty, down, fell = (estado(db, clave) for clave in ("vacia", "caida", "cayo"))
    assert (empty["estado"], empty["detalle"]) == ("callada", "Responde, pero no ha traído nada nuevo")
    assert (down["estado"], down["fallas_seguidas"]) == ("fallando", 56)
    assert (fell["estado"], fell["fallas_seguidas"]) == ("fallando", 2)
    assert fell["detalle"] == ("No se puede leer desde el 2026-05-29 (corridas: 2): canal: no se encuentra el sitio (DNS)")


def test_a_single_failure_mends_itself(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: 5 if when < SATURDAY_30 else falla("canal: HTTP 500"))
        found = estado(db, "faro")
    assert (found["estado"], found["atencion"], found["situacion"]) == ("activa", 0, "falló")
    assert found["detalle"] == "canal: HTTP 500"


def test_three_runs_in_a_row_are_enough_within_a_day(tmp_path):
    with monitor(tmp_path, SATURDAY_30, per_day=3) as db:
        fuente(db, "faro", lambda when: 5 if when < SATURDAY_30 else falla("sección: no es una página"))
        assert estado(db, "faro")["estado"] == "fallando"
    with monitor(tmp_path / "dos", SATURDAY_30, per_day=2) as db:
        fuente(db, "faro", lambda when: 5 if when < SATURDAY_30 else falla("sección: no es una página"))
        assert estado(db, "faro")["estado"] == "activa"


@pytest.mark.parametrize("said", ["interrumpida", "se agotó el tiempo de la corrida"])
def test_what_the_operator_cuts_is_no_failure_of_the_source(tmp_path, said):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: 5 if when < day("05-29") else falla(said))
        found = estado(db, "faro")
    assert (found["estado"], found["fallas_seguidas"]) == ("activa", 0)


@pytest.mark.parametrize(
    "said",
    [
        "canal: HTTP 401",
        "canal: HTTP 403; sección: HTTP 403",
        "canal: HTTP 429",
        "canal: robots.txt no lo permite",
        "canal: robots.txt no disponible por ahora (HTTP 429)",
        "canal: el sitio pide esperar 3600 s",
    ],
)
def test_a_door_that_is_shut_to_us_is_told_apart(tmp_path, said):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: 5 if when < day("05-28") else falla(said))
        found = estado(db, "faro")
    assert (found["estado"], found["atencion"]) == ("bloqueada", 1)
    assert said in found["detalle"]


def test_a_door_shut_once_among_other_failures_is_a_failure(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(
            db,
            "faro",
            lambda when: falla("canal: HTTP 403" if when == day("05-29") else "canal: HTTP 502") if when >= day("05-27") else 5,
        )
        assert estado(db, "faro")["estado"] == "fallando"


def test_gaps_count_when_they_repeat(tmp_path):
    gap, full = Lectura(9, hueco=True), Lectura(9, "se llegó al límite de 200 páginas por corrida")
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "una", lambda when: gap if when == day("05-29") else 9)
        fuente(db, "tres", lambda when: gap if when >= day("05-28") else 9)
        fuente(db, "llena", lambda when: full if when >= day("05-28") else 9)
        fuente(db, "antes", lambda when: gap if when < day("05-20") else 9)
        found = {clave: estado(db, clave)["estado"] for clave in ("una", "tres", "llena", "antes")}
        assert estado(db, "llena")["detalle"].endswith(full.motivo)
    assert found == {"una": "activa", "tres": "desbordada", "llena": "desbordada", "antes": "activa"}


def test_the_hours_of_one_crowded_day_are_not_yet_too_much(tmp_path):
    gap = Lectura(9, hueco=True)
    with monitor(tmp_path, SATURDAY_30, per_day=4) as db:
        fuente(db, "faro", lambda when: gap if when == SATURDAY_30 else 9)
        assert estado(db, "faro")["estado"] == "activa"


def test_a_new_source_has_no_rhythm_yet_but_may_fail(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "trece", lambda when: None if when < day("05-18") else int(when < day("05-26")))
        fuente(db, "catorce", lambda when: None if when < day("05-17") else int(when < day("05-26")))
        fuente(db, "rota", lambda when: None if when < day("05-28") else falla("canal: HTTP 404"))
        fuente(db, "jamas", lambda when: None)
        fuente(db, "apagada", lambda when: falla("canal: HTTP 404"), activa=0)
        found = {clave: estado(db, clave) for clave in ("trece", "catorce", "rota", "jamas", "apagada")}
    states = {clave: row["estado"] for clave, row in found.items()}
    assert states == {"trece": "nueva", "catorce": "callada", "rota": "fallando", "jamas": "nueva", "apagada": "inactiva"}
    assert found["jamas"]["detalle"] == "Todavía no se lee"
    assert [row["atencion"] for row in found.values()] == [0, 1, 1, 0, 0]


def test_days_without_runs_are_nobodys_silence(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        with db.atomic():
            db.execute("DELETE FROM corridas WHERE dia BETWEEN '2026-05-15' AND '2026-05-29'")
        fuente(db, "faro", daily(6, until=day("05-14")))
        fuente(db, "voz", lambda when: 6 if when < day("05-15") else falla("canal: HTTP 500"))
        assert (estado(db, "faro")["estado"], estado(db, "voz")["estado"]) == ("activa", "activa")


def test_days_that_it_could_not_be_read_are_not_its_silence(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(
            db,
            "faro",
            lambda when: falla("canal: HTTP 500") if day("05-20") < when < day("05-29") else 4 * (when < day("05-21")),
        )
        assert estado(db, "faro")["estado"] == "activa"


def test_what_comes_every_other_week_is_no_habit_of_its_weekday(tmp_path):
    notes = {day("04-29"), day("05-13")}
    with monitor(tmp_path, SATURDAY_30, days=41) as db:  # four Wednesdays until its last note, two with one
        fuente(db, "red", lambda when: int(when in notes))
        assert estado(db, "red")["estado"] == "activa"


def test_a_source_that_no_run_reads_is_told(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: 5 if when < day("05-22") else Lectura(buena=False))
        with db.atomic():
            db.execute("UPDATE corridas_fuentes SET fallida = 0")
        found = estado(db, "faro")
    assert (found["estado"], found["detalle"]) == ("fallando", "Ninguna corrida la lee desde el 2026-05-21")


def test_items_that_cannot_be_collected_are_named(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: Lectura(2, error=int(when == day("05-27"))))
        fuente(db, "voz", lambda when: 3 if when < day("05-28") else 0)
        pendiente(db, "faro", SATURDAY_30, 2, tries=0)
        pendiente(db, "voz", day("05-28"), 4, tries=3)
        pendiente(db, "voz", day("05-29"), 5, tries=1)
        fuente(db, "eco", lambda when: 1 if when < day("05-28") else 0)
        pendiente(db, "eco", day("05-29"), 4)
        assert estado(db, "eco")["atencion"] == 0  # all of them, but too few to tell
        one, most = estado(db, "faro"), estado(db, "voz")
    assert (one["sin_recoger"], one["estado"], one["atencion"]) == (1, "activa", 0)
    assert (most["sin_recoger"], most["estado"], most["atencion"]) == (9, "activa", 1)  # it publishes: its pages are down
    assert most["detalle"] == "No se pudieron bajar 9 de sus notas"


def test_links_given_up_are_news_of_a_source_all_the_same(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: Lectura(4) if when < day("05-10") else Lectura(error=4))
        found = estado(db, "faro")
    assert (found["estado"], found["sin_recoger"], found["atencion"]) == ("activa", 28, 1)


def test_the_rhythm_is_the_median_of_each_weekday(tmp_path):
    fridays = iter([1, 9, 2, 100, 3, 4, 5, 6])
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "faro", lambda when: next(fridays) if when.weekday() == FRIDAY else 2 * (when.weekday() == MONDAY))
        rows = {row["dia_semana"]: (row["esperados"], row["casos"]) for row in db.query("SELECT * FROM v_ritmo_fuentes")}
    assert rows[5] == (4.5, 8)
    assert rows[1] == (2, 8)
    assert rows[0] == (0, 8)
    assert rows[6] == (0, 7)  # the day of the last run is not over


def test_who_needs_a_person_comes_first(tmp_path):
    with monitor(tmp_path, SATURDAY_30) as db:
        fuente(db, "apagada", daily(1), activa=0, nombre="A")
        fuente(db, "bien", daily(1), nombre="B")
        fuente(db, "mal", lambda when: falla("canal: HTTP 500"), nombre="C")
        assert [row["fuente_id"] for row in db.query("SELECT fuente_id FROM v_salud_fuentes")] == ["mal", "bien", "apagada"]


def fill(db, sources: int) -> None:
    """`sources` more sources with a row in every run."""
    with db.atomic():
        numbers = f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {sources})"
        db.execute(f"INSERT INTO fuentes (id, nombre, tipo, sitio) {numbers} SELECT 'f' || i, 'F', 'agencia', 'x' FROM n")
        db.execute(
            "INSERT INTO corridas_fuentes (corrida_id, fuente_id, nueva, lecturas_buenas, fallida, motivo)"
            " SELECT r.id, f.id, (r.id * 7 + f.rowid) % 3, f.rowid % 9 > 0, f.rowid % 9 = 0,"
            " iif(f.rowid % 9, '', 'canal: HTTP 500') FROM corridas AS r JOIN fuentes AS f"
        )


def seconds(db) -> float:
    """The best of three readings of the whole view."""
    found = []
    for _ in range(3):
        begun = time.process_time()
        db.execute("SELECT * FROM v_salud_fuentes").fetchall()
        found.append(time.process_time() - begun)
    return min(found)


def test_hourly_runs_of_many_sources_cost_in_proportion(tmp_path):
    with monitor(tmp_path / "pocas", SATURDAY_30, per_day=12) as db:
        fill(db, 30)
        few = seconds(db)
    with monitor(tmp_path / "muchas", SATURDAY_30, per_day=12) as db:
        fill(db, 300)
        many = seconds(db)
    assert many / few < 20, (few, many)  # ten times the rows


def test_years_of_history_cost_nothing(tmp_path):
    with monitor(tmp_path / "corta", SATURDAY_30, per_day=4) as db:
        fill(db, 60)
        short = seconds(db)
    with monitor(tmp_path / "larga", SATURDAY_30, days=8 * 56, per_day=4) as db:
        fill(db, 60)
        assert seconds(db) / short < 3
