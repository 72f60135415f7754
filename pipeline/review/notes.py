"""Notes that a person adds to the registry: by hand (a call, a screenshot) or by their address. A subprocess does the reading.

The note of a call is stored at once and tagged by that process; the one behind an address is fetched by it (`pipeline.jobs`).
"""

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from crawlers.fechas import utc_text
from crawlers.guards import Refused, check_address
from crawlers.noticia import Noticia, Precision, TextoOrigen
from crawlers.urls import normalise
from pipeline.registry import audit, by_hand, findings, jobs, unions
from pipeline.registry.audit import Change
from pipeline.registry.noticias import insert_noticia, noticia_by_url
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day
from pipeline.review.changes import Hand, not_merged
from pipeline.review.errors import ReviewError

BY_HAND, BY_ADDRESS = "nota_a_mano", "nota_por_direccion"
SHORTEST_TEXT, LONGEST_TEXT, LONGEST_TITLE = 20, 50_000, 300  # characters
SCHEME = "manual:"  # what stands for the address of a note that has none


@dataclass(frozen=True)
class HandNote:
    """What a person writes down; `publicada_en` is a day (default: today), `sha256` the hex digest of a file they keep."""

    texto: str
    titulo: str = ""
    url: str = ""
    sha256: str = ""
    publicada_en: str = ""
    autor: str = ""


@dataclass(frozen=True)
class Added:
    """A note by hand and the job that tags it."""

    noticia_id: int
    trabajo: int


def add_note_by_hand(db: Database, folio: str | None, note: HandNote, hand: Hand) -> Added:
    """Store a note, in the given finding or to be grouped once it is tagged, and ask for its tagging. Raises `ReviewError`."""
    with writing(db):
        if folio:
            not_merged(db, folio)
        _not_known(db, note.url)
        noticia_id = insert_noticia(db, _noticia(note, by_hand.ensure_source(db, hand.now), hand))
        if folio:
            attach(db, folio, noticia_id, hand, BY_HAND)
        job = jobs.add_job(db, BY_HAND, folio, {"noticia_id": noticia_id}, quien=hand.quien, now=hand.now)
    return Added(noticia_id, job)


def request_note_by_url(db: Database, folio: str | None, url: str, hand: Hand) -> int:
    """Ask for the note behind an address; return the job's number. Raises `ReviewError` for what is no web address."""
    address = _web_address(url)
    with writing(db):
        if folio:
            not_merged(db, folio)
        return jobs.add_job(db, BY_ADDRESS, folio, {"url": address}, quien=hand.quien, now=hand.now)


def try_job_again(db: Database, folio: str, number: int, hand: Hand) -> None:
    """Have a failed reading of the finding done again. Raises `ReviewError` when it did not fail."""
    with writing(db):
        not_merged(db, folio)
        if not jobs.try_again(db, number, folio):
            raise ReviewError(f"{folio}: no hay tal lectura fallida")
        audit.record(
            db, Change("reintentar_nota", "hallazgos", folio, "noticias", None, number), quien=hand.quien, now=hand.now
        )


def drop_job(db: Database, folio: str, number: int, hand: Hand) -> None:
    """Take the line of a failed reading off the page; what is stored stays. Raises `ReviewError` when it did not fail."""
    with writing(db):
        if not jobs.drop_failed(db, number, folio):
            raise ReviewError(f"{folio}: no hay tal lectura fallida")
        audit.record(db, Change("quitar_aviso", "hallazgos", folio, "noticias", None, number), quien=hand.quien, now=hand.now)


def attach(db: Database, folio: str, noticia_id: int, hand: Hand, how: str) -> None:
    """Tie a note to a finding because a person says so, with the pairs and the line, inside the caller's transaction."""
    others = unions.note_ids(db, folio)
    by_hand.attach(db, folio, noticia_id, how, quien=hand.quien, now=hand.now)
    unions.decide_pairs(db, [noticia_id], others, unions.TOGETHER, quien=hand.quien, now=hand.now)
    audit.record(db, Change(how, "hallazgos", folio, "noticias", None, noticia_id), quien=hand.quien, now=hand.now)


def _not_known(db: Database, url: str) -> None:
    """Raise `ReviewError` when the address is already that of a note."""
    known = noticia_by_url(db, normalise(_web_address(url))) if url.strip() else None
    if known is None:
        return
    where = findings.folio_of(db, known)
    raise ReviewError(
        f"esa dirección ya es de una noticia de {where}" if where else f"esa dirección ya es de la noticia {known}"
    )


def _noticia(note: HandNote, source: str, hand: Hand) -> Noticia:
    text = note.texto.strip()
    if not SHORTEST_TEXT <= len(text) <= LONGEST_TEXT:
        raise ReviewError(f"el texto lleva de {SHORTEST_TEXT} a {LONGEST_TEXT} caracteres: cuente qué pasó, a quién y dónde")
    digest = note.sha256.strip().lower()
    if digest and not re.fullmatch("[0-9a-f]{64}", digest):
        raise ReviewError("la huella SHA-256 son 64 cifras y letras de la a a la f")
    address = _web_address(note.url) if note.url.strip() else ""
    name = f"{SCHEME}{uuid.uuid4()}"
    return Noticia(
        url=address or name,
        url_canonica=normalise(address) if address else name,
        fuente_id=source,
        titulo=(note.titulo.strip() or text.splitlines()[0])[:LONGEST_TITLE],
        texto=text,
        texto_origen=TextoOrigen.MANUAL,
        autor=note.autor.strip()[:LONGEST_TITLE],
        publicada_en=_day(note.publicada_en, hand),
        fecha_precision=Precision.DIA,
        capturada_en=utc_text(hand.now),
        sha256=digest or hashlib.sha256(text.encode()).hexdigest(),
        captura="",
        version_extractor=str(TextoOrigen.MANUAL),
    )


def _day(given: str, hand: Hand) -> str:
    today = mexico_day(hand.now)
    try:
        told = date.fromisoformat(given.strip()) if given.strip() else today
    except ValueError as error:
        raise ReviewError(f"«{given}» no es un día AAAA-MM-DD") from error
    if told > today:
        raise ReviewError("la fecha de la noticia está en el futuro")
    return told.isoformat()


def _web_address(url: str) -> str:
    """Return the address as given, if it is one of the web; whether it may be asked for is judged by who asks."""
    address = url.strip()
    try:
        check_address(address, allow_local=True)
    except Refused as error:
        raise ReviewError(f"la dirección no sirve: {error}") from error
    return address
