"""The channels of notices: any address of apprise, or `archivo:RUTA`. Addresses hold passwords: none is ever shown or kept."""

import hashlib
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import apprise

from pipeline.config import config_path
from pipeline.notices.text import Message
from pipeline.pages.wording import moment_text

FILE = "archivo:"
UNKNOWN = "no es una dirección de aviso que se conozca"
UNDELIVERED = "no se pudo entregar; revise dirección, contraseña y conexión"

# Its messages repeat addresses; what failed is said here, without them.
_log = logging.getLogger("apprise")
_log.addHandler(logging.NullHandler())
_log.propagate = False


@dataclass(frozen=True)
class Channel:
    """One channel: its address as configured, and how it is called in messages and in the registry, without secrets."""

    address: str
    name: str
    key: str


def channel(address: str) -> Channel:
    """Return the channel of an address; one that is not understood is a channel too, whose delivery fails."""
    return Channel(address, masked(address), key_of(address))


def masked(address: str) -> str:
    """Return an address with its password or token hidden, cut after the host: paths and parameters may be secrets."""
    if address.startswith(FILE):
        return address
    service = apprise.Apprise.instantiate(address)
    if not isinstance(service, apprise.URLBase):
        scheme = address.partition("://")[0] if "://" in address else ""
        return f"{scheme if scheme.isalnum() else ''}://…"
    shown = urlsplit(service.url(privacy=True))
    return f"{shown.scheme}://{shown.netloc}"


def key_of(address: str) -> str:
    """Return what stands for the address in the registry: a slow digest, so that no password can be tried against it."""
    return hashlib.scrypt(address.encode(), salt=b"hallazgos aviso", n=2**14, r=8, p=1, dklen=16).hex()


def deliver(told: Channel, message: Message, now: datetime) -> str:
    """Send a message by a channel; return '' when it was taken, else why not, in Spanish and without the address."""
    if told.address.startswith(FILE):
        return append(file_of(told.address), message, now)
    service = apprise.Apprise.instantiate(told.address)
    if not isinstance(service, apprise.NotifyBase):
        return UNKNOWN
    box = apprise.Apprise()
    box.add(service)
    # An AppriseResult is no bool: only its truth says something.
    taken = box.notify(title=message.title, body=message.body, body_format=apprise.NotifyFormat.TEXT)
    return "" if taken else UNDELIVERED


def file_of(address: str) -> Path:
    """Return the file of an `archivo:` channel, relative to the folder of `hallazgos.toml`."""
    return config_path().parent / address.removeprefix(FILE)


def append(path: Path, message: Message, now: datetime) -> str:
    """Add the message to a file (made with mode 0600); return '' or why it could not be written."""
    text = f"{moment_text(now.isoformat())} · {message.title}\n{message.body}\n\n"
    try:
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        return f"no se puede escribir: {error.strerror}"
    return ""
