"""Which versions of the tagger read what M1 compares: part of a difference between them may come from the program."""

from sqlite_utils import Database

from pipeline.figures.m1 import BASE_DDHH, Cuenta, Fecha, Figura

VERSIONS = """
SELECT version_etiquetador, min(fecha_registro) FROM v_versiones_etiquetador
WHERE fecha_registro BETWEEN ? AND ? GROUP BY version_etiquetador ORDER BY 2, 1
"""


def other_tagger(db: Database, figura: Figura, cuenta: Cuenta) -> list[str]:
    """Say that the compared stretches were not read by the same versions; nothing where one has no tagged registros.

    Findings are dated by `fecha_registro` here whatever the date asked for: it tells when they were read.
    """
    if cuenta.indicador == BASE_DDHH or cuenta.fecha is not Fecha.REGISTRO:
        return []
    now, before = (
        [version for version, _ in db.execute(VERSIONS, stretch)]
        for stretch in ((figura.desde, figura.hasta), (figura.comparado_inicio, figura.comparado_fin))
    )
    if not now or not before or set(now) == set(before):
        return []
    said = f"las del periodo, con la {' y la '.join(now)}; las del año anterior, con la {' y la '.join(before)}"
    line = f"Las noticias se leyeron con otra versión del etiquetador ({said})"
    return [f"{line}: parte de la diferencia puede ser del programa."]
