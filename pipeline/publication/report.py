"""`hallazgos informe --version-publica`: what an edition of the public version tells of a period, as a document.

Its figures are that edition's, all of them and no others: whoever has both learns nothing that the edition does not say. What
is left out of the report, small figures, columns, charts and sections, is listed with its reason (marco.md, R34).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errores import ErrorDeUso
from pipeline.periodos import Periodo, parse_period
from pipeline.publication.contents import limits, method
from pipeline.publication.editions import MARK, check_whole
from pipeline.publication.months import months_in
from pipeline.publication.rows import RESERVED, SIGNED_TABLE
from pipeline.publication.tables import TOTAL, tables
from pipeline.publication.texts import said, texts
from pipeline.reports import files
from pipeline.reports.document import Bloque, Celda, Documento, Lista, Parrafo, Tabla, Titulo
from pipeline.reports.method import VERSION
from pipeline.reports.report import Firmas, cover_of
from pipeline.reports.texts import fixed

PUBLIC, HIDDEN = "VERSIÓN PÚBLICA", "testado"
TOTALS = ("registros_anuales", "trimestre_clase")
# The rows of a public table, as its JSON file has them.
Renglones = list[dict[str, Any]]


@dataclass(frozen=True)
class Publica:
    """How a report is made public: the edition that it repeats, and the legal reason that the institution gives."""

    edicion: Path
    fundamento: str = ""


def write_public(path: Path, period: Periodo, signatures: Firmas, asked: Publica) -> str:
    """Write the public version to a file, and say so."""
    document = public_report(period, signatures, asked)
    files.write(path, files.content(document, path.suffix.lower()))
    return f"Se escribió {path}: versión pública, con las cifras de {asked.edicion}"


def public_report(period: Periodo, signatures: Firmas, asked: Publica) -> Documento:
    """Return the public version of the period's report; the registry is not read.

    Raises `ErrorDeUso` for an edition that is not whole or tells nothing of the period.
    """
    check_whole(asked.edicion)
    mark = json.loads((asked.edicion / MARK).read_text("utf-8"))
    told = rows_of_period(asked.edicion, period, mark["corte"])
    hidden = sum(row["situacion"] == RESERVED for rows in told.values() for row in rows)
    blocks = (
        *opening(period, told, mark),
        *parts(told),
        Titulo("Método"),
        Lista(method(mark["k"])),
        Titulo("Límites"),
        Lista(limits()),
        *tested(asked, mark["k"], hidden),
    )
    cut = parse_period(mark["corte"]).etiqueta
    foot = f"Actividad 1.4 · {period.etiqueta} · {mark['version']} · hallazgos {VERSION}"
    return Documento(cover_of(period, signatures, "Versión pública", cut), blocks, PUBLIC, foot)


def rows_of_period(folder: Path, period: Periodo, cut: str) -> dict[str, Renglones]:
    """Return by table what an edition tells of a period: a year, be it over or not, a quarter, or one that was signed."""
    found: dict[str, Renglones] = {}
    for name in tables():
        rows = json.loads((folder / "cuadros" / f"{name}.json").read_text("utf-8"))[name]
        if kept := [row for row in rows if is_of(row["periodo"], period)]:
            found[name] = kept
    if not found:
        raise ErrorDeUso(
            f"{folder}: esa edición no dice nada de {period.clave}; llega hasta {cut} y publica años, trimestres y lo firmado"
        )
    return found


def is_of(public: str, period: Periodo) -> bool:
    """Say whether a public period is the one asked for, or as much of it as is over."""
    months, told = months_in(period.clave), months_in(public)
    return bool(months) and told == months[: len(told) if ".." in public else None]


def opening(period: Periodo, told: dict[str, Renglones], mark: dict[str, Any]) -> Iterator[Bloque]:
    """Yield the figure of the period in words, and what was signed of it."""
    totals = [row for name in TOTALS for row in told.get(name, ()) if row["renglon"] == TOTAL]
    yield Titulo("La cifra del periodo")
    for row in totals[:1]:
        number = f"Registros en el periodo ({period_text(row['periodo'])}): {shown(row)}."
        yield Parrafo(number if row["valor"] is not None else "La cifra del periodo está testada.", "destacado")
    yield Parrafo(fixed("sin_logro"))
    yield Parrafo(said("del_informe").format(version=mark["version"]), "nota")
    if signed := told.get(SIGNED_TABLE):
        yield Tabla("Indicador 1.4, como se firmó", ("Concepto", "Valor"), cells(signed))
    else:
        yield Parrafo("No hay en la edición un informe firmado de este periodo: el indicador no se dice aquí.", "nota")


def parts(told: dict[str, Renglones]) -> Iterator[Bloque]:
    """Yield the tables of the period, as the edition has them."""
    yield Titulo("Cuadros")
    for name, rows in told.items():
        if name != SIGNED_TABLE:
            table = tables()[name]
            yield Tabla(table.titulo, ("Renglón", table.unidad.capitalize()), cells(rows), table.descripcion)


def period_text(public: str) -> str:
    """Return a public period in words."""
    if ".." not in public:
        return parse_period(public).etiqueta
    first, last = (parse_period(month).etiqueta for month in public.split(".."))
    return f"{first.split()[0]} a {last}"


def cells(rows: Renglones) -> tuple[tuple[Celda, ...], ...]:
    """Return a table's rows as the document has them."""
    return tuple((row["etiqueta"], shown(row)) for row in rows)


def shown(row: dict[str, Any]) -> Celda:
    """Return a figure as the reader sees it; None where there is none."""
    value, state = row["valor"], row["situacion"]
    if value is None:
        return HIDDEN if state == RESERVED else None
    number = f"{value:.1f}".replace(".0", "") if isinstance(value, float) else value
    return f"{number} ({state})" if state.startswith("de la edición") else number


def tested(asked: Publica, k: int, hidden: int) -> Iterator[Bloque]:
    """Yield the list of what was tested out: each thing with its rule, how many, and the legal reason."""
    reason = asked.fundamento or said("sin_fundamento")
    rows = tuple(
        (rule["que"], rule["regla"].format(k=k), f"{hidden}" if name == "cifras" else "todo", reason)
        for name, rule in texts()["testado"].items()
    )  # fmt: skip
    yield Titulo("Lo que se testó")
    yield Tabla("Partes testadas", ("Qué", "Regla", "Cuántas", "Fundamento"), rows, cifras=False)
