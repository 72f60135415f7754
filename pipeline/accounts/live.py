"""The accounts of a site that is being served: the file as it is at each request, and the failed guesses."""

import logging
from collections.abc import Mapping
from pathlib import Path

from pipeline.accounts.file import Account, read_accounts
from pipeline.accounts.guesses import Guesses, guesses_path
from pipeline.errores import ErrorDeUso

log = logging.getLogger("hallazgos")


class LiveAccounts:
    """Reads the file again when it changed; once accounts were asked for, they are until the site stops.

    So a file that goes away, or is damaged, closes the site instead of opening it.
    """

    def __init__(self, path: Path, *, asked: bool = False) -> None:
        self.path = path
        self.guesses = Guesses.kept(guesses_path(path))
        self._asked = asked
        self._seen: tuple[int, int, int] | None = None
        self._accounts: Mapping[str, Account] = {}

    def asked(self) -> bool:
        """Say whether one must enter with an account; until a file of accounts is there, only this machine is served."""
        self._asked = self._asked or self.path.exists()
        return self._asked

    def present(self) -> Mapping[str, Account]:
        """Return the accounts by name as they are now; none while the file cannot be read."""
        try:
            status = self.path.stat()
        except OSError:
            return {}
        seen = (status.st_mtime_ns, status.st_ino, status.st_size)
        if seen != self._seen:
            try:
                self._accounts = read_accounts(self.path)
            except ErrorDeUso as error:
                log.error("%s", error.format_message())
                self._accounts = {}
            self._seen = seen
        return self._accounts
