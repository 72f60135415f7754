"""Announcements told in prose: "El colectivo tal convoca a marchar el próximo domingo, a las 16:00, del Ángel al Zócalo"."""

import re
from collections.abc import Iterator
from datetime import date

from nlp.horas import find_hours
from nlp.nomenclator import Toponimo
from nlp.plegado import even_fold
from pipeline.demonstrations.announcement import ARROW, LONGEST_NAME, LONGEST_SITE, Announcement, cut
from pipeline.demonstrations.days import days_to_come
from pipeline.demonstrations.places import find_places
from pipeline.demonstrations.words import words

MOST = 8  # announcements of one note in prose
READ = 6_000  # characters of a text: what is announced stands near the top
SENTENCE = re.compile(r"(?<=[.!?…»”\"])\s+(?=[A-ZÁÉÍÓÚÑ¿¡“«\"])|\n+")
# Kinds of places whose names every town has: by themselves they place nothing in the city.
EVERYWHERE = frozenset(
    {"avenida", "colonia", "barrio", "pueblo", "unidad_habitacional", "mercado", "templo", "hospital", "alcaldia"}
)
# Where people meet: a name of these that other towns have too counts in a note that names the city.
MEETING = frozenset({"plaza", "monumento", "antimonumento", "glorieta", "hito", "recinto_legislativo", "edificio_gobierno"})
CITY = re.compile(r"\b(?:cdmx|ciudad de mexico|capital del pais|capitalin[oa]s?)\b")


def read_sentences(title: str, text: str, published: date) -> list[Announcement]:
    """Return the announcements of a note in prose; a place or borough of the city and a day to come are asked for.

    Where the sentence that announces lacks the place or the hour, the next two may tell it.
    """
    parts = [part.strip() for part in SENTENCE.split(f"{title}\n{text[:READ]}") if part and part.strip()]
    found: dict[tuple[date, str | None], Announcement] = {}
    for one in _announced(parts, published):
        known = found.get((one.dia, one.hora)) or found.get((one.dia, None))
        if known is None or (not known.sitio and one.sitio):
            found.pop((one.dia, None), None)
            found[one.dia, one.hora] = one
    return list(found.values())[:MOST]


def _announced(parts: list[str], published: date) -> Iterator[Announcement]:
    in_city = CITY.search(even_fold(" ".join(parts))) is not None
    for at, sentence in enumerate(parts):
        folded = even_fold(sentence)
        act = next((m for m in words().acts.finditer(folded) if not _alien(folded, m.start())), None)
        if act is None or words().announced.search(folded) is None:
            continue
        days = days_to_come(folded, published)
        if days:
            near = min(days, key=lambda each: abs(each[0] - act.start()))[1]
            yield from _with_place(parts[at : at + 3], near, in_city)


def _alien(folded: str, at: int) -> bool:
    around = folded[max(0, at - 12) : at + 60]
    return any(match.start() <= min(at, 12) < match.end() for match in words().alien.finditer(around))


def _with_place(parts: list[str], day: date, in_city: bool) -> Iterator[Announcement]:
    """Yield the announcement with the place and hour of its sentence, or of the next two where it lacks them."""
    sentence = parts[0]
    found = [_of_the_city(part, in_city) for part in parts]
    places = next((places for places in found if any(one.tipo != "alcaldia" for one in places)), found[0])
    hours = next(filter(None, map(find_hours, parts)), [])
    if not places:
        return
    yield Announcement(
        nombre=cut(sentence[0].upper() + sentence[1:], LONGEST_NAME),
        dia=day,
        hora=hours[0].hora if hours else None,
        sitio=ARROW.join(dict.fromkeys(one.nombre for one in places if one.tipo != "alcaldia"))[:LONGEST_SITE],
        alcaldia=next((one.alcaldia for one in places if one.alcaldia), None),
    )


def _of_the_city(sentence: str, in_city: bool) -> list[Toponimo]:
    """Return at most three places of a sentence where one of them, or the sentence, is surely of Mexico City.

    `in_city`: the note names the city somewhere.
    """
    found = [name.lugares for name in find_places(sentence)]
    here = [one for places in found if (one := next((each for each in places if each.entidad == "cdmx"), None))]
    here = [one for one in here if one.tipo not in ("entidad", "abreviatura")]
    sure = any(not one.ambiguo and one.tipo not in EVERYWHERE for one in here)
    named = (in_city and any(one.tipo in MEETING for one in here)) or CITY.search(even_fold(sentence)) is not None
    elsewhere = any(all(each.entidad != "cdmx" and not each.ambiguo for each in places) for places in found)
    landmark = any(one.tipo in MEETING and not one.ambiguo for one in here)
    return here[:3] if (sure or named) and (landmark or not elsewhere) else []
