"""Reads the log of custody from its first line and names the first one that does not hold, with what differs."""

from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.progreso import tracked
from pipeline.registry.chain import Line, address_digest
from pipeline.registry.custody import head, lines

NEAR = 10_000  # lines before and after, among which one that was moved is looked for
# What the registry itself still says of a noticia's version: (captura, sha256, address).
KNOWN_SQL = """
SELECT captura, sha256, url FROM noticias WHERE id = :id AND version = :version
UNION ALL
SELECT v.captura, v.sha256, n.url FROM noticias_versiones AS v JOIN noticias AS n ON n.id = v.noticia_id
WHERE v.noticia_id = :id AND v.n = :version
"""


@dataclass(frozen=True)
class Break:
    """The first line that does not hold, and what differs, in Spanish."""

    linea: int
    que: str


@dataclass(frozen=True)
class Read:
    """How the log was found: how many lines hold, the last one's hash, and where it breaks (None: nowhere)."""

    lineas: int
    cabeza: str
    ruptura: Break | None


def read_log(db: Database, noted: tuple[int, str] | None = None) -> Read:
    """Read the whole log; `noted` is a (line, hash) that somebody wrote down outside and that must still stand."""
    before, last = 0, ""
    for line in tracked(lines(db), "Leyendo la custodia", head(db)[0]):
        wrong = _wrong(db, line, before, last)
        if wrong is None and noted and noted[0] == line.id and noted[1] != line.huella:
            wrong = Break(line.id, f"la huella que se anotó fuera es {noted[1]} y la del renglón es {line.huella}")
        if wrong:
            return Read(before, last, wrong)
        before, last = line.id, line.huella
    if noted and noted[0] > before:
        return Read(before, last, Break(before + 1, f"faltan renglones: afuera se anotó el {noted[0]}"))
    return Read(before, last, None)


def _wrong(db: Database, line: Line, before: int, last: str) -> Break | None:
    if line.id != before + 1:
        missing = str(before + 1) if line.id == before + 2 else f"{before + 1} a {line.id - 1}"
        return Break(before + 1, f"falta: después del {before} sigue el {line.id} (sin {missing})")
    if line.digest() != line.huella:
        return Break(line.id, _changed(db, line))
    if line.anterior != last:
        return Break(line.id, f"anterior dice {line.anterior or 'vacío'} y la huella del renglón {before} es {last or 'vacía'}")
    return None


def _changed(db: Database, line: Line) -> str:
    """Say which column of a line was changed, where the registry still tells what it said, or that the line was moved."""
    known = {"id": line.noticia_id, "version": line.version}
    for captura, sha256, url in db.execute(KNOWN_SQL, known).fetchall():
        signed = {"captura": captura, "sha256": sha256, "direccion": address_digest(url)}
        for name, value in signed.items():
            if replace(line, **{name: value}).digest() == line.huella:
                return f"{name} dice {getattr(line, name)} y lo que se firmó es {value}"
    for number in range(max(1, line.id - NEAR), line.id + NEAR):
        if replace(line, id=number).digest() == line.huella:
            return f"se firmó como renglón {number}: se cambió el orden, o se metió o quitó alguno antes"
    return f"su contenido no da su huella: alguna columna se cambió (huella {line.huella}, la que da {line.digest()})"


def noted_head(text: str) -> tuple[int, str]:
    """Return the (line, hash) of `N:HUELLA`, as a check prints it. Raises `ErrorDeUso`."""
    number, _, digest = text.strip().partition(":")
    if not number.isdecimal() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ErrorDeUso(f"--cabeza {text}: se escribe N:HUELLA, como la imprime la comprobación")
    return int(number), digest
