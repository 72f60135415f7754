"""`hallazgos usuarios`: accounts from the shell."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sembrado import seeded

from pipeline.accounts.file import Account, accounts_path, read_accounts
from pipeline.accounts.passwords import matches
from pipeline.cli import hallazgos

PASSWORD = "tres tristes tinteros"


@pytest.fixture
def registro(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HALLAZGOS_QUIEN", "operadora")
    return seeded(tmp_path / "r.db", 1)


def run(registro: Path, *words: str, said: str = "") -> Result:
    return CliRunner().invoke(hallazgos, ["usuarios", *words, "--registro", str(registro)], input=said)


def accounts(registro: Path) -> dict[str, Account]:
    return read_accounts(accounts_path(registro))


def trail(registro: Path) -> list[tuple]:
    with sqlite3.connect(registro) as db:
        sql = "SELECT quien, accion, clave, campo, despues FROM bitacora WHERE tabla = 'cuentas' ORDER BY id"
        return db.execute(sql).fetchall()


def test_an_account_from_its_beginning_to_its_end(registro: Path) -> None:
    assert run(registro, "alta", "ana", "--rol", "lectura", said=f"{PASSWORD}\n").exit_code == 0
    first = accounts(registro)["ana"]
    assert first.roles == ("lectura",) and matches(PASSWORD, first.clave)
    assert run(registro, "rol", "ana", "analista").exit_code == 0
    assert run(registro, "clave", "ana", said="otra cosa distinta\n").exit_code == 0
    last = accounts(registro)["ana"]
    assert last.roles == ("analista",) and last.sello != first.sello
    assert matches("otra cosa distinta", last.clave) and not matches(PASSWORD, last.clave)
    assert run(registro, "baja", "ana").exit_code == 0
    assert accounts(registro) == {}
    assert accounts_path(registro).exists()  # the last one to leave does not open the site to everybody
    assert trail(registro) == [
        ("operadora", "alta", "ana", "rol", '"lectura"'),
        ("operadora", "rol", "ana", "rol", '"analista"'),
        ("operadora", "clave", "ana", "", None),
        ("operadora", "baja", "ana", "", None),
    ]


def test_a_password_that_is_made_up_is_shown_once_and_kept_nowhere(registro: Path) -> None:
    said = run(registro, "alta", "ana", "--rol", "analista", "--generar")
    password = re.search(r"^Contraseña: (\S+)$", said.output, re.MULTILINE)
    assert password and matches(password[1], accounts(registro)["ana"].clave)
    for path in registro.parent.iterdir():
        assert password[1].encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("words", "said", "told"),
    [
        (("alta", "ana", "--rol", "analista"), "corta\n", "al menos 12"),
        (("alta", "ana", "--rol", "analista"), "", "al menos 12"),
        (("alta", "Ana", "--rol", "analista"), f"{PASSWORD}\n", "letras minúsculas"),
        (("alta", "a b", "--rol", "analista"), f"{PASSWORD}\n", "letras minúsculas"),
        (("alta", "sistema", "--rol", "analista"), f"{PASSWORD}\n", "que no sea del sistema"),
        (("alta", "luz", "--rol", "analista"), f"{PASSWORD}\n", "ya hay una cuenta"),
        (("alta", "ana", "--rol", "jefa"), f"{PASSWORD}\n", "jefa"),
        (("alta", "ana"), f"{PASSWORD}\n", "--rol"),
        (("rol", "luz", "jefa"), "", "jefa"),
        (("rol", "nadie", "analista"), "", "no hay ninguna cuenta"),
        (("baja", "nadie"), "", "no hay ninguna cuenta"),
        (("clave", "nadie"), f"{PASSWORD}\n", "no hay ninguna cuenta"),
        (("clave", "luz"), "luzluzluzluz\n", "repite"),
        (("clave-atom", "nadie"), "", "no hay ninguna cuenta"),
    ],
)
def test_what_is_refused_changes_nothing(registro: Path, words: tuple[str, ...], said: str, told: str) -> None:
    run(registro, "alta", "luz", "--rol", "lectura", said=f"{PASSWORD}\n")
    before, lines = accounts(registro), trail(registro)
    result = run(registro, *words, said=said)
    assert (result.exit_code, told in result.output) == (2, True), result.output
    assert (accounts(registro), trail(registro)) == (before, lines)


def test_no_password_is_ever_an_option() -> None:
    group = hallazgos.commands.get("usuarios") or hallazgos.get_command(None, "usuarios")
    for command in group.commands.values():
        assert not [param.name for param in command.params if "password" in param.name or "contras" in param.name]


def test_the_list_shows_roles_and_no_secret(registro: Path) -> None:
    run(registro, "alta", "ana", "--rol", "analista", said=f"{PASSWORD}\n")
    run(registro, "alta", "luz", "--rol", "lectura", said=f"{PASSWORD}\n")
    run(registro, "clave-atom", "luz")
    listed = run(registro, "lista", "--json").output
    assert [(row["nombre"], row["rol"], row["canal"]) for row in json.loads(listed)] == [
        ("ana", "analista", "no"),
        ("luz", "lectura", "sí"),
    ]
    for secret in (accounts(registro)["ana"].clave, accounts(registro)["luz"].canal, "pbkdf2"):
        assert secret not in listed


def test_a_feeds_key_is_shown_once_kept_as_a_digest_and_taken_away(registro: Path) -> None:
    run(registro, "alta", "ana", "--rol", "lectura", said=f"{PASSWORD}\n")
    shown = run(registro, "clave-atom", "ana").output
    token = shown.strip().rpartition("=")[2]
    assert len(token) >= 40 and token not in accounts_path(registro).read_text("utf-8")
    assert accounts(registro)["ana"].canal
    run(registro, "clave-atom", "ana", "--revocar")
    assert accounts(registro)["ana"].canal == ""


def test_without_a_registry_nothing_is_made(tmp_path: Path) -> None:
    assert run(tmp_path / "no.db", "alta", "ana", "--rol", "analista", said=f"{PASSWORD}\n").exit_code == 2
    assert list(tmp_path.iterdir()) == []
