"""`hallazgos publicar`: from the registry to a folder that is whole or not there."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from pipeline.publication.contents import Publicacion, contents
from pipeline.publication.counts import cut_of, figures
from pipeline.publication.editions import Edicion, is_ours, known_editions
from pipeline.publication.folder import alone, write
from pipeline.publication.protect import protect
from pipeline.publication.rows import public_tables, signed_m1, told_before
from pipeline.publication.texts import said
from pipeline.registry.transaction import reading


@dataclass(frozen=True)
class Pedido:
    """What was asked for: where, up to when, the least figure that is shown, earlier editions, contact for corrections."""

    salida: Path
    corte: date | None
    k: int
    anteriores: tuple[Path, ...] = ()
    contacto: str = ""


@dataclass(frozen=True)
class Hecho:
    """What was written: its last month, how many figures it shows and reserves, its number among the editions.

    `de_antes`: those of the reserved that are shown as an earlier edition told them.

    `expuestas`: figures that earlier editions reserved and gave away by themselves; nothing done now can hide them.
    """

    corte: str
    publicadas: int
    reservadas: int
    de_antes: int
    edicion: int
    expuestas: int


def publish(db: Database, asked: Pedido) -> Hecho:
    """Write the public version. Raises `ErrorDeUso` for a target that is no publication, an earlier one that is not whole.

    The publication that the folder holds is an earlier edition as well.
    """
    with alone(asked.salida):
        replaced = [asked.salida] if is_ours(asked.salida) else []
        earlier = known_editions([*asked.anteriores, *replaced])
        with reading(db):
            cut = cut_of(db, asked.corte)
            cifras, m1 = figures(db, cut), signed_m1(db)
        guarded = protect(cifras, asked.k, [edition.publicado for edition in earlier])
        shown = tuple((key, None if key in guarded.reservados else one.valor) for key, one in cifras.items())
        this = Edicion(f"{cut:%Y-%m}", asked.k, shown)
        editions = [*(edition for edition in earlier if edition != this), this]
        before = told_before(editions[:-1])
        tables = public_tables(cifras, guarded.reservados, m1, before)
        write(asked.salida, contents(Publicacion(tables, editions, asked.contacto or said("sin_contacto"))))
    hidden, again = len(guarded.reservados), len(guarded.reservados & before.keys())
    return Hecho(this.corte, len(cifras) - hidden, hidden, again, len(editions), len(guarded.expuestos))
