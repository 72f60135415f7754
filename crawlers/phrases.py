"""The phrases of `data/frases.toml` as compiled patterns: what is furniture in a page, and what bars the way to it."""

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "frases.toml"


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    """Return the file's tables of lists."""
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def pattern(table: str, name: str, shape: str = "{}") -> re.Pattern[str]:
    """Return one list as a pattern that ignores case; `shape` says where its alternatives stand, as in `^\\W*{}\\b`."""
    return re.compile(shape.replace("{}", f"(?:{'|'.join(_phrases()[table][name])})"), re.IGNORECASE)
