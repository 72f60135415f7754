"""The dashboard: the figures that `indicador` prints, drawn; for whoever reads figures; kept until somebody writes."""

import json
import re
from html import unescape

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro, total
from sitio import ask
from sqlite_utils import Database

from pipeline.cli import hallazgos
from pipeline.pages.panels import PANELS, where
from pipeline.pages.serving import build_site
from pipeline.periodos import parse_period

READER = ["lectura"]


@pytest.fixture
def path(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-07-01", "2025-09-30")
        cubrir(db, "2026-07-01", "2026-09-30")
        for day in ("2025-07-03", "2025-08-04", "2026-07-05", "2026-07-06", "2026-08-07"):
            hallazgo(db, day, alcaldia="coyoacan")
        hallazgo(db, "2026-09-01", estado="detectado")
        hallazgo(db, "2026-09-02", estado="descartado")
    return tmp_path / "registro.db"


@pytest.fixture
def site(path):
    return build_site(path, accounts=True)


def told(text):
    return re.sub(r"\s+", " ", unescape(re.sub(r"</?b>", "", re.sub(r"<(?!/?b>)[^>]+>", " ", text))))


def test_the_page_prints_what_the_command_prints(site, path):
    printed = CliRunner().invoke(hallazgos, ["indicador", "--registro", str(path), "--periodo", "2026-T3", "--json"])
    figure = json.loads(printed.output)
    page = told(ask(site, "/-/tablero", READER).text)
    assert "Tablero: tercer trimestre de 2026" in page
    assert (figure["registros"], figure["registros_anterior"], figure["m1"], figure["m1_provisional"]) == (3, 2, 150.0, 200.0)
    assert "M1: 150.0 % = 3 ÷ 2 × 100" in page
    assert "M1 provisional: 200.0 %" in page
    assert "M1 de la canasta común de fuentes 150.0" in page
    assert "80 % de los hallazgos del periodo 3 validados, 1 descartado, 1 por revisar" in page
    assert "Ciudad de México: 1" in page


def test_every_panel_has_its_drawing_its_table_and_a_link_that_answers(site):
    page = ask(site, "/-/tablero?periodo=2026-T3", READER).text
    for name in PANELS:
        found = re.search(rf'<img src="(/-/tablero/{name}\.svg\?periodo=2026-T3)" alt="([^"]+)"', page)
        svg = ask(site, found[1], READER)
        assert (svg.status_code, svg.headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
        assert svg.text.startswith("<svg")
        assert found[2].endswith(".")
    links = re.findall(r'<p class="exportar"><a href="([^"]+)"', page)
    assert len(links) == len(PANELS)
    assert {ask(site, link.replace("&amp;", "&"), READER).status_code for link in links} == {200}
    assert "de 2025: julio 2 (1), agosto 1 (1) y septiembre 0 (0)" in page
    assert "mayo y junio, sin cobertura en ninguno de los dos años." in page
    assert "Coyoacán 3" in page


@pytest.mark.parametrize(
    ("period", "view", "query"),
    [
        ("2026", "v_desglose_anual", "desglose=clase&anio=2026"),
        ("12M-2026-05", "v_desglose_mensual", "desglose=clase&mes__gte=2025-06&mes__lte=2026-05"),
        ("2026-05-03..2026-05-09", "v_desglose_diario", "desglose=clase&dia__gte=2026-05-03&dia__lte=2026-05-09"),
    ],
)
def test_a_breakdown_is_linked_to_the_view_that_holds_its_days(period, view, query):
    assert where(parse_period(period), "clase") == (view, query)


def test_a_period_that_nobody_watched_draws_no_zeros(site):
    page = ask(site, "/-/tablero?periodo=2026-02", READER).text
    assert "<strong>sin cobertura</strong> del 1 feb 2026" in page
    assert page.count("Sin cobertura: no se sabe cuántos hubo.") == len(PANELS) - 2
    assert page.count("<picture>") == 2


def test_a_phone_gets_another_drawing_and_a_period_may_be_written(site):
    wide = ask(site, "/-/tablero/mensual.svg?periodo=2026", READER).text
    narrow = ask(site, "/-/tablero/mensual.svg?periodo=2026&angosto=1", READER).text
    assert width(narrow) < 390 < width(wide)
    page = told(ask(site, "/-/tablero?periodo=2026&otro=12m-2026-08", READER).text)
    assert "Tablero: doce meses que terminan en agosto de 2026" in page


def width(svg):
    return float(re.search(r' width="([\d.]+)"', svg)[1])


def test_unit_and_date_are_chosen_and_every_drawing_follows(site, path):
    with Database(path) as db:
        late = hallazgo(db, "2026-08-20", fecha_hecho="2026-07-30", fuentes=("faro", "voz"), alcaldia="tlalpan")
    args = ["--periodo", "2026-T3", "--unidad", "publicacion", "--fecha", "hecho", "--json"]
    figure = json.loads(CliRunner().invoke(hallazgos, ["indicador", "--registro", str(path), *args]).output)
    answer = ask(site, "/-/tablero?periodo=2026-T3&unidad=publicacion&fecha=hecho", READER).text
    page = told(answer)
    assert (figure["registros"], figure["m1"]) == (5, 250.0), late
    assert "Publicaciones (fecha del hecho) 5 del 1 jul 2026" in page
    assert "M1: 250.0 % = 5 ÷ 2 × 100" in page
    assert "de 2025: julio 4 (1), agosto 1 (1) y septiembre 0 (0)" in answer
    assert "2026-07 4 1 0" in page and "Tlalpan 2" in answer
    drawn = re.search(r'src="(/-/tablero/mensual\.svg[^"]+)"', answer)[1].replace("&amp;", "&")
    assert "unidad=publicacion&fecha=hecho" in drawn
    assert ask(site, drawn, READER).text != ask(site, "/-/tablero/mensual.svg?periodo=2026-T3", READER).text
    links = re.findall(r'<p class="exportar"><a href="([^"]+)"', answer)
    assert {ask(site, link.replace("&amp;", "&"), READER).status_code for link in links} == {200}
    assert ask(site, "/-/tablero?unidad=nota", READER).status_code == 400


def test_what_is_no_period_or_no_chart_is_told(site):
    refused = ask(site, "/-/tablero?otro=ayer", READER)
    assert refused.status_code == 400
    assert "no se entiende" in refused.text
    assert "<h1>Tablero: tercer trimestre de 2026</h1>" in refused.text
    assert ask(site, "/-/tablero/mensual.svg?periodo=ayer", READER).status_code == 404
    assert ask(site, "/-/tablero/personas.svg", READER).status_code == 404


def test_figures_are_read_again_once_somebody_writes(site, path):
    assert "M1: 150.0 %" in told(ask(site, "/-/tablero", READER).text)
    before = ask(site, "/-/tablero/mensual.svg", READER).text
    with Database(path) as db:
        hallazgo(db, "2026-07-09")
    assert "M1: 200.0 %" in told(ask(site, "/-/tablero", READER).text)
    assert ask(site, "/-/tablero/mensual.svg", READER).text != before


def test_an_empty_registry_has_a_board(tmp_path):
    registro(tmp_path).conn.close()
    site = build_site(tmp_path / "registro.db")
    page = ask(site, "/-/tablero?periodo=2026-T3")
    assert page.status_code == 200
    assert "M1 no está definido" in page.text
    for name in PANELS:
        assert ask(site, f"/-/tablero/{name}.svg?periodo=2026-T3").status_code == 200


def test_months_known_by_imported_totals_alone_are_drawn_as_the_report_draws_them(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2026-11-30")
        hallazgo(db, "2026-11-30")
        for month, many in (("2025-01", 9), ("2025-02", 7), ("2025-12", 5)):
            total(db, month, many)
    path = tmp_path / "registro.db"
    page = told(ask(build_site(path, accounts=True), "/-/tablero?periodo=2026-11", READER).text)
    drawn = re.search(r"Registros por mes de 2026 y, entre paréntesis, de 2025: [^;]+", written_in(path, tmp_path))[0]
    assert "enero sin cobertura (9), febrero sin cobertura (7), noviembre 1 (sin cobertura) y diciembre sin dato (5)" in drawn
    assert drawn in unescape(ask(build_site(path, accounts=True), "/-/tablero?periodo=2026-11", READER).text)
    assert "2026-01 sin cobertura 9 0 sin cobertura" in page


def written_in(path, folder):
    CliRunner().invoke(hallazgos, ["informe", "--registro", str(path), "--periodo", "2026-11", "-o", str(folder / "i.html")])
    return unescape((folder / "i.html").read_text("utf-8"))
