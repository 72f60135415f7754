"""`hallazgos informe --version-publica`: the report without what could identify somebody, and the list of what is missing."""

import re
from datetime import date
from html import unescape

import pytest
from click.testing import CliRunner
from contados import cubrir
from publicado import invented

from pipeline.cli import hallazgos
from pipeline.periodos import parse_period
from pipeline.publication.relations import MONTH
from pipeline.publication.report import HIDDEN, Publica, figures_of_report, public_report
from pipeline.publication.tables import Clave
from pipeline.registry.connection import open_registry
from pipeline.reports.document import Figura, Tabla
from pipeline.reports.facts import gather
from pipeline.reports.report import Firmas

TODAY = date(2026, 11, 24)
REASON = "Artículo 99 de la Ley de Ensayo"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("informe_publico")
    with invented(folder, (2025, 2026), 40) as db:
        cubrir(db, "2025-12-30", "2025-12-31")
    return folder / "registro.db"


def run(*args):
    return CliRunner().invoke(hallazgos, ["informe", *map(str, args), "--hoy", "2026-11-24"])


def tables(document):
    return {block.titulo: dict(row[:2] for row in block.filas) for block in document.bloques if isinstance(block, Tabla)}


@pytest.mark.parametrize("period", ["2025", "2026-T3", "2026-B5", "2026-09-03..2026-10-15"])
def test_its_figures_are_those_of_the_report_and_none_is_small(path, period):
    asked = parse_period(period)
    with open_registry(path) as db:
        document = public_report(db, asked, Firmas(), Publica(3), today=TODAY)
        facts = gather(db, asked, today=TODAY)
    found = tables(document)
    assert not any(isinstance(block, Figura) for block in document.bloques)
    shown = {label: value for title in found if title.startswith("Registros") for label, value in found[title].items()}
    assert HIDDEN in shown.values()
    assert [value for value in shown.values() if value != HIDDEN and value < 3] == []
    truth = {row.etiqueta: row.actual.hallazgos for row in facts.cifras.desglose("agresor").renglones}
    assert all(value in (HIDDEN, truth[label]) for label, value in found["Registros por agresor señalado"].items())


def test_months_and_signed_parts_are_protected_too(path):
    with open_registry(path) as db:
        facts = gather(db, parse_period("2026-T3"), today=TODAY)
    cifras = figures_of_report(facts)
    months = [one.valor for key, one in cifras.items() if key.cuadro == MONTH]
    assert (len(months), sum(months)) == (3, facts.cifras.figura.registros)
    assert Clave("indicador_firmado", "2026-T3", "registros") in cifras


def test_the_list_says_what_was_tested_out_and_why(path, tmp_path):
    out = run(
        "--periodo", "2026-T3", "--version-publica", "--fundamento", REASON, "-o", tmp_path / "i.html", "--registro", path
    )
    assert (out.exit_code, out.output) == (0, f"Se escribió {tmp_path / 'i.html'}: versión pública\n")
    page = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "i.html").read_text("utf-8"))))
    assert "VERSIÓN PÚBLICA" in page
    last = page.split("Lo que se testó")[1]
    assert all(word in last for word in ("Menores que 3", "Gráficas y mapa", "Movilizaciones y Bases", "Fuentes y días"))
    assert last.count(REASON) == 7
    assert "Persona Inventada" not in page
    assert "El Faro" not in page


def test_the_same_registry_gives_the_same_bytes_and_what_does_not_go_with_it_is_refused(path, tmp_path):
    options = ("--periodo", "2026-T3", "--version-publica", "--registro", path)
    for name in ("a", "b"):
        assert run(*options, "-o", tmp_path / f"{name}.docx").exit_code == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    out = run(*options, "-o", tmp_path / "c.html", "--cerrar")
    assert (out.exit_code, "no va con --cerrar" in out.output) == (2, True)
