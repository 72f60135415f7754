"""The hour of the event, where the text tells it: "a las 21:30 horas", "alrededor de las nueve de la noche", "al mediodía"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import Match

from nlp.calendario import NUMEROS, number_of
from nlp.plegado import even_fold

_NUM = r"(?:\d{1,2}|(?:" + "|".join(w for w in NUMEROS if w.isalpha()) + r")\b)"
_HOUR = re.compile(
    rf"\b(?:a|sobre|alrededor de|cerca de|hacia|pasadas|aproximadamente a|poco despues de|poco antes de"
    rf"|de)\s+las?\s+(?P<h>{_NUM})(?:[:.](?P<m>[0-5]\d))?(?P<half>\s+y\s+media|\s+y\s+cuarto)?(?P<unit>\s*(?:horas"
    rf"|hrs?\.?|h\b))?(?:\s*,?\s*(?:de|en|por)\s+la\s+(?P<part>manana|tarde|noche"
    rf"|madrugada))?(?P<ampm>\s*[ap]\.?\s?m\b\.?)?"
)
_BARE = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3])(?:[:.](?P<m>[0-5]\d))?\s*(?:horas|hrs\.?)\b(?!\s+(?:despues|antes|mas|de (?:trabajo"
    r"|vida)))"
)
_NOON = re.compile(r"\b(?:al|a|hacia el|cerca del|el|del|este)\s+(?:filo del?\s+)?(?P<which>medio\s?dia|media\s?noche)\b")
_DURATION = re.compile(
    r"\b(?:durante|tras|por|en|unas|casi|mas de|menos de|cada|despues de|ultimas|primeras|hace|de|y|hasta)\s+(?:las\s+"
    r"|unas\s+|casi\s+)*$"
)


@dataclass(frozen=True)
class Hora:
    """Characters `inicio`–`fin` of a text and the hour they tell, as HH:MM."""

    inicio: int
    fin: int
    hora: str


def _clock(match: Match[str]) -> str | None:
    groups = match.groupdict()
    hour = number_of(match["h"])
    minute = int(groups.get("m") or {"media": 30, "cuarto": 15}.get((groups.get("half") or "").strip().removeprefix("y "), 0))
    part, ampm = groups.get("part"), (groups.get("ampm") or "").strip()
    if hour is None or hour > 24:
        return None
    if (part in ("tarde", "noche") or ampm.startswith("p")) and hour < 12:
        hour += 12
    elif (part in ("madrugada", "noche") or ampm.startswith("a")) and hour == 12:
        hour = 0
    told = bool(groups.get("m") or groups.get("unit") or part or ampm) or match.re is _BARE
    return f"{hour % 24:02d}:{minute:02d}" if told else None


def _readings(folded: str) -> Iterator[Hora]:
    for match in _HOUR.finditer(folded):
        if hour := _clock(match):
            yield Hora(match.start(), match.end(), hour)
    for match in _BARE.finditer(folded):
        if not _DURATION.search(folded[max(0, match.start() - 25) : match.start()]) and (hour := _clock(match)):
            yield Hora(match.start(), match.end(), hour)
    for match in _NOON.finditer(folded):
        yield Hora(match.start(), match.end(), "12:00" if "dia" in match["which"] else "00:00")


def find_hours(text: str) -> list[Hora]:
    """Return the hours told in a text, in text order; a bare "a las nueve" without half of the day is none."""
    return sorted(_readings(even_fold(text)), key=lambda one: one.inicio)
