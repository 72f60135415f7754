"""`hallazgos iniciar`: asks or takes contact, paths and channels, and writes a configuration that the commands understand."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sembrado import seeded

from pipeline.cli import hallazgos


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path / "hallazgos.toml"))
    return tmp_path / "hallazgos.toml"


def iniciar(*args: str, typed: str = "") -> Result:
    return CliRunner().invoke(hallazgos, ["iniciar", *args], input=typed)


def test_it_asks_for_everything_when_no_contact_is_given(config: Path) -> None:
    done = iniciar(typed="monitor@ejemplo.mx\nr/base.db\n\narchivo:avisos.txt\nmailto://a:b@ejemplo.mx\n\n")
    assert done.exit_code == 0, done.output
    assert tomllib.loads(config.read_text("utf-8")) == {
        "contacto": "monitor@ejemplo.mx",
        "registro": "r/base.db",
        "catalogo": "fuentes-propias.csv",
        "canales": ["archivo:avisos.txt", "mailto://a:b@ejemplo.mx"],
    }
    assert "hallazgos aviso --siempre" in done.output


def test_it_asks_nothing_when_a_contact_is_given(config: Path) -> None:
    done = iniciar("--contacto", "m@ejemplo.mx", "--canal", 'archivo:"raro"\\.txt')
    assert (done.exit_code, "Canal" in done.output) == (0, False)
    assert tomllib.loads(config.read_text("utf-8"))["canales"] == ['archivo:"raro"\\.txt']
    assert config.stat().st_mode & 0o777 == 0o600


def test_it_says_how_the_first_account_is_made(config: Path) -> None:
    assert "hallazgos usuarios alta NOMBRE --rol analista" in iniciar("--contacto", "m@ejemplo.mx").output


def test_without_channels_nothing_is_said_of_notices(config: Path) -> None:
    assert "aviso" not in iniciar("--contacto", "m@ejemplo.mx").output
    assert tomllib.loads(config.read_text("utf-8"))["canales"] == []


def test_an_existing_configuration_is_refused_before_anything_is_asked(config: Path) -> None:
    config.write_text("contacto = 'x'\n", "utf-8")
    again = iniciar(typed="otro\n")
    assert (again.exit_code, "ya existe" in again.output, "Contacto" in again.output) == (2, True, False)
    assert config.read_text("utf-8") == "contacto = 'x'\n"


def test_the_written_channels_are_those_of_the_notices(config: Path, tmp_path: Path) -> None:
    registro = seeded(tmp_path / "r.db", 1)
    iniciar("--contacto", "m@ejemplo.mx", "--registro", "r.db", "--canal", "archivo:avisos.txt")
    assert registro.is_file()
    assert CliRunner().invoke(hallazgos, ["aviso"]).exit_code == 0
    assert "H-2026-000001" in (tmp_path / "avisos.txt").read_text("utf-8")
