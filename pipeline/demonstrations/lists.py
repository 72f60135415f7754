"""Lists of the day ("marchas hoy"): a note with an entry a demonstration, each with its hour, place and who calls.

The press prints them in a few shapes: labels ("Hora: …", "Lugar: …") under a title, the hour first ("10:00 horas. …"),
or the borough as a heading over its entries. A line is taken for what it is, and an entry ends where the next begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from nlp.horas import find_hours
from nlp.plegado import even_fold
from nlp.vocabulario import Alcaldia
from pipeline.demonstrations.announcement import (
    LONGEST_CAUSE,
    LONGEST_NAME,
    Announcement,
    borough,
    city_places,
    cut,
    site_text,
)
from pipeline.demonstrations.words import words

BULLET = re.compile(r"^[\s•*·–—►▪✅🔹-]+|^\d{1,2}[.)]\s+(?=\D)")
HOUR_FIRST = re.compile(
    r"^(?:hoy,? )?(?:a las )?(?P<hour>(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*[ap]\.?\s?m\b\.?)?)\s*(?:horas|hrs?\.?|h\b)?"
    r"\s*[-–—|:.,]*\s*(?P<rest>\S.*)?$",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b")
BOROUGH_FIRST = re.compile(r"^alcaldia\s+(?P<name>[^:|.]{4,40}?)\s*[:|.]\s*", re.IGNORECASE)
MEETS = re.compile(
    r"[.,;]?\s*\b(?:se (?:concentrar|reunir|manifestar|congregar|plantar)a[n]?|realizara[n]? una? \w+|marchara[n]?|saldra[n]?"
    r"|partira[n]?|iniciara[n]?(?: \w+){0,2}(?: partiendo)?)\b[^.]*?"
    r"\b(?:desde|en|de|del)\b\s+(?:el |la |los |las )?(?P<where>.*)"
)
STANDS = re.compile(r",\s+(?:en|desde|frente a)\s+(?:el |la |los |las )?(?P<where>.*)")  # a place with no verb before it
INTRODUCTION = 220  # characters: a longer line is prose, no title of an entry
MOST = 60  # entries of one note


@dataclass
class _Entry:
    titles: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    borough: str | None = None


def is_list(title: str, text: str) -> bool:
    """Tell whether a note is a list of the day: by its title, and by three hours or more in its text."""
    return bool(words().lists.search(even_fold(title))) and len(CLOCK.findall(text)) >= 2


def read_list(text: str, day: date) -> list[Announcement]:
    """Return the announcements of a list of that day, in its order."""
    found = (_announcement(entry, day) for entry in _entries(text))
    return [one for one in found if one is not None][:MOST]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines without bullets, a label that stands behind its entry on the same line as one of its own."""
    label = words().label
    for raw in text.splitlines():
        line = BULLET.sub("", raw).strip()
        folded = even_fold(line)
        cuts = [match.start() for match in label.finditer(folded) if _starts_a_label(folded, match.start())]
        for start, end in zip([0, *[c for c in cuts if c]], [*[c for c in cuts if c], len(line)], strict=True):
            if line[start:end].strip():
                yield line[start:end].strip()


def _starts_a_label(folded: str, at: int) -> bool:
    """Tell whether a label may begin here: after a space or a stop, and not as the unit of a number ("07:00 horas:")."""
    return at == 0 or (folded[at - 1] in ' .)”"' and not folded[:at].rstrip()[-1:].isdigit())


def _entries(text: str) -> Iterator[_Entry]:
    entry, where, alien = _Entry(), None, False
    for line in _lines(text):
        folded = even_fold(line)
        heading = _borough_heading(folded)
        if heading or words().sections.fullmatch(folded) or words().alien_sections.fullmatch(folded):
            yield entry
            alien = bool(words().alien_sections.fullmatch(folded)) if not heading else alien
            where = heading or where
            entry = _Entry(borough=where)
        elif not alien:
            if _begins(entry, line, folded):
                yield entry
                entry = _Entry(borough=where)
            _take(entry, line, folded)
    yield entry


