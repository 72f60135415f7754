"""`hallazgos importar totales` at the shell, and the figure that it makes possible."""

import json

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro

from pipeline.cli import hallazgos


@pytest.fixture
def path(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2026-05-01", "2026-05-31")
        hallazgo(db, "2026-05-05")
    return tmp_path / "registro.db"


def run(*args):
    return CliRunner().invoke(hallazgos, list(map(str, args)))


def m1(path):
    return json.loads(run("indicador", "--registro", path, "--periodo", "2026-05", "--json").output)["m1"]


def test_totals_become_the_baseline_once(path, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("anio,mes,total\n2025,5,4\n", "utf-8")
    assert m1(path) is None
    rehearsal = run("importar", "totales", file, "--registro", path, "--ensayo")
    assert (rehearsal.exit_code, "nuevos: 1" in rehearsal.output, "ensayo" in rehearsal.output) == (0, True, True)
    assert m1(path) is None
    for said in ("nuevos: 1; cambiados: 0; iguales: 0", "nuevos: 0; cambiados: 0; iguales: 1"):
        out = run("importar", "totales", file, "--registro", path)
        assert (out.exit_code, said in out.output) == (0, True)
        assert m1(path) == 25.0
    file.write_text("anio,mes,total\n2025,5,2\n", "utf-8")
    assert "2025-05/1.4/hallazgo: 4 → 2" in run("importar", "totales", file, "--registro", path, "--simular").output
    assert "cambiados: 1" in run("importar", "totales", file, "--registro", path).output
    assert m1(path) == 50.0


def test_a_bad_file_is_refused_whole(path, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("anio,mes,total\n2025,5,4\n2025,6,muchos\n", "utf-8")
    out = run("importar", "totales", file, "--registro", path)
    assert (out.exit_code, "Traceback" in out.output) == (2, False)
    assert "línea 3, columna total: «muchos»" in out.output
    assert m1(path) is None


def test_a_first_import_makes_the_registry_but_a_rehearsal_does_not(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("anio,mes,total\n2025,5,4\n", "utf-8")
    assert run("importar", "totales", file, "--registro", tmp_path / "r.db", "--ensayo").exit_code == 2
    assert not (tmp_path / "r.db").exists()
    assert run("importar", "totales", file, "--registro", tmp_path / "r.db").exit_code == 0
    assert (tmp_path / "r.db").stat().st_mode & 0o077 == 0


def test_a_foreign_table_of_totals_is_read_by_its_mapping(path, tmp_path):
    file, mapping = tmp_path / "t.csv", tmp_path / "m.toml"
    file.write_text("Año,Mes,Casos,Otra\n2025,Mayo,4,x\n", "utf-8")
    mapping.write_text('[campos]\nanio.columna="Año"\nmes={columna="Mes",valores={Mayo="5"}}\ntotal.columna="Casos"\n', "utf-8")
    out = run("importar", "totales", file, "--columnas", mapping, "--registro", path)
    assert (out.exit_code, m1(path)) == (0, 25.0), out.output
