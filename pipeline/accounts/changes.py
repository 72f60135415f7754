"""What is done with accounts, from the shell and from the pages alike: each change with its line in `bitacora`."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.accounts.file import Account, accounts_path, changing
from pipeline.accounts.passwords import hashed, weakness
from pipeline.errores import ErrorDeUso
from pipeline.pages.access import ROLES
from pipeline.registry import audit
from pipeline.registry.transaction import writing

NAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
# What the trail writes by itself, or what a reader would take for somebody else.
RESERVED = frozenset({"sistema", "maquina", "hallazgos", "root", "nadie", "anonimo"})


@dataclass(frozen=True)
class Desk:
    """Where accounts are changed: the open registry and its path, who does it, and when."""

    db: Database
    registro: Path
    quien: str
    now: datetime


def add(desk: Desk, name: str, role: str, password: str) -> None:
    """Make an account. Raises `ErrorDeUso` for a name, role or password that is refused, or an account that is there."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise ErrorDeUso(
            f"«{name}»: use de 2 a 40 letras minúsculas sin acento, cifras, punto o guion, y que no sea del sistema"
        )
    _check(role, password, name)
    account = Account((role,), hashed(password), secrets.token_hex(8), utc_text(desk.now))
    with _changing(desk, audit.Change("alta", "cuentas", name, "rol", despues=role)) as accounts:
        if name in accounts:
            raise ErrorDeUso(f"ya hay una cuenta «{name}»")
        accounts[name] = account


def remove(desk: Desk, name: str) -> None:
    """Remove an account: its sessions and its feed end at once."""
    with _changing(desk, audit.Change("baja", "cuentas", name)) as accounts:
        _of(accounts, name)
        del accounts[name]


def set_password(desk: Desk, name: str, password: str) -> Account:
    """Change a password; every session of the account ends. Return the account as it now is."""
    _check(None, password, name)
    digest = hashed(password)
    with _changing(desk, audit.Change("clave", "cuentas", name)) as accounts:
        accounts[name] = replace(_of(accounts, name), clave=digest, sello=secrets.token_hex(8), cerradas={})
    return accounts[name]


def set_role(desk: Desk, name: str, role: str) -> None:
    """Give an account another role; it holds from its next request on."""
    _check(role, None, name)
    with _changing(desk, audit.Change("rol", "cuentas", name, "rol", despues=role)) as accounts:
        accounts[name] = replace(_of(accounts, name), roles=(role,))


def end_sessions(desk: Desk, name: str) -> Account:
    """End every session of an account. Return the account as it now is."""
    with _changing(desk, audit.Change("cerrar_sesiones", "cuentas", name)) as accounts:
        accounts[name] = replace(_of(accounts, name), sello=secrets.token_hex(8), cerradas={})
    return accounts[name]


def new_feed_token(desk: Desk, name: str) -> str:
    """Give an account a new token for the feed, in place of the one it had; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    with _changing(desk, audit.Change("clave_atom", "cuentas", name)) as accounts:
        accounts[name] = replace(_of(accounts, name), canal=token_digest(token))
    return token


def revoke_feed(desk: Desk, name: str) -> None:
    """Take the feed's token away."""
    with _changing(desk, audit.Change("revocar_atom", "cuentas", name)) as accounts:
        accounts[name] = replace(_of(accounts, name), canal="")


def token_digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@contextmanager
def _changing(desk: Desk, change: audit.Change) -> Iterator[dict[str, Account]]:
    """Change the file inside the transaction of the trail's line: without the line there is no change."""
    with writing(desk.db), changing(accounts_path(desk.registro)) as accounts:
        audit.record(desk.db, change, quien=desk.quien, now=desk.now)
        yield accounts


def _of(accounts: dict[str, Account], name: str) -> Account:
    if name not in accounts:
        raise ErrorDeUso(f"no hay ninguna cuenta «{name}»")
    return accounts[name]


def _check(role: str | None, password: str | None, name: str) -> None:
    if role is not None and role not in ROLES:
        raise ErrorDeUso(f"«{role}» no es un rol: {', '.join(ROLES)}")
    why = weakness(password, name) if password is not None else ""
    if why:
        raise ErrorDeUso(f"la contraseña no se admite: {why}")
