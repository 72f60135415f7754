"""People whom only findings discarded long ago name, and the pseudonym they get instead of their name."""

from datetime import datetime

from sqlite_utils import Database

from pipeline.privacy.forms import Forms
from pipeline.privacy.tags import untagged
from pipeline.registry import arco, coding
from pipeline.registry.audit import Change, record

PREFIX = "seudonimo"
DUE = """
SELECT p.id, p.nombre FROM personas AS p
WHERE p.tipo = 'persona' AND p.suprimida_en IS NULL AND p.nombre <> '' AND p.clave NOT LIKE 'seudonimo %'
AND EXISTS (SELECT 1 FROM victimas WHERE persona_id = p.id)
AND NOT EXISTS (
    SELECT 1 FROM victimas AS v JOIN hallazgos AS h ON h.folio = v.folio
    WHERE v.persona_id = p.id AND (h.estado <> 'descartado' OR coalesce((
        SELECT max(b.cuando) FROM bitacora AS b WHERE b.tabla = 'hallazgos' AND b.clave = h.folio AND b.campo = 'estado'
    ), h.fecha_registro) >= ?)
)
ORDER BY p.id
"""
NOTES = """
SELECT n.id, n.etiquetas FROM noticias AS n JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id
WHERE hn.folio = ? AND n.etiquetas IS NOT NULL
"""


def due(db: Database, before: str) -> list[tuple[int, str]]:
    """Return (number, name) of the people all of whose findings were discarded before a day."""
    return [(row[0], row[1]) for row in db.execute(DUE, [before]).fetchall()]


def give(db: Database, number: int, forms: Forms, *, quien: str, now: datetime) -> None:
    """Give a person a pseudonym, inside the caller's transaction."""
    told = (f"Seudónimo {number}", f"{PREFIX} {number}", number)
    db.execute("UPDATE personas SET nombre = ?, clave = ? WHERE id = ?", told)
    db.execute("UPDATE victimas SET medio_u_organizacion = '', origen = 'persona' WHERE persona_id = ?", [number])
    for folio in arco.folios_of(db, number):
        for note, tags in db.execute(NOTES, [folio]).fetchall():
            db.execute("UPDATE noticias SET etiquetas = ? WHERE id = ?", [untagged(tags, forms, tied=True), note])
            db.execute("DELETE FROM pasajes WHERE noticia_id = ? AND campo IN ('victima', 'victimas')", [note])
        db.execute("DELETE FROM deshacer WHERE folio = ?", [folio])
        coding.rewrite_keys(db, folio)
        db.execute("UPDATE hallazgos SET version = version + 1 WHERE folio = ?", [folio])
    record(db, Change("seudonimizar", "personas", str(number)), quien=quien, now=now)
