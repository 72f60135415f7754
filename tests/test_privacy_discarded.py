"""People of findings discarded long ago get a pseudonym, once; whoever stands in another finding keeps their name."""

from datetime import UTC, datetime

from click.testing import CliRunner
from sembrado import CANARIES, seeded
from sqlite_utils import Database

from pipeline.cli import hallazgos
from pipeline.privacy.discarded import Discards, months_before, pseudonymise

NOW = datetime(2028, 3, 10, 12, 0, tzinfo=UTC)


def test_only_people_of_old_discarded_findings_get_one(tmp_path):
    path = seeded(tmp_path / "registro.db", 3)  # H-2026-000002 is discarded, with persons 3 and 4
    db = Database(path)
    before = db.execute(
        "SELECT p.id FROM personas AS p JOIN victimas AS v ON v.persona_id = p.id WHERE v.folio LIKE '%2'"
    ).fetchall()
    assert pseudonymise(path, Discards(24), quien="ana", now=NOW, really=False) == 0
    assert pseudonymise(path, Discards(12), quien="ana", now=NOW, really=False) == len(before) == 2
    assert pseudonymise(path, Discards(12), quien="ana", now=NOW, really=True) == 2
    names = dict(db.execute("SELECT id, nombre FROM personas").fetchall())
    assert [names[row[0]] for row in before] == [f"Seudónimo {row[0]}" for row in before]
    assert sorted(names.values()).count(CANARIES[0]) == 2
    assert pseudonymise(path, Discards(12), quien="ana", now=NOW, really=True) == 0
    db.conn.close()


def test_months_are_counted_over_years():
    assert months_before(NOW, 3) == "2027-12-01"
    assert months_before(NOW, 12) == "2027-03-01"


def test_the_nightly_command_takes_the_months_of_the_configuration(tmp_path, monkeypatch):
    path = seeded(tmp_path / "registro.db", 3)
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path / "hallazgos.toml"))
    (tmp_path / "hallazgos.toml").write_text("[arco]\nmeses_descartados = 12\n", "utf-8")
    order = ["arco", "descartados", "--aplicar", "--turno", "60", "--registro", str(path), "--hoy", "2028-03-10"]
    done = CliRunner().invoke(hallazgos, order)
    assert (done.exit_code, done.output) == (0, "Personas que quedaron con seudónimo: 2.\n")
    assert CliRunner().invoke(hallazgos, order).output == "Personas que quedaron con seudónimo: 0.\n"
