"""Asks again for the pages of a finding (R27): another text is a new version beside the old one, a 404 a dated datum.

What the medium answers now is captured first, like any page; nothing that was captured before changes. A page that says the
same leaves a line of custody with its new capture.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from crawlers.article import extract
from crawlers.fetch_many import Fetched, fetch_kept
from crawlers.noticia import Enlace, Lector, TextoOrigen
from crawlers.options import HarvestOptions
from crawlers.outcomes import from_page, no_article
from crawlers.urls import normalise
from pipeline.errores import ErrorDeUso
from pipeline.evidence import OF_FOLIO, OF_NOTE, RECAPTURED, copy_evidence, kept
from pipeline.quien import shell_user
from pipeline.registry import custody, noticias
from pipeline.registry.connection import open_registry
from pipeline.registry.custody import Item
from pipeline.registry.transaction import writing
from pipeline.reloj import Clock

GONE = frozenset({404, 410})
NOTES_SQL = """
SELECT n.id, n.url, n.fuente_id, n.titulo, n.texto_origen, coalesce(hn.folio, '') AS folio
FROM noticias AS n LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id
WHERE
    {of} AND n.url LIKE 'http%'
    -- what a request on personal data covered is not brought back
    AND NOT EXISTS (SELECT 1 FROM arco_noticias WHERE noticia_id = n.id)
ORDER BY n.id
"""


class Outcome(StrEnum):
    """What came of asking again; `igual` and `sin_nota` stand so in the log of custody."""

    SAME = "igual"
    VERSION = "version"
    GONE = "ausencia"
    NO_ARTICLE = "sin_nota"
    NOT_READ = "no_leida"


LINES = (Outcome.SAME, Outcome.GONE, Outcome.NO_ARTICLE)


@dataclass(frozen=True)
class Asked:
    """What came of one noticia; `detalle` says more in Spanish: the answer, or why there is none."""

    noticia_id: int
    folio: str
    resultado: Outcome
    detalle: str = ""


@dataclass(frozen=True)
class Note:
    """A noticia to be asked for again."""

    id: int
    url: str
    fuente_id: str
    titulo: str
    origen: str
    folio: str


def recapture(registro: Path, key: str, options: HarvestOptions) -> list[Asked]:
    """Ask again for a noticia (number) or every one of a finding (folio); return what came of each.

    Once per process unless `options.replay` is set. Raises `ErrorDeUso` for a key that names nothing that can be asked for.
    """
    with closing(open_registry(registro)) as db:
        notes = _notes(db, key)
        answers = fetch_kept([note.url for note in notes], replace(options, folder=registro.parent))
        found = list(_settled(db, notes, answers, options.now))
        copy_evidence(db, registro.parent, *((OF_NOTE, int(key)) if key.isdecimal() else (OF_FOLIO, key)))
        return found


def _notes(db: Database, key: str) -> list[Note]:
    list(kept(db, [key]))  # says what is wrong with the key
    of, value = (OF_NOTE, int(key)) if key.isdecimal() else (OF_FOLIO, key)
    found = [Note(*row) for row in db.execute(NOTES_SQL.format(of=of), {"key": value}).fetchall()]
    if not found:
        raise ErrorDeUso(
            f"{key}: ninguna de sus noticias tiene dirección que pedir, o una solicitud de datos personales la tapó"
        )
    return found


def _settled(db: Database, notes: Sequence[Note], answers: Sequence[Fetched], now: Clock) -> Iterator[Asked]:
    for note, answer in zip(notes, answers, strict=True):
        with writing(db):
            asked = _settle(db, note, answer, now())
            if asked.resultado in LINES:
                _tell(db, note, answer, asked, now())
        yield asked


def _settle(db: Database, note: Note, answer: Fetched, now: datetime) -> Asked:
    """Say what an answer means for its noticia, and store a new version, inside the caller's transaction."""
    asked = partial(Asked, note.id, note.folio)
    if answer.status in GONE:
        return asked(Outcome.GONE, f"HTTP {answer.status}")
    if answer.motivo:
        return asked(Outcome.NOT_READ, answer.motivo)
    if reason := no_article(note.url, answer.final_url, answer.content_type, answer.body):
        return asked(Outcome.NO_ARTICLE, reason)
    article = extract(answer.body, answer.final_url, content_type=answer.content_type, now=now)
    if article.motivo:
        return asked(Outcome.NO_ARTICLE, article.motivo)
    enlace = Enlace(note.url, normalise(note.url), note.fuente_id, Lector.SECCION, titulo=note.titulo)
    stored = from_page(enlace, article, answer.final_url, (answer.captura, _digest(answer)), now)
    if note.origen != TextoOrigen.MANUAL and noticias.differs(db, note.id, stored):
        noticias.replace_noticia(db, note.id, stored, quien=shell_user())
        return asked(Outcome.VERSION, "se etiquetará en la siguiente corrida")
    return asked(Outcome.SAME)


def _tell(db: Database, note: Note, answer: Fetched, asked: Asked, now: datetime) -> None:
    """Leave a line of custody with the new capture: of a missing page it says the answer, else the outcome."""
    item = Item(note.folio, note.id, RECAPTURED, answer.captura, _digest(answer), note.url)
    gone = asked.resultado == Outcome.GONE
    accion, said = ("ausencia", asked.detalle) if gone else ("recaptura", asked.resultado.value)
    custody.note(db, accion, [item], quien=shell_user(), now=now, detalle=said)


def _digest(answer: Fetched) -> str:
    return hashlib.sha256(answer.body).hexdigest()
