"""Monthly totals of earlier years: all or nothing, every bad cell named, by key without doubling."""

from datetime import UTC, datetime

import openpyxl
import pytest
from contados import registro

from pipeline.errores import ErrorDeUso
from pipeline.figures.baselines import read_totals
from pipeline.registry.baselines import Importados, TotalMensual, save_totals

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def stored(db):
    return [
        tuple(row.values())
        for row in db.query("SELECT anio, mes, indicador, total, unidad, fuente FROM lineas_base ORDER BY id")
    ]


def test_a_csv_gives_its_totals(tmp_path):
    path = written(tmp_path / "t.csv", "\ufeffanio,mes,total,fuente\n2025,1,12,Informe 1\n\n2025,02,0,\n")
    assert read_totals(path) == [
        TotalMensual(2025, 1, 12, fuente="Informe 1"),
        TotalMensual(2025, 2, 0),
    ]


def test_every_column_is_read_in_any_order_and_with_semicolons(tmp_path):
    path = written(
        tmp_path / "t.csv",
        "total;MES;anio;unidad;indicador\r\n7;3;2024;victima;1.4\r\n8;3;2024;;1.5.1\r\n9;3;2024;acto;1.5.2\r\n",
    )
    assert read_totals(path) == [
        TotalMensual(2024, 3, 7, "1.4", "victima"),
        TotalMensual(2024, 3, 8, "1.5.1", "registro"),
        TotalMensual(2024, 3, 9, "1.5.2", "acto"),
    ]


def test_a_workbook_gives_the_same(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["anio", "mes", "total", "fuente", None],
        [2025, 1, 12.0, "Informe 1"],
        [None, None, None],
        [2025, "2", 0, None],
    ):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    assert read_totals(tmp_path / "t.xlsx") == [TotalMensual(2025, 1, 12, fuente="Informe 1"), TotalMensual(2025, 2, 0)]


def test_every_bad_cell_is_named_with_line_and_column(tmp_path):
    lines = ["anio,mes,total,unidad", "25,13,-1,nota", "2025,1,,hallazgo", "2025,1.5,3,", "2025,2,1e3,"]
    with pytest.raises(ErrorDeUso) as error:
        read_totals(written(tmp_path / "t.csv", "\n".join(lines)))
    said = str(error.value).splitlines()
    assert len(said) == 7
    assert "t.csv: línea 2, columna anio: «25» no es un número entero entre 1900 y 2999" in said[0]
    assert "línea 2, columna unidad: «nota» no es ninguno de: hallazgo, publicacion, acto, victima" in said[3]
    assert "línea 3, columna total: está vacía" in said[4]
    assert "línea 4, columna mes" in said[5]
    assert error.value.exit_code == 2


def test_many_errors_are_not_a_flood(tmp_path):
    with pytest.raises(ErrorDeUso) as error:
        read_totals(written(tmp_path / "t.csv", "anio,mes,total\n" + "2025,1,x\n" * 100))
    assert str(error.value).splitlines()[-1].endswith("… y 80 errores más")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("anio,total\n2025,1\n", "faltan las columnas: mes"),
        ("anio,mes,total,color\n2025,1,2,x\n", "no se conocen las columnas: color"),
        ("anio,mes,total,mes\n2025,1,2,1\n", "se repiten las columnas: mes"),
        ("anio,mes,total\n2025,1,2,99\n", "línea 2: hay más celdas (4) que columnas (3)"),
        ("anio,mes,total\n2025,1,2\n2025,2,2\n2025,1,3\n", "línea 4, columna mes: 2025-01/1.4/hallazgo ya está en la línea 2"),
        ("anio,mes,total,indicador,unidad\n2025,1,2,1.5.2,hallazgo\n", "columna unidad: «hallazgo» no es ninguno de: acto"),
        ("anio,mes,total\n", "no trae ningún total"),
        ("", "está vacío"),
    ],
)
def test_a_file_is_refused_whole(tmp_path, text, said):
    with pytest.raises(ErrorDeUso) as error:
        read_totals(written(tmp_path / "t.csv", text))
    assert said in str(error.value)


def test_what_is_no_such_file_is_refused(tmp_path):
    for path, said in (
        (tmp_path / "nada.csv", "no existe"),
        (written(tmp_path / "t.ods", "x"), ".csv o .xlsx"),
        (written(tmp_path / "t.xlsx", "no es un libro"), "no es un libro XLSX"),
        (written(tmp_path / "t.csv", "anio,mes,total,fuente\n2025,1,2,área\n", "latin-1"), "UTF-8"),
    ):
        with pytest.raises(ErrorDeUso) as error:
            read_totals(path)
        assert said in str(error.value)


def test_saving_again_updates_by_key_without_doubling(db):
    rows = [TotalMensual(2025, 1, 12, fuente="papel"), TotalMensual(2025, 1, 30, unidad="victima", fuente="papel")]
    assert save_totals(db, rows, quien="ana", now=NOW) == Importados(nuevos=2)
    assert save_totals(db, rows, quien="ana", now=NOW) == Importados(iguales=2)
    changed = [TotalMensual(2025, 1, 15, fuente="papel"), TotalMensual(2025, 2, 1, fuente="papel")]
    assert save_totals(db, changed, quien="ana", now=NOW) == Importados(nuevos=1, cambiados=1)
    assert stored(db) == [
        (2025, 1, "1.4", 15, "hallazgo", "papel"),
        (2025, 1, "1.4", 30, "victima", "papel"),
        (2025, 2, "1.4", 1, "hallazgo", "papel"),
    ]


def test_each_change_stands_in_the_trail(db):
    for total in (12, 12, 15):
        save_totals(db, [TotalMensual(2025, 1, total)], quien="ana", now=NOW)
    trail = list(db.query("SELECT quien, tabla, clave, antes, despues FROM bitacora ORDER BY id"))
    assert [(row["antes"], row["despues"]) for row in trail] == [(None, "12"), ("12", "15")]
    assert {(row["quien"], row["tabla"], row["clave"]) for row in trail} == {("ana", "lineas_base", "2025-01/1.4/hallazgo")}


def test_a_rehearsal_writes_nothing(db):
    save_totals(db, [TotalMensual(2025, 1, 12)], quien="ana", now=NOW)
    rows = [TotalMensual(2025, 1, 13), TotalMensual(2025, 2, 1)]
    assert save_totals(db, rows, quien="ana", now=NOW, dry_run=True) == Importados(nuevos=1, cambiados=1)
    assert stored(db) == [(2025, 1, "1.4", 12, "hallazgo", "")]


def test_a_row_that_the_registry_refuses_leaves_none_behind(db):
    with pytest.raises(Exception, match="CHECK"):
        save_totals(db, [TotalMensual(2025, 1, 12), TotalMensual(2025, 13, 1)], quien="ana", now=NOW)
    assert stored(db) == []
    assert db.table("bitacora").count == 0
