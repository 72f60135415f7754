"""Everything that stands on one finding's page, gathered by what the reader may see."""

import json
from dataclasses import dataclass, field
from typing import Any

from datasette.app import Datasette

from pipeline.pages.headings import column_title
from pipeline.pages.labels import label
from pipeline.pages.passages import grouped, highlight, paragraphs
from pipeline.pages.readers import fetch
from pipeline.pages.wording import counted

Row = dict[str, Any]

FINDING = "SELECT * FROM v_hallazgos WHERE folio = ?"
# A person who asked for anonymity, or was erased, is shown as such, never by name.
VICTIMS = """
SELECT v.*, p.nombre, p.tipo AS tipo_persona, p.genero_origen, p.suprimida_en
FROM victimas AS v LEFT JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? ORDER BY v.id
"""
ACTS = "SELECT * FROM actos WHERE folio = ? ORDER BY id"
NEWS = """
SELECT n.*, hn.papel, hn.razones, s.nombre AS fuente
FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id LEFT JOIN fuentes AS s ON s.id = n.fuente_id
WHERE hn.folio = ?
ORDER BY CASE hn.papel WHEN 'primera' THEN 0 WHEN 'replica' THEN 1 ELSE 2 END, n.publicada_en, n.id
"""
PASSAGES = """
SELECT p.* FROM pasajes AS p
JOIN noticias AS n ON n.id = p.noticia_id AND n.version = p.version AND n.version_etiquetador = p.version_etiquetador
JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id
WHERE hn.folio = ? ORDER BY p.noticia_id, p.inicio, p.fin
"""
TRAIL = "SELECT * FROM bitacora WHERE tabla = 'hallazgos' AND clave = ? ORDER BY id DESC LIMIT 100"
CORRECTIONS = "SELECT * FROM correcciones WHERE folio = ? ORDER BY campo"


@dataclass(frozen=True)
class FindingPage:
    """One finding as shown; the lists are empty for who may see codes only (`names` False)."""

    finding: Row
    names: bool
    victims: list[Row] = field(default_factory=list)
    acts: list[Row] = field(default_factory=list)
    news: list[Row] = field(default_factory=list)
    corrections: list[Row] = field(default_factory=list)
    trail: list[Row] = field(default_factory=list)


async def gather(site: Datasette, folio: str, *, names: bool, tables: bool) -> FindingPage | None:
    """Return the page of `folio`, or None when there is no such finding. `names`: restricted rows; `tables`: the others."""
    found = await fetch(site, FINDING, (folio,))
    if not found:
        return None
    page = FindingPage(
        found[0],
        names,
        acts=await fetch(site, ACTS, (folio,)) if tables else [],
        trail=[shown_change(row) for row in await fetch(site, TRAIL, (folio,))] if tables else [],
    )
    if not names:
        return page
    victims = [shown_victim(row) for row in await fetch(site, VICTIMS, (folio,))]
    passages = await fetch(site, PASSAGES, (folio,))
    news = [shown_note(row, passages) for row in await fetch(site, NEWS, (folio,))]
    corrections = [row | {"valor": shown_value(row["campo"], row["valor"])} for row in await fetch(site, CORRECTIONS, (folio,))]
    return FindingPage(page.finding, names, victims, page.acts, news, corrections, page.trail)


def shown_victim(row: Row) -> Row:
    """Add what stands in the place of a name (`quien`), and drop a name that may not be shown."""
    if row["anonimato_solicitado"] or row["suprimida_en"]:
        return row | {
            "nombre": None,
            "quien": "Persona que pidió anonimato" if row["anonimato_solicitado"] else "Persona con datos suprimidos",
        }
    if row["nombre"]:
        return row | {"quien": row["nombre"]}
    amount = row["cantidad"]
    return row | {"quien": counted(amount, "persona", "personas") + " sin nombre" if amount else "Sin nombre"}


def shown_value(field_name: str, stored: str | None) -> str:
    """Return a trail's or a correction's JSON value in labels; what is no JSON stays as it is."""
    try:
        value = json.loads(stored or "null")
    except ValueError:
        return str(stored)
    items = value if isinstance(value, list) else [value]
    return ", ".join(label(field_name, item) for item in items) or "vacío"


def shown_change(row: Row) -> Row:
    """Put words in the place of a trail line's two JSON values."""
    return row | {name: shown_value(row["campo"], row[name]) for name in ("antes", "despues") if row[name] is not None}


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


def shown_note(row: Row, passages: list[Row]) -> Row:
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
