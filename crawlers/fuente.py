"""A source is a declaration: one row of the catalogue (`data/fuentes.csv`), never code."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from crawlers.catalogue import CatalogueError, read_rows, write_rows

__all__ = [
    "CatalogueError", "Fuente", "merged_catalogue", "put_in_catalogue", "read_catalogue", "row_of",
    "shipped_catalogue",
    "write_catalogue",
]  # fmt: skip


@dataclass(frozen=True)
class Fuente:
    """One source. `incluir`/`excluir` are regular expressions over article URLs (empty: all / none)."""

    id: str
    nombre: str
    tipo: str
    sitio: str
    rss: str = ""
    seccion_url: str = ""
    sitemap: str = ""
    activa: bool = True
    alta: str = ""
    verificada_en: str = ""
    notas: str = ""
    incluir: str = ""
    excluir: str = ""


def shipped_catalogue() -> Path:
    """Return the path of the catalogue that comes with the system."""
    return Path(__file__).parent / "data" / "fuentes.csv"


def _fuente(row: dict[str, str]) -> Fuente:
    """Return a checked row as a source."""
    return Fuente(**{name: value for name, value in row.items() if name != "activa"}, activa=row["activa"] == "1")


def read_catalogue(path: Path) -> list[Fuente]:
    """Return the sources of one file, in its order. Raises `CatalogueError` naming file, line and column."""
    return [_fuente(row) for row in read_rows(path)]


def merged_catalogue(own: Path | None = None, only: Path | None = None) -> list[Fuente]:
    """Return the sources to work with: those of `only`, else the shipped ones with the operator's own laid over them.

    A row of `own` replaces the shipped one of the same id; the others follow. An `own` that does not exist yet is empty.
    """
    if only is not None:
        return read_catalogue(only)
    found = {fuente.id: fuente for fuente in read_catalogue(shipped_catalogue())}
    if own is not None and own.exists():
        found |= {fuente.id: fuente for fuente in read_catalogue(own)}
    return list(found.values())


def row_of(fuente: Fuente) -> dict[str, str]:
    """Return the source as a row of the catalogue."""
    return asdict(fuente) | {"activa": "1" if fuente.activa else "0"}


def write_catalogue(path: Path, fuentes: Iterable[Fuente]) -> None:
    """Write the sources as one catalogue, at once."""
    write_rows(path, [row_of(fuente) for fuente in fuentes])


def put_in_catalogue(path: Path, fuentes: Iterable[Fuente]) -> None:
    """Put sources into a catalogue, made if missing: those of the same id are replaced in place, the others appended."""
    found = {fuente.id: fuente for fuente in read_catalogue(path)} if path.exists() else {}
    write_catalogue(path, (found | {fuente.id: fuente for fuente in fuentes}).values())
