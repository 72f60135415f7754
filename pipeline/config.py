"""Reads `hallazgos.toml`: options by name for every command, then tables `[command]` for one command only."""

import os
import tomllib
from pathlib import Path
from typing import Any

from pipeline.errores import ErrorDeUso

FILE_NAME = "hallazgos.toml"


def config_path() -> Path:
    """Return the configuration's path: `HALLAZGOS_CONFIG`, else `hallazgos.toml` in the working folder."""
    return Path(os.environ.get("HALLAZGOS_CONFIG", FILE_NAME))


def read_config(path: Path | None = None) -> dict[str, Any]:
    """Return the configuration (empty when there is no file). Raises `ErrorDeUso` naming file and line."""
    file = path or config_path()
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ErrorDeUso(f"{file}: no se puede leer la configuración: {error}") from error


class Defaults(dict[str, Any]):
    """click's default map: every command sees the common keys, then its own table over them."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.common = {key: value for key, value in config.items() if not isinstance(value, dict)}
        super().__init__({key: value for key, value in config.items() if isinstance(value, dict)})

    def get(self, key: str, default: Any = None) -> Any:
        """Return an option's value, or a command's own defaults over the common ones."""
        if key in self.common:
            return self.common[key]
        return Defaults(self.common | dict(super().get(key) or {}))


def default_map() -> Defaults:
    """Return the configuration as click wants it."""
    return Defaults(read_config())
