"""The inventory of personal data: every restricted column has its row, whole."""

from click.testing import CliRunner
from sembrado import seeded

from pipeline.cli import hallazgos
from pipeline.descriptions import restricted_tables
from pipeline.privacy.inventory import TOLD, Law, inventory, purposes
from pipeline.registry.connection import open_registry

LEVELS = {"identificativo", "sensible", "tecnico", "codigo"}


def test_every_restricted_column_has_its_row(tmp_path):
    seeded(tmp_path / "registro.db", 1)
    with open_registry(tmp_path / "registro.db") as db:
        rows = inventory(db, Law("", "", ""))
        columns = {(table, column.name) for table in restricted_tables() for column in db[table].columns}
    assert {(row["tabla"], row["columna"]) for row in rows} == columns
    assert all(row[name] for row in rows for name in (*TOLD, "descripcion"))
    assert {row["sensibilidad"] for row in rows} <= LEVELS
    assert set(purposes()) == restricted_tables()


def test_the_law_comes_from_the_configuration(tmp_path, monkeypatch):
    seeded(tmp_path / "registro.db", 1)
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path / "hallazgos.toml"))
    (tmp_path / "hallazgos.toml").write_text(
        '[inventario]\nregulador = "Órgano de Prueba"\nverificado = "2026-11-01"\n', "utf-8"
    )
    done = CliRunner().invoke(hallazgos, ["inventario", "--registro", str(tmp_path / "registro.db"), "--formato", "csv"])
    assert done.exit_code == 0, done.output
    assert "Órgano de Prueba" in done.output and "2026-11-01" in done.output and "por llenar" in done.output
