"""What must not come back: digests of erased names, addresses that told one, noticias whose text was covered."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.privacy.digests import Digest, asked, digests, sieves

MARK = "testada:"  # before an address that stands for another


def salt(db: Database) -> str:
    """Return the registry's salt, made when it is first needed, inside the caller's transaction."""
    row = db.execute("SELECT sal FROM arco_sal").fetchone()
    if row is None:
        row = (secrets.token_hex(16),)
        db.execute("INSERT INTO arco_sal (id, sal) VALUES (1, ?)", row)
    return str(row[0])


def remember_names(db: Database, request: int, nombres: Iterable[str]) -> None:
    """Keep the digests of names for a request."""
    own = salt(db)
    found = {digest for nombre in nombres for digest in digests(nombre, own)}
    db.conn.executemany(
        "INSERT OR IGNORE INTO arco_nombres (huella, forma, solicitud_id) VALUES (?, ?, ?)",
        [(one.huella, one.forma, request) for one in found],
    )
    numbers = {number for nombre in nombres for number in sieves(nombre, own)}
    db.conn.executemany("INSERT OR IGNORE INTO arco_cribas VALUES (?, ?)", [(number, request) for number in numbers])


def prints_of(db: Database, nombres: Iterable[str]) -> set[str]:
    """Return the digests of names, inside the caller's transaction."""
    own = salt(db)
    return {digest.huella for nombre in nombres for digest in digests(nombre, own)}


def prints(db: Database, request: int) -> set[str]:
    """Return the digests that a request keeps."""
    return {row[0] for row in db.execute("SELECT huella FROM arco_nombres WHERE solicitud_id = ?", [request]).fetchall()}


@dataclass(frozen=True)
class Remembered:
    """Every digest with the request it is of; `criba` None: one was kept without a sieve, so that every pair must be asked."""

    sal: str
    huellas: Mapping[Digest, int]
    criba: frozenset[int] | None


def remembered(db: Database) -> Remembered | None:
    """Return what tells the names that must not come back; None while there are none. What the machine covered adds none."""
    sql = (
        "SELECT n.huella, n.forma, s.id FROM arco_nombres AS n JOIN arco_solicitudes AS s ON s.id = n.solicitud_id"
        " WHERE s.de_solicitud IS NULL ORDER BY s.id DESC"
    )
    rows = db.execute(sql).fetchall()
    if not rows:
        return None
    numbers = db.execute("SELECT criba, solicitud_id FROM arco_cribas").fetchall()
    sieved = {request for *_, request in rows} <= {request for _, request in numbers}
    told = {Digest(huella, forma): request for huella, forma, request in rows}
    return Remembered(salt(db), told, frozenset(number for number, _ in numbers) if sieved else None)


def remember_others(db: Database, request: int, noticias: Iterable[int]) -> None:
    """Keep that noticias tell of somebody else than the name says."""
    rows = [(noticia, request) for noticia in noticias]
    db.conn.executemany("INSERT OR IGNORE INTO arco_ajenas (noticia_id, solicitud_id) VALUES (?, ?)", rows)


def is_of_another(db: Database, noticia_id: int) -> bool:
    """Tell whether a person said that a noticia tells of somebody else."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM arco_ajenas WHERE noticia_id = ?)", [noticia_id]).fetchone()[0])


def is_erased(db: Database, nombre: str) -> bool:
    """Tell whether a name is that of somebody blocked or erased, or a longer form of it."""
    if not db.execute("SELECT EXISTS (SELECT 1 FROM arco_sal WHERE id = 1)").fetchone()[0]:
        return False
    sql = "SELECT EXISTS (SELECT 1 FROM arco_nombres WHERE huella = ? AND forma = ?)"
    return any(db.execute(sql, [one.huella, one.forma]).fetchone()[0] for one in asked(nombre, salt(db)))


def told_refused(db: Database, nombres: Iterable[str]) -> str:
    """Return a sentence (after a space) on the names that somebody typed and that were not written; '' when all were."""
    count = sum(is_erased(db, nombre) for nombre in nombres if nombre)
    if not count:
        return ""
    one = count == 1
    whose = "Un nombre es de quien pidió" if one else f"{count} nombres son de quienes pidieron"
    return f" {whose} que no se guarde: {'esa víctima quedó' if one else 'esas víctimas quedaron'} sin nombre."


def address_print(url: str) -> str:
    """Return the digest by which an address that told a name is known again."""
    return hashlib.sha256(url.encode()).hexdigest()


def stand_in(url: str, covered: str) -> str:
    """Return what stands for an address that told a name; no two alike."""
    return f"{MARK}{covered}#{address_print(url)[:16]}"


def remember_address(db: Database, request: int, url: str, covered: str) -> None:
    """Keep an address's digest for a request, with what stands for it."""
    sql = "INSERT OR IGNORE INTO arco_direcciones (huella, direccion, solicitud_id) VALUES (?, ?, ?)"
    db.execute(sql, [address_print(url), covered, request])


def stand_ins(db: Database, urls: Iterable[str]) -> dict[str, str]:
    """Return address → what stands for it, of those that told a name."""
    if not db.execute("SELECT EXISTS (SELECT 1 FROM arco_direcciones)").fetchone()[0]:
        return {}
    prints = {address_print(url): url for url in urls}
    sql = "SELECT huella, direccion FROM arco_direcciones WHERE huella IN (SELECT value FROM json_each(?))"
    return {prints[row[0]]: str(row[1]) for row in db.execute(sql, [json.dumps(list(prints))]).fetchall()}


def is_covered(db: Database, noticia_id: int) -> bool:
    """Tell whether a noticia's text was covered."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM arco_noticias WHERE noticia_id = ?)", [noticia_id]).fetchone()[0])
