"""The cards of the queue: everything that stands on each, read for all cards of a page at once."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup

from pipeline.pages.finding import shown_fields
from pipeline.pages.finding_people import shown_victim
from pipeline.pages.labels import FLAGS, VOCABULARY
from pipeline.pages.masking import hidden_words, holds, masked
from pipeline.pages.queue_beside import Beside, beside
from pipeline.pages.queue_passages import deciding
from pipeline.pages.queue_presets import LISTED
from pipeline.pages.queue_sentence import sentence
from pipeline.pages.readers import fetch

Row = dict[str, Any]

OF = "IN (SELECT value FROM json_each(:folios))"
FINDINGS = f"SELECT * FROM v_hallazgos WHERE folio {OF}"
VICTIMS = f"""
SELECT v.*, p.nombre, p.suprimida_en
FROM victimas AS v LEFT JOIN personas AS p ON p.id = v.persona_id WHERE v.folio {OF} ORDER BY v.id
"""
# The fullest note first (design, "The registry"): the longest text of a page, else the longest; tie: the earliest.
NEWS = f"""
SELECT hn.folio, hn.papel, n.id, n.titulo, n.url, n.publicada_en, n.capturada_en, n.version, n.version_etiquetador,
    s.nombre AS fuente, n.fuente_id, v.campos, v.vista_en IS NULL AND v.folio IS NOT NULL AS nueva
FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
LEFT JOIN fuentes AS s ON s.id = n.fuente_id LEFT JOIN novedades AS v ON v.noticia_id = n.id
WHERE hn.folio {OF}
ORDER BY hn.folio, n.texto_origen <> 'pagina', length(n.texto) DESC, n.publicada_en, n.id
"""
TEXTS = "SELECT id, texto FROM noticias WHERE id IN (SELECT value FROM json_each(:ids))"
PASSAGES = """
SELECT p.* FROM pasajes AS p
JOIN noticias AS n ON n.id = p.noticia_id AND n.version = p.version AND n.version_etiquetador = p.version_etiquetador
WHERE p.noticia_id IN (SELECT value FROM json_each(:ids)) AND p.parte = 'texto' ORDER BY p.noticia_id, p.inicio, p.fin
"""
QUEUED = f"SELECT folio, asignado_a, pospuesto_hasta FROM cola WHERE folio {OF}"
COMMENTS = f"SELECT folio, texto, quien, cuando FROM comentarios WHERE folio {OF} ORDER BY id"
MOST_NEWS = 6


@dataclass(frozen=True)
class Sight:
    """What the reader may see beside codes: people's names, and the texts of notes."""

    names: bool
    texts: bool


@dataclass(frozen=True)
class Card:
    """One finding of the queue as shown; what the reader may not see is empty."""

    finding: Row
    sentence: str
    passages: list[Markup] = field(default_factory=list)
    news: list[Row] = field(default_factory=list)
    more_news: int = 0
    beside: Beside = field(default_factory=Beside)
    comments: list[Row] = field(default_factory=list)
    assigned: str | None = None
    postponed: str | None = None
    follow_up: bool = False

    @property
    def codes(self) -> str:
        """What the finding's fields say, by field, as JSON; those of several values as lists."""
        told = {name: self.finding[name] for name in (*VOCABULARY, *FLAGS) if name in self.finding}
        return json.dumps({name: _value(name, value) for name, value in told.items()})


def _value(name: str, stored: str | int | None) -> object:
    if name in LISTED:
        return json.loads(str(stored or "[]"))
    return int(stored or 0) if name in FLAGS else stored


async def candidate_cards(site: Datasette, folios: Sequence[str], sight: Sight) -> list[Card]:
    """Return the cards of the findings in the order of `folios`."""
    return await _cards(site, folios, sight, follow_up=False)


async def follow_up_cards(site: Datasette, folios: Sequence[str], sight: Sight) -> list[Card]:
    """Return the cards of decided findings, told by the notes that nobody has seen."""
    return await _cards(site, folios, sight, follow_up=True)


async def _cards(site: Datasette, folios: Sequence[str], sight: Sight, *, follow_up: bool) -> list[Card]:
    asked = {"folios": json.dumps(list(folios))}
    findings = {row["folio"]: row for row in await fetch(site, FINDINGS, asked)}
    people = by_folio(await fetch(site, VICTIMS, asked))
    hidden = {folio: hidden_words(rows) for folio, rows in people.items()}
    victims = {folio: [shown_victim(row) for row in rows] for folio, rows in people.items()}
    queued = {row["folio"]: row for row in await fetch(site, QUEUED, asked)}
    news = by_folio(await fetch(site, NEWS, asked)) if sight.texts else {}
    passages = await _passages(site, news, hidden, follow_up=follow_up)
    remarks = await fetch(site, COMMENTS, asked) if sight.texts else []
    comments = by_folio(row | {"texto": masked(row["texto"], hidden.get(row["folio"], ()))} for row in remarks)
    neighbours = await beside(site, folios, names=sight.names)
    return [
        Card(
            findings[folio],
            sentence(findings[folio], victims.get(folio, []), names=sight.names),
            passages.get(folio, []),
            *_shown_news(news.get(folio, []), hidden.get(folio, frozenset()), follow_up=follow_up),
            neighbours[folio],
            comments.get(folio, []),
            queued.get(folio, {}).get("asignado_a"),
            queued.get(folio, {}).get("pospuesto_hasta"),
            follow_up,
        )
        for folio in folios
        if folio in findings
    ]


def by_folio(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows by their `folio`, in their order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["folio"]].append(row)
    return found


async def _passages(
    site: Datasette, news: dict[str, list[Row]], hidden: Mapping[str, Collection[str]], *, follow_up: bool
) -> dict[str, list[Markup]]:
    """Return the deciding sentences of each finding's fullest note (of a follow-up: of the fullest unseen one)."""
    chosen = {}
    for folio, notes in news.items():
        unseen = [note for note in notes if note["nueva"]] if follow_up else []
        chosen[folio] = (unseen or notes)[0]["id"]
    asked = {"ids": json.dumps(list(chosen.values()))}
    texts = {row["id"]: row["texto"] for row in await fetch(site, TEXTS, asked)}
    spans: dict[int, list[Row]] = defaultdict(list)
    for row in await fetch(site, PASSAGES, asked):
        spans[row["noticia_id"]].append(row)
    return {folio: _covered(texts[note], spans[note], hidden.get(folio, ())) for folio, note in chosen.items()}


def _covered(text: str, spans: Sequence[Row], hidden: Collection[str]) -> list[Markup]:
    return deciding(masked(text, hidden), [span | {"valor": masked(span["valor"], hidden)} for span in spans])


def _shown_news(notes: Sequence[Row], hidden: Collection[str], *, follow_up: bool) -> tuple[list[Row], int]:
    """Return the first notes as a card lists them, unseen ones first, and how many more there are."""
    ordered = sorted(notes, key=lambda note: not note["nueva"]) if follow_up else list(notes)
    shown = [
        note
        | {
            "titulo": masked(note["titulo"], hidden),
            "enlace": note["url"] if note["url"].startswith(("http://", "https://")) and not holds(note["url"], hidden) else "",
            "cambios": shown_fields(note["campos"]),
        }
        for note in ordered[:MOST_NEWS]
    ]
    return shown, len(ordered) - len(shown)
