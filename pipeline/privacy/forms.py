"""How a person's name is written in texts and pages: accents, misspelling by ear, slugs, HTML and JSON escapes.

A text *names* the person when a given name and the first surname, or both surnames, stand together in it. What is covered then
is every word of the name in it, alone too, so that "Méndez dijo" tells nothing either.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise, product

from pipeline.grouping.names import fold, tokens

COVER = "█"
IN_ADDRESS = "x"  # the same in an address, which holds plain letters only
SHORTEST = 3  # letters of a word that is covered where it stands alone
INSIDE = 5  # letters of one that is covered inside others (#JusticiaParaRenata, lauramendez@correo.ejemplo)
CODE = re.compile(r"[a-z0-9_:.+-]+")
HEARD = {"s": "szc", "z": "sz", "c": "csz", "b": "bv", "v": "bv", "g": "gj", "j": "gjx", "x": "xjs", "i": "iy", "k": "kc"}
ACCENTED = {"a": "áàäâã", "e": "éèëê", "i": "íìïî", "o": "óòöôõ", "u": "úùüû", "n": "ñ"}
ENTITY = "acute|grave|uml|circ|tilde"
PARTICLE = r"(?<![^\W_])(?:de|del|la|las|los|y|e|[a-z]\.)(?![^\W_])"
BETWEEN = rf"(?:\\[nrtu]|[\W_]|%[0-9a-f]{{2}}|&#?\w{{2,6}};|<[^<>]{{0,80}}>|{PARTICLE}){{0,12}}?"
# A word begins or ends where no letter or digit stands, but for those that escape something: %20, \n in JSON, &nbsp;.
BEGINS = r"(?:(?<![^\W_])|(?<=%20)|(?<=%2b)|(?<=%2d)|(?<=%c2%a0)|(?<=\\n)|(?<=\\r)|(?<=\\t))"
ENDS = r"(?![^\W_])"


def _letter(letter: str) -> str:
    """Return a pattern for a letter as it may be heard, accented or escaped."""
    plain = HEARD.get(letter, letter)
    ways = [f"[{plain}{''.join(ACCENTED.get(one, '') for one in plain)}]"]
    for accented in ACCENTED.get(letter, ""):
        for case in (accented, accented.upper()):
            utf8 = "".join(f"%{byte:02x}" for byte in case.encode())
            ways += [f"\\\\u{ord(case):04x}", utf8, f"%{ord(case):02x}", f"&#(?:{ord(case)}|x0*{ord(case):x});"]
    if letter in ACCENTED:
        ways.append(f"&{letter}(?:{ENTITY});")
    return f"(?:{'|'.join(ways)})[\u0300-\u036f]*"


def word_pattern(word: str) -> str:
    """Return a pattern for one folded word, without where it begins and ends."""
    parts = re.findall(r"ll|qu(?=[ei])|.", word)
    spelt = {"ll": "(?:ll|y)", "y": "(?:ll|y|i|[íï])", "qu": "(?:qu|k|c)", "h": "h?"}
    return "".join(f"{spelt.get(part) or _letter(part)}" for part in parts)


@cache
def given_names() -> frozenset[str]:
    """Return the tagger's given names, folded; read by itself, for the tagger takes long to load."""
    text = (files("nlp") / "lexico" / "nombres_de_pila.csv").read_text("utf-8")
    return frozenset(fold(line.partition(",")[0]) for line in text.splitlines()[1:])


def name_parts(nombre: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (given names, surnames) of a full name, folded; one word alone is a given name."""
    words = tokens(nombre)
    if len(words) <= 2:
        return words[:1], words[1:]
    cut = 2 if len(words) >= 4 or words[1] in given_names() else 1
    return words[:cut], words[cut:]


@dataclass(frozen=True)
class Forms:
    """The names of one person, as told; every function takes a text as it is stored."""

    nombres: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the names that are covered."""
        return frozenset(word for name in self.nombres for word in tokens(name) if len(word) >= SHORTEST)

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """What names the person: two words together, or the only one of a name of one word."""
        ways = sorted({way for name in self.nombres for way in _pairs(name)})
        return re.compile("|".join(ways) or r"(?!)", re.IGNORECASE)

    @cached_property
    def part(self) -> re.Pattern[str]:
        """Any word of the names, and what names the person."""
        alone = [
            word_pattern(word) if len(word) >= INSIDE else f"{BEGINS}{word_pattern(word)}{ENDS}"
            for word in sorted(self.words, key=lambda word: (-len(word), word))
        ]
        return re.compile("|".join([self.whole.pattern, *alone]), re.IGNORECASE)

    @cached_property
    def _each(self) -> re.Pattern[str]:
        words = {word for name in self.nombres for word in tokens(name)}
        return re.compile("|".join(map(word_pattern, sorted(words, key=lambda word: (-len(word), word)))), re.IGNORECASE)

    def named_in(self, text: str) -> bool:
        """Tell whether a text names the person."""
        return bool(self.whole.search(text))

    def covered(self, text: str, fill: str = COVER) -> str:
        """Return a text of the same length with the words covered, letter by letter."""

        def letters(found: re.Match[str]) -> str:
            return re.sub(r"[^\W_]", fill, found[0])

        return self.part.sub(lambda found: self._each.sub(letters, found[0]), text)  # what stands between words stays

    def cell(self, text: str, *, tied: bool, fill: str = COVER) -> str:
        """Return what a cell holds once covered; `tied`: its row is the person's, so that a surname alone is theirs.

        Of JSON each string is looked at by itself; a code (`benito_juarez`) is never covered for one word.
        """
        if text[:1] in '[{"' and (found := _json(text)) is not None:
            told = _walked(found, lambda one: self._string(one, tied, fill))
            return text if told == found else json.dumps(told, ensure_ascii=False)
        return self._string(text, tied, fill)

    def _string(self, text: str, tied: bool, fill: str) -> str:
        if self.named_in(text) or (tied and not CODE.fullmatch(text)):
            return self.covered(text, fill)
        return text


def _pairs(nombre: str) -> Iterator[str]:
    given, surnames = name_parts(nombre)
    if not surnames:
        yield from (f"{BEGINS}{word_pattern(word)}{ENDS}" for word in given)
        return
    together = [*product(given, surnames[:1]), *pairwise(surnames)]
    for first, second in [*together, *((b, a) for a, b in together)]:
        yield f"{BEGINS}{word_pattern(first)}{BETWEEN}{word_pattern(second)}{ENDS}"


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _walked(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_walked(one, change) for one in value]
    if isinstance(value, dict):
        return {key: _walked(one, change) for key, one in value.items()}
    return value


def forms(nombres: Iterable[str]) -> Forms:
    """Return the forms of the names that say anything, each once."""
    told = (unicodedata.normalize("NFC", name).strip() for name in nombres)
    return Forms(tuple(dict.fromkeys(name for name in told if tokens(name))))
