"""`hallazgos.toml`: keys are the options' long names; what is not known is refused in one line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import COMMANDS, hallazgos


def run(*args: str, config: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    (folder / "hallazgos.toml").write_text(config, "utf-8")
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(folder / "hallazgos.toml"))
    return CliRunner().invoke(hallazgos, args)


def test_a_common_key_reaches_the_option_of_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("indicador", config='registro = "otra/base.db"\n', folder=tmp_path, monkeypatch=monkeypatch)
    assert f"{tmp_path}/otra/base.db: no hay registro" in result.output
    assert result.exit_code == 2


def test_a_table_speaks_for_its_command_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = 'registro = "comun.db"\n[servir]\nregistro = "propio.db"\n'
    assert "propio.db" in run("servir", config=config, folder=tmp_path, monkeypatch=monkeypatch).output
    assert "comun.db" in run("indicador", config=config, folder=tmp_path, monkeypatch=monkeypatch).output


def test_a_flag_can_be_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = 'registro = "r.db"\n[correr]\nsolo_feeds = true\nsolo = ["no_hay_tal"]\n'
    result = run("correr", config=config, folder=tmp_path, monkeypatch=monkeypatch)
    assert "no hay fuente «no_hay_tal»" in result.output
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ("contcato = 'a'\n", "«contcato»"),
        ("[correr]\nperiodo = '2026'\n", "[correr] no se conoce la clave «periodo»"),
        ("correr = 3\n", "[correr]"),
        ("registro = \n", "hallazgos.toml: línea 1, columna 12: no es TOML válido"),
        ("registro = 3\n", "«registro» es una ruta"),
        ("registro = ['a']\n", "«registro» lleva un solo valor"),
        ("[correr]\nsolo = 'x'\n", "«solo» es una lista"),
        ("[correr]\ncortesia = 'rápido'\n", "«cortesia»: 'rápido' no es un número"),
        ("[correr]\ndesde = 'ayer'\n", "«desde»: «ayer» no es un día"),
    ],
)
def test_what_is_not_understood_is_named(config: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("indicador", config=config, folder=tmp_path, monkeypatch=monkeypatch)
    assert named in result.output
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_every_option_has_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLAZGOS_REGISTRO", str(tmp_path / "de-variable.db"))
    assert "de-variable.db" in CliRunner().invoke(hallazgos, ["indicador"]).output
    monkeypatch.setenv("HALLAZGOS_PERIODO", "no-es-periodo")
    (tmp_path / "de-variable.db").touch()
    assert "no-es-periodo" in CliRunner().invoke(hallazgos, ["indicador"]).output


def test_iniciar_writes_a_configuration_that_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path / "hallazgos.toml"))
    done = CliRunner().invoke(hallazgos, ["iniciar", "--contacto", 'monitor "uno" \\ áé@ejemplo.invalid'])
    assert done.exit_code == 0
    assert (tmp_path / "hallazgos.toml").stat().st_mode & 0o777 == 0o600
    assert f"{tmp_path}/datos/registro.db" in CliRunner().invoke(hallazgos, ["indicador"]).output
    again = CliRunner().invoke(hallazgos, ["iniciar", "--contacto", "https://otro.invalid"])
    assert again.exit_code == 2
    assert "ya existe" in again.output


def test_a_contact_that_nobody_can_write_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path / "hallazgos.toml"))
    done = CliRunner().invoke(hallazgos, ["iniciar", "--contacto", "hola"])
    assert done.exit_code == 2
    assert not (tmp_path / "hallazgos.toml").exists()


def test_every_listed_command_exists() -> None:
    assert {name for name in COMMANDS if CliRunner().invoke(hallazgos, [name, "--help"]).exit_code} == set()
