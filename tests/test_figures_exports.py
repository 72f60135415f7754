"""Exports: typed cells, no formulas, no names unless asked, the same bytes for the same registry."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from contados import codigos, corregir, cubrir, hallazgo, registro, total, victima

from pipeline.errores import ErrorDeUso
from pipeline.figures.export_files import Tabla, as_csv, as_xlsx, write_tables
from pipeline.figures.exports import Lector, comparison, export_comparison, export_findings
from pipeline.figures.m1 import measure
from pipeline.periodos import parse_period

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        cubrir(opened, "2025-04-01", "2025-05-31")
        cubrir(opened, "2026-04-01", "2026-05-31")
        for dia in ("2025-04-02", "2025-05-03", "2026-04-05", "2026-05-06", "2026-05-07"):
            hallazgo(opened, dia)
        hallazgo(opened, "2026-05-08", estado="detectado")
        yield opened


def read_csv(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_the_comparison_has_every_part_of_the_year(db, tmp_path):
    export_comparison(db, tmp_path / "c.csv", 2026, 2025)
    rows = {row["periodo"]: row for row in read_csv(tmp_path / "c.csv")}
    assert len(rows) == 12 + 6 + 4 + 2 + 1
    may = rows["2026-05"]
    assert list(may) == [
        "tipo", "periodo", "inicio", "fin", "registros_2026", "registros_2025", "comparados_2026", "comparados_2025",
        "diferencia", "m1", "por_revisar", "m1_provisional", "marcas", "por_revisar_comparados",
        "firmado_2025", "informe_2025",
    ]  # fmt: skip
    assert (may["registros_2026"], may["registros_2025"], may["diferencia"], may["m1"]) == ("2", "1", "1", "200.0")
    assert (may["comparados_2026"], may["comparados_2025"], may["por_revisar_comparados"]) == ("2", "1", "1")
    assert (may["por_revisar"], may["m1_provisional"], may["marcas"]) == ("1", "300.0", "")
    assert (rows["2026"]["m1"], rows["2026"]["marcas"]) == ("150.0", "cobertura incompleta; línea base incompleta; parcial")
    july = rows["2026-07"]
    assert (july["registros_2026"], july["registros_2025"], july["m1"], july["marcas"]) == ("", "", "", "sin cobertura")


def test_the_comparison_is_the_figure_of_the_indicator(db):
    table = comparison(db, 2026, 2025)
    for row in table.filas:
        cells = dict(zip(table.columnas, row, strict=True))
        figure = measure(db, [parse_period(str(cells["periodo"]))])[0]
        assert (cells["registros_2026"], cells["m1"], cells["m1_provisional"]) == (
            figure.registros,
            figure.m1,
            figure.m1_provisional,
        )
    columns = "periodo, registros, registros_anterior, registros_comparados, anterior_comparado, diferencia, m1, marcas"
    rows = {row[1]: row for row in table.filas}
    seen = list(db.execute(f"SELECT {columns} FROM v_comparativo_anual WHERE anio = 2026"))
    assert len(seen) == 5 + 3 + 2 + 1 + 1  # what touches January (of 2025) to May
    assert all(found == (*rows[found[0]][1:2], *rows[found[0]][4:10], rows[found[0]][12]) for found in seen)


def test_m1_can_be_recomputed_from_its_row(db):
    for month, cuantos in ((3, 8), (6, 10), (7, 9)):
        total(db, f"2025-{month:02}", cuantos)
    cubrir(db, "2026-06-01", "2026-06-10")
    hallazgo(db, "2026-06-05")
    table = comparison(db, 2026, 2025)
    rows = {row[1]: dict(zip(table.columnas, row, strict=True)) for row in table.filas}
    assert {key: rows[key]["registros_2025"] for key in ("2026-02", "2026-03", "2026-04", "2026-06", "2026-07")} == {
        "2026-02": None, "2026-03": 8, "2026-04": 1, "2026-06": 10, "2026-07": 9,
    }  # fmt: skip
    assert {rows[key]["comparados_2025"] for key in ("2026-03", "2026-06", "2026-07")} == {None}
    assert (rows["2026-T2"]["registros_2025"], rows["2026-T2"]["comparados_2025"], rows["2026-T2"]["m1"]) == (12, 2, 150.0)
    for row in rows.values():
        now, before = row["comparados_2026"], row["comparados_2025"]
        assert row["m1"] == (round(100 * now / before, 1) if before else None)
        pending = row["por_revisar_comparados"]
        assert row["m1_provisional"] == (round(100 * (now + pending) / before, 1) if before else None)
        assert row["diferencia"] == (None if before is None else now - before)


def test_any_earlier_year_may_be_compared(db):
    total(db, "2023-05", 4)
    table = comparison(db, 2026, 2023)
    may = next(row for row in table.filas if row[1] == "2026-05")
    assert table.columnas[5] == "registros_2023"
    assert (may[5], may[7], may[9], may[12]) == (4, 4, 50.0, "cambio de método")


@pytest.mark.parametrize("against", [2026, 2027])
def test_a_year_is_not_compared_with_itself_or_a_later_one(db, against):
    with pytest.raises(ErrorDeUso, match="anterior a 2026"):
        comparison(db, 2026, against)


def test_the_workbook_has_types_filters_and_the_rules(db, tmp_path):
    export_comparison(db, tmp_path / "c.xlsx", 2026, 2025)
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert book.sheetnames == ["comparativo", "desgloses", "reglas"]
    sheet = book["comparativo"]
    header = [cell.value for cell in sheet[1]]
    may = dict(zip(header, next(r for r in sheet.iter_rows(values_only=True) if r[1] == "2026-05"), strict=True))
    assert (may["inicio"], may["registros_2026"], may["m1"]) == (datetime(2026, 5, 1), 2, 200)
    assert sheet.auto_filter.ref == f"A1:P{sheet.max_row}"
    assert sheet.freeze_panes == "A2"
    july = dict(zip(header, next(r for r in sheet.iter_rows(values_only=True) if r[1] == "2026-07"), strict=True))
    assert (july["registros_2026"], july["m1"], july["marcas"]) == (None, None, "sin cobertura")
    rules = dict(book["reglas"].iter_rows(values_only=True))
    assert {"m1", "parcial", "cambio de método", *header[4:12], *header[13:]} <= set(rules)
    assert rules["diferencia"] == "comparados_2026 menos comparados_2025."


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_the_same_registry_gives_the_same_bytes(db, tmp_path, extension, monkeypatch):
    for name, zone in (("a", "UTC"), ("b", "America/Mexico_City")):
        monkeypatch.setenv("TZ", zone)
        export_comparison(db, tmp_path / f"{name}.{extension}", 2026, 2025)
        export_findings(db, tmp_path / f"h{name}.{extension}", None)
    assert (tmp_path / f"a.{extension}").read_bytes() == (tmp_path / f"b.{extension}").read_bytes()
    assert (tmp_path / f"ha.{extension}").read_bytes() == (tmp_path / f"hb.{extension}").read_bytes()


def test_findings_go_out_as_codes_of_their_period(db, tmp_path):
    folio = hallazgo(db, "2026-06-01", sitio="=1+1", alcaldia="coyoacan")
    codigos(db, folio, "modalidad", "amenaza", "censura")
    victima(db, folio, nombre="Ximena Prueba")
    corregir(db, folio, "alcaldia", '"tlalpan"')
    assert export_findings(db, tmp_path / "h.csv", parse_period("2026-B3")) == 4
    row = read_csv(tmp_path / "h.csv")[-1]
    assert (row["folio"], row["modalidad"], row["alcaldia"], row["sitio"]) == (folio, "amenaza; censura", "tlalpan", "'=1+1")
    assert "Ximena" not in (tmp_path / "h.csv").read_text("utf-8")
    export_findings(db, tmp_path / "h.json", None)
    content = json.loads((tmp_path / "h.json").read_text("utf-8"))
    assert len(content["hallazgos"]) == 7
    assert {row["columna"] for row in content["columnas"]} == set(content["hallazgos"][0])
    assert db.table("lecturas").count == 0


def test_names_go_out_only_with_a_line_in_lecturas(db, tmp_path):
    folio = hallazgo(db, "2026-06-01")
    victima(db, folio, nombre="Ximena Prueba")
    export_findings(db, tmp_path / "h.csv", parse_period("2026-06"), Lector("ana", NOW))
    assert read_csv(tmp_path / "h.csv")[0]["victimas_nombres"] == "Ximena Prueba"
    reading = next(db.query("SELECT quien, folios, cuando FROM lecturas"))
    assert reading == {"quien": "ana", "folios": f'["{folio}"]', "cuando": "2026-05-10T12:00:00Z"}


def test_a_file_that_cannot_be_written_takes_no_names_out(db, tmp_path):
    with pytest.raises(ErrorDeUso, match="no existe la carpeta"):
        export_findings(db, tmp_path / "nada" / "h.csv", None, Lector("ana", NOW))
    assert db.table("lecturas").count == 0


@pytest.mark.parametrize(
    ("name", "said"), [("h.pdf", ".csv, .xlsx, .json"), ("h", ".csv"), ("nada/h.csv", "no existe la carpeta")]
)
def test_an_unknown_format_or_folder_is_one_clear_line(tmp_path, name, said):
    with pytest.raises(ErrorDeUso) as error:
        write_tables(tmp_path / name, [Tabla("t", ("a",), [(1,)])])
    assert said in str(error.value)
    assert error.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_and_is_private(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("lo de antes")
    write_tables(path, [Tabla("t", ("a",), [(1,)])])
    assert path.read_bytes() == b"\xef\xbb\xbfa\r\n1\r\n"
    assert [p.name for p in tmp_path.iterdir()] == ["c.csv"]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", '=HYPERLINK("http://x.invalid")'])
def test_no_text_becomes_a_formula(tmp_path, text):
    table = Tabla("t", ("a", "n"), [(text, -3)])
    assert next(csv.reader(io.StringIO(as_csv([table]).decode("utf-8-sig").split("\r\n")[1]))) == [f"'{text}", "-3"]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([table])))["t"]
    assert (sheet["A2"].data_type, sheet["A2"].value.strip(), sheet["B2"].value) == ("s", text.strip(), -3)
