"""The report's sections: breakdowns as the reader gives them, the plan's datasheet, demonstrations in counts."""

import re
from datetime import date
from html import unescape

import docx
import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro

from pipeline.cli import hallazgos
from pipeline.figures.period import figures_of
from pipeline.periodos import parse_period
from pipeline.plan.goals import SHIPPED
from pipeline.registry.connection import open_registry


@pytest.fixture
def path(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-09-01", "2025-10-31")
        cubrir(db, "2026-09-01", "2026-10-31")
        for dia in ("2025-09-02", "2026-09-05", "2026-10-31"):
            hallazgo(db, dia)
    return tmp_path / "registro.db"


def run(path, *args):
    return CliRunner().invoke(hallazgos, ["informe", "--registro", str(path), "--hoy", "2026-11-24", *map(str, args)])


def plain(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.decode())))


def test_every_breakdown_of_the_period_stands_in_the_report_as_the_reader_gives_it(path, tmp_path):
    target = tmp_path / "i.html"
    with open_registry(path) as db:
        hallazgo(db, "2026-09-09", alcaldia="coyoacan", clase="riesgo")
        cifras = figures_of(db, parse_period("2026-B5"), today=date(2026, 11, 24))
    assert run(path, "--periodo", "2026-B5", "-o", target).exit_code == 0
    page = plain(target.read_bytes())
    assert len(cifras.desgloses) == 8
    for table in cifras.desgloses:
        assert table.nota in page
        for row in table.renglones:
            now = row.actual
            units = f"{now.publicaciones} {now.actos} {now.victimas} {now.riesgo} {now.por_revisar}"
            assert f"{row.etiqueta} {now.hallazgos} {row.anterior.hallazgos} {units}" in page
    assert "Señalado como agresor (presunto)" in page


def test_the_datasheet_is_the_plans_loaded_or_shipped(path, tmp_path):
    target = tmp_path / "i.html"
    run(path, "--periodo", "2026-B5", "-o", target)
    page = plain(target.read_bytes())
    assert "Según el plan anual de trabajo de 2021; el de 2026 no se ha cargado." in page
    assert "Línea base Los registros mensuales del año inmediato anterior" in page
    out = CliRunner().invoke(hallazgos, ["plan", "cargar", "--anio", "2026", "--incluido", "--registro", str(path)])
    assert out.exit_code == 0, out.output
    run(path, "--periodo", "2026-B5", "-o", target)
    page = plain(target.read_bytes())
    assert "Según los textos del plan anual de trabajo de 2021, que se cargaron como los de 2026." in page
    own = tmp_path / "plan.csv"
    own.write_text(SHIPPED.read_text("utf-8").replace("durante todo el año 2021", "durante todo el año 2026"), "utf-8")
    CliRunner().invoke(hallazgos, ["plan", "cargar", str(own), "--anio", "2026", "--registro", str(path)])
    run(path, "--periodo", "2026-B5", "-o", target)
    page = plain(target.read_bytes())
    assert "Según el plan anual de trabajo de 2026." in page
    assert "Cronograma de la actividad 1.4, 2026" in page


def test_a_heading_and_the_line_under_it_stay_with_the_picture_they_announce(path, tmp_path):
    target = tmp_path / "i.docx"
    assert run(path, "--periodo", "2026-B5", "-o", target).exit_code == 0
    file = docx.Document(str(target))
    place = next(n for n, one in enumerate(file.paragraphs) if one.text.startswith("Mes por mes: 2026"))
    heading, line, picture = file.paragraphs[place : place + 3]
    assert heading.style.paragraph_format.keep_with_next and line.paragraph_format.keep_with_next
    assert picture.paragraph_format.keep_with_next and picture._p.xpath(".//w:drawing")
    headers = [cell.paragraphs[0] for table in file.tables for cell in table.rows[0].cells]
    assert all(one.paragraph_format.keep_with_next for one in headers)
    ordinary = next(one for one in file.paragraphs if one.text.startswith("M1 compara dos conteos"))
    assert not ordinary.paragraph_format.keep_with_next


def test_demonstrations_are_counted_by_month_without_their_names(path, tmp_path):
    with open_registry(path) as db, db.atomic():
        told = (("2026-09-10", "terminada"), ("2026-09-20", "cancelada"), ("2026-10-02", "terminada"))
        for number, (dia, estado) in enumerate(told, 1):
            row = {"id": number, "uid": f"u{number}", "nombre": "Marcha del Canario", "dia": dia, "inicio": f"{dia}T18:00:00Z"}
            watched = {"vigilar_desde": dia, "vigilar_hasta": dia, "origen": "a_mano", "estado": estado}
            db.table("movilizaciones").insert(row | watched | {"quien": "ana", "cuando": ""})
        base = {"movilizacion_id": 3, "tipo": "base_mpi", "inicio": "2026-10-02T18:00:00Z", "quien": "ana", "cuando": ""}
        db.table("bases").insert(base)
    target = tmp_path / "i.html"
    assert run(path, "--periodo", "2026-B5", "-o", target).exit_code == 0
    page = plain(target.read_bytes())
    assert "se vigilaron 2 (dos) movilizaciones." in page
    assert "Septiembre de 2026 1 1 0 0 0 0 Octubre de 2026 1 0 0 1 0 0" in page
    assert "Canario" not in page
