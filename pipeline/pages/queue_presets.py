"""The queue's reasons and short cuts, as a person who knows the subject wrote them in `motivos.toml`."""

import tomllib
from pathlib import Path
from typing import Any

from pipeline.errores import ErrorDeUso
from pipeline.pages.headings import column_title
from pipeline.pages.labels import FLAGS, VOCABULARY

PRESETS = Path(__file__).parent / "motivos.toml"
LISTS = {"descartar": "texto", "validar_una_fuente": "texto", "posponer": "dias", "corregir": "campo"}
NOTE, REGISTRY = "nota", "registro"  # what a reason to discard is about (`sobre`)
LISTED = frozenset({"modalidad", "agresor", "tipo_victima"})  # fields that hold several values
MAY_BE_EMPTY = frozenset({"alcaldia", "entidad"})
# One key a value; a list longer than that is not one to correct from a card.
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


def read_presets(path: Path = PRESETS) -> dict[str, list[dict[str, Any]]]:
    """Return every list by name, each entry with its `tecla` and what it stands for.

    Raises `ErrorDeUso`, which names the file and the line's key, for a list that is missing or an entry that cannot be used.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ErrorDeUso(f"{path.name}: no se puede leer ({error})") from error
    for name, needed in LISTS.items():
        entries = told.get(name) or []
        keys = [str(entry.get("tecla", "")) for entry in entries]
        if not entries or len(set(keys)) < len(keys) or not all(len(key) == 1 for key in keys):
            raise ErrorDeUso(f"{path.name}: la lista «{name}» falta o sus teclas no son una por renglón")
        if any(not entry.get(needed) for entry in entries):
            raise ErrorDeUso(f"{path.name}: a un renglón de «{name}» le falta «{needed}»")
    for entry in told["descartar"]:
        if entry.get("sobre") not in (NOTE, REGISTRY):
            raise ErrorDeUso(f"{path.name}: en «descartar», «sobre» es «{NOTE}» o «{REGISTRY}» ({entry['texto']})")
    return {name: told[name] for name in LISTS} | {"corregir": [with_values(entry) for entry in told["corregir"]]}


def about_the_note(path: Path = PRESETS) -> frozenset[str]:
    """Return the reasons to discard that say that the note tells no case: what the tagger may learn from."""
    return frozenset(entry["texto"] for entry in read_presets(path)["descartar"] if entry["sobre"] == NOTE)


def with_values(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of `corregir` with its heading and the values it may take, a key each. Raises `ErrorDeUso`."""
    campo = entry["campo"]
    if campo in FLAGS:
        choices: list[tuple[object, str]] = [(1, "Sí"), (0, "No")]
    elif campo in VOCABULARY:
        choices = [(member.value, member.etiqueta) for member in VOCABULARY[campo]]
    else:
        raise ErrorDeUso(f"motivos.toml: «{campo}» no es un campo que se corrija en la cola")
    choices += [(None, "Sin dato")] if campo in MAY_BE_EMPTY else []
    values = [{"tecla": key, "valor": value, "texto": text} for key, (value, text) in zip(KEYS, choices, strict=False)]
    told = {"tecla": entry["tecla"], "campo": campo, "texto": column_title(campo), "valores": values}
    return told | {"lista": campo in LISTED}
