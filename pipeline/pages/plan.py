"""The plan's page: the table of a quarter as `v_plan_trimestre` has it, and what its form asks."""

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.pages.access import DATABASE
from pipeline.pages.asked import Asked
from pipeline.pages.readers import fetch
from pipeline.periodos import parse_period
from pipeline.plan.changes import say_reached, unsay_reached
from pipeline.plan.quarter import VIEW
from pipeline.plan.reached import Reached, quarter_of
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError

Row = dict[str, Any]
QUARTERS = f"SELECT DISTINCT anio, trimestre FROM {VIEW} ORDER BY anio DESC, trimestre DESC"
NEWEST = f"SELECT max(printf('%d-T%d', anio, trimestre)) AS periodo FROM {VIEW} WHERE origen <> ''"
ROWS = f"SELECT * FROM {VIEW} WHERE anio = ? AND trimestre = ? ORDER BY orden"


@dataclass(frozen=True)
class Quarter:
    """A quarter's rows; `otros` are the keys of the quarters of every plan loaded, the newest first."""

    clave: str
    filas: list[Row]
    otros: list[str]

    @property
    def etiqueta(self) -> str:
        """The quarter's name in words."""
        return parse_period(self.clave).etiqueta


async def quarter_page(site: Datasette, asked: str) -> Quarter:
    """Return the quarter asked for, else the newest of which something is known. Raises `ErrorDeUso` for what is none."""
    others = [f"{row['anio']}-T{row['trimestre']}" for row in await fetch(site, QUARTERS)]
    newest = (await fetch(site, NEWEST))[0]["periodo"] or (others[-1] if others else "")
    wanted = asked.strip().upper() or newest
    return Quarter(wanted, await fetch(site, ROWS, quarter_of(wanted)) if wanted else [], others)


async def say(site: Datasette, asked: Asked, quien: str) -> tuple[int, str]:
    """Do what the form asks; return the answer's status and what is told: 303, or 400 and 409 with why."""

    def write(connection: sqlite3.Connection) -> None:
        year, quarter = quarter_of(asked.text("trimestre"))
        hand = Hand(quien, datetime.now(UTC), asked.needed_number("version"))
        if asked.text("accion", default="decir") == "quitar":
            unsay_reached(Database(connection), year, asked.text("clave"), quarter, hand)
            return
        reached = number(asked, "alcanzado")
        if reached is None:
            raise ReviewError("falta lo alcanzado; si no se hizo nada, escriba 0")
        told = Reached(
            year, quarter, asked.text("clave"), reached, number(asked, "programado"), asked.text("nota", default="").strip()
        )
        say_reached(Database(connection), told, hand)

    try:
        await site.get_database(DATABASE).execute_write_fn(write)
    except Conflict as error:
        return 409, error.message
    except ReviewError as error:
        return 400, error.message
    return 303, f"{asked.text('clave')}: guardado"


def typed_in(asked: Asked) -> dict[str, str]:
    """Return what stood in the form's boxes, which the page keeps when it is refused."""
    return {name: asked.text(name, default="") for name in ("clave", "alcanzado", "programado", "nota")}


def number(asked: Asked, name: str) -> float | None:
    """Return an amount of the form, None where it is empty. Raises `ReviewError` for what is no number of zero or more."""
    text = asked.text(name, default="").strip()
    if text and not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,4})?", text):
        raise ReviewError(f"{name}: «{text}» no es un número de cero o más (con punto decimal)")
    return float(text) if text else None