def _borough_heading(folded: str) -> str | None:
    """Return the borough of a line that is its name ("Alcaldía: Iztapalapa", "CUAUHTÉMOC"), else None."""
    bare = re.sub(
        r"^(?:(?:marchas|concentraciones)\b.{0,20})?(?:en )?(?:la )?(?:alcaldia|demarcacion)\s*:?\s*|[.:]$", "", folded
    )
    bare = bare.split(" y ")[0].strip()
    return next((one.value for one in Alcaldia if even_fold(one.etiqueta) == bare), None)


def _begins(entry: _Entry, line: str, folded: str) -> bool:
    """Tell whether a line is the first of another entry."""
    if HOUR_FIRST.match(line):
        return bool(entry.told or entry.titles)
    label = words().label.match(folded)
    if label is None:
        return "hora" in entry.told and ("sitio" in entry.told or len(entry.told) > 2)
    return words().labels[label[1]] == "hora" and {"hora", "sitio"} <= set(entry.told)


def _take(entry: _Entry, line: str, folded: str) -> None:
    """Put what a line tells into the entry; the first of each kind holds."""
    label, hour = words().label.match(folded), HOUR_FIRST.match(line)
    if label is not None:
        entry.told.setdefault(words().labels[label[1]], line[label.end() :])
    elif hour is not None:
        entry.told.setdefault("hora", hour["hour"])
        rest = hour["rest"] or ""
        named = BOROUGH_FIRST.match(even_fold(rest))
        if named:
            entry.borough, rest = _borough_heading(named["name"].strip()) or entry.borough, rest[named.end() :]
        if rest:
            _take_prose(entry, rest)
    elif "hora" in entry.told and entry.titles and "sitio" not in entry.told:
        _take_prose(entry, line, title=False)
    elif len(line) <= INTRODUCTION:
        entry.titles.append(line)


def _take_prose(entry: _Entry, line: str, *, title: bool = True) -> None:
    """Part a sentence into who calls and where they meet ("Colectivo tal. Se concentrarán en …, con destino a …")."""
    folded = even_fold(line)
    meets = MEETS.search(folded) or STANDS.search(folded)
    if meets:
        entry.told.setdefault("sitio", line[meets.start("where") : meets.end("where")])
    if title:
        head = line[: meets.start()] if meets else line
        entry.titles.append(re.split(r"(?<=[a-záéíóúñ”\"])\.\s", head, maxsplit=1)[0])


def _announcement(entry: _Entry, day: date) -> Announcement | None:
    """Return what an entry announces, or None where it lacks a hour or a place of the city, or who calls."""
    hour, told = _hour(entry.told.get("hora", "")), entry.told
    titles = [one for one in entry.titles if len(one) <= LONGEST_NAME] or entry.titles
    caller = told.get("convocante") or (
        titles[-2] if len(titles) > 1 and len(titles[-2]) <= len(titles[-1]) else titles[-1] if titles else ""
    )
    place = told.get("sitio", "")
    where = borough(f"alcaldía {told['alcaldia']}") if "alcaldia" in told else entry.borough
    where = where or borough(place)
    meeting = "cita agendada" in even_fold(caller)
    if not caller or meeting or "hora" not in told or not (where or city_places(place)):
        return None
    return Announcement(
        nombre=cut(caller, LONGEST_NAME),
        dia=day,
        hora=hour,
        sitio=site_text(place, told.get("destino", "")),
        alcaldia=_told_borough(place) or where,
        convocantes=(cut(caller, LONGEST_NAME),) if not words().acts.match(even_fold(caller)) else (),
        causa=cut(told.get("causa", ""), LONGEST_CAUSE),
    )


def _told_borough(place: str) -> str | None:
    """Return the borough only where the place's own line names it: it is surer than a heading far above."""
    return borough(place) if re.search(r"\balc(?:ald[ií]a|\.)\s", place, re.IGNORECASE) else None


def _hour(told: str) -> str | None:
    clock = CLOCK.search(told)
    if clock and not re.search(r"[ap]\.?\s?m\b", even_fold(told)):
        return f"{int(clock[1]):02d}:{clock[2]}"
    return next((one.hora for one in find_hours(f"a las {told}")), None)
