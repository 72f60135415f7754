"""`hallazgos exportar` at the shell."""

import csv

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro, victima

from pipeline.cli import hallazgos


@pytest.fixture
def path(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-05-01", "2025-05-31")
        cubrir(db, "2026-05-01", "2026-05-31")
        hallazgo(db, "2025-05-05")
        victima(db, hallazgo(db, "2026-05-05"), nombre="Ximena Prueba")
    return tmp_path / "registro.db"


def run(*args, **env):
    return CliRunner().invoke(hallazgos, ["exportar", *map(str, args)], env=env)


def read(path):
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_a_comparison_against_the_year_before(path, tmp_path):
    target = tmp_path / "c.csv"
    out = run("comparativo", "--anio", "2026", "-o", target, "--registro", path)
    assert (out.exit_code, out.output) == (0, f"Se escribió {target}\n")
    may = next(row for row in read(target) if row["periodo"] == "2026-05")
    assert (may["registros_2025"], may["m1"]) == ("1", "100.0")
    same = tmp_path / "d.csv"
    assert run("comparativo", "--anio", "2026", "--contra", "2025", "-o", same, "--registro", path).exit_code == 0
    assert same.read_bytes() == target.read_bytes()
    other_day = ("comparativo", "--anio", "2026", "-o", same, "--registro", path, "--hoy", "2031-01-01")
    assert run(*other_day).exit_code == 0
    assert same.read_bytes() == target.read_bytes()  # as the help says of --hoy


def test_findings_without_and_with_names(path, tmp_path):
    out = run("hallazgos", "--periodo", "2026", "-o", tmp_path / "h.csv", "--registro", path)
    assert (out.exit_code, "1 hallazgos" in out.output) == (0, True)
    assert "victimas_nombres" not in read(tmp_path / "h.csv")[0]
    named = ("hallazgos", "-o", tmp_path / "n.csv", "--con-nombres", "--registro", path, "--hoy", "2026-05-10")
    assert run(*named, HALLAZGOS_QUIEN="ana").exit_code == 0
    assert [row["victimas_nombres"] for row in read(tmp_path / "n.csv")] == ["", "Ximena Prueba"]
    with registro_of(path) as db:
        assert list(db.query("SELECT quien, cuando FROM lecturas")) == [{"quien": "ana", "cuando": "2026-05-10T12:00:00Z"}]


def registro_of(path):
    from pipeline.registry.connection import open_registry

    return open_registry(path)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("comparativo", "--anio", "2026", "--contra", "2026", "-o", "c.csv"), "anterior a 2026"),
        (("comparativo", "--anio", "2026", "-o", "c.doc"), ".csv, .xlsx, .json"),
        (("comparativo", "--anio", "2026", "-o", "/no/hay/c.csv"), "no existe la carpeta"),
        (("comparativo", "-o", "c.csv"), "--anio"),
        (("hallazgos", "--periodo", "mayo", "-o", "c.csv"), "no se entiende"),
    ],
)
def test_bad_usage_exits_2_and_writes_nothing(path, tmp_path, monkeypatch, args, said):
    monkeypatch.chdir(tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    out = run(*args, "--registro", path)
    assert (out.exit_code, "Traceback" in out.output) == (2, False)
    assert said in out.output
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_the_corpus_of_what_people_decided_can_be_evaluated_and_trained_on(tmp_path):
    from aprendido import decided

    from nlp.aprendizaje.corpus import FOLDER

    decided(tmp_path).db.close()
    target, registro = tmp_path / "revisado.jsonl", tmp_path / "registro.db"
    out = run("corpus", "-o", target, "--registro", registro, "--hoy", "2026-05-10", HALLAZGOS_QUIEN="ana")
    assert (out.exit_code, out.stdout) == (
        0,
        f"Se escribió {target}: 2 casos (1 de seguimiento) y 2 negativos; fuera: 2 por anonimato o supresión, 1 por otro motivo"
        " de descarte\n",
    )
    assert "lleva nombres y textos" in out.stderr
    figures = CliRunner().invoke(hallazgos, ["evaluar", str(target), "--json"])
    assert (figures.exit_code, figures.stderr) == (0, "")
    other = tmp_path / "a.jsonl"
    other.write_text("".join((FOLDER / "a.jsonl").read_text("utf-8").splitlines(keepends=True)[:12]), "utf-8")
    trained = CliRunner().invoke(hallazgos, ["entrenar", str(other), str(target), "-o", str(tmp_path / "pesos.json.gz")])
    assert (trained.exit_code, trained.stderr) == (0, "")
