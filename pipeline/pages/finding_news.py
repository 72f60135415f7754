"""The notes of a finding's page: marked texts, copies of one wire as one source, what the victim's own house says marked."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.grouping.support import NoteSource
from pipeline.pages.headings import column_title
from pipeline.pages.masking import masked
from pipeline.pages.passages import grouped, highlight, paragraphs

Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """The notes that count as one independent source: one site's, or copies of one text; `copias` tells the latter."""

    notas: list[Row]
    copias: bool


def shown_note(row: Row, passages: Sequence[Row], hidden: Collection[str] = ()) -> Row:
    """Add the marked title and text, the passages with what they quote, and a link only where the address is http(s).

    The words of `hidden` are covered, except in the text.
    """
    parts = {"titulo": masked(row["titulo"], hidden), "texto": row["texto"]}
    own = [one | {"valor": masked(one["valor"], hidden)} for one in passages if one["noticia_id"] == row["id"]]
    marked = {part: highlight(text, [p for p in own if p["parte"] == part]) for part, text in parts.items()}
    link = row["url"] if row["url"].startswith(("http://", "https://")) else ""
    return row | {
        "titulo": parts["titulo"],
        "autor": masked(row["autor"], hidden),
        "titulo_marcado": marked["titulo"],
        "texto_marcado": paragraphs(marked["texto"]),
        "pasajes": grouped(own, {part: masked(text, hidden) for part, text in parts.items()}),
        "enlace": link,
        "razones": [(heading, masked(words, hidden)) for heading, words in reasons(row["razones"])],
    }


def reasons(stored: str) -> list[tuple[str, str]]:
    """Return why a note is in its finding as (heading, words): `reglas` → `persona completa 50.0, copia 70.0`."""
    found = []
    for name, value in json.loads(stored or "{}").items():
        if isinstance(value, dict):
            words = ", ".join(f"{column_title(key)} {amount}" for key, amount in value.items())
        else:
            words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        found.append((column_title(name), words))
    return found


def by_source(news: Sequence[Row], told: Sequence[NoteSource]) -> list[Source]:
    """Return the shown notes by independent source, in their order; one that grouping does not read stands alone."""
    known = {one.noticia_id: one for one in told}
    groups: dict[object, list[Row]] = {}
    for row in news:
        own = known.get(row["id"])
        shown = row | {"propia": own is not None and own.propia}
        groups.setdefault(own.fuente if own else ("sola", row["id"]), []).append(shown)
    return [Source(notes, len({note["fuente_id"] for note in notes}) > 1) for notes in groups.values()]
