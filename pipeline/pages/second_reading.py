"""`/-/segunda-lectura`: notes to be coded without the first coding, the blank form, and how far two readings agree."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup
from sqlite_utils import Database

from pipeline.pages.access import DATABASE
from pipeline.pages.asked import Asked, read
from pipeline.pages.finding_fields import WHAT, WHEN, WHERE, Option, options
from pipeline.pages.passages import highlight, paragraphs
from pipeline.pages.readers import fetch
from pipeline.registry.second_readings import WAITING
from pipeline.review import Hand, ReviewError
from pipeline.review.errors import Conflict
from pipeline.review.fields import from_form
from pipeline.review.second import store
from pipeline.review.second_codes import CODED, DERIVED, DIGITAL

Row = dict[str, Any]

NOTES = """
SELECT n.titulo, n.texto, n.url, n.publicada_en, n.capturada_en, s.nombre AS fuente
FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id LEFT JOIN fuentes AS s ON s.id = n.fuente_id
WHERE hn.folio = ? AND n.texto <> '' ORDER BY n.publicada_en IS NULL, n.publicada_en, n.id
"""
AGREEMENT = "SELECT * FROM v_acuerdo"
SPECS = {spec.campo: spec for spec in (*WHAT, *WHEN, *WHERE)}


@dataclass(frozen=True)
class Question:
    """A field of the form with what was typed in it; `forma` as in `finding_fields.Spec`."""

    campo: str
    titulo: str
    forma: str
    opciones: tuple[Option, ...]
    escrito: tuple[str, ...]


@dataclass(frozen=True)
class ReadingPage:
    """What the page shows: the reading at hand (None: nothing waits), its notes and form, how many wait, the agreement."""

    number: int | None
    folio: str
    next: int | None
    waiting: int
    acuerdo: list[Row]
    notes: list[Row] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    typed: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class Said:
    """What came of a form: the answer's status, why it was refused, and what was typed."""

    status: int = 200
    error: str = ""
    typed: Mapping[str, Any] = field(default_factory=dict)


async def reading_page(site: Datasette, quien: str, wanted: str, said: Said) -> ReadingPage:
    """Return the page of a person: the reading `wanted` (a number) if it waits for them, else the first that does."""
    waiting = await fetch(site, WAITING, {"quien": quien})
    acuerdo = await fetch(site, AGREEMENT)
    if not waiting:
        return ReadingPage(None, "", None, 0, acuerdo, error=said.error)
    at = next((n for n, row in enumerate(waiting) if str(row["id"]) == wanted), 0)
    following = waiting[(at + 1) % len(waiting)]["id"] if len(waiting) > 1 else None
    notes = [shown(row) for row in await fetch(site, NOTES, [waiting[at]["folio"]])]
    return ReadingPage(
        waiting[at]["id"],
        waiting[at]["folio"],
        following,
        len(waiting),
        acuerdo,
        notes,
        questions(said.typed),
        said.typed,
        said.error,
    )


def shown(row: Row) -> Row:
    """Return a note as a first reader would find it: nothing marked, a link only where the address is http(s)."""
    plain: Markup = paragraphs(highlight(row["texto"], ()))
    return row | {"texto": plain, "enlace": row["url"] if row["url"].startswith(("http://", "https://")) else ""}


def questions(typed: Mapping[str, Any]) -> list[Question]:
    """Return the form's fields in their order, blank or as they were typed."""
    found = []
    for campo in CODED:
        if campo != DERIVED:
            spec, said = SPECS[campo], _texts(typed.get(campo))
            found.append(Question(campo, spec.titulo, spec.forma, options(spec, said), said))
    return found


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return () if value in (None, "") else (str(value),)


def given(asked: Asked) -> dict[str, object]:
    """Return a form's values by field, as `read_codes` takes them."""
    lists: Mapping[str, Sequence[str]] = asked.values
    values = {campo: from_form(campo, lists.get(campo) or []) for campo in CODED if campo != DERIVED}
    relevant = asked.text("relevante", default="")
    return values | {"relevante": int(relevant) if relevant in ("0", "1") else None, DIGITAL: bool(lists.get(DIGITAL))}


async def send(site: Datasette, request: Request, quien: str) -> tuple[int | None, Said]:
    """Store what a form says; return the reading's number and what came of it (400: not whole, 409: made meanwhile)."""
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        if not asked.form:
            raise ReviewError("aquí se envía un formulario")
        number = asked.needed_number("lectura")
    except ReviewError as error:
        return None, Said(400, error.message)
    values = given(asked)

    def write(connection: sqlite3.Connection) -> Said:  # what is raised there Datasette prints
        try:
            store(Database(connection), number, values, Hand(quien, datetime.now(UTC)))
        except Conflict as error:
            return Said(409, error.message)
        except ReviewError as error:
            return Said(400, error.message, values)
        return Said()

    return number, await site.get_database(DATABASE).execute_write_fn(write)
