"""Who works at the shell, as trails name them."""

import getpass
import os


def shell_user() -> str:
    """Return `HALLAZGOS_QUIEN`, else the system's user."""
    return os.environ.get("HALLAZGOS_QUIEN") or getpass.getuser()
