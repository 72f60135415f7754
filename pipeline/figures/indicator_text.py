"""The indicator as lines in Spanish: first M1 with its footing, then what must be read beside it."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from pipeline.figures.coverage import days_of
from pipeline.figures.m1 import BASE_DDHH, INDICATORS, MARKS, UNCOVERED

Row = tuple[str, str]
Section = tuple[str, list[Row]]

UNITS = {
    "hallazgo": "hallazgos",
    "publicacion": "publicaciones",
    "acto": "actos",
    "victima": "víctimas",
    "registro": "registros de información",
}
DATES = {"registro": "fecha de registro", "publicacion": "fecha de publicación", "hecho": "fecha del hecho"}
ROWS = {
    "hecho_en_cdmx": "Hecho en la ciudad",
    "persona_en_cdmx": "Persona en la ciudad",
    "a_distancia_cdmx": "A distancia, contra alguien de la ciudad",
    "por_determinar": "Ámbito por determinar",
    "fuera": "Fuera de la ciudad",
    "antecedente": "Antecedentes",
    "sin_fecha": "Sin fecha",
}
ORIGINS = {
    "monitoreo": ", del monitoreo",
    "importada": ", de cifras importadas",
    "mixta": ", en parte de cifras importadas",
}
WHOLE = ("registros", "registros_anterior")
COMPARED = ("registros_comparados", "anterior_comparado")
LISTED = 4  # ranges of days or sources that a line names; the rest is counted (the JSON has them all)


def percent(value: float | None) -> str:
    """Return `120.0 %`, or a dash where the ratio is not defined."""
    return "—" if value is None else f"{value:,.1f} %"


def amount(value: int | None) -> str:
    """Return a count, or a dash where there is none."""
    return "—" if value is None else f"{value:,}"


def sections(record: dict[str, Any]) -> list[Section]:
    """Return (title, rows) of each block; rows are (concept, value)."""
    if "renglones" in record:
        beside = [("Renglones, cada uno en su unidad", [base_row(row) for row in record["renglones"].values()])]
    else:
        beside = [
            ("Registros por ámbito", [ambito_row(name, record) for name in record["ambitos"]]),
            ("Fuera de M1", [outside_row(name, counts) for name, counts in record["fuera_de_m1"].items()]),
        ]
    return [("", headline(record)), *beside, ("Cobertura", coverage(record))]


def headline(record: dict[str, Any]) -> list[Row]:
    """Return M1 and its footing: numerator, denominator, days, date, unit, provisional figure and marks."""
    undefined = next((mark for mark in record["marcas"] if mark in (UNCOVERED, "no calculable", "sin línea base")), "")
    return [
        ("Indicador", f"{record['indicador']} {INDICATORS[record['indicador']]}"),
        ("Periodo", period(record)),
        ("Se cuentan", f"{UNITS[record['unidad']]} por {dated(record)}"),
        ("M1", undefined or f"{percent(record['m1'])} = {ratio(record['registros_comparados'], record)}"),
        *counted(record),
        *signed(record["firmado_anterior"]),
        ("Por revisar", pending(record)),
        ("M1 provisional", provisional(record)),
        *([("Marca", f"{mark}: {MARKS[mark]}") for mark in record["marcas"]] or [("Marcas", "ninguna")]),
        *(("Aviso", line) for line in record["avisos"]),
    ]


def dated(record: dict[str, Any]) -> str:
    """Return which date decides the period."""
    return "su hora" if record["indicador"] == BASE_DDHH else DATES[record["fecha"]]


def signed(closing: dict[str, Any] | None) -> list[Row]:
    """Return the figure that was signed of the year before's period; M1 divides by the corrected one."""
    if closing is None:
        return []
    said = f"{amount(closing['registros'])}, en el informe de {closing['periodo']}, versión {closing['version']}"
    return [("Año anterior, según lo firmado", f"{said} (corte {closing['corte']}); M1 divide entre la cifra corregida")]


def base_row(row: dict[str, Any]) -> Row:
    """Return one row of the Bases in its unit, beside the year before."""
    before = "sin desglose" if row["anterior"] is None else amount(row["anterior"])
    waiting = f", por revisar {amount(row['por_revisar'])}" if row["por_revisar"] else ""
    return row["etiqueta"], f"{amount(row['periodo'])} {row['unidad']} (año anterior {before}{waiting})"


def period(record: dict[str, Any]) -> str:
    """Return the period's name and, unless that tells them, its days."""
    name, start = str(record["etiqueta"]), str(record["inicio"])
    return name if start in name else name + days(start, record["fin"])


