"""The notes of a finding's page: marked texts, copies of one wire as one source, a communiqué of the victim's own people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.grouping.codes import sources
from pipeline.grouping.names import fold
from pipeline.pages.headings import column_title
from pipeline.pages.passages import grouped, highlight, paragraphs
from pipeline.registry.findings import StoredNote

Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """The notes that count as one independent source: one site's, or copies of one text; `copias` tells the latter."""

    notas: list[Row]
    copias: bool


def shown_note(row: Row, passages: Sequence[Row]) -> Row:
    """Add the marked title and text, the passages with what they quote, and a link only where the address is http(s)."""
    parts = {"titulo": row["titulo"], "texto": row["texto"]}
    own = [passage for passage in passages if passage["noticia_id"] == row["id"]]
    marked = {part: highlight(text, [p for p in own if p["parte"] == part]) for part, text in parts.items()}
    link = row["url"] if row["url"].startswith(("http://", "https://")) else ""
    return row | {
        "titulo_marcado": marked["titulo"],
        "texto_marcado": paragraphs(marked["texto"]),
        "pasajes": grouped(own, parts),
        "enlace": link,
        "razones": reasons(row["razones"]),
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


def by_source(news: Sequence[Row], stored: Sequence[StoredNote]) -> list[Source]:
    """Return the shown notes by independent source, in their order; one that grouping does not read stands alone."""
    number = {id(note.tagged): note.noticia_id for note in stored}
    group_of = {number[id(tagged)]: at for at, group in enumerate(sources([n.tagged for n in stored])) for tagged in group}
    groups: dict[object, list[Row]] = {}
    for row in news:
        groups.setdefault(group_of.get(row["id"], ("sola", row["id"])), []).append(row)
    return [Source(notes, len({note["fuente_id"] for note in notes}) > 1) for notes in groups.values()]


def own_organisation(row: Row, victims: Sequence[Row]) -> bool:
    """Tell whether a note comes from the victim's own organisation (a source of kind `organizacion` of that name)."""
    if row["tipo_fuente"] != "organizacion":
        return False
    groups = [victim["nombre"] for victim in victims if victim["tipo_persona"] not in (None, "persona")]
    named = {fold(name) for name in [*groups, *(victim["medio_u_organizacion"] for victim in victims)] if name}
    return fold(row["fuente"]) in named
