"""Which sources a command works with: those of `--fuentes` only, else the operator's own laid over the shipped ones."""

from pathlib import Path

from crawlers.fuente import CatalogueError, Fuente, merged_catalogue
from pipeline.config import config_path, read_config
from pipeline.errores import ErrorDeUso

OWN_NAME = "fuentes-propias.csv"  # what `hallazgos iniciar` proposes


def own_catalogue() -> Path:
    """Return the operator's catalogue (which may not exist yet): `catalogo` of `hallazgos.toml`, relative to that file."""
    named = read_config().get("catalogo") or OWN_NAME
    return config_path().parent / str(named)


def sources(only: Path | None) -> list[Fuente]:
    """Return the sources to work with. Raises `ErrorDeUso` naming file, line and column."""
    try:
        return merged_catalogue(own_catalogue(), only)
    except CatalogueError as error:
        raise ErrorDeUso(str(error)) from error
