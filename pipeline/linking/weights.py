"""The weights and limits of linking, read from `pesos.toml`, where each has its reason."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("pesos.toml").read_text("utf-8"))
POINTS: dict[str, float] = _DATA["puntos"]
LIMITS: dict[str, float] = _DATA["umbrales"]
LATE_CONSEQUENCES: frozenset[str] = frozenset(_DATA["consecuencias"]["modalidades"])
