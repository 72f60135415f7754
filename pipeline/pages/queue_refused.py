"""The cards of the week's sample: notes that sieve or tagger refused, to be read by a person."""

from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup

from pipeline.pages.queue_cards import Sight
from pipeline.pages.queue_passages import opening
from pipeline.pages.readers import fetch

SAMPLE = """
SELECT m.noticia_id, m.semana, m.estrato, n.titulo, n.texto, n.url, n.publicada_en, n.capturada_en, n.depurada_en,
    s.nombre AS fuente, n.fuente_id
FROM muestra_rechazadas AS m JOIN noticias AS n ON n.id = m.noticia_id LEFT JOIN fuentes AS s ON s.id = n.fuente_id
WHERE m.era_hallazgo IS NULL ORDER BY m.semana DESC, m.noticia_id
"""
STRATA = {"criba": "Rechazada por la criba", "etiquetador": "Rechazada por el etiquetador"}


@dataclass(frozen=True)
class RefusedCard:
    """One refused note; `por` says what refused it."""

    note: dict[str, Any]
    por: str
    texto: Markup
    enlace: str


async def refused_cards(site: Datasette, sight: Sight) -> list[RefusedCard]:
    """Return the notes of the sample that nobody has read, the newest week first; none for who may not read texts."""
    if not sight.texts:
        return []
    return [
        RefusedCard(
            row,
            STRATA[row["estrato"]],
            opening(row["texto"]),
            row["url"] if row["url"].startswith(("http://", "https://")) else "",
        )
        for row in await fetch(site, SAMPLE)
    ]
