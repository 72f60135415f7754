"""Several yes/no questions over the same features: one weight for each feature and question, as one small matrix."""

import base64
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.aprendizaje.lineal import Columna, Rasgos

STORED = "<f2"  # half floats, little end first: three digits are enough for a weight
LIGHT = 0.01  # a feature that weighs less in every question is left out: it moves no answer and costs memory


@dataclass(frozen=True)
class Tabla:
    """Weights of shape (features, questions), float32; `filas` gives each feature's row, `sesgos` each question's constant."""

    preguntas: tuple[str, ...]
    sesgos: NDArray[np.float32]
    filas: Mapping[str, int]
    pesos: NDArray[np.float32]

    def probabilities(self, features: Rasgos) -> dict[str, float]:
        """Return 0–1 for every question; a feature that training never saw weighs nothing."""
        known = [(self.filas[name], value) for name, value in features.items() if name in self.filas]
        rows, values = [row for row, _ in known], np.array([value for _, value in known], dtype=np.float32)
        points = self.sesgos + values @ self.pesos[rows] if known else self.sesgos
        return dict(zip(self.preguntas, (1 / (1 + np.exp(-np.clip(points, -30, 30)))).tolist(), strict=True))

    def strongest(self, question: str, features: Rasgos, most: int = 3) -> list[str]:
        """Return the features that speak most for the yes, the strongest first."""
        column = self.preguntas.index(question)
        told = [(float(self.pesos[self.filas[n], column]) * v, n) for n, v in features.items() if n in self.filas]
        return [name for points, name in sorted(told, key=lambda one: (-one[0], one[1]))[:most] if points > 0]


def columns(one: Tabla) -> dict[str, Columna]:
    """Return each question's weights."""
    return {name: Columna(one.filas, array("f", one.pesos[:, at].tolist())) for at, name in enumerate(one.preguntas)}


def beside(parts: Mapping[str, Mapping[str, float]], biases: Mapping[str, float]) -> Tabla:
    """Return the weights of several questions as one table; a feature that a question does not know weighs nothing in it."""
    names = sorted({name for weights in parts.values() for name, weight in weights.items() if abs(weight) >= LIGHT})
    rows = [[weights.get(name, 0.0) for weights in parts.values()] for name in names]
    return table(tuple(parts), names, np.array(rows).reshape(len(names), len(parts)), [biases[name] for name in parts])


def table(questions: Sequence[str], names: Sequence[str], weights: Any, biases: Any) -> Tabla:  # noqa: ANN401 - arrays
    """Return a table of weights as they come back from their file, so that training and tagging count alike."""
    stored = np.asarray(weights).astype(STORED).astype(np.float32)
    return Tabla(tuple(questions), np.asarray(biases, dtype=np.float32), {name: row for row, name in enumerate(names)}, stored)


def as_json(one: Tabla) -> dict[str, Any]:
    """Return the table as JSON holds it."""
    return {
        "preguntas": list(one.preguntas),
        "sesgos": [round(float(value), 4) for value in one.sesgos],
        "rasgos": list(one.filas),
        "pesos": base64.b85encode(one.pesos.astype(STORED).tobytes()).decode("ascii"),
    }


def from_json(data: Mapping[str, Any]) -> Tabla:
    """Read what `as_json` wrote."""
    names = data["rasgos"]
    raw = np.frombuffer(base64.b85decode(data["pesos"]), dtype=STORED)
    weights = raw.reshape(len(names), len(data["preguntas"]))
    return table(data["preguntas"], names, weights, data["sesgos"])
