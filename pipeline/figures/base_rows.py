"""The rows beside M1 of the indicators of the Bases (plan 1.5.1 and 1.5.2), each in its own unit."""

from sqlite_utils import Database

from pipeline.figures.m1 import BASE_DDHH, BASE_MPI, Cuenta, Figura
from pipeline.figures.spans import spans_of

# indicator → its rows (`v_renglones_base.renglon`), each with how it reads and its unit; empty ones are shown too
ROWS: dict[str, dict[str, tuple[str, str]]] = {
    BASE_DDHH: {
        "instalacion": ("Veces que se instaló la Base de Derechos Humanos", "instalaciones"),
        "observacion": ("Registros de observación", "registros"),
        "riesgo": ("Registros de riesgo", "registros"),
        "agresion": ("Registros de agresión", "registros"),
        "atencion": ("Registros de atención", "registros"),
        "canalizacion": ("Registros de canalización", "registros"),
        "seguimiento": ("Registros de seguimiento", "registros"),
        "incidencia": ("Registros de incidencia", "registros"),
    },
    BASE_MPI: {
        "durante": ("Agresiones durante la movilización", "actos"),
        "antes": ("Agresiones antes de la movilización", "actos"),
        "despues": ("Agresiones después de la movilización", "actos"),
        "sin_determinar": ("Agresiones en una movilización, sin saber el momento", "actos"),
        "antecedente": ("Antecedentes ligados a una movilización", "actos"),
        "por_determinar": ("Ligadas a una movilización, ámbito por determinar", "actos"),
        "fuera": ("Ligadas a una movilización, fuera de la ciudad", "actos"),
        "detecciones": ("Detecciones: casos con agresión durante la movilización", "hallazgos"),
        "atenciones": ("Atenciones", "anotaciones"),
        "canalizaciones": ("Canalizaciones", "anotaciones"),
        "seguimientos": ("Seguimientos", "anotaciones"),
    },
}
COUNTED = """
SELECT renglon, sum(validados), sum(por_revisar) FROM v_renglones_base
WHERE indicador = :indicador AND fecha IN (:fecha, 'propia') AND dia BETWEEN :desde AND :hasta
GROUP BY renglon
"""


def base_rows(db: Database, figura: Figura, cuenta: Cuenta) -> dict[str, dict[str, object]]:
    """Return by row `{etiqueta, unidad, cuenta, periodo, por_revisar, anterior}`; `anterior` None if nothing tells it apart.

    `anterior` is of the days that `spans.spans_of` gives. Rows with `cuenta` add up to the period's registros.
    """
    spans = spans_of(figura)
    now = counted(db, cuenta, spans.desde, spans.hasta)
    before = counted(db, cuenta, spans.base_desde, spans.base_hasta)
    return {
        name: {
            "etiqueta": label,
            "unidad": unit,
            "cuenta": unit == "registros" or name == "durante",
            "periodo": now.get(name, (0, 0))[0],
            "por_revisar": now.get(name, (0, 0))[1],
            "anterior": before.get(name, (0, 0))[0] if spans.base_desde else None,
        }
        for name, (label, unit) in ROWS[cuenta.indicador].items()
    }


def counted(db: Database, cuenta: Cuenta, first: str | None, last: str | None) -> dict[str, tuple[int, int]]:
    """Return by row (what it adds up to, what would be added by review) of some days; nothing without days."""
    values = {"indicador": cuenta.indicador, "fecha": cuenta.fecha.value, "desde": first, "hasta": last}
    return {row[0]: (row[1], row[2]) for row in db.execute(COUNTED, values)}
