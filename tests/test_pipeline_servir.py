"""`hallazgos servir`: what it refuses, and what it says before it serves."""

import socket
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner
from cuentas import add_account
from sembrado import seeded

from pipeline.commands.servir import servir
from pipeline.errores import Salida


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The options with which the server would have been started."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: calls.append(options))
    return calls


def test_a_missing_registry_is_one_line_and_status_2(tmp_path: Path, served: list) -> None:
    result = CliRunner().invoke(servir, ["--registro", str(tmp_path / "no.db")])
    assert result.exit_code == Salida.USO
    assert "no hay registro" in result.output
    assert served == []
    assert not (tmp_path / "no.db").exists()


def test_what_is_no_registry_is_refused(tmp_path: Path, served: list) -> None:
    (tmp_path / "x.db").write_text("esto no es una base\n" * 300)
    result = CliRunner().invoke(servir, ["--registro", str(tmp_path / "x.db")])
    assert result.exit_code == Salida.USO
    assert served == []


@pytest.mark.parametrize(
    ("base", "shown"), [([], "/"), (["--base-url", "monitor"], "/monitor/"), (["--base-url", "/a/b/"], "/a/b/")]
)
def test_it_says_where_it_is_and_listens_on_this_machine_only(tmp_path: Path, served: list, base: list, shown: str) -> None:
    result = CliRunner().invoke(servir, ["--registro", str(seeded(tmp_path / "r.db", 1)), "--puerto", "18123", *base])
    assert result.exit_code == 0, result.output
    assert f"http://127.0.0.1:18123{shown}" in result.output
    assert "Ctrl-C" in result.output
    assert (served[0]["host"], served[0]["port"], served[0]["access_log"]) == ("127.0.0.1", 18123, False)


def test_a_taken_port_is_one_line_and_status_2(tmp_path: Path, served: list) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(servir, ["--registro", str(seeded(tmp_path / "r.db", 1)), "--puerto", port])
    assert result.exit_code == Salida.USO
    assert f"Error: --puerto: el {port} está ocupado" in result.output
    assert served == []


@pytest.mark.parametrize("base", ["/a//b/", "/../x/", "/registro/", "/-/"])
def test_a_base_path_that_is_none_is_refused(tmp_path: Path, served: list, base: str) -> None:
    result = CliRunner().invoke(servir, ["--registro", str(seeded(tmp_path / "r.db", 1)), "--base-url", base])
    assert result.exit_code == Salida.USO
    assert served == []


def test_it_says_whether_one_enters_with_an_account(tmp_path: Path, served: list) -> None:
    path = str(seeded(tmp_path / "r.db", 1))
    assert "Sin cuentas: sólo desde este equipo" in CliRunner().invoke(servir, ["--registro", path]).output
    add_account(tmp_path / "r.db")
    assert "Se entra con cuenta; hay 1." in CliRunner().invoke(servir, ["--registro", path]).output
    assert len(served) == 2


def test_damaged_accounts_are_one_line_and_status_2(tmp_path: Path, served: list) -> None:
    path = str(seeded(tmp_path / "r.db", 1))
    (tmp_path / "r.db.cuentas").write_text("{")
    result = CliRunner().invoke(servir, ["--registro", path])
    assert (result.exit_code, served) == (Salida.USO, [])
    assert "no es un archivo de cuentas" in result.output
