"""`hallazgos salud` at the shell: its three forms and when it ends with 1."""

import csv
import json
from datetime import date

import pytest
from click.testing import CliRunner
from historias import falla, fuente, monitor

from pipeline.cli import hallazgos
from pipeline.health.report import SOURCE_COLUMNS

LAST = date(2026, 5, 30)


def run(path, *args):
    """The command on 30 May, on whatever disk this machine has."""
    order = ["salud", "--registro", str(path), "--disco-sin-cifrar", "--hoy", "2026-05-30", *args]
    return CliRunner().invoke(hallazgos, order)


@pytest.fixture
def well(tmp_path):
    with monitor(tmp_path, LAST) as db:
        fuente(db, "faro", lambda when: 5)
        fuente(db, "lira", lambda when: 0, activa=0)
    return tmp_path / "registro.db"


@pytest.fixture
def ill(tmp_path):
    with monitor(tmp_path, LAST) as db:
        fuente(db, "faro", lambda when: 5)
        fuente(db, "voz", lambda when: falla("canal: HTTP [403]") if when > date(2026, 5, 27) else 5)
        fuente(db, "eco", lambda when: 5 * (when < date(2026, 5, 20)))
    return tmp_path / "registro.db"


def test_silence_when_all_is_well(well):
    out = run(well)
    assert out.exit_code == 0, out.output
    assert "Fuentes: activa: 1, inactiva: 1." in out.output
    assert "Última corrida: 56, del 2026-05-30 (hoy), completa." in out.output
    assert out.output.splitlines()[-1] == "Nada necesita a una persona."
    assert "lira" not in out.output


def test_a_person_is_asked_for_by_source(ill):
    out = run(ill)
    assert out.exit_code == 1
    ending = out.output.split("Necesita a una persona:\n")[1].splitlines()
    assert [line.split(":")[0].strip() for line in ending] == ["eco (callada)", "voz (fallando)"]
    assert "canal: HTTP [403]" in out.output.split("Fuentes:")[0]  # as it is, not as markup


def test_days_since_the_last_run(well):
    out = run(well, "--hoy", "2026-06-03")
    assert out.exit_code == 1
    assert "(hace 4 días)" in out.output
    assert "La última corrida completa es de hace 4 días." in out.output
    ahead = run(well, "--hoy", "2026-05-28")
    assert (ahead.exit_code, "(posterior a hoy)" in ahead.output) == (1, True)


def test_lax_modes_end_with_one_and_say_what_to_do(well):
    well.chmod(0o644)
    out = run(well)
    assert out.exit_code == 1
    assert f"Otros pueden leer {well}: tiene 0644, debe tener 0600 (chmod)." in out.output


def test_the_settings_file_counts(well, tmp_path, monkeypatch):
    settings = tmp_path / "hallazgos.toml"
    settings.write_text("disco_sin_cifrar = true\n", "utf-8")
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(settings))
    settings.chmod(0o600)
    assert run(well).exit_code == 0
    settings.chmod(0o664)
    assert run(well).exit_code == 1


def test_json_holds_everything(ill):
    record = json.loads(run(ill, "--json").output)
    assert set(record) == {"atencion", "corrida", "disco", "permisos", "cifrado", "estados", "fuentes"}
    assert record["estados"] == {"callada": 1, "fallando": 1, "activa": 1}
    assert len(record["atencion"]) == 2
    assert (record["corrida"]["dias"], record["corrida"]["dias_completa"]) == (0, 0)
    assert record["disco"]["libre"] > 0
    assert set(record["fuentes"][0]) == set(SOURCE_COLUMNS)


def test_csv_has_a_line_a_source(ill):
    out = run(ill, "--formato", "csv")
    assert out.exit_code == 1
    rows = list(csv.DictReader(out.output.splitlines()))
    assert [(row["fuente_id"], row["estado"]) for row in rows] == [
        ("eco", "callada"),
        ("voz", "fallando"),
        ("faro", "activa"),
    ]


def test_an_empty_registry_needs_a_first_run(tmp_path):
    with monitor(tmp_path, LAST, days=0):
        pass
    out = run(tmp_path / "registro.db")
    assert out.exit_code == 1
    assert "No hay ninguna corrida." in out.output
    assert run(tmp_path / "no.db").exit_code == 2
