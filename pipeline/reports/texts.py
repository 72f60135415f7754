"""The report's fixed texts, from `textos.toml`."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _texts() -> dict[str, str | list[str]]:
    return tomllib.loads(Path(__file__).with_name("textos.toml").read_text("utf-8"))


def fixed(name: str) -> str:
    """Return one text."""
    return str(_texts()[name])


def fixed_list(name: str) -> tuple[str, ...]:
    """Return a list of texts."""
    return tuple(_texts()[name])
