"""The sieve: a cheap look that lets ordinary news go before anything is parsed (design, "Facts": it must lose no finding).

Lenient on purpose: a long text passes when a word of who may be a victim stands near a word of harm, both as beginnings of
folded words; in a short one it is enough that it holds both. It reads the raw text (under a millisecond a note) and asks
nothing of grammar.
"""

import re
from bisect import bisect
from pathlib import Path

from nlp.etiquetas import Nota
from nlp.plegado import even_fold

WINDOW = 140  # characters between the two words in a long text, at most
SHORT = 1_200  # a text shorter than this is cheap to parse: distance does not matter there, and wider roles count
MAX_READ = 60_000  # characters of a text that are looked at
_FILE = Path(__file__).parent / "lexico" / "criba.txt"


def _stems() -> dict[str, list[str]]:
    """Return the stems of `lexico/criba.txt` by section; `#` opens a comment."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for raw in _FILE.read_text("utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        else:
            current += line.split()
    return sections


def _pattern(stems: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(s).replace("_", r"\s+") for s in stems) + ")")


_SECTIONS = _stems()
VICTIM = _pattern(_SECTIONS["victima"])
POSSIBLE = _pattern(_SECTIONS["posible"])
HARM = _pattern(_SECTIONS["dano"])
BRIEF = _pattern([*_SECTIONS["dano"], *_SECTIONS["breve"]])
ALONE = _pattern(_SECTIONS["solo"])


def passes(nota: Nota) -> bool:
    """Say whether a note is worth parsing."""
    text = even_fold(f"{nota.titulo}\n{nota.texto[:MAX_READ]}")
    if ALONE.search(text):
        return True
    if len(text) < SHORT:
        harms = {match.group() for match in BRIEF.finditer(text)}
        return bool(harms) and (bool(VICTIM.search(text)) or (len(harms) > 1 and bool(POSSIBLE.search(text))))
    return _near(VICTIM, text, [match.start() for match in HARM.finditer(text)], WINDOW)


def _near(pattern: re.Pattern[str], text: str, harms: list[int], reach: int) -> bool:
    for match in pattern.finditer(text):
        place = bisect(harms, match.start())
        if any(abs(match.start() - harm) <= reach for harm in harms[max(0, place - 1) : place + 1]):
            return True
    return False
