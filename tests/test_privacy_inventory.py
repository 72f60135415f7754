"""The inventory of personal data: every column of every table has its row, whole."""

from click.testing import CliRunner
from sembrado import seeded

from pipeline.cli import hallazgos
from pipeline.descriptions import SHADOW, restricted_tables
from pipeline.privacy.inventory import COMMON, TOLD, Law, inventory, purposes
from pipeline.registry.connection import open_registry

LEVELS = {"identificativo", "sensible", "tecnico", "codigo"}


def test_every_column_of_every_table_has_its_row(tmp_path):
    seeded(tmp_path / "registro.db", 1)
    with open_registry(tmp_path / "registro.db") as db:
        rows = inventory(db, Law("", "", ""))
        tables = [name for name in db.table_names() if not SHADOW.search(name) and not name.startswith("sqlite_")]
        columns = {(table, column.name) for table in tables for column in db[table].columns}
    assert {(row["tabla"], row["columna"]) for row in rows} == columns
    assert [row for row in rows if not all(row[name] for name in (*TOLD, "descripcion", "fundamento"))] == []
    assert {row["sensibilidad"] for row in rows} <= LEVELS
    assert {row["tabla"] for row in rows if row["restringida"] == "sí"} == restricted_tables()
    assert {row["sensibilidad"] for row in rows if row["columna"] == "quien"} == {"identificativo"}


def test_no_purpose_is_of_something_gone(tmp_path):
    seeded(tmp_path / "registro.db", 1)
    with open_registry(tmp_path / "registro.db") as db:
        told = {name: one for name, one in purposes().items() if name != COMMON}
        assert set(told) <= set(db.table_names())
        own = [(name, column) for name, one in told.items() for column in one.get("columnas", {})]
        assert [pair for pair in own if pair[1] not in {column.name for column in db[pair[0]].columns}] == []


def test_the_law_comes_from_the_configuration(tmp_path, monkeypatch):
    seeded(tmp_path / "registro.db", 1)
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path / "hallazgos.toml"))
    (tmp_path / "hallazgos.toml").write_text(
        '[inventario]\nregulador = "Órgano de Prueba"\nverificado = "2026-11-01"\n', "utf-8"
    )
    done = CliRunner().invoke(hallazgos, ["inventario", "--registro", str(tmp_path / "registro.db"), "--formato", "csv"])
    assert done.exit_code == 0, done.output
    assert "Órgano de Prueba" in done.output and "2026-11-01" in done.output and "por llenar" in done.output
