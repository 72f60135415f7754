"""What `hallazgos arco` does and prints."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from pipeline.errores import ErrorDeUso, Salida, reason
from pipeline.evidence import write_private
from pipeline.jobs.lock import jobs_lock
from pipeline.privacy import desk, discarded, give_back
from pipeline.privacy import erase as erasing
from pipeline.privacy import export as exporting
from pipeline.privacy import rectify as mending
from pipeline.privacy.discarded import Discards
from pipeline.privacy.finish import forget
from pipeline.privacy.forms import forms
from pipeline.privacy.locks import alone
from pipeline.privacy.search import candidates, held
from pipeline.quien import shell_user
from pipeline.registry import arco
from pipeline.registry.arco import Order, Right
from pipeline.registry.connection import open_registry
from pipeline.registry.held import gathered
from pipeline.registry.transaction import writing
from pipeline.tables import show_rows

MEANT = (
    "Diga qué filas son, con sus números (`hallazgos arco buscar NÚMERO…`); si no hay fila, `exportar`, `bloquear` y `suprimir`"
    " toman el nombre con --nombre. Lo incierto lo decide una persona."
)
COLUMNS = ("id", "nombre", "tipo", "cuantos", "parecido")
HEADINGS = ("Persona", "Nombre", "Qué o dónde", "Cuántos", "Parecido")


def order(tipo: str, persona: Sequence[str], also: Sequence[str], why: str, hold: str = "") -> Order:
    """Return what is asked for; people are told by number. Raises `ErrorDeUso`."""
    wrong = [one for one in persona if not one.isdecimal()]
    if wrong:
        raise ErrorDeUso(f"«{wrong[0]}» no es un número de persona; búsquelo con `hallazgos arco buscar`")
    if not why.strip():
        raise ErrorDeUso("falta el motivo")
    if not persona and not also:
        raise ErrorDeUso("falta PERSONA (su número), o --nombre si ninguna fila es suya")
    return Order(tipo, tuple(dict.fromkeys(int(one) for one in persona)), why.strip(), hold.strip(), tuple(also))


def show_search(registro: Path, persona: Sequence[str], also: Sequence[str], form: str) -> Salida:
    """Print who may be meant by a name, or what is held on people told by number. `ATENCION`: say who is meant."""
    with closing(open_registry(registro)) as db:
        if not persona:
            raise ErrorDeUso("falta el nombre que se busca, o los números de las personas")
        if all(one.isdecimal() for one in persona):
            asked = order("exportar", persona, also, "búsqueda")
            subject = gathered(db, asked.ids, erasing.names_of(db, asked))
            show_rows(COLUMNS[1:], held(db, registro.parent, subject).rows(), form, headings=HEADINGS[1:])
            return Salida.HECHO
        rows = by_name(db, registro.parent, " ".join(persona), also)
    show_rows(COLUMNS, rows, form, headings=HEADINGS)
    found = [row for row in rows if row["tipo"] != "sin leer"]
    if form == "tabla":
        click.echo(MEANT if found else "Nadie en el registro lleva ese nombre ni uno parecido, y ningún texto lo dice.")
    return Salida.ATENCION if found else Salida.HECHO


def by_name(db: Database, folder: Path, nombre: str, also: Sequence[str]) -> list[dict[str, Any]]:
    """Return the people whom a name may mean, then where it stands in texts, then what was not read."""
    people = [{**vars(one), "cuantos": one.hallazgos} for one in candidates(db, nombre)]
    own = forms([nombre, *also])
    return people + held(db, folder, gathered(db, (), own)).rows()


def export(registro: Path, asked: Order, output: Path, now: datetime) -> None:
    """Write everything on a person into a new folder. Raises `ErrorDeUso`."""
    with closing(open_registry(registro)) as db:
        subject = gathered(db, asked.ids, erasing.names_of(db, asked))
        data = exporting.gathered_export(db, registro.parent, subject, now)
        try:
            output.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise ErrorDeUso(f"{output}: {'ya existe' if output.exists() else reason(error)}") from error
        with writing(db):
            request = arco.open_request(db, asked, quien=shell_user(), now=now)
            arco.close_request(db, request, data["cuantos"], now)
        write_private(output / "datos.json", exporting.as_json(data).encode())
        write_private(output / "datos.html", exporting.as_html(data).encode())
    click.echo(f"{output}: datos.json y datos.html, solicitud {request}. Llevan datos personales: entréguelos y bórrelos.")


def rectify(registro: Path, asked: Order, right: Right, now: datetime) -> None:
    """Write the right value and print the request's number."""
    number = mending.rectify(registro, asked, right, quien=shell_user(), now=now)
    click.echo(f"Rectificado; solicitud {number}.")


def erase(registro: Path, asked: Order, now: datetime) -> None:
    """Block or erase and print what was changed."""
    with jobs_lock(registro):  # what pages ask for may be writing captures
        done = erasing.erase(registro, asked, quien=shell_user(), now=now)
    desk.clear(registro)
    told = ", ".join(f"{name} {count}" for name, count in sorted(done.conteos.items()) if count) or "ninguno"
    click.echo(f"Solicitud {done.solicitud}: valores y capturas testados: {told}.")
    click.echo("Los respaldos anteriores guardan todavía el nombre: al restaurarlos se suprime otra vez.")
    if asked.tipo == "bloquear":
        click.echo(f"Para devolverlo: `hallazgos arco desbloquear {done.solicitud}`.")
    if asked.retencion:
        click.echo(f"La evidencia queda apartada; al terminar la retención: `hallazgos arco liberar {done.solicitud}`.")


def unblock(registro: Path, number: int, why: str, now: datetime) -> None:
    """End a blocking and print what stays as it is."""
    left = give_back.unblock(registro, number, why, quien=shell_user(), now=now)
    click.echo(f"Solicitud {number}: devuelto." + (f" {left} valores cambiaron desde entonces y siguen así." if left else ""))


def release(registro: Path, number: int, why: str, now: datetime) -> None:
    """Let go of what was kept and print so."""
    give_back.release(registro, number, why, quien=shell_user(), now=now)
    click.echo(f"Solicitud {number}: lo apartado se destruyó.")


def show_requests(registro: Path, form: str) -> None:
    """Print every request."""
    columns = (
        "id",
        "tipo",
        "de_solicitud",
        "personas",
        "motivo",
        "retencion",
        "quien",
        "cuando",
        "terminada_en",
        "levantada_en",
    )
    with closing(open_registry(registro)) as db:
        rows = [{name: getattr(one, name) for name in columns} for one in arco.requests(db)]
    show_rows(columns, [row | {"personas": " ".join(map(str, row["personas"]))} for row in rows], form)


def compact(registro: Path) -> None:
    """Write the registry's file anew."""
    with alone(registro), closing(open_registry(registro)) as db:
        forget(db)
    click.echo(f"{registro}: escrito de nuevo.")


def pseudonymise(registro: Path, asked: Discards, now: datetime, *, really: bool) -> None:
    """Give pseudonyms to people of long discarded findings, or print how many would get one."""
    count = discarded.pseudonymise(registro, asked, quien=shell_user(), now=now, really=really)
    click.echo(f"Personas {'que quedaron con seudónimo' if really else 'que quedarían con seudónimo'}: {count}.")
    if not really and count:
        click.echo("Nada ha cambiado: para hacerlo, repita la orden con --aplicar.")
