"""A report as a neutral document: cover and blocks, which `html.py` and `word.py` write each in its own way."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace

from pipeline.charts.chart import Chart

Celda = str | int | None
# What XML 1.0 does not admit (section 2.2, "Characters"): a word processor refuses a file that holds one.
UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Titulo:
    """A heading; `nivel` 1 is a section (the document's own title stands on the cover)."""

    texto: str
    nivel: int = 1


@dataclass(frozen=True)
class Parrafo:
    """A paragraph; `estilo` is empty, `destacado` (the headline), `nota` (small print) or `aviso` (not to be missed)."""

    texto: str
    estilo: str = ""


@dataclass(frozen=True)
class Lista:
    """A bulleted list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Tabla:
    """A table with its header row; the first cell of each row names it. None is shown as a dash.

    `cifras`: its cells are figures of the period, which a closing freezes and a later version is compared with.
    """

    titulo: str
    columnas: tuple[str, ...]
    filas: tuple[tuple[Celda, ...], ...]
    nota: str = ""
    cifras: bool = True


@dataclass(frozen=True)
class Figura:
    """A chart; its `texto` is the alternative text, `nota` a line under its caption (a credit)."""

    titulo: str
    dibujo: Chart
    nota: str = ""


Bloque = Titulo | Parrafo | Lista | Tabla | Figura


@dataclass(frozen=True)
class Portada:
    """The cover: `estado` says whether it is a draft or which closed version; `firmas` are (role, name or empty)."""

    institucion: str
    titulo: str
    periodo: str
    estado: str
    datos: tuple[tuple[str, str], ...]
    firmas: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Documento:
    """The whole; `marca` (RESERVADO, BORRADOR) and `pie` are printed on every page; `apaisado`: the paper lies."""

    portada: Portada
    bloques: tuple[Bloque, ...]
    marca: str = ""
    pie: str = ""
    apaisado: bool = False


def printable(part: object) -> object:
    """Return a document, or a part of one, with a space for every character that cannot be written in a file."""
    if isinstance(part, str):
        return UNPRINTABLE.sub(" ", part)
    if isinstance(part, tuple):
        return tuple(printable(each) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: printable(getattr(part, each.name)) for each in fields(part)})
    return part
