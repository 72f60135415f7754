"""The indicator as lines in Spanish: first M1 with its footing, then what must be read beside it."""

import csv
import io
from typing import Any

Row = tuple[str, str]
Section = tuple[str, list[Row]]

UNITS = {"hallazgo": "hallazgos", "publicacion": "publicaciones", "acto": "actos", "victima": "víctimas"}
DATES = {"registro": "fecha de registro", "publicacion": "fecha de publicación", "hecho": "fecha del hecho"}
ROWS = {
    "hecho_en_cdmx": "hecho en la ciudad",
    "persona_en_cdmx": "persona en la ciudad",
    "a_distancia_cdmx": "a distancia, contra alguien de la ciudad",
    "por_determinar": "ámbito por determinar",
    "fuera": "fuera de la ciudad",
    "antecedente": "antecedentes",
    "sin_fecha": "sin fecha",
}


def percent(value: float | None) -> str:
    """Return `120.0 %`, or a dash where the ratio is not defined."""
    return "—" if value is None else f"{value:,.1f} %"


def amount(value: int | None) -> str:
    """Return a count, or a dash where there is none."""
    return "—" if value is None else f"{value:,}"


def sections(record: dict[str, Any]) -> list[Section]:
    """Return (title, rows) of each block; rows are (concept, value)."""
    return [
        ("", headline(record)),
        ("Registros por ámbito", [ambito_row(name, counts) for name, counts in record["ambitos"].items()]),
        ("Fuera de M1", [outside_row(name, counts) for name, counts in record["fuera_de_m1"].items()]),
        ("Cobertura", coverage(record)),
    ]


def headline(record: dict[str, Any]) -> list[Row]:
    """Return M1 and its footing: numerator, denominator, days, date, unit, provisional figure and marks."""
    undefined = next((mark for mark in record["marcas"] if mark in ("no calculable", "sin línea base")), "")
    base = f", base {record['base']}" if record["base"] in ("monitoreo", "importada", "mixta") else ""
    return [
        ("Indicador", "1.4 Registros de hallazgos de información"),
        ("Periodo", f"{record['etiqueta']} ({span(record['inicio'], record['fin'])})"),
        ("Cuenta", f"{UNITS[record['unidad']]} por {DATES[record['fecha']]}"),
        ("M1", undefined or f"{percent(record['m1'])} = {ratio(record['registros_comparados'], record)}"),
        ("Registros del periodo", amount(record["registros"])),
        ("Registros comparados", f"{amount(record['registros_comparados'])}{days(record['desde'], record['hasta'])}"),
        (
            "Registros del año anterior",
            f"{amount(record['registros_anterior'])}{days(record['comparado_inicio'], record['comparado_fin'])}{base}",
        ),
        ("Por revisar", pending(record)),
        ("M1 provisional", provisional(record)),
        ("Marcas", "; ".join(record["marcas"]) or "ninguna"),
        *(("Aviso", line) for line in record["avisos"]),
    ]


def ratio(numerator: int, record: dict[str, Any]) -> str:
    """Return the division behind a percentage."""
    return f"{amount(numerator)} ÷ {amount(record['registros_anterior'])} × 100"


def pending(record: dict[str, Any]) -> str:
    """Return what waits for review, and how much of it lies in the compared days when that is less."""
    compared = record["por_revisar_comparados"]
    some = "" if compared in (None, record["por_revisar"]) else f" ({amount(compared)} en los días comparados)"
    return f"{amount(record['por_revisar'])}{some}"


def provisional(record: dict[str, Any]) -> str:
    """Return M1 if everything that waits were validated, with its division."""
    if record["m1_provisional"] is None:
        return percent(None)
    numerator = record["registros_comparados"] + record["por_revisar_comparados"]
    return f"{percent(record['m1_provisional'])} = {ratio(numerator, record)}"


def span(start: str, end: str) -> str:
    """Return a range of days, or the day."""
    return start if start == end else f"{start} a {end}"


def days(start: str | None, end: str | None) -> str:
    """Return a range in brackets, empty where nothing is compared."""
    return f" ({span(start, end)})" if start and end else ""


def ambito_row(name: str, counts: dict[str, int | None]) -> Row:
    """Return one ámbito: this period, the year before, still to be reviewed."""
    return ROWS[name], (
        f"{amount(counts['registros'])} (año anterior {amount(counts['registros_anterior'])},"
        f" por revisar {amount(counts['por_revisar'])})"
    )


def outside_row(name: str, counts: dict[str, int]) -> Row:
    """Return one row that never enters M1."""
    return ROWS[name], f"{amount(counts['validados'])} (por revisar {amount(counts['por_revisar'])})"


def coverage(record: dict[str, Any]) -> list[Row]:
    """Return the common basket, the days and sources not covered, and the avance (another figure than M1)."""
    basket, uncovered, goal = record["canasta_comun"], record["dias_sin_cobertura"], record["avance"]
    counted = f"{amount(basket['registros'])} entre {amount(basket['registros_anterior'])}, fuentes: {len(basket['fuentes'])}"
    quarters = ", ".join(f"T{n} {share}" for n, share in enumerate(goal["trimestres"], 1))
    return [
        ("M1 de la canasta común", basket["marca"] or f"{percent(basket['m1'])} ({counted})"),
        ("Días sin cobertura", ", ".join(uncovered["periodo"]) or "ninguno"),
        ("Días sin cobertura, año anterior", ", ".join(uncovered["anterior"]) or "ninguno"),
        ("Fuentes sin lectura", ", ".join(record["fuentes_sin_lectura"]) or "ninguna"),
        ("Avance de la meta 1.4", f"{percent(goal['porcentaje'])} de {goal['anio']} al {goal['hasta']} ({quarters})"),
    ]


def as_table(record: dict[str, Any]) -> str:
    """Return the lines for a terminal, concepts in one column and values in another."""
    blocks = sections(record)
    width = max(len(concept) for _title, rows in blocks for concept, _value in rows) + 2
    lines = []
    for title, rows in blocks:
        lines += ["", title] if title else []
        lines += [f"{concept:<{width}}{value}" for concept, value in rows]
    return "\n".join(lines)


def as_csv(record: dict[str, Any]) -> str:
    """Return `apartado,concepto,valor`, one line a row of the table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["apartado", "concepto", "valor"])
    for title, rows in sections(record):
        writer.writerows([title or "M1", *row] for row in rows)
    return out.getvalue().rstrip("\n")
