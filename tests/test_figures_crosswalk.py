"""The schemes of others: every modality has its category, each scheme counts in its own unit and says so."""

import csv

import pytest
from click.testing import CliRunner
from contados import acto, cubrir, hallazgo, registro, total, victima

from nlp.vocabulario import Agresor, Modalidad
from pipeline.cli import hallazgos
from pipeline.figures.crosswalk import SCHEMES, by_category, rows_of, scheme_comparison
from pipeline.figures.exports import comparison
from pipeline.periodos import parse_period


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        folio = hallazgo(opened, "2026-05-02")
        ana, group = victima(opened, folio, nombre="Ana Prueba"), victima(opened, folio, cantidad=3)
        for modality, who in (("ataque_fisico", ana), ("amenaza", ana), ("ataque_fisico", group), ("censura", None)):
            acto(opened, folio, modality, who)
        taken = hallazgo(opened, "2026-05-03")
        acto(opened, taken, "privacion_libertad")
        opened.execute("UPDATE actos SET agresor = 'fuerza_publica' WHERE modalidad = 'privacion_libertad'")
        acto(opened, hallazgo(opened, "2026-05-03", estado="detectado"), "amenaza")
        acto(opened, hallazgo(opened, "2025-05-03"), "privacion_libertad")
        yield opened


def counted(db, scheme):
    return {name: n for name, n in by_category(db, scheme, "2026-01-01", "2026-12-31").items() if n}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_modality_has_its_category(scheme):
    _version, rows = rows_of(scheme)
    assert {modality for modality, who, _category in rows if not who} == set(Modalidad)
    assert {who for _modality, who, _category in rows} <= {"", *Agresor}


def test_each_scheme_counts_in_its_unit(db):
    assert counted(db, "articulo19") == {
        "Ataque físico": 4, "Amenaza": 1, "Remoción o alteración de contenido": 1, "Privación de la libertad": 1,
    }  # fmt: skip
    assert counted(db, "mecanismo") == {
        "Agresión física o atentado": 1, "Amenaza": 1, "Censura o despido": 1, "Detención arbitraria o secuestro": 1,
    }  # fmt: skip
    # Ana's blow and threat are both "other harmful acts", where she is one victim
    assert counted(db, "ods") == {"Otro acto dañino": 4, "Fuera del indicador": 1, "Detención arbitraria": 1}


def test_the_files_name_scheme_version_and_unit(db, tmp_path):
    told = ["--registro", str(tmp_path / "registro.db"), "--esquema", "ods", "-o", str(tmp_path / "o.csv")]
    assert CliRunner().invoke(hallazgos, ["exportar", "comparativo", "--anio", "2026", *told]).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()))
    version = "equivalencias versión 1 (por cotejar con quien lo publica)"
    assert {row["esquema"] for row in rows} == {
        f"Indicador ODS 16.10.1, {version}, víctimas, cada una una vez en cada categoría"
    }
    before = {row["categoria"]: row["comparados 2025-01-01..2025-05-03"] for row in rows}  # up to the last day with figures
    assert before["Detención arbitraria o secuestro, sin determinar"] == "1"
    assert CliRunner().invoke(hallazgos, ["exportar", "hallazgos", "--periodo", "2026-05", *told]).exit_code == 0
    assert len((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()) == 1 + 3
    out = CliRunner().invoke(hallazgos, ["exportar", "hallazgos", "--con-nombres", *told])
    assert (out.exit_code, "no llevan nombres" in out.output) == (2, True)


def test_a_year_known_by_its_totals_alone_has_no_categories(db):
    hallazgo(db, "2026-07-10")
    period = parse_period("2026-07")
    hallazgo(db, "2025-07-01")
    assert {row[2:5] for row in scheme_comparison(db, "mecanismo", period, 1).filas} >= {(0, 0, 0)}
    total(db, "2025-08", 7)
    later = parse_period("2026-08")
    hallazgo(db, "2026-08-31")
    table = scheme_comparison(db, "mecanismo", later, 1)
    assert table.columnas[2:5] == (
        "2026-08-01..2026-08-31", "comparados 2026-08-01..2026-08-31", "comparados 2025-08-01..2025-08-31",
    )  # fmt: skip
    assert {row[2:5] for row in table.filas} == {(0, None, None)}


def test_a_scheme_compares_the_days_that_the_plain_comparison_does(db):
    cubrir(db, "2026-01-01", "2026-05-10")
    acto(db, hallazgo(db, "2025-05-20"), "privacion_libertad")
    plain = next(row for row in comparison(db, 2026, 2025).filas if row[1] == "2026")
    table = scheme_comparison(db, "articulo19", parse_period("2026"), 1)
    taken = next(row for row in table.filas if row[1] == "Privación de la libertad")
    assert table.columnas[2:5] == (
        "2026-01-01..2026-12-31", "comparados 2026-01-01..2026-05-10", "comparados 2025-01-01..2025-05-10",
    )  # fmt: skip
    assert taken[2:5] == (1, 1, 1)  # the one of 20 May 2025 lies behind the cut-off
    assert (taken[5], plain[6:8]) == (plain[12], (2, 1))
    assert {row[2:] for row in scheme_comparison(db, "ods", parse_period("2020"), 1).filas} == {
        (None, None, None, "sin cobertura")
    }
