"""Which accounts may make a second reading."""

from pathlib import Path

from pipeline.accounts.file import accounts_path, read_accounts
from pipeline.errores import ErrorDeUso
from pipeline.pages.access import Kind, rights


def reviewers(registro: Path) -> frozenset[str]:
    """Return the accounts beside a registry that may review; none where nobody made accounts."""
    accounts = read_accounts(accounts_path(registro))
    return frozenset(n for n, one in accounts.items() if Kind.REVIEW in rights({"roles": one.roles}, accounts=True))


def who_may_read(registro: Path, person: str | None) -> frozenset[str]:
    """Return the accounts that may review. Raises `ErrorDeUso` when there is none, or `person` is none of them."""
    found = reviewers(registro)
    if person is not None and person not in found:
        raise ErrorDeUso(f"--para {person}: no es una cuenta que pueda revisar (`hallazgos usuarios lista`)")
    if not found:
        raise ErrorDeUso("no hay cuentas que puedan revisar; `hallazgos usuarios alta` las hace")
    return found
