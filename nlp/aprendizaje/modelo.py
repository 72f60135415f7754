"""The shipped weights: one `Lineal` for each decision, as one compressed JSON file that training writes byte for byte alike."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp.aprendizaje.lineal import Lineal
from nlp.aprendizaje.tabla import Tabla, as_json, beside, columns, from_json

WEIGHTS = Path(__file__).parents[1] / "pesos" / "etiquetador.json.gz"
DIGITS = 4  # decimals of a weight
MANY = 30_000  # features from which a decision weighs all the words of a note: held together, most of their names once


@dataclass(frozen=True)
class Modelo:
    """The decisions by name; `palabras` is the first step of `nlp.aprendizaje.palabras`.

    `ficha` tells what they were trained on (records, digest of the corpus, seed).
    """

    decisiones: Mapping[str, Lineal]
    palabras: Tabla
    ficha: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Lineal:
        return self.decisiones[name]

    def __contains__(self, name: str) -> bool:
        return name in self.decisiones


def save(model: Modelo, path: Path = WEIGHTS) -> None:
    """Write the weights (about 2 MB); the same weights give the same bytes."""
    large = {name: one for name, one in sorted(model.decisiones.items()) if len(one.pesos) >= MANY}
    together = beside({name: one.pesos for name, one in large.items()}, {name: one.sesgo for name, one in large.items()})
    data = {
        "ficha": dict(model.ficha),
        "palabras": as_json(model.palabras),
        "notas": as_json(together),
        "decisiones": {
            name: {
                "sesgo": round(one.sesgo, DIGITS),
                "umbral": round(one.umbral, DIGITS),
                "pesos": {}
                if name in large
                else {key: round(w, DIGITS) for key, w in sorted(one.pesos.items()) if round(w, DIGITS)},
            }
            for name, one in sorted(model.decisiones.items())
        },
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def load(path: Path = WEIGHTS) -> Modelo:
    """Read weights that `save` wrote."""
    data = json.loads(gzip.decompress(path.read_bytes()))
    large = columns(from_json(data["notas"]))
    parts = {
        name: Lineal(one["sesgo"], large.get(name, one["pesos"]), one["umbral"]) for name, one in data["decisiones"].items()
    }
    return Modelo(parts, from_json(data["palabras"]), data["ficha"])


@lru_cache(maxsize=1)
def shipped() -> Modelo:
    """Return the weights that come with the package."""
    return load()
