"""The measurement itself, in small: its press can be read whole by both sides, and its page says what was reached."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from bench import archive_press
from bench.crawl import Row
from bench.large import Case, build
from bench.process import asked, press, run
from bench.report import text, write_some
from bench.texts import LENGTH, stories
from crawlers.urls import host_of
from pipeline.pages.access import ARCO

CASE = Case(
    "Golpean a reportera en Tlalpan",
    "La reportera Renata Olmedo Prieto fue golpeada ayer por policías en la alcaldía Tlalpan.",
    {
        "relevante": True,
        "clase": "agresion",
        "victima": ["periodista"],
        "agresion": ["fisica"],
        "modalidad": ["ataque_fisico"],
        "agresor": ["fuerza_publica"],
        "movilizacion": False,
        "lugar": {"cdmx": "si", "alcaldia": "tlalpan", "entidad": "cdmx"},
        "victimas": [{"nombre": "Renata Olmedo Prieto", "tipo": "periodista", "genero": "mujer"}],
        "mas": {},
    },
)


def scalar(path: Path, sql: str) -> object:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchone()[0]


def test_both_sides_read_the_whole_press_and_a_second_run_asks_for_no_article(tmp_path: Path) -> None:
    catalogue, registry = tmp_path / "fuentes.csv", tmp_path / "registro.db"
    with press(5, 3, catalogue) as address:
        assert run("-m", "bench.theirs", "paginas", catalogue).printed == "15"
        assert asked(address)["articulos"] == 15
        ours = run("-m", "bench.ours", registry, catalogue)
        assert asked(address) == {"robots": 5, "feeds": 5, "articulos": 15}
        run("-m", "bench.ours", registry, catalogue)
        assert asked(address) == {"robots": 5, "feeds": 5}
    assert scalar(registry, "SELECT count(*) FROM noticias WHERE texto_origen = 'pagina' AND length(texto) > 1500") == 15
    assert ours.peak_mb > 50


def test_the_press_tells_the_same_stories_every_time() -> None:
    told = stories(200)
    assert told == stories(200)
    assert sum(story.case for story in told) == 6
    assert all(LENGTH * 0.5 < sum(map(len, story.parrafos)) < LENGTH * 2.5 for story in told)


def test_an_archive_holds_its_mix_and_is_the_same_every_time() -> None:
    told = list(archive_press.records(40, "rastreador"))
    assert told == list(archive_press.records(40, "rastreador"))
    own = [one for one in told if host_of(one.url) in archive_press.asked()]
    assert (len(told), len({one.url for one in told}), len(own)) == (40, 40, 16)
    assert sum(one.kind != archive_press.HTML or one.status != "200 OK" for one in told) == 2
    assert {host_of(one.url) for one in archive_press.records(20, "prensa")} == archive_press.asked()


def test_a_registry_in_bulk_is_whole(tmp_path: Path) -> None:
    path = build(tmp_path, notes=500, cases=[CASE], last=date(2026, 5, 9))
    assert scalar(path, "SELECT count(*) FROM noticias") == 500
    assert (
        scalar(path, "SELECT count(*) FROM hallazgos")
        == scalar(path, "SELECT count(*) FROM v_hallazgos WHERE noticias = 1")
        == 10
    )
    assert scalar(path, "SELECT count(*) FROM noticias_fts WHERE noticias_fts MATCH '\"golpeada ayer por policías\"'") == 10
    assert scalar(path, "SELECT count(DISTINCT nombre) FROM personas") > 5
    assert scalar(path, "SELECT count(*) FROM pragma_foreign_key_check") == 0


def test_the_page_says_what_was_reached() -> None:
    page = text([Row("una", "0.50", "≥ 0.40", True), Row("otra", "3.0", "≤ 2", False, "por qué")], "En chico.")
    assert "| una | 0.50 | ≥ 0.40 | sí |  |" in page
    assert "| otra | 3.0 | ≤ 2 | **no** | por qué |" in page


def test_rows_measured_again_take_their_own_places_and_leave_the_others(tmp_path: Path) -> None:
    page = tmp_path / "r.md"
    first = [Row("2. dos", "1", "", None), Row("8. ocho", "2", "", None), Row("8. y más", "3", "", None)]
    page.write_text(text(first, "En chico.") + "\nUna nota.\n", "utf-8")
    write_some(page, [Row("10. diez", "5", "", None), Row("8. ocho", "4", "≤ 3", False)], "2 rondas")
    lines = page.read_text("utf-8").splitlines()
    assert [one for one in lines if one[:2] == "| " and one[2].isdigit()] == [
        "| 2. dos | 1 |  |  |  |", "| 8. ocho | 4 | ≤ 3 | **no** |  |", "| 10. diez | 5 |  |  |  |",
    ]  # fmt: skip
    assert "Una nota." in lines
    assert lines[-1].endswith("con 2 rondas: 8, 10.")
    assert lines[0] == "# Resultados de la medición"


def test_the_pages_are_measured_as_an_analyst_sees_them(tmp_path: Path) -> None:
    path = build(tmp_path, notes=500, cases=[CASE], last=date(2026, 5, 9))
    measured = json.loads(run("-m", "bench.site_time", "nuestra", path, "1").printed)
    denied = {page for page, one in measured.items() if one["estado"] != 200}
    assert {page for page in denied if ARCO not in page} == {"/registro/noticias_fts", "/registro/hallazgos_fts"}
    assert {"/-/revision?pestania=ciudad", "/registro/v_cola", "/-/indicadores"} <= set(measured)


def test_the_report_of_a_year_is_measured_against_its_queries() -> None:
    from bench.year import report_rows

    rows = report_rows(50, 1)
    assert ["(.html)" in rows[0].que, "(.docx)" in rows[1].que, "Anexo" in rows[2].que] == [True, True, True]
    assert all(float(row.cifra) >= 1 for row in rows[:2])


def test_the_figures_are_measured_against_reading_what_they_count() -> None:
    from bench.figures import VIEWS, figure_rows

    rows = list(figure_rows(50, 1))
    assert [row.que.split()[1] for row in rows] == [*VIEWS, "Todas"]
    assert all(float(row.cifra) > 0 for row in rows)
