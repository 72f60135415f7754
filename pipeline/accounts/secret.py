"""The site's secret, `REGISTRO.secreto`: it signs sessions, and lasts, so that a restart logs nobody out."""

import secrets
from pathlib import Path

from pipeline.errores import ErrorDeUso, reason
from pipeline.partial import whole_file

SHORTEST = 32  # characters


def secret_path(registro: Path) -> Path:
    """Return where the secret of a registry's site is. It is in no backup: a restored site asks everybody to enter again."""
    return registro.with_name(f"{registro.name}.secreto")


def site_secret(registro: Path) -> str:
    """Return the secret, made (mode 0600) on first use. Raises `ErrorDeUso` when it cannot be read, written or trusted."""
    path = secret_path(registro)
    try:
        if not path.exists():
            with whole_file(path) as partial:
                partial.write_text(secrets.token_hex(32) + "\n", "ascii")
        found = path.read_text("ascii").strip()
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise ErrorDeUso(f"{path}: no se puede usar: {reason(error)}") from error
    if len(found) < SHORTEST:
        raise ErrorDeUso(f"{path}: está dañado; bórrelo y se hará otro (todos tendrán que entrar de nuevo)")
    if mode & 0o077:
        raise ErrorDeUso(f"{path}: otros pueden leerlo; bórrelo y se hará otro (todos tendrán que entrar de nuevo)")
    return found
