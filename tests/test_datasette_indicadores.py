"""The indicators' page for any period: what the command says, and a period that is none named on the page."""

import html
import json
import re

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro
from sitio import ask

from pipeline.cli import hallazgos
from pipeline.pages.serving import build_site


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("indicadores")
    with registro(folder) as db:
        cubrir(db, "2025-05-01", "2025-05-31")
        cubrir(db, "2026-05-01", "2026-05-31")
        for dia in ("2025-05-03", "2026-05-04", "2026-05-05"):
            hallazgo(db, dia, alcaldia="tlalpan")
    return folder / "registro.db"


def read(path, query):
    answer = ask(build_site(path), f"/-/indicadores?{query}")
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_any_period_shows_m1_with_its_footing_and_the_breakdowns(path):
    text = read(path, "periodo=2026-05-01..2026-05-31")
    assert "200.0 % = 2 ÷ 1 × 100" in text
    assert "Tlalpan 2 1 0" not in text and "Tlalpan 2 1 2 0 0 0 0" in text
    assert "los actos no son hallazgos" in text and "Sin alcaldía 0" in text


def test_unit_and_date_are_the_commands(path):
    told = CliRunner().invoke(
        hallazgos,
        ["indicador", "--registro", str(path), "--periodo", "2026-05", "--unidad", "publicacion", "--fecha", "hecho", "--json"],
    )
    figure = json.loads(told.output)
    assert (figure["registros"], figure["m1"]) == (2, 200.0)
    text = read(path, "periodo=2026-05&unidad=publicacion&fecha=hecho")
    assert "Se cuentan publicaciones por fecha del hecho" in text
    assert f"M1 {figure['m1']:.1f} % = 2 ÷ 1 × 100" in text
    assert "unidad «nota»: se conocen hallazgo, publicacion" in read(path, "periodo=2026-05&unidad=nota")
    assert "la del indicador 1.5.1 es una sola" in read(path, "periodo=2026-05&indicador=1.5.1&unidad=acto")


def test_another_indicator_and_what_is_none(path):
    assert "Veces que se instaló la Base de Derechos Humanos" in read(path, "periodo=2026-05&indicador=1.5.1")
    assert "se escribe como 2026" in read(path, "periodo=mayo")
    assert "se conocen 1.4" in read(path, "periodo=2026&indicador=9.9")
