"""The sieve: a cheap look that lets ordinary news go before anything is parsed (design, "Facts": it must lose no finding).

Lenient on purpose: a text passes when a word of who may be a victim stands within reach of a word of harm, both as
beginnings of folded words. It reads the raw text (microseconds a note) and asks nothing of grammar.
"""

import re
from pathlib import Path

from nlp.etiquetas import Nota
from nlp.plegado import even_fold

WINDOW = 1_500  # characters between the two words, at most
MAX_READ = 60_000  # characters of a text that are looked at
_FILE = Path(__file__).parent / "lexico" / "criba.txt"


def _stems() -> dict[str, list[str]]:
    """Return the stems of `lexico/criba.txt` by section (`[victima]`, `[dano]`); `#` opens a comment."""
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
HARM = _pattern(_SECTIONS["dano"])


def passes(nota: Nota) -> bool:
    """Say whether a note is worth parsing."""
    text = even_fold(f"{nota.titulo}\n{nota.texto[:MAX_READ]}")
    victims = [match.start() for match in VICTIM.finditer(text)]
    if not victims:
        return False
    return any(_near(match.start(), victims) for match in HARM.finditer(text))


def _near(place: int, others: list[int]) -> bool:
    return any(abs(place - other) <= WINDOW for other in others)
