"""Which versions of the tagger read what M1 compares: part of a difference between them may come from the program."""

from sqlite_utils import Database

from pipeline.figures.m1 import BASE_DDHH, Cuenta, Figura

# {fecha}: the date by which registros are counted.
VERSIONS = """
SELECT n.version_etiquetador, min(r.{fecha})
FROM v_registros AS r
JOIN hallazgos_noticias AS hn ON hn.folio = r.folio
JOIN noticias AS n ON n.id = hn.noticia_id
WHERE n.version_etiquetador IS NOT NULL AND r.{fecha} BETWEEN ? AND ?
GROUP BY n.version_etiquetador ORDER BY 2, 1
"""


def other_tagger(db: Database, figura: Figura, cuenta: Cuenta) -> list[str]:
    """Say that the compared stretches were not read by the same versions; nothing where one has no tagged registros."""
    if cuenta.indicador == BASE_DDHH:
        return []
    sql = VERSIONS.format(fecha=f"fecha_{cuenta.fecha}")
    now, before = (
        [version for version, _ in db.execute(sql, stretch)]
        for stretch in ((figura.desde, figura.hasta), (figura.comparado_inicio, figura.comparado_fin))
    )
    if not now or not before or set(now) == set(before):
        return []
    said = f"las del periodo, con la {' y la '.join(now)}; las del año anterior, con la {' y la '.join(before)}"
    line = f"Las noticias se leyeron con otra versión del etiquetador ({said})"
    return [f"{line}: parte de la diferencia puede ser del programa."]
