"""What a decision's request says: JSON, or a form without script; the same arguments come out of both."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from pipeline.review.errors import ReviewError
from pipeline.review.fields import from_form

MOST_BYTES = 2_000_000
ROW_FIELD = re.compile(r"(\w+)\.(\d{1,3})\.(\w+)")


@dataclass(frozen=True)
class Asked:
    """The arguments of one request by name; of a form, every value is a list of texts (`rows` of `name.0.field` apart)."""

    values: Mapping[str, Any]
    form: bool

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a text. Raises `ReviewError` when it is missing and has no default, or is something else."""
        found = self.values.get(name)
        if self.form and isinstance(found, list):
            found = found[0]
        if found is None and default is not None:
            return default
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        if not isinstance(found, str):
            raise ReviewError(f"falta «{name}»")
        return found

    def number(self, name: str) -> int | None:
        """Return a whole number, None where it is missing or empty. Raises `ReviewError` for what is none."""
        text = self.text(name, default="").strip()
        if text and not re.fullmatch(r"\d{1,15}", text):
            raise ReviewError(f"«{name}» es un número")
        return int(text) if text else None

    def needed_number(self, name: str) -> int:
        """Return a whole number. Raises `ReviewError` when it is missing."""
        found = self.number(name)
        if found is None:
            raise ReviewError(f"falta «{name}»")
        return found

    def numbers(self, name: str) -> list[int]:
        """Return a list of whole numbers, empty when it is missing. Raises `ReviewError` for something else."""
        found = self.values.get(name) or []
        items = found if isinstance(found, list) else [found]
        if not all(re.fullmatch(r"\d{1,15}", str(item)) for item in items):
            raise ReviewError(f"«{name}» es una lista de números")
        return [int(item) for item in items]

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return a list of records; of a form, those of `name.0.field`, `name.1.field`, … in their order."""
        found = self.values.get(name)
        if self.form:
            found = _form_rows(self.values, name)
        if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
            raise ReviewError(f"falta la lista «{name}»")
        return found

    def value(self, campo: str) -> object:
        """Return `valor` as the field takes it."""
        if self.form:
            return from_form(campo, self.values.get("valor") or [])
        if "valor" not in self.values:
            raise ReviewError("falta «valor»")
        return self.values["valor"]


def _form_rows(values: Mapping[str, Any], name: str) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for key, texts in values.items():
        found = ROW_FIELD.fullmatch(key)
        if found and found[1] == name:
            rows.setdefault(int(found[2]), {})[found[3]] = texts[0]
    return [rows[at] for at in sorted(rows) if _meant(rows[at])]


def _meant(row: Mapping[str, str]) -> bool:
    """Tell a row that a form says from one to be taken away and from the empty one where another may be written."""
    return not row.get("quitar") and any(row.get(name) for name in ("id", "nombre", "cantidad", "modalidad", "folio"))


def read(content_type: str, body: bytes) -> Asked:
    """Return what a request's body asks. Raises `ReviewError` for what is neither a form nor a JSON object."""
    if len(body) > MOST_BYTES:
        raise ReviewError("la petición es demasiado grande")
    kind = content_type.partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        if kind == "application/x-www-form-urlencoded":
            return Asked(parse_qs(text, keep_blank_values=True, max_num_fields=10_000), form=True)
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReviewError("la petición no se entiende") from error
    if not isinstance(found, dict):
        raise ReviewError("la petición no se entiende")
    return Asked(found, form=False)
