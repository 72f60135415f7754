"""The words of announcements, as a person who knows the subject wrote them in `anuncios.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import Pattern

WORDS = Path(__file__).parent / "anuncios.toml"
# What any note with an announcement bears; over the text as it is, so that an ordinary note costs one search.
SIEVE = re.compile(
    r"\b(?:march(?:as?|ar|ar[aá]n?)\b|contramarcha|moviliza|manifest(?:aci|ar[aá]|arse)|plant[oó]n|plantones|m[ií]tin|concentraci|concentrar(?:[aá]|se)"
    r"|protestas?\b|protestar|bloque(?:os?\b|ar[aá])|caravana|vigilia|velada|jornada de lucha|cadena humana)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Words:
    """Compiled lists of `anuncios.toml`, over folded text; `labels` maps a line's label to the field that it tells."""

    acts: Pattern[str]
    announced: Pattern[str]
    alien: Pattern[str]
    lists: Pattern[str]
    alien_sections: Pattern[str]
    sections: Pattern[str]
    labels: dict[str, str]
    label: Pattern[str]


@cache
def words() -> Words:
    """Return the lists of the file, compiled once."""
    told = tomllib.loads(WORDS.read_text("utf-8"))
    labels: dict[str, str] = told["rotulos"]
    return Words(
        acts=_any(told["actos"]),
        announced=_any(told["anuncios"]),
        alien=_any(told["ajenos"]),
        lists=_any(told["listas"]),
        alien_sections=re.compile(rf"(?:\d+ )?(?:{'|'.join(told['secciones_ajenas'])})\s*:?"),
        sections=re.compile(rf"(?:{'|'.join(told['secciones'])})\s*:?"),
        labels=labels,
        label=re.compile(rf"({'|'.join(sorted(map(re.escape, labels), key=len, reverse=True))})\s*:\s*"),
    )


def _any(patterns: list[str]) -> Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")
