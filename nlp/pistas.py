"""Word lists of `lexico/entorno.json`: what stands around places, days and names, as folded words or regular expressions."""

import json
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "lexico" / "entorno.json"


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    data: dict[str, list[str]] = json.loads(_DATA.read_text("utf-8"))
    return data


def word_set(name: str) -> frozenset[str]:
    """Return a list of the file as a set of folded words."""
    return frozenset(_lists()[name])


def any_of(*names: str) -> str:
    """Return the regular expression that matches any entry of some lists of the file."""
    return "(?:" + "|".join(entry for name in names for entry in _lists()[name]) + ")"
