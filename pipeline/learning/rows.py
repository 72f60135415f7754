"""The rows that the export of a corpus reads: decided findings, their notes and victims, answers on refused notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import local_day

Row = Mapping[str, Any]

FINDINGS = """
SELECT folio, estado, clase, tipo_victima, agresion, modalidad, agresor, movilizacion, cdmx, alcaldia, entidad, fecha_hecho
FROM v_hallazgos WHERE fecha_registro BETWEEN ? AND ? AND estado IN ('validado', 'descartado') ORDER BY folio
"""
NOTE = "n.id, n.url, n.url_canonica, n.titulo, n.texto, n.texto_origen, n.publicada_en, n.etiquetas, s.nombre AS medio"
NOTES = f"""
SELECT {NOTE}, hn.papel FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
JOIN fuentes AS s ON s.id = n.fuente_id WHERE hn.folio = ? AND n.texto <> '' ORDER BY n.id
"""
RESCUED = """
SELECT hn.noticia_id FROM hallazgos_noticias AS hn JOIN muestra_rechazadas AS m ON m.noticia_id = hn.noticia_id
WHERE hn.folio = ? AND m.era_hallazgo = 1
"""
REFUSED = f"""
SELECT {NOTE}, n.capturada_en FROM muestra_rechazadas AS m JOIN noticias AS n ON n.id = m.noticia_id
JOIN fuentes AS s ON s.id = n.fuente_id
WHERE m.era_hallazgo = 0 AND n.texto <> '' AND NOT EXISTS (SELECT 1 FROM hallazgos_noticias WHERE noticia_id = n.id)
ORDER BY n.id
"""
VICTIMS = """
SELECT p.nombre, p.tipo <> 'persona' AS grupo, v.tipo, v.genero
FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? ORDER BY v.id
"""
# Who asked for anonymity in any finding, or was erased: that person in every finding.
UNNAMED = """
SELECT id FROM personas WHERE suprimida_en IS NOT NULL
UNION SELECT persona_id FROM victimas WHERE anonimato_solicitado = 1 AND persona_id IS NOT NULL
"""
UNNAMED_FOLIOS = f"SELECT folio FROM victimas WHERE anonimato_solicitado = 1 OR persona_id IN ({UNNAMED})"
UNNAMED_NAMES = f"SELECT DISTINCT nombre, tipo <> 'persona' FROM personas WHERE nombre <> '' AND id IN ({UNNAMED}) ORDER BY 1"


@dataclass(frozen=True)
class Unnamed:
    """The people that nothing is told of: the findings of which they are victims, and their names as stored (name, group)."""

    folios: frozenset[str]
    nombres: tuple[tuple[str, bool], ...]


def rows(db: Database, sql: str, *values: object) -> list[dict[str, Any]]:
    """Return the rows of one query by column."""
    found = db.execute(sql, list(values))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def unnamed(db: Database) -> Unnamed:
    """Return who asked for anonymity or was erased."""
    folios = frozenset(row[0] for row in db.execute(UNNAMED_FOLIOS).fetchall())
    return Unnamed(folios, tuple((name, bool(group)) for name, group in db.execute(UNNAMED_NAMES).fetchall()))


def day_of(note: Row) -> str | None:
    """Return the note's `fecha_publicacion`."""
    return local_day(note["publicada_en"])


def fullest(notes: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the longest text of a page, else the longest; the earliest of equals; None of no notes."""
    return min(
        notes,
        key=lambda n: (n["texto_origen"] != "pagina", -len(n["texto"]), day_of(n) or "", n["url_canonica"]),
        default=None,
    )
