"""The reserved annex: the period's cases one by one, in codes; never part of the report, marked on every page."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from pipeline.pages.labels import json_list, label
from pipeline.periodos import Periodo
from pipeline.registry.lecturas import record_reading
from pipeline.reports.document import Documento, Parrafo, Portada, Tabla, Titulo
from pipeline.reports.texts import fixed
from pipeline.reports.words import named

MARK = "RESERVADO"
# Column of `v_hallazgos` → heading; lists are told as labels.
COLUMNS = {
    "folio": "Folio",
    "fecha_registro": "Registro",
    "fecha_hecho": "Hecho",
    "clase": "Clase",
    "tipo_victima": "Víctima",
    "modalidad": "Modalidad",
    "agresor": "Señalado como agresor",
    "alcaldia": "Alcaldía",
    "ambito": "Ámbito",
    "resumen": "Resumen, sin nombres",
}
NAMES = "Nombres"
CASES = """
SELECT {columns}
FROM v_registros AS r JOIN v_hallazgos AS h USING (folio){join}
WHERE r.fecha_registro BETWEEN ? AND ? AND (? OR r.clase <> 'riesgo')
ORDER BY h.fecha_registro, h.folio
"""


def annex(db: Database, period: Periodo, institution: str, *, risk: bool = False, names: bool = False) -> Documento:
    """Return the annex: the registros of the period; `risk`: those at risk too; `names`: the victims' names."""
    rows = cases(db, period, risk=risk, names=names)
    heads = (*COLUMNS.values(), *((NAMES,) if names else ()))
    kind = "todos" if risk else "sin los de riesgo"
    told = "con nombres" if names else "sin nombres"
    cover = Portada(
        institution,
        "Anexo reservado: casos del periodo",
        named(period).capitalize(),
        f"{MARK} · {told}",
        (("Casos", f"{len(rows)}, {kind}"), ("Se cuentan", "registros, por fecha de registro")),
    )
    blocks = (
        Titulo("Casos"),
        Parrafo(
            fixed("anexo"),
            "aviso",
        ),
        Tabla(f"Registros del periodo, {kind}", heads, rows, cifras=False),
    )
    return Documento(cover, blocks, MARK, f"Anexo reservado · {period.etiqueta}", apaisado=True)


def cases(db: Database, period: Periodo, *, risk: bool, names: bool) -> tuple[tuple[str, ...], ...]:
    """Return a row a registro under the annex's headings."""
    chosen = [f"h.{column}" for column in COLUMNS] + (["n.victimas_nombres"] if names else [])
    join = " JOIN v_hallazgos_nombres AS n USING (folio)" if names else ""
    found = db.execute(
        CASES.format(columns=", ".join(chosen), join=join), [period.inicio.isoformat(), period.fin.isoformat(), risk]
    )
    keys = (*COLUMNS, "victimas_nombres")
    return tuple(tuple(told(key, cell) for key, cell in zip(keys, row, strict=False)) for row in found)


def told(column: str, cell: object) -> str:
    """Return a cell in words."""
    items = json_list(cell)
    return "; ".join(label(column, item) for item in items) if items is not None else label(column, cell)


def note_names(db: Database, document: Documento, quien: str, now: datetime) -> None:
    """Write in `lecturas` who takes the names of an annex out, before it is written."""
    folios: Sequence[str] = [str(row[0]) for block in document.bloques if isinstance(block, Tabla) for row in block.filas]
    record_reading(db, quien, "informe --anexo --con-nombres", folios, now=now)
