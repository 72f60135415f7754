"""Reads `hallazgos.toml`: options by their long name for every command, then tables `[command]` for one command only."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from pipeline.errores import ErrorDeUso, not_toml

FILE_NAME = "hallazgos.toml"
# Keys that are no option of a command: where the operator's own catalogue is.
OTHER_KEYS = frozenset({"catalogo"})
Values = Mapping[str, Any]


def config_path() -> Path:
    """Return the configuration's path: `HALLAZGOS_CONFIG`, else `hallazgos.toml` in the working folder."""
    return Path(os.environ.get("HALLAZGOS_CONFIG", FILE_NAME))


def read_config() -> dict[str, Any]:
    """Return the configuration (empty when there is no file). Raises `ErrorDeUso` naming file and line."""
    file = config_path()
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise ErrorDeUso(f"{file}: no está en UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ErrorDeUso(f"{file}: {not_toml(error)}") from error


def option_key(option: click.Parameter) -> str:
    """Return an option's name as the configuration writes it: the long one, `solo_feeds` for `--solo-feeds`."""
    long = max(option.opts, key=len)
    return long.removeprefix("--").replace("-", "_")


def default_map(commands: Mapping[str, click.Command]) -> dict[str, Any]:
    """Return click's default map of `commands` as configured. Raises `ErrorDeUso` for a key that no command knows."""
    config = read_config()
    if not config:
        return {}
    known = set(OTHER_KEYS).union(*(_keys(command) for command in commands.values()))
    _refuse_unknown(config, known | set(commands))
    common = {key: value for key, value in config.items() if key not in commands}
    result = {}
    for name, command in commands.items():
        own = config.get(name, {})
        if not isinstance(own, dict):
            raise ErrorDeUso(f"{config_path()}: «{name}» debe ser una tabla [{name}]")
        _refuse_unknown(own, _keys(command), f"[{name}]")
        result[name] = _defaults(command, common | own)
    return result


def _keys(command: click.Command) -> set[str]:
    """Return every option's key of a command and of those under it."""
    keys = {option_key(param) for param in command.params if isinstance(param, click.Option)}
    children = command.commands.values() if isinstance(command, click.Group) else ()
    return keys.union(*(_keys(child) for child in children))


def _defaults(command: click.Command, values: Values) -> dict[str, Any]:
    """Return the values of a command's own options by parameter name, then one dictionary for each command under it."""
    found: dict[str, Any] = {}
    for param in command.params:
        if isinstance(param, click.Option) and param.name and option_key(param) in values:
            found[param.name] = _resolved(param, values[option_key(param)])
    if isinstance(command, click.Group):
        found |= {name: _defaults(child, values) for name, child in command.commands.items()}
    return found


def _resolved(option: click.Option, value: object) -> object:
    """Return a value as click takes it, a path as relative to the configuration's folder. Raises `ErrorDeUso` for a bad one."""
    key = option_key(option)
    if isinstance(value, list) != option.multiple or isinstance(value, dict):
        raise ErrorDeUso(
            f"{config_path()}: «{key}» {'es una lista, entre corchetes' if option.multiple else 'lleva un solo valor'}"
        )
    return [_converted(option, key, one) for one in value] if isinstance(value, list) else _converted(option, key, value)


def _converted(option: click.Option, key: str, value: object) -> object:
    """Return one value, checked as the command line would; the option gets it as it was written."""
    if isinstance(option.type, click.Path):
        if not isinstance(value, str):
            raise ErrorDeUso(f"{config_path()}: «{key}» es una ruta: va entre comillas")
        return str(config_path().parent / value)
    try:
        option.type.convert(value, option, None)
    except click.BadParameter as error:
        raise ErrorDeUso(f"{config_path()}: «{key}»: {error.message}") from error
    return value


def _refuse_unknown(values: Values, known: set[str], where: str = "") -> None:
    for key in values:
        if key not in known:
            raise ErrorDeUso(f"{config_path()}: {where + ' ' if where else ''}no se conoce la clave «{key}»")
