"""The mapping file (TOML) that says how a foreign table is read: which column gives which field, and what its words mean."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from nlp import vocabulario as v
from nlp.enumeracion import Valor
from pipeline.errores import ErrorDeUso, not_toml, reason
from pipeline.grouping.names import fold

T = TypeVar("T")
TOTALS = ("anio", "mes", "total", "indicador", "unidad", "fuente")
# field → its vocabulary; the words of a table are understood by slug and by label without being listed
WORDS: dict[str, type[Valor]] = {
    "clase": v.Clase, "modalidad": v.Modalidad, "agresion": v.Agresion, "agresor": v.Agresor, "tipo_victima": v.Victima,
    "genero": v.Genero, "entidad": v.Entidad, "alcaldia": v.Alcaldia, "ambito": v.Ambito, "cdmx": v.Cdmx, "via": v.Via,
    "vinculo": v.Vinculo,
}  # fmt: skip
DATES, HOURS = ("fecha_publicacion", "fecha_hecho"), ("hora_hecho",)
TEXTS, LISTED = ("clave", "sitio"), ("nombre", "medio_u_organizacion")
LISTS = ("modalidad", "agresion", "agresor", "tipo_victima", "genero", *LISTED)
FIELDS = (*WORDS, *DATES, *HOURS, *TEXTS, *LISTED)
KEYS = {"columna", "fijo", "separador", "valores", "otros", "formatos", "reservados"}
REFUSE, LEAVE_OUT = "error", "omitir"


@dataclass(frozen=True)
class Campo:
    """How a field is read: from `columna`, or always `fijo`.

    `valores` gives by folded word its meaning ("" leaves it out); a word that is not there nor in the vocabulary is refused,
    left out or read as `otros` says. `reservados` are words that stand for somebody who is not named.
    """

    columna: str = ""
    fijo: str = ""
    separador: str = ","
    valores: Mapping[str, str] | None = None
    otros: str = REFUSE
    formatos: tuple[str, ...] = ("%Y-%m-%d",)
    reservados: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mapa:
    """A mapping file: `nombre` stands before every key, so that two tables with the same numbers are told apart.

    `solo` and `omitir` choose rows by the folded words of a column; `cambios` mends cells by key and column.
    """

    nombre: str
    campos: Mapping[str, Campo]
    solo: Mapping[str, frozenset[str]]
    omitir: Mapping[str, frozenset[str]]
    cambios: Mapping[str, Mapping[str, str]]


def read_mapping(path: Path) -> Mapa:
    """Return the mapping of a file of records. Raises `ErrorDeUso` naming what is wrong in it."""
    return read_built(path, built)


def read_totals_mapping(path: Path) -> Mapping[str, Campo]:
    """Return how each field of a file of totals is read. Raises `ErrorDeUso` naming what is wrong in it."""
    return read_built(path, built_totals)


def built_totals(content: Mapping[str, Any]) -> Mapping[str, Campo]:
    """Return the fields of a parsed file for totals. Raises `ValueError` in Spanish."""
    if unknown := set(content) - {"nombre", "campos"}:
        raise ValueError(f"no se conoce «{min(unknown)}»")
    campos = {name: field(name, told, TOTALS) for name, told in content.get("campos", {}).items()}
    if missing := [name for name in TOTALS[:3] if name not in campos]:
        raise ValueError(f"falta [campos.{missing[0]}]")
    return campos


def read_built(path: Path, build: Callable[[Mapping[str, Any]], T]) -> T:
    """Return what `build` makes of a TOML file. Raises `ErrorDeUso` naming what is wrong in it."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ErrorDeUso(f"{path}: no se puede leer: {reason(error)}") from error
    except tomllib.TOMLDecodeError as error:
        raise ErrorDeUso(f"{path}: {not_toml(error)}") from error
    try:
        return build(content)
    except (TypeError, AttributeError, ValueError) as error:
        raise ErrorDeUso(f"{path}: {error}") from error


def built(content: Mapping[str, Any]) -> Mapa:
    """Return the mapping of a parsed file. Raises `ValueError` in Spanish."""
    if unknown := set(content) - {"nombre", "campos", "solo", "omitir", "cambios"}:
        raise ValueError(f"no se conoce «{min(unknown)}»")
    campos = {name: field(name, told) for name, told in content.get("campos", {}).items()}
    if not content.get("nombre") or "clave" not in campos:
        raise ValueError("faltan «nombre» o [campos.clave]: sin ellos no se sabe qué renglón es cada uno")
    if not set(DATES) & set(campos):
        raise ValueError(f"falta [campos.{DATES[0]}] o [campos.{DATES[1]}]: alguna fecha decide el periodo")
    only, without = ({lower(c): words(w) for c, w in content.get(part, {}).items()} for part in ("solo", "omitir"))
    changes = {str(key): {lower(c): str(w) for c, w in cells.items()} for key, cells in content.get("cambios", {}).items()}
    return Mapa(str(content["nombre"]), campos, only, without, changes)


def field(name: str, told: Mapping[str, Any], known: tuple[str, ...] = FIELDS) -> Campo:
    """Return how one field is read."""
    if name not in known:
        raise ValueError(f"[campos.{name}]: no es un campo; se conocen {', '.join(sorted(known))}")
    if unknown := set(told) - KEYS:
        raise ValueError(f"[campos.{name}]: no se conoce «{min(unknown)}»; se conocen {', '.join(sorted(KEYS))}")
    if ("columna" in told) == ("fijo" in told):
        raise ValueError(f"[campos.{name}]: lleva «columna» o «fijo», uno de los dos")
    meanings = {fold(word): meaning for word, meaning in told.get("valores", {}).items()}
    for value in [
        *meanings.values(),
        told.get("fijo", ""),
        *({told["otros"]} - {REFUSE, LEAVE_OUT} if "otros" in told else ()),
    ]:
        if value and name in WORDS and value not in list(WORDS[name]):
            raise ValueError(f"[campos.{name}]: «{value}» no es uno de: {', '.join(WORDS[name])}")
    return Campo(
        lower(told.get("columna", "")),
        told.get("fijo", ""),
        told.get("separador", ","),
        meanings,
        told.get("otros", REFUSE),
        (*told.get("formatos", ()), "%Y-%m-%d"),
        words(told.get("reservados", ())),
    )


def lower(column: str) -> str:
    """Return a column's name as `sheets.read_sheet` gives it."""
    return column.strip().lower()


def words(given: object) -> frozenset[str]:
    """Return words folded. Raises `ValueError` for what is no list."""
    if not isinstance(given, list | tuple):
        raise ValueError(f"«{given}»: se escribe como una lista")
    return frozenset(fold(str(word)) for word in given)
