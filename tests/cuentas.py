"""Accounts for tests: made beside a site's registry, entered with through the page, or taken as already entered."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from datasette.app import Datasette
from datasette_auth_passwords.utils import hash_password

from pipeline.accounts.file import Account, accounts_path, changing, read_accounts
from pipeline.accounts.sessions import COOKIE, NAMESPACE, opened
from pipeline.pages.access import DATABASE

PASSWORD = "tres tristes tinteros"
QUICK = hash_password(PASSWORD, salt="sal", iterations=1)  # one round: entering costs a test nothing


def add_account(registro: Path, name: str = "ana", roles: Sequence[str] = ("analista",)) -> Account:
    """Make the account `name`, or give it these roles; its password is `PASSWORD`."""
    path = accounts_path(registro)
    present = read_accounts(path).get(name)
    if present is None or present.roles != tuple(roles):
        with changing(path) as accounts:
            fresh = Account(tuple(roles), QUICK, f"sello de {name}", "2026-11-24T12:00:00Z")
            accounts[name] = replace(present, roles=tuple(roles)) if present else fresh
    return read_accounts(path)[name]


def session_cookies(site: Datasette, roles: Sequence[str] = ("analista",), name: str = "ana") -> dict[str, str]:
    """Return the cookie of somebody who entered the site with an account of these roles, which is made if need be."""
    account = add_account(Path(site.get_database(DATABASE).path), name, roles)
    return {COOKIE: site.sign(opened(name, account, time.time()), NAMESPACE)}


def log_in(page, address: str, name: str = "ana", password: str = PASSWORD) -> None:
    """Enter through the login page with a playwright page; `address` is the site's, with a slash at its end."""
    page.goto(f"{address}-/entrar")
    page.get_by_label("Cuenta").fill(name)
    page.get_by_label("Contraseña").fill(password)
    page.get_by_role("button", name="Entrar").click()
    page.get_by_role("button", name="Salir").wait_for()
