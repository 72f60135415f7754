"""Search in the reader's own words: full-text expressions that cannot break, over findings and over press texts."""

import re
from dataclasses import dataclass, field
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup, escape

from pipeline.pages.readers import fetch

LIMIT = 50
NOTHING = '""'  # an empty phrase: FTS5 accepts it and finds no row
FOLIO = re.compile(r"h-(\d{4})-(\d{1,6})", re.IGNORECASE)
TERM = re.compile(r'"([^"]*)"|(\S+)')
# Marks of a snippet: characters that no press text holds, replaced by <mark> only after escaping.
OPEN, CLOSE = "\ue000", "\ue001"

FINDINGS = """
SELECT h.* FROM hallazgos_fts AS f JOIN v_hallazgos AS h ON h.id = f.rowid
WHERE hallazgos_fts MATCH ? AND h.estado <> 'fusionado' ORDER BY h.fecha_registro DESC, h.folio DESC LIMIT ?
"""
NEWS = f"""
SELECT n.id, n.titulo, n.publicada_en, n.capturada_en, n.relevante, s.nombre AS fuente, hn.folio,
    snippet(noticias_fts, 1, '{OPEN}', '{CLOSE}', '…', 28) AS fragmento
FROM noticias_fts JOIN noticias AS n ON n.id = noticias_fts.rowid
LEFT JOIN fuentes AS s ON s.id = n.fuente_id
LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id
WHERE noticias_fts MATCH ? ORDER BY {{order}} LIMIT ?
"""
BEST, NEWEST = "bm25(noticias_fts, 4.0, 1.0)", "noticias_fts.rowid DESC"
# Weighing every note that holds a common word takes seconds in a registry of decades: of so many, the newest are shown.
TOO_MANY = 5_000
MATCHES = "SELECT count(*) AS notas FROM (SELECT 1 FROM noticias_fts WHERE noticias_fts MATCH ? LIMIT ?)"


@dataclass(frozen=True)
class Results:
    """What a search found; lists are cut at `LIMIT`. `news` is None for who may not see texts."""

    query: str
    findings: list[dict[str, Any]] = field(default_factory=list)
    news: list[dict[str, Any]] | None = None


def match_expression(query: str) -> str:
    """Return a safe FTS5 expression: every word must occur (as a beginning), quoted words together; `NOTHING` for no word.

    >>> match_expression('amenaza OR "plaza mayor" (')
    '"amenaza"* "OR"* "plaza mayor"'
    """
    terms = []
    for phrase, word in TERM.findall(query.replace("\0", " ")):
        text = (phrase or word).replace('"', " ").strip()
        if any(char.isalnum() for char in text):
            terms.append(f'"{text}"' if phrase or not text[-1].isalnum() else f'"{text}"*')
    return " ".join(terms) or NOTHING


def snippet_html(text: str) -> Markup:
    """Return a snippet escaped, its found words inside `<mark>`."""
    return Markup(str(escape(text)).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


async def search_all(site: Datasette, query: str, *, news: bool) -> Results:
    """Return the findings, newest first, and (if allowed) the press notes that hold the words.

    Notes come best match first; of more than `TOO_MANY`, newest first.
    """
    expression = match_expression(query)
    if expression == NOTHING:
        return Results(query, news=[] if news else None)
    findings = await fetch(site, FINDINGS, (expression, LIMIT))
    return Results(query, findings, await _news(site, expression) if news else None)


async def _news(site: Datasette, expression: str) -> list[dict[str, Any]]:
    """Return the press notes that hold the words, a piece of each marked."""
    (matches,) = await fetch(site, MATCHES, (expression, TOO_MANY))
    order = NEWEST if matches["notas"] == TOO_MANY else BEST
    notes = await fetch(site, NEWS.format(order=order), (expression, LIMIT))
    for note in notes:
        note["fragmento"] = snippet_html(note["fragmento"])
    return notes


def as_folio(query: str) -> str | None:
    """Return the folio that was asked for, its zeros filled in ("h-2026-4"), when the query is one."""
    found = FOLIO.fullmatch(query.strip())
    return f"H-{found[1]}-{int(found[2]):06}" if found else None
