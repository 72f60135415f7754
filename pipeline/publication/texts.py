"""The publication's fixed texts, from `textos.toml`, and what is said of every table and column."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def texts() -> dict[str, Any]:
    """Return the file."""
    return tomllib.loads(Path(__file__).with_name("textos.toml").read_text("utf-8"))


def said(name: str) -> str:
    """Return one text."""
    return str(texts()[name])


def columns() -> dict[str, str]:
    """Return what every column of a public table holds, in the columns' order."""
    return dict(texts()["columnas"])


def queries() -> dict[str, dict[str, str]]:
    """Return the example queries by name, each with `titulo` and `sql`."""
    return dict(texts()["consultas"])
