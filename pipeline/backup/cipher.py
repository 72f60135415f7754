"""Encryption to a public key in the age format, as a stream: only who holds the identity file can read the backup."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pyrage import DecryptError, EncryptError, IdentityError, RecipientError, decrypt_io, encrypt_io
from pyrage.x25519 import Identity, Recipient

from pipeline.backup.layout import CHUNK, BackupError
from pipeline.errores import ErrorDeUso, reason

MAGIC = b"age-encryption.org/"
FAILURES = (OSError, DecryptError, EncryptError)


def recipients(text: str) -> list[Recipient]:
    """Return the public keys: `text` is one (`age1…`) or a file with one a line; '' is none. Raises `ErrorDeUso`."""
    if not text:
        return []
    if text.startswith("age1"):
        return [_recipient(text, "--clave-publica")]
    return [_recipient(line, f"{text}: línea {number}") for number, line in _lines(Path(text))]


def identities(path: Path) -> list[Identity]:
    """Return the secret keys of an identity file (`AGE-SECRET-KEY-1…`, one a line). Raises `ErrorDeUso`."""
    found = []
    for number, line in _lines(path):
        try:
            found.append(Identity.from_str(line))
        except IdentityError as error:
            raise ErrorDeUso(f"{path}: línea {number}: no es una clave secreta de age") from error
    return found


def _recipient(text: str, where: str) -> Recipient:
    try:
        return Recipient.from_str(text)
    except RecipientError as error:
        raise ErrorDeUso(f"{where}: no es una clave pública de age (age1…)") from error


def _lines(path: Path) -> list[tuple[int, str]]:
    """Return the numbered lines of a file of keys that hold one; there is at least one."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ErrorDeUso(f"{path}: no se puede leer: {reason(error)}") from error
    found = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    keys = [(number, line) for number, line in found if line and not line.startswith("#")]
    if not keys:
        raise ErrorDeUso(f"{path}: no trae ninguna clave")
    return keys


class Noting:
    """A file to write to that remembers the system's error: pyrage tells it as text only."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write, or raise the system's error."""
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Push what is buffered to the system."""
        self.file.flush()


@contextmanager
def encrypted(file: BinaryIO, keys: Sequence[Recipient]) -> Iterator[BinaryIO]:
    """Give a stream whose bytes go to `file`, encrypted to `keys` (none: as they are). Raises `OSError`."""
    if not keys:
        yield file
        return
    source, sink = _pipe()
    target = Noting(file)
    with _beside(lambda: encrypt_io(source, target, keys), source, target) as failure:
        try:
            with sink:
                yield sink
        except BrokenPipeError as error:
            raise failure() or error from error


@contextmanager
def decrypted(file: BinaryIO, keys: Sequence[Identity]) -> Iterator[BinaryIO]:
    """Give the plain bytes of a backup, encrypted or not. Raises `BackupError` for a wrong or missing key, or damage."""
    start = file.read(len(MAGIC))
    file.seek(0)
    if start != MAGIC:
        yield file
        return
    if not keys:
        raise BackupError("está cifrado: indique --identidad con el archivo de la clave secreta")
    source, sink = _pipe()
    with _beside(lambda: decrypt_io(file, sink, keys), sink) as failure, source:
        try:
            yield source
        except BackupError as error:
            source.close()  # else the thread would wait for a reader for ever
            raise _told(failure()) or error from error
        while source.read(CHUNK):  # to its end, which is authenticated too
            pass
        told = _told(failure())
        if told:
            raise told


def _told(error: Exception | None) -> BackupError | None:
    """Return what decryption stumbled over in words; None when it was only told to stop."""
    if error is None or "os error 32" in str(error) or isinstance(error, BrokenPipeError) or "Broken pipe" in str(error):
        return None
    if "No matching keys" in str(error):
        return BackupError("la clave de --identidad no es la de este respaldo")
    return BackupError("está cifrado y cortado o dañado")


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


@contextmanager
def _beside(work: Callable[[], None], end: BinaryIO, target: Noting | None = None) -> Iterator[Callable[[], Exception | None]]:
    """Do `work` in a thread that closes its `end` of the pipe; give a function that waits for it and returns its error.

    An error of the work is raised at the end of the block too, when the block itself ended well.
    """
    errors: list[Exception] = []

    def run() -> None:
        try:
            work()
        except FAILURES as error:
            errors.append((target and target.error) or error)
        finally:
            with suppress(OSError):
                end.close()

    def failure() -> Exception | None:
        thread.join()
        return errors[0] if errors else None

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield failure
    found = failure()
    if target is not None and found is not None:
        raise found


def new_identity() -> tuple[str, str]:
    """Return a new secret key and its public one."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())
