"""Entries of a Base's log: what is taken, what is refused and why; sent twice, stored once, whoever sends it.

A phone may be seized: people stand here by initials. Nothing of an entry but its uuid gets into the trail.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

import nlp
from crawlers.fechas import utc_text
from nlp.plegado import fold
from pipeline.bases.hours import moment
from pipeline.bases.standing import found_base
from pipeline.pages.labels import labels_of
from pipeline.registry import audit
from pipeline.registry import bases as rows
from pipeline.registry.audit import Change
from pipeline.registry.bases import Arrival, Entry
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day
from pipeline.review.changes import Hand
from pipeline.review.errors import ReviewError

KINDS = labels_of("registro_tipo")
PERSONS = labels_of("tipo_persona")
LONGEST = 2_000  # characters
MOST_INITIALS = 6
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FOLIO = re.compile(r"H-\d{4}-\d{6,9}")
FOLIO_DIGITS = 6
A_NAME = re.compile(r"[A-ZÁÉÍÓÚÜÑ][a-záéíóúüñ]{2,}")
AROUND = timedelta(hours=24)  # before a Base opens and after it closes its log is still written
INITIALS_ONLY = (
    f"sólo iniciales, hasta {MOST_INITIALS} letras: si el teléfono se pierde o lo revisan, un nombre completo pone en riesgo a"
    " esa persona"
)


class Fate(StrEnum):
    """What became of an entry that was sent."""

    STORED = "guardada"
    KNOWN = "ya_estaba"
    REFUSED = "rechazada"


@dataclass(frozen=True)
class Taken:
    """The answer to one entry: `numero` is its place among those sent (from 1), `error` says why it was refused."""

    numero: int
    uuid: str
    estado: Fate
    error: str = ""


@dataclass(frozen=True)
class Sender:
    """How entries came: `entrada` is `pagina` or `formulario`, `anoto` who wrote them when that is not who sends them."""

    entrada: str = "pagina"
    anoto: str = ""


def take(db: Database, base_id: int, given: Sequence[object], hand: Hand, sender: Sender) -> list[Taken]:
    """Store what can be stored, in one transaction; an entry that is refused keeps none of the others out.

    Raises `ReviewError` when there is no such Base.
    """
    anoto = _clean(sender.anoto)[:64]
    with writing(db):
        base = found_base(db, base_id)
        return [_take_one(db, base, (number, raw), hand, Sender(sender.entrada, anoto)) for number, raw in enumerate(given, 1)]


def _take_one(db: Database, base: Mapping[str, Any], given: tuple[int, object], hand: Hand, sender: Sender) -> Taken:
    number, raw = given
    uuid = str(raw.get("uuid", ""))[:36].lower() if isinstance(raw, Mapping) else ""
    try:
        entry = read_entry(raw, base, hand.now)
        known = rows.entry(db, entry.uuid)
        if known is None:
            _store(db, int(base["id"]), entry, hand, sender)
            return Taken(number, uuid, Fate.STORED)
        if not _same(known, int(base["id"]), entry):
            raise ReviewError("ya se guardó otra anotación, distinta, con ese identificador")
    except ReviewError as error:
        return Taken(number, uuid, Fate.REFUSED, error.message)
    return Taken(number, uuid, Fate.KNOWN)


def _store(db: Database, base_id: int, entry: Entry, hand: Hand, sender: Sender) -> None:
    anoto = "" if sender.anoto == hand.quien else sender.anoto
    if entry.folio is not None and not rows.finding_exists(db, entry.folio):
        raise ReviewError(f"no hay hallazgo {entry.folio}")
    rows.insert_entry(db, base_id, entry, Arrival(sender.entrada, anoto, hand.quien, utc_text(hand.now)))
    change = Change("anotar", "registros_base", entry.uuid, "base_id", None, base_id)
    audit.record(db, change, quien=hand.quien, now=hand.now)


def _same(known: Mapping[str, Any], base_id: int, entry: Entry) -> bool:
    told = {name: getattr(entry, name) for name in ("hora", "tipo", "texto", "tipo_persona", "iniciales", "folio")}
    return known["base_id"] == base_id and all(known[name] == value for name, value in told.items())


def read_entry(raw: object, base: Mapping[str, Any], now: datetime) -> Entry:
    """Return the entry that a phone gives as an object of texts. Raises `ReviewError` that says what is wrong with it."""
    if not isinstance(raw, Mapping):
        raise ReviewError("no es una anotación")
    uuid, tipo = _text(raw, "uuid").lower(), _text(raw, "tipo")
    if not UUID.fullmatch(uuid):
        raise ReviewError("le falta el identificador que da el teléfono")
    if tipo not in KINDS:
        raise ReviewError("falta qué pasa: " + ", ".join(KINDS.values()).lower())
    texto = _text(raw, "texto")
    if not texto:
        raise ReviewError("falta qué pasó")
    if len(texto) > LONGEST:
        raise ReviewError(f"el texto tiene más de {LONGEST} caracteres")
    persona = _text(raw, "tipo_persona")
    if persona and persona not in PERSONS:
        raise ReviewError("la persona es periodista o defensora, o ninguna")
    iniciales = initials(_text(raw, "iniciales"))
    if iniciales and not persona:
        raise ReviewError("hay iniciales: diga si es periodista o defensora")
    return Entry(
        uuid,
        _hour(_text(raw, "hora"), base, now),
        tipo,
        texto,
        persona or None,
        iniciales,
        whole_folio(_text(raw, "folio"), base),
    )


def initials(typed: str) -> str:
    """Return initials as they are stored: `m. l.` → `ML`. Raises `ReviewError` for what is longer, or is a given name."""
    if A_NAME.search(typed) or {fold(word) for word in re.split(r"[\s.,·-]+", typed)} & _given_names():
        raise ReviewError(INITIALS_ONLY)
    letters = re.sub(r"[\s.,·-]", "", typed)
    if len(letters) > MOST_INITIALS or (letters and not letters.isalpha()):
        raise ReviewError(INITIALS_ONLY)
    return letters.upper()


@cache
def _given_names() -> frozenset[str]:
    """Return the lexicon's given names of three letters or more, folded; `A.N.A.` are initials, `ANA` is not."""
    with (Path(nlp.__file__).parent / "lexico" / "nombres_de_pila.csv").open(encoding="utf-8") as opened:
        return frozenset(name for row in csv.DictReader(opened) if len(name := fold(row["nombre"])) > 2)


