"""One announced demonstration, as a note tells it, and the places of its route."""

import re
from dataclasses import dataclass
from datetime import date

from nlp.nomenclator import Toponimo
from pipeline.demonstrations.places import places_of

ARROW = " → "
LONGEST_NAME, LONGEST_SITE, LONGEST_CAUSE = 140, 160, 400  # characters
_ONWARD = re.compile(
    r"\s*(?:→|->|—>|\b(?:(?:con destino|con rumbo|rumbo) al?|hacia (?:el|la|los|las)|hasta (?:el|la))(?=\s))\s*", re.IGNORECASE
)
# Where the name of a place ends and its address, or the sentence, goes on.
_ADDRESS = re.compile(r"[,;(]|\.\s|\.$|\s[–-]\s|\s(?:Av|Calz|Col|Alc|No|Blvd)\.|\s(?:para|ubicad[oa]s?|a la altura|donde)\s")


@dataclass(frozen=True)
class Announcement:
    """What is proposed: `hora` as HH:MM, `sitio` a place or several joined by an arrow."""

    nombre: str
    dia: date
    hora: str | None = None
    sitio: str = ""
    alcaldia: str | None = None
    convocantes: tuple[str, ...] = ()
    causa: str = ""


def site_text(told: str, destination: str = "") -> str:
    """Return the places of a route in their order, joined by an arrow, each without what follows its first comma or stop."""
    parts = [part for text in (told, destination) if text for part in _ONWARD.split(text)]
    short = [_ADDRESS.split(re.sub('[“”"]', "", part).strip(), maxsplit=1)[0].strip(" .:") for part in parts]
    return ARROW.join(dict.fromkeys(one for one in short if one))[:LONGEST_SITE]


def city_places(text: str) -> list[Toponimo]:
    """Return the places and boroughs of Mexico City that a text names, those that may be something else left out."""
    return [one for one in places_of(text) if not one.ambiguo or one.tipo in ("alcaldia", "plaza", "avenida")]


def borough(text: str) -> str | None:
    """Return the borough that a text names, else that of its first place that has one."""
    named = re.search(r"\b(?:alcald[ií]a|alc\.|demarcaci[oó]n)\s+(.{4,30})", text, re.IGNORECASE)
    told = next((one for one in places_of(named[1]) if one.tipo == "alcaldia"), None) if named else None
    if told is not None:
        return told.alcaldia
    return next((one.alcaldia for one in places_of(text) if one.alcaldia), None)


def cut(text: str, longest: int) -> str:
    """Return a text on one line, at most so long, ended at a word."""
    line = " ".join(text.split()).strip(" .,:;–-•*")
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
