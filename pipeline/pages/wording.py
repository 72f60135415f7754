"""How dates, moments, counts and table filters read in Spanish on the pages."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from markupsafe import Markup

from crawlers.fechas import MEXICO
from pipeline.pages.headings import column_title
from pipeline.pages.labels import label

FOLIO = re.compile(r"\b(H-\d{4}-\d{6,})\b")
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")

# Datasette's filter operators; `{c}` is the column and `{v}` the value in the phrase over a filtered table
LOOKUPS: dict[str, tuple[str, str]] = {
    "exact": ("es igual a", "{c} es «{v}»"),
    "not": ("es distinto de", "{c} no es «{v}»"),
    "contains": ("contiene", "{c} contiene «{v}»"),
    "endswith": ("termina en", "{c} termina en «{v}»"),
    "startswith": ("empieza con", "{c} empieza con «{v}»"),
    "gt": ("mayor que", "{c} es mayor que {v}"),
    "gte": ("mayor o igual que", "{c} es {v} o más"),
    "lt": ("menor que", "{c} es menor que {v}"),
    "lte": ("menor o igual que", "{c} es {v} o menos"),
    "like": ("cumple el patrón", "{c} cumple el patrón «{v}»"),
    "notlike": ("no cumple el patrón", "{c} no cumple el patrón «{v}»"),
    "glob": ("cumple el patrón glob", "{c} cumple el patrón «{v}»"),
    "in": ("es uno de", "{c} es uno de {v}"),
    "notin": ("no es ninguno de", "{c} no es ninguno de {v}"),
    "arraycontains": ("incluye", "{c} incluye «{v}»"),
    "arraynotcontains": ("no incluye", "{c} no incluye «{v}»"),
    "date": ("es del día", "{c} es del día {v}"),
    "isnull": ("no tiene valor", "{c} no tiene valor"),
    "notnull": ("tiene valor", "{c} tiene valor"),
    "isblank": ("está vacío", "{c} está vacío"),
    "notblank": ("no está vacío", "{c} no está vacío"),
}


def folios_linked(message: str) -> Markup:
    """Return a message of a finding's page with a link from each folio to its finding, beside this one."""
    parts = FOLIO.split(message)
    link = Markup('<a class="folio" href="{0}">{0}</a>')
    return Markup("").join(link.format(words) if at % 2 else words for at, words in enumerate(parts))


def day_text(value: object) -> str:
    """Return a stored day (or the Mexico City day of a stored moment) as `24 nov 2026`; anything else as it is."""
    text = str(value or "")
    try:
        day = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).astimezone(MEXICO).date()
    except ValueError:
        return text
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_text(value: object) -> str:
    """Return a stored moment in Mexico City time as `24 nov 2026, 06:00`; a bare day without an hour."""
    text = str(value or "")
    if len(text) <= 10:
        return day_text(text)
    try:
        moment = datetime.fromisoformat(text).astimezone(MEXICO)
    except ValueError:
        return text
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M}"


def hour_text(value: object) -> str:
    """Return the Mexico City hour of a stored moment as `06:00`; what is no moment as it is."""
    text = str(value or "")
    try:
        return f"{datetime.fromisoformat(text).astimezone(MEXICO):%H:%M}"
    except ValueError:
        return text


def number(value: float) -> str:
    """Return a number with Mexican separators (`12,345.6`); what is no number stays as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def counted(amount: int, singular: str, plural: str) -> str:
    """Return `1 fila`, `2 filas`."""
    return f"{number(amount)} {singular if amount == 1 else plural}"


def filters_text(selections: Iterable[tuple[str, str, str]], search: str = "") -> str:
    """Return what a table page is narrowed to, from Datasette's (column, operator, value) selections; empty: nothing."""
    phrases = [f"el texto contiene «{search}»"] if search else []
    for column, lookup, value in selections:
        phrase = LOOKUPS.get(lookup, ("", "{c}"))[1]
        phrases.append(phrase.format(c=column_title(column), v=label(column, value)))
    return "; ".join(phrases)
