"""A new note that names somebody blocked or erased: its text is covered before it joins a finding or any page quotes it.

What it said is kept sealed under a request of the machine's own, a blocking, until who administers decides: `desbloquear` gives
it back (it tells of a namesake), `liberar` lets it go. Rows are covered at once; its captures when the run ends (`finish`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.privacy import sealed
from pipeline.privacy.erase import samples
from pipeline.privacy.finish import MACHINE, is_automatic
from pipeline.privacy.forms import forms
from pipeline.privacy.returning import returning
from pipeline.registry import arco, erased, erasing, held
from pipeline.registry.arco import Order, Request
from pipeline.registry.erased import Remembered
from pipeline.registry.transaction import writing
from pipeline.reloj import Clock

LOT = 50
TEXTS = """
SELECT url, titulo, texto, autor FROM noticias WHERE id = :id
UNION ALL SELECT url, titulo, resumen || ' ' || contenido, autor FROM enlaces WHERE noticia_id = :id
UNION ALL SELECT '', titulo, texto, '' FROM noticias_versiones WHERE noticia_id = :id
"""
WAITING = "SELECT id FROM noticias WHERE estado = 'etiquetada' AND estado <> 'agrupada' AND id > ? ORDER BY id LIMIT ?"
REASON = "una nota nueva nombra a quien dice la solicitud {}; desbloquéela si es otra persona, o libérela"


def withhold_pending(db: Database, now: Clock) -> int:
    """Cover every tagged noticia, not grouped yet, that names one of them; return how many were."""
    known, last, count = erased.remembered(db), 0, 0
    while known and (lot := [row[0] for row in db.execute(WAITING, [last, LOT]).fetchall()]):
        last = lot[-1]
        count += _withheld(db, lot, known, now)
    return count


def withhold(db: Database, noticias: Sequence[int], now: Clock) -> int:
    """Cover those of some noticias that name one of them; return how many were. It may stand inside a transaction."""
    known = erased.remembered(db)
    return _withheld(db, noticias, known, now) if known else 0


def _withheld(db: Database, noticias: Sequence[int], known: Remembered, now: Clock) -> int:
    found: defaultdict[int, dict[int, list[str]]] = defaultdict(dict)
    for number in noticias:
        for name, request in returning(_texts(db, number), known).items():
            found[request].setdefault(number, []).append(name)
    ours = {number for named in found.values() for number in named if not erased.is_of_another(db, number)}
    for request, named in found.items():
        for number, names in named.items():
            if number in ours:
                _cover(db, request, number, names, now())
    return len(ours)


def _texts(db: Database, noticia_id: int) -> Iterator[str]:
    for row in db.execute(TEXTS, {"id": noticia_id}).fetchall():
        yield from map(str, row)


def _cover(db: Database, request: int, noticia_id: int, nombres: Sequence[str], now: datetime) -> None:
    """Cover the rows of a noticia, what they were kept first."""
    folder = Path(str(db.execute("PRAGMA database_list").fetchone()[2])).parent
    with writing(db):
        own = _request(db, folder, request, now)
        subject = held.of_notes(db, forms(nombres), [noticia_id])
        was = erasing.note_changes(db, subject)
        sealed.add_rows(folder, own.id, was, nombres)
        erasing.apply(db, subject, own.id, was)
        counts = Counter(own.conteos) + Counter(one.tabla for one in was)
        told = [*own.muestras, *samples(was, subject.forms)]
        arco.apply_request(db, own.id, counts, told, now=now)


def _request(db: Database, folder: Path, about: int, now: datetime) -> Request:
    """Return the machine's request for one of a person's that is not finished, written when there is none."""
    number = next((one.id for one in arco.unfinished(db) if is_automatic(one) and one.de_solicitud == about), None)
    if number is None:
        order = Order("bloquear", (), REASON.format(about), de_solicitud=about)
        number = arco.open_request(db, order, quien=MACHINE, now=now)
        sealed.destroy(folder, number)  # a number that was taken back with its transaction
    return next(one for one in arco.unfinished(db) if one.id == number)
