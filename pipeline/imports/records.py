"""The rows of a foreign table as findings: codes by the guide's own derivations, victims, dates by the design's rule."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from nlp.vocabulario import agresiones_de, clase_de
from pipeline.errores import ErrorDeUso
from pipeline.figures.sheets import Fila, read_sheet
from pipeline.grouping.codes import is_old
from pipeline.grouping.names import fold
from pipeline.imports import cells
from pipeline.imports.mapping import DATES, Campo, Mapa
from pipeline.registry.imports import Registro
from pipeline.registry.people import VictimRow

T = TypeVar("T")
SHOWN_ERRORS = 20
SINGLE = ("clase", "entidad", "alcaldia", "ambito", "cdmx", "via", "vinculo")


@dataclass(frozen=True)
class Leidos:
    """The findings of a file, and how many of its rows the mapping leaves out."""

    registros: list[Registro]
    omitidos: int


@dataclass
class Renglon:
    """A row being read: its cells, the errors of the whole file."""

    fila: Fila
    mapa: Mapa
    errores: list[str]

    def read(self, name: str, reader: Callable[[Campo, str], T], empty: T) -> T:
        """Return what `reader` makes of the field's cell, `empty` where there is no such field, or an error was noted."""
        campo = self.mapa.campos.get(name)
        if campo is None:
            return empty
        try:
            return reader(campo, self.fila.celdas.get(campo.columna, ""))
        except ValueError as error:
            self.errores.append(f"línea {self.fila.linea}, columna {campo.columna or name}: {error}")
            return empty


def read_records(path: Path, mapa: Mapa, today: date) -> Leidos:
    """Return the findings of a CSV or XLSX. Raises `ErrorDeUso` with every bad cell (line and column), taking none of it."""
    header, rows = read_sheet(path)
    used = {campo.columna for campo in mapa.campos.values() if campo.columna} | set(mapa.solo) | set(mapa.omitir)
    if missing := sorted(used - set(header)):
        raise ErrorDeUso(f"{path}: línea 1: faltan las columnas: {', '.join(missing)}")
    errors: list[str] = []
    chosen = [mended(row, mapa) for row in rows]
    chosen = [row for row in chosen if kept(row, mapa)]
    found = [record(Renglon(row, mapa, errors), today) for row in chosen]
    errors += repeated(chosen, found)
    if not found:
        errors.append("no trae ningún registro")
    if errors:
        more = [f"… y {len(errors) - SHOWN_ERRORS} errores más"] if len(errors) > SHOWN_ERRORS else []
        raise ErrorDeUso("\n".join(f"{path}: {error}" for error in errors[:SHOWN_ERRORS] + more))
    return Leidos(found, len(rows) - len(chosen))


def mended(row: Fila, mapa: Mapa) -> Fila:
    """Return the row with the cells that the mapping changes."""
    changed = mapa.cambios.get(row.celdas.get(mapa.campos["clave"].columna, ""), {})
    return replace(row, celdas={**row.celdas, **changed}) if changed else row


def kept(row: Fila, mapa: Mapa) -> bool:
    """Tell whether the mapping takes the row."""
    inside = all(fold(row.celdas[column]) in words for column, words in mapa.solo.items())
    return inside and not any(fold(row.celdas[column]) in words for column, words in mapa.omitir.items())


def repeated(rows: list[Fila], found: list[Registro]) -> list[str]:
    """Return an error for each key that is empty or given twice."""
    times = Counter(one.clave for one in found)
    return [
        f"línea {row.linea}: la clave «{one.clave.partition(':')[2]}» está vacía o repetida"
        for row, one in zip(rows, found, strict=True)
        if times[one.clave] > 1 or one.clave.endswith(":")
    ]


def record(row: Renglon, today: date) -> Registro:
    """Return one row's finding; with errors noted it is not to be used."""
    codes = {name: row.read(name, partial(cells.one, name), "") for name in SINGLE}
    days = {name: row.read(name, lambda c, t: cells.day(c, t, today), None) for name in DATES}
    registered = days["fecha_publicacion"] or days["fecha_hecho"]
    if registered is None and not row.errores:
        row.errores.append(f"línea {row.fila.linea}: no tiene fecha de publicación ni del hecho")
    lists = {name: unique(listed(row, name)) for name in ("modalidad", "agresion", "agresor", "tipo_victima")}
    lists["agresion"] = lists["agresion"] or agresiones_de(lists["modalidad"])
    victims = victims_of(row)
    lists["tipo_victima"] = lists["tipo_victima"] or unique([victim.tipo for victim in victims])
    key = row.read("clave", lambda c, t: c.fijo or t, "")
    singles = {
        **days,
        "hora_hecho": row.read("hora_hecho", lambda _c, t: cells.hour(t), None),
        "sitio": row.read("sitio", lambda c, t: c.fijo or t, ""),
        "clase": codes["clase"] or clase_de(lists["modalidad"]),
        "via": codes["via"] or "sin_determinar",
        "vinculo": codes["vinculo"] or "no_confirmado",
        "antecedente": int(is_old("", days["fecha_hecho"], registered or "9999-12-31")),
        **place(codes),
    }
    return Registro(f"{row.mapa.nombre}:{key}", registered or "", singles, lists, victims)


def place(codes: dict[str, str]) -> dict[str, object]:
    """Return where it happened and how it belongs to the city; a borough's name elsewhere is another place."""
    state, borough = codes["entidad"], codes["alcaldia"]
    of_city = {"": "indeterminado", "cdmx": "si"}.get(state, "no")
    of_city = codes["cdmx"] or ("si" if borough and not state else of_city)
    scope = {"si": "hecho_en_cdmx", "no": "fuera"}.get(of_city, "por_determinar")
    return {
        "cdmx": of_city,
        "entidad": state or ("cdmx" if of_city == "si" else None),
        "alcaldia": (borough or None) if of_city == "si" else None,
        "ambito": codes["ambito"] or scope,
    }


def listed(row: Renglon, name: str) -> list[str]:
    """Return the codes of a list field in the cell's order."""
    return row.read(name, partial(cells.several, name), [])


def unique(values: list[str]) -> tuple[str, ...]:
    """Return the values that are something, each once, sorted."""
    return tuple(sorted({value for value in values if value}))


def victims_of(row: Renglon) -> tuple[VictimRow, ...]:
    """Return the row's victims: each name once with what stands at its place in the other cells; the unnamed counted."""
    names = row.read("nombre", cells.texts, [""])
    kinds, genders = listed(row, "tipo_victima"), listed(row, "genero")
    nothing: list[str] = []
    houses = row.read("medio_u_organizacion", cells.texts, nothing)
    named: dict[str, VictimRow] = {}
    unnamed: Counter[tuple[str, str]] = Counter()
    for place_of, name in enumerate(names):
        kind = at(kinds, place_of, len(names)) or "periodista"
        gender = at(genders, place_of, len(names)) or "indeterminado"
        origin = "texto" if gender != "indeterminado" else None
        if name:
            named.setdefault(fold(name), VictimRow(name, kind, gender, origin, at(houses, place_of, len(names))))
        else:
            unnamed[kind, gender] += 1
    counted = [VictimRow("", kind, gender, cantidad=times) for (kind, gender), times in unnamed.items()]
    return (*named.values(), *counted)


def at(values: list[str], place_of: int, names: int) -> str:
    """Return what a list says of the victim at a place: its own value, the only one for all, or nothing."""
    if len(values) == 1:
        return values[0]
    return values[place_of] if len(values) == names else ""
