"""Writes the right name or gender of a person, with its trace; texts of the press stay as they were published."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.grouping.names import fold
from pipeline.registry import arco, coding
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry
from pipeline.registry.transaction import writing

GENDERS = ("mujer", "hombre", "no_binario", "colectivo", "indeterminado")


def rectify(registro: Path, number: int, motivo: str, *, nombre: str = "", genero: str = "", quien: str, now: datetime) -> int:  # noqa: PLR0913
    """Write a person's right name, or gender as they say it; return the request's number. Raises `ErrorDeUso`."""
    with closing(open_registry(registro)) as db, writing(db):
        return rectify_in(db, number, motivo, nombre=nombre, genero=genero, quien=quien, now=now)


def rectify_in(db: Database, number: int, motivo: str, *, nombre: str, genero: str, quien: str, now: datetime) -> int:  # noqa: PLR0913
    """Do so inside the caller's transaction."""
    found = arco.people(db, [number])
    if number not in found or found[number][2]:
        raise ErrorDeUso(f"no hay ninguna persona con el número {number}, o se suprimió")
    if not (nombre.strip() or genero):
        raise ErrorDeUso("falta el nombre o el género correcto")
    if genero and genero not in GENDERS:
        raise ErrorDeUso(f"«{genero}» no es un género: {', '.join(GENDERS)}")
    request = arco.open_request(db, Order("rectificar", (number,), motivo), quien=quien, now=now)
    changed = arco.rectify(db, number, nombre.strip(), fold(nombre), genero)
    arco.close_request(db, request, changed, now)
    for folio in arco.folios_of(db, number):
        coding.rewrite_keys(db, folio)
    return request
