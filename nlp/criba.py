"""The sieve: a cheap look that lets ordinary news go before anything is parsed (design, "Facts": it must lose no finding).

Lenient on purpose: a long text passes when a word of who may be a victim stands near a word of harm, both as beginnings of
folded words; in a short one it is enough that it holds both, in a very short one a victim or two harms. It reads the raw
text (under a millisecond a note) and asks nothing of grammar.
"""

import math
import re
from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from nlp.etiquetas import Nota
from nlp.patrones import Buscador, read_lexicon
from nlp.plegado import even_fold

WINDOW = 220  # characters between the two words in a long text, at most
SHORT = 1_400  # a text shorter than this is cheap to parse: distance does not matter there, and wider roles count
VERY_SHORT = 900  # one shorter still, a thread or a spoken note, may tell who and what in words of its own
MAX_READ = 60_000  # characters of a text that are looked at
CLOSE = 0.9  # closeness from which a note that is not very short passes the strict sieve
NEAR, FAR = 15, 40  # words between victim and harm at which a pair counts a third, and beyond which it does not count
LONGEST = 30  # words that a match of the lexicon spans, at most
LEAD, IN_LEAD, IN_TITLE = 80, 1.2, 1.5  # words of the lead; what a pair counts there and in the headline
USUAL = 400  # words of a note of common length
LIKELY = {"persona": 1.0, "propio": 1.0, "medio": 0.7, "colectivo": 0.6, "posible": 0.5}  # by `tipo` of the victim's entry
_WORD = re.compile(r"\w+|[^\w\s]|\n+")
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
    """Return what finds a word that begins with a stem: the first in the list of those that fit.

    Stems of one beginning stand together, which changes no match (others cannot fit there) and takes a third of the time.
    """
    by_start: dict[str, dict[str, list[str]]] = {}
    for stem in stems:
        by_start.setdefault(stem[0], {}).setdefault(stem[1:2], []).append(re.escape(stem[2:]).replace("_", r"\s+"))
    groups = (
        first
        + "(?:"
        + "|".join(f"{second.replace('_', chr(92) + 's+')}(?:{'|'.join(rest)})" for second, rest in of.items())
        + ")"
        for first, of in by_start.items()
    )
    return re.compile(rf"\b(?:{'|'.join(groups)})")


_SECTIONS = _stems()
VICTIM = _pattern(_SECTIONS["victima"])
POSSIBLE = _pattern(_SECTIONS["posible"])
HARM = _pattern(_SECTIONS["dano"])
BRIEF = _pattern([*_SECTIONS["dano"], *_SECTIONS["breve"]])
ALONE = _pattern(_SECTIONS["solo"])


def passes(nota: Nota, *, strict: bool = False) -> bool:
    """Say whether a note is worth parsing; `strict` for backfill only.

    Strict, it also asks the lexicon about notes that are not very short: victims and harms must stand close together, and not
    only here and there in a long text. It loses one finding of the corpus in 25 and lets one in seven of real ordinary notes
    pass, where the lenient look lets 38 % (1 ms a note instead of a quarter).
    """
    short = len(nota.titulo) + len(nota.texto) < VERY_SHORT
    return _may_tell(nota) and (not strict or short or closeness(nota) >= CLOSE)


def closeness(nota: Nota) -> float:
    """Return how closely victims and harms of the lexicon stand together in a note, for its length."""
    told, length = 0.0, 0
    for part, weight in ((nota.titulo, IN_TITLE), (nota.texto[:MAX_READ], 1.0)):
        words = _WORD.findall(even_fold(part))
        length += len(words)
        victims = [(start, end, LIKELY.get(e.tipo, 0.5)) for e, start, end in _victims().matches(words)]
        harms = _harms_near(words, victims)
        for start, end, likely in victims:
            for other, stop in harms[bisect(harms, (start - FAR,)) : bisect(harms, (end + FAR,))]:
                gap = max(0, other - end, start - stop)
                lead = IN_LEAD if weight == 1.0 and min(start, other) < LEAD else weight
                told += likely * lead * math.exp(-gap / NEAR)
    return told / math.sqrt(1 + length / USUAL)


@lru_cache(maxsize=1)
def _victims() -> Buscador:
    """Return the matcher of who may be a victim, the few entries that decide where harms are looked for at all."""
    return Buscador([entry for entry in read_lexicon() if entry.campo == "victima" and entry.tipo != "traba"])


@lru_cache(maxsize=1)
def _harms() -> Buscador:
    """Return the matcher of harms and of the false friends that cover them."""
    entries = read_lexicon()
    return Buscador([e for e in entries if e.campo != "victima" and (e.tipo == "traba" or e.campo == "modalidad")])


def _harms_near(words: list[str], victims: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Return where the lexicon finds harms that begin within reach of a victim and that no false friend covers."""
    near = {at for start, end, _ in victims for at in range(max(0, start - FAR), min(len(words), end + FAR))}
    before = {at for start, _, _ in victims for at in range(max(0, start - FAR - LONGEST), max(0, start - FAR))}
    found = list(_harms().matches(words, sorted(near | before))) if near else []
    masked = {at for e, start, end in found if e.tipo == "traba" for at in range(start, end)}
    return [
        (start, end) for e, start, end in found if e.tipo != "traba" and start in near and masked.isdisjoint(range(start, end))
    ]


def _may_tell(nota: Nota) -> bool:
    text = even_fold(f"{nota.titulo}\n{nota.texto[:MAX_READ]}")
    if ALONE.search(text):
        return True
    if len(text) < VERY_SHORT:
        return bool(VICTIM.search(text)) or len({match.group() for match in BRIEF.finditer(text)}) > 1 or _both(text)
    if len(text) < SHORT:
        return _both(text)
    return _near(VICTIM, text, [match.start() for match in HARM.finditer(text)], WINDOW)


def _both(text: str) -> bool:
    return bool(BRIEF.search(text)) and bool(VICTIM.search(text) or POSSIBLE.search(text))


def _near(pattern: re.Pattern[str], text: str, harms: list[int], reach: int) -> bool:
    for match in pattern.finditer(text):
        place = bisect(harms, match.start())
        if any(abs(match.start() - harm) <= reach for harm in harms[max(0, place - 1) : place + 1]):
            return True
    return False
