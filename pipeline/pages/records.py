"""A cell that holds a JSON object (a note's tags, the reasons of a union), in words, one line a field."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.pages.headings import column_title
from pipeline.pages.labels import label
from pipeline.pages.wording import day_text


def json_record(value: object) -> dict[str, Any] | None:
    """Return the object that a cell's text holds, else None."""
    if not isinstance(value, str) or not value.startswith("{"):
        return None
    try:
        record = json.loads(value)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def plain_value(stored: str) -> str:
    """Return a stored JSON text or list of texts without its marks; what is neither stays as it is."""
    try:
        value = json.loads(stored)
    except ValueError:
        return stored
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else stored


def record_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield `heading: words` for each field that says something; an inner object's fields stand beside the outer ones."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from record_lines(value)
        elif value not in (None, "", []):
            yield f"{column_title(name)}: {words(name, value).removesuffix('.')}"


def words(name: str, value: object) -> str:
    """Return a field's value in labels: a list joined by commas, an object as what it says in brackets."""
    if isinstance(value, list):
        return ", ".join(words(name, item) for item in value)
    if isinstance(value, dict):
        return f"({', '.join(words(key, item) for key, item in value.items() if item not in (None, '', []))})"
    if isinstance(value, bool):
        return "Sí" if value else "No"
    return day_text(value) if name.startswith("fecha") else label(name, value)
