"""Which sources a command works with: those of `--fuentes` only, else the operator's own laid over the shipped ones."""

from pathlib import Path

from crawlers.fuente import CatalogueError, Fuente, merged_catalogue
from pipeline.config import config_path, read_config
from pipeline.errores import ErrorDeUso


def own_catalogue() -> Path | None:
    """Return the operator's catalogue as named in `hallazgos.toml` (`catalogo`, relative to that file), or None."""
    named = read_config().get("catalogo")
    return config_path().parent / str(named) if named else None


def sources(only: Path | None) -> list[Fuente]:
    """Return the sources to work with. Raises `ErrorDeUso` naming file, line and column."""
    try:
        return merged_catalogue(own_catalogue(), only)
    except CatalogueError as error:
        raise ErrorDeUso(str(error)) from error
