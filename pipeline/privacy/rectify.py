"""Writes what a person says of themselves (name, gender, outlet or organisation), with its trace; press texts stay.

The texts of the press stay as they were published: they say what was said. What the machine reads of them later does not
change what was rectified, since the victim's row is a person's word from then on.
"""

from contextlib import closing
from dataclasses import astuple
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from nlp.vocabulario import Genero
from pipeline.errores import ErrorDeUso
from pipeline.grouping.names import fold
from pipeline.privacy.forms import forms
from pipeline.privacy.reasons import check_reason
from pipeline.registry import arco, coding, erased
from pipeline.registry.arco import Order, Right
from pipeline.registry.connection import open_registry
from pipeline.registry.transaction import writing


def rectify(registro: Path, order: Order, right: Right, *, quien: str, now: datetime) -> int:
    """Write what is right of the one person of an order; return the request's number. Raises `ErrorDeUso`."""
    with closing(open_registry(registro)) as db, writing(db):
        return rectify_in(db, order, right, quien=quien, now=now)


def rectify_in(db: Database, order: Order, right: Right, *, quien: str, now: datetime) -> int:
    """Do so inside the caller's transaction."""
    (number,) = order.ids
    found = arco.people(db, [number])
    if number not in found or found[number][2]:
        raise ErrorDeUso(f"no hay ninguna persona con el número {number}, o se suprimió")
    if found[number][1] != "persona":
        raise ErrorDeUso(f"persona {number}: es {found[number][1]}; estos derechos son de personas físicas")
    said = Right(*(" ".join(value.split()) for value in astuple(right)))
    _check(db, said)
    check_reason(db, order.motivo, forms([found[number][0], said.nombre]))
    request = arco.open_request(db, order, quien=quien, now=now)
    changed = arco.rectify(db, number, said, fold(said.nombre))
    arco.close_request(db, request, changed, now)
    for folio in arco.folios_of(db, number):
        coding.follow(db, folio)
        coding.rewrite_keys(db, folio)
    return request


def _check(db: Database, right: Right) -> None:
    if not any(astuple(right)):
        raise ErrorDeUso("falta el dato correcto: nombre, género, o medio u organización")
    if right.nombre and not fold(right.nombre):
        raise ErrorDeUso("el nombre correcto no tiene letras")
    if right.nombre and erased.is_erased(db, right.nombre):
        raise ErrorDeUso("ese nombre es de quien pidió que no se guarde")
    if right.genero and right.genero not in list(Genero):
        raise ErrorDeUso(f"«{right.genero}» no es un género: {', '.join(Genero)}")
