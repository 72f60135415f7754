"""The rows that a finding's page reads, each by one query."""

from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]

FINDING = "SELECT * FROM v_hallazgos WHERE folio = ?"
COMPUTED = """
SELECT h.*,
    (SELECT json_group_array(valor) FROM hallazgos_tipo_victima WHERE folio = h.folio) AS tipo_victima,
    (SELECT json_group_array(valor) FROM hallazgos_agresion WHERE folio = h.folio) AS agresion,
    (SELECT json_group_array(valor) FROM hallazgos_modalidad WHERE folio = h.folio) AS modalidad,
    (SELECT json_group_array(valor) FROM hallazgos_agresor WHERE folio = h.folio) AS agresor
FROM hallazgos AS h WHERE h.folio = ?
"""
# A person who asked for anonymity, or was erased, is shown as such, never by name.
VICTIMS = """
SELECT v.*, p.nombre, p.tipo AS tipo_persona, p.genero_origen, p.suprimida_en
FROM victimas AS v LEFT JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? ORDER BY v.id
"""
ACTS = "SELECT * FROM actos WHERE folio = ? ORDER BY id"
NEWS = """
SELECT n.*, hn.papel, hn.razones, s.nombre AS fuente, s.tipo AS tipo_fuente
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
COMMENTS = "SELECT * FROM comentarios WHERE folio = ? ORDER BY id"
NEWS_SINCE = """
SELECT v.*, n.titulo, n.fuente_id FROM novedades AS v JOIN noticias AS n ON n.id = v.noticia_id
WHERE v.folio = ? ORDER BY v.vista_en IS NOT NULL, v.cuando DESC
"""
CARE = "SELECT * FROM atenciones WHERE folio = ? ORDER BY id"
JOBS = "SELECT * FROM trabajos WHERE folio = ? ORDER BY id DESC LIMIT 5"
LAST_CHANGE = "SELECT accion, quien, cuando FROM deshacer WHERE folio = ? ORDER BY id DESC LIMIT 1"
QUEUE = "SELECT * FROM cola WHERE folio = ?"
DANGER = "SELECT * FROM urgencias WHERE folio = ?"
MERGED = "SELECT folio FROM hallazgos WHERE fusionado_en = ? ORDER BY folio"


def rows(db: Database, sql: str, *params: object, **named: object) -> list[Row]:
    """Return the rows of one query as dictionaries; its parameters go by place or by name."""
    found = db.execute(sql, named or list(params))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
