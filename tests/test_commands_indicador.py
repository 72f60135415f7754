"""`hallazgos indicador` at the shell."""

import json

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro

from pipeline.cli import hallazgos

KEYS = (
    "periodo", "inicio", "fin", "anterior_inicio", "anterior_fin", "comparado_inicio", "comparado_fin", "fecha", "unidad",
    "registros", "registros_anterior", "registros_comparados", "anterior_comparado", "diferencia", "m1", "por_revisar",
    "m1_provisional", "marcas", "ambitos", "fuera_de_m1", "canasta_comun", "dias_sin_cobertura", "fuentes_sin_lectura",
    "avance",
)  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("indicador")
    with registro(folder) as db:
        cubrir(db, "2025-04-01", "2025-06-30")
        cubrir(db, "2026-04-01", "2026-06-30")
        for dia in ("2025-04-02", "2025-06-30", "2026-04-05", "2026-05-06", "2026-06-30"):
            hallazgo(db, dia)
    return folder / "registro.db"


def run(*args):
    return CliRunner().invoke(hallazgos, ["indicador", *map(str, args)])


def test_the_default_is_the_quarter_of_the_day(path):
    out = run("--registro", path, "--hoy", "2026-05-20")
    assert out.exit_code == 0, out.output
    assert "segundo trimestre de 2026 (2026-04-01 a 2026-06-30)" in out.output
    assert out.output.splitlines()[3].split("  ")[0] == "M1"
    assert out.output.splitlines()[3].endswith("150.0 % = 3 ÷ 2 × 100")


def test_json_has_stable_keys(path):
    out = run("--registro", path, "--periodo", "2026-T2", "--json")
    record = json.loads(out.output)
    assert set(KEYS) <= set(record)
    assert (record["registros"], record["registros_anterior"], record["m1"]) == (3, 2, 150.0)
    assert run("--registro", path, "--periodo", "2026-T2", "--formato", "json").output == out.output


def test_date_and_unit_are_named(path):
    out = run("--registro", path, "--periodo", "2026-05", "--fecha", "hecho", "--unidad", "publicacion")
    assert "publicaciones por fecha del hecho" in out.output
    assert "sin línea base" in out.output


def test_csv_has_a_header(path):
    assert run("--registro", path, "--periodo", "2026", "--formato", "csv").output.startswith("apartado,concepto,valor\nM1,")


@pytest.mark.parametrize(
    ("args", "said"),
    [(("--periodo", "2026-T9"), "4 trimestres"), (("--unidad", "nota"), "nota"), (("--hoy", "ayer"), "ayer")],
)
def test_bad_usage_exits_2(path, args, said):
    out = run("--registro", path, *args)
    assert (out.exit_code, "Traceback" in out.output) == (2, False)
    assert said in out.output


def test_without_a_registry_it_says_so(tmp_path):
    out = run("--registro", tmp_path / "nada.db")
    assert out.exit_code == 2
    assert "no hay registro" in out.output
    assert list(tmp_path.iterdir()) == []