def counted(record: dict[str, Any]) -> list[Row]:
    """Return the registros of the whole period and of the year before; what is compared, where that is another stretch."""
    origin = ORIGINS.get(record["base"], "")
    now = UNCOVERED if UNCOVERED in record["marcas"] else amount(record["registros"])
    unknown = record["registros_anterior"] is None and record["anterior_inicio"] is not None
    told = UNCOVERED if unknown else amount(record["registros_anterior"])
    before = f"{told}{days(record['anterior_inicio'], record['anterior_fin'])}"
    if not in_part(record):
        return [("Registros del periodo", now), ("Registros del año anterior", before + origin)]
    now_compared = f"{amount(record['registros_comparados'])}{days(record['desde'], record['hasta'])}"
    compared = f"{amount(record['anterior_comparado'])}{days(record['comparado_inicio'], record['comparado_fin'])}{origin}"
    return [
        ("Registros del periodo", now),
        ("Registros del año anterior", before),
        ("Registros comparados", now_compared),
        ("Registros comparados, año anterior", compared),
    ]


def in_part(record: dict[str, Any]) -> bool:
    """Return whether M1 compares something, and less than the whole period with the whole of the year before."""
    ends = (("inicio", "desde"), ("fin", "hasta"), ("anterior_inicio", "comparado_inicio"), ("anterior_fin", "comparado_fin"))
    return record["desde"] is not None and any(record[whole] != record[compared] for whole, compared in ends)


def ratio(numerator: int, record: dict[str, Any]) -> str:
    """Return the division behind a percentage."""
    return f"{amount(numerator)} ÷ {amount(record['anterior_comparado'])} × 100"


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


def ambito_row(name: str, record: dict[str, Any]) -> Row:
    """Return one ámbito: this period, the year before, still to be reviewed; what is compared, where it is known and less."""
    counts = record["ambitos"][name]
    now, before = (apart(counts[key], record[key]) for key in WHOLE)
    compared, base = (counts[key] for key in COMPARED)
    same = [counts[key] for key in WHOLE] == [compared, base]
    less = "" if compared is None or base is None or same else f"; se comparan {amount(compared)} con {amount(base)}"
    return ROWS[name], f"{now} (año anterior {before}, por revisar {amount(counts['por_revisar'])}{less})"


def apart(part: int | None, whole: int | None) -> str:
    """Return one ámbito's count, or that a known total does not tell it."""
    return "sin desglose" if part is None and whole is not None else amount(part)


def outside_row(name: str, counts: dict[str, int]) -> Row:
    """Return one row that never enters M1."""
    return ROWS[name], f"{amount(counts['validados'])} (por revisar {amount(counts['por_revisar'])})"


def coverage(record: dict[str, Any]) -> list[Row]:
    """Return the common basket, the days and sources not covered, and the avance (another figure than M1)."""
    basket, uncovered = record["canasta_comun"], record["dias_sin_cobertura"]
    division = f"{amount(basket['registros_comparados'])} ÷ {amount(basket['anterior_comparado'])} × 100"
    sources = f"fuentes: {len(basket['fuentes'])}"
    undefined = f"{basket['marca']}{': ' * bool(basket['motivo'])}{basket['motivo']}"
    return [
        ("M1 de la canasta común de fuentes", undefined or f"{percent(basket['m1'])} = {division} ({sources})"),
        ("Días sin cobertura", gaps(uncovered["periodo"])),
        ("Días sin cobertura, año anterior", gaps(uncovered["anterior"])),
        ("Fuentes sin lectura", listed(record["fuentes_sin_lectura"], "ninguna")),
        *(goal_row(record["avance"]) if "avance" in record else []),
    ]


def goal_row(goal: dict[str, Any]) -> list[Row]:
    """Return the avance of the goal of 1.4, in all and by quarter."""
    quarters = ", ".join(f"T{n} {percent(share)}" for n, share in enumerate(goal["trimestres"], 1))
    told = f"{percent(goal['porcentaje'])} del año {goal['anio']}, hasta el {goal['hasta']} ({quarters})"
    return [("Avance de la meta 1.4", told)]


def gaps(ranges: Sequence[str]) -> str:
    """Return how many days the ranges (`AAAA-MM-DD` or `AAAA-MM-DD..AAAA-MM-DD`) hold, and the first of them."""
    count = days_of(ranges)
    named = listed([part.replace("..", " a ") for part in ranges])
    return f"{amount(count)} {'día' if count == 1 else 'días'}: {named}" if ranges else "ninguno"


def listed(items: Sequence[str], none: str = "") -> str:
    """Return the first `LISTED` items and how many more there are; `none` without any."""
    more = f" y {len(items) - LISTED} más" if len(items) > LISTED else ""
    return ", ".join(items[:LISTED]) + more or none


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
