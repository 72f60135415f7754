"""The weights and limits of the grouping's score, read from `pesos.toml`, where each has its reason."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("pesos.toml").read_text("utf-8"))
POINTS: dict[str, float] = _DATA["puntos"]
LIMITS: dict[str, float] = _DATA["umbrales"]
JOIN = LIMITS["union"]
NEAR_MISS = LIMITS["casi"]