def _hour(typed: str, base: Mapping[str, Any], now: datetime) -> str:
    found = moment(typed, now)
    first = datetime.fromisoformat(base["inicio"]) - AROUND
    last = datetime.fromisoformat(base["fin"]) + AROUND if base["fin"] else found
    if not first <= found <= last:
        raise ReviewError(f"la hora {typed} no es de los días de esta Base; revise el reloj del teléfono")
    return utc_text(found)


def whole_folio(typed: str, base: Mapping[str, Any]) -> str | None:
    """Return the folio that was typed; a number alone is one of the year of the Base: `18` → `H-2026-000018`.

    Raises `ReviewError` for what is neither.
    """
    said = typed.strip().upper()
    if said.isdecimal() and len(said.lstrip("0")) <= FOLIO_DIGITS:
        return f"H-{mexico_day(datetime.fromisoformat(base['inicio'])).year}-{int(said):0{FOLIO_DIGITS}}"
    if said and not FOLIO.fullmatch(said):
        raise ReviewError(f"«{said[:30]}» no es un folio")
    return said or None


def _text(raw: Mapping[str, Any], name: str) -> str:
    found = raw.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise ReviewError(f"«{name}» no es un texto")
    return _clean(found)


def _clean(text: str) -> str:
    """Return a text without what no keyboard writes (control characters, halves of pairs) and without edges."""
    kept = "".join(char if char.isprintable() or char == "\n" else " " for char in text.replace("\r\n", "\n"))
    return kept.strip()
