"""`hallazgos publicar`: from the registry to a folder that is whole or not there."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso, reason
from pipeline.partial import scratch_folder
from pipeline.publication.contents import Publicacion, contents
from pipeline.publication.counts import cut_of, figures
from pipeline.publication.editions import Edicion, check_whole, is_ours, known_editions
from pipeline.publication.protect import protect
from pipeline.publication.rows import public_tables, signed_m1
from pipeline.publication.texts import said
from pipeline.registry.transaction import reading

OLD = ".anterior"


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

    `expuestas`: figures that earlier editions reserved and gave away by themselves; nothing done now can hide them.
    """

    corte: str
    publicadas: int
    reservadas: int
    edicion: int
    expuestas: int


def publish(db: Database, asked: Pedido) -> Hecho:
    """Write the public version. Raises `ErrorDeUso` for a target that is no publication, an earlier one that is not whole.

    The publication that the folder holds is an earlier edition as well.
    """
    check_target(asked.salida)
    replaced = [asked.salida] if is_ours(asked.salida) else []
    earlier = known_editions([*asked.anteriores, *replaced])
    with reading(db):
        cut = cut_of(db, asked.corte)
        cifras, m1 = figures(db, cut), signed_m1(db)
    guarded = protect(cifras, asked.k, [edition.publicado for edition in earlier])
    shown = tuple((key, None if key in guarded.reservados else one.valor) for key, one in cifras.items())
    this = Edicion(f"{cut:%Y-%m}", asked.k, shown)
    editions = [*(edition for edition in earlier if edition != this), this]
    tables = public_tables(cifras, guarded.reservados, m1)
    write(asked.salida, contents(Publicacion(tables, editions, asked.contacto or said("sin_contacto"))))
    hidden = len(guarded.reservados)
    return Hecho(this.corte, len(cifras) - hidden, hidden, len(editions), len(guarded.expuestos))


def check_target(target: Path) -> None:
    """Raise `ErrorDeUso` for a target that holds something that this program did not write."""
    if target.is_dir():
        if any(target.iterdir()):
            check_whole(target)
    elif target.exists() or target.is_symlink():
        raise ErrorDeUso(f"{target}: ya existe y no es una carpeta")
    elif not target.absolute().parent.is_dir():
        raise ErrorDeUso(f"{target}: no existe la carpeta {target.absolute().parent}")


def write(target: Path, files: dict[str, bytes]) -> None:
    """Put the files in the folder `target`, all or nothing; what stood there goes away once they are in place."""
    target = target.absolute()
    try:
        with scratch_folder(target) as made, scratch_folder(target.with_name(target.name + OLD)) as aside:
            for name, data in files.items():
                path = made / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
                path.chmod(0o644)
            for folder in (made, *(path for path in made.iterdir() if path.is_dir())):
                folder.chmod(0o755)
            if target.exists():
                target.rename(aside / target.name)
            made.rename(target)
    except OSError as error:
        raise ErrorDeUso(f"{target}: no se puede escribir: {reason(error)}") from error
