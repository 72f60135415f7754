"""The file of accounts, `REGISTRO.cuentas`: JSON, mode 0600, whole or not there.

It lies beside the registry and not inside, since administrators query the registry in SQL. Where the file exists, even with no
account left in it, the site asks everybody for an account.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline.errores import ErrorDeUso, reason
from pipeline.partial import whole_file

FORMAT = 1


@dataclass(frozen=True)
class Account:
    """One person. `clave` is the password's hash; a session that bears another `sello` than this is over.

    `canal` is the SHA-256 (hex) of the feed's token, empty without one; `cerradas` holds the sessions that were left before
    their time, by id, until the second (Unix time) at which they would have ended anyhow.
    """

    roles: tuple[str, ...]
    clave: str
    sello: str
    alta: str
    canal: str = ""
    cerradas: Mapping[str, int] = field(default_factory=dict)


def accounts_path(registro: Path) -> Path:
    """Return where the accounts of a registry are."""
    return registro.with_name(f"{registro.name}.cuentas")


def read_accounts(path: Path) -> dict[str, Account]:
    """Return the accounts by name, empty when there is no file. Raises `ErrorDeUso` for a file that is not understood."""
    try:
        record = json.loads(path.read_text("utf-8"))
        if record["formato"] != FORMAT:
            raise ErrorDeUso(f"{path}: las cuentas son de una versión posterior de hallazgos")
        return {name: Account(**{**one, "roles": tuple(one["roles"])}) for name, one in record["cuentas"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede leer: {reason(error)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ErrorDeUso(f"{path}: no es un archivo de cuentas, o está dañado; recupérelo de un respaldo") from error


@contextmanager
def changing(path: Path) -> Iterator[dict[str, Account]]:
    """Give the accounts to be changed in place, and write them when the block ends well; one process or thread at a time."""
    with _alone(path.parent):
        accounts = read_accounts(path)
        yield accounts
        record = {"formato": FORMAT, "cuentas": {name: asdict(accounts[name]) for name in sorted(accounts)}}
        try:
            with whole_file(path) as partial:
                partial.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
        except OSError as error:
            raise ErrorDeUso(f"{path}: no se puede escribir: {reason(error)}") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder itself locked: no lock file is left lying beside the registry."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise ErrorDeUso(f"{folder}: no se puede abrir: {reason(error)}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
