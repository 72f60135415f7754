"""What a backfill is asked to take: days, sites; and the name that this reading has, so that it is done once."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawlers.article import VERSION_EXTRACTOR
from crawlers.urls import host_of
from nlp.etiquetas import VERSION_ETIQUETADOR
from pipeline.errores import ErrorDeUso, reason

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")


@dataclass(frozen=True)
class Asked:
    """Days of publication (else of capture) from one to another, both included, and hosts; None and empty: all."""

    desde: date | None = None
    hasta: date | None = None
    sitios: frozenset[str] = frozenset()

    def takes_site(self, url: str) -> bool:
        """Tell whether the address is of a site asked for, or of a part of one."""
        host = host_of(url)
        labels = host.split(".")
        return not self.sitios or any(".".join(labels[at:]) in self.sitios for at in range(len(labels)))

    def takes_day(self, day: str) -> bool:
        """Tell whether a day (`AAAA-MM-DD`) is one asked for."""
        return not (self.desde and day < self.desde.isoformat()) and not (self.hasta and day > self.hasta.isoformat())

    def name(self) -> str:
        """Return the digest of what is asked and of who reads: a later reader reads the archives anew."""
        told = [str(self.desde), str(self.hasta), sorted(self.sitios), VERSION_EXTRACTOR, VERSION_ETIQUETADOR]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def read_sites(path: Path) -> frozenset[str]:
    """Return the hosts of a file, one a line; `#` opens a comment. Raises `ErrorDeUso` naming the line."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ErrorDeUso(f"{path}: no se puede leer: {reason(error)}") from error
    found = set()
    for number, line in enumerate(lines, 1):
        told = line.partition("#")[0].strip().lower()
        host = host_of(told) or told.removeprefix("www.")
        if told and not _HOST.fullmatch(host):
            raise ErrorDeUso(f"{path}: línea {number}: no es un sitio: {told[:60]}")
        if told:
            found.add(host.removeprefix("www."))
    if not found:
        raise ErrorDeUso(f"{path}: no nombra ningún sitio")
    return frozenset(found)
