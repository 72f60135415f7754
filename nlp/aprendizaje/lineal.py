"""A logistic model as plain weights by feature name: nothing but a sum at tagging time, and every answer can be explained."""

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Rasgos = dict[str, float]


@dataclass(frozen=True)
class Columna(Mapping[str, float]):
    """The weights of one question by feature name: what all the questions of a table share is held once."""

    filas: Mapping[str, int]
    pesos: "array[float]"

    def points(self, features: Mapping[str, float]) -> float:
        """Return the sum of what the features weigh, without a call for each."""
        rows, weights = self.filas, self.pesos
        return sum([weights[rows[name]] * value for name, value in features.items() if name in rows])

    def __getitem__(self, name: str) -> float:
        return self.pesos[self.filas[name]]

    def __contains__(self, name: object) -> bool:
        return name in self.filas

    def __iter__(self) -> Iterator[str]:
        return iter(self.filas)

    def __len__(self) -> int:
        return len(self.filas)


@dataclass(frozen=True)
class Lineal:
    """Weights of one decision; `umbral` is the probability from which the answer is yes."""

    sesgo: float
    pesos: Mapping[str, float]
    umbral: float = 0.5

    def probability(self, features: Mapping[str, float]) -> float:
        """Return 0–1 for a candidate's features; a feature that training never saw weighs nothing."""
        weights = self.pesos
        if isinstance(weights, Columna):
            points = self.sesgo + weights.points(features)
        else:
            points = self.sesgo + sum([weights[name] * value for name, value in features.items() if name in weights])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, points))))

    def says(self, features: Mapping[str, float]) -> bool:
        """Say whether the probability reaches the threshold."""
        return self.probability(features) >= self.umbral

    def strongest(self, features: Mapping[str, float], most: int = 3) -> list[tuple[str, float]]:
        """Return the features that move the answer most, with what each adds (log-odds), the largest first."""
        parts = [(name, self.pesos[name] * value) for name, value in features.items() if name in self.pesos]
        return sorted(parts, key=lambda part: (-abs(part[1]), part[0]))[:most]


def crossed(prefix: str, features: Mapping[str, float]) -> Rasgos:
    """Return features that weigh apart for one value of a field («amenaza|lead»)."""
    return {f"{prefix}|{name}": value for name, value in features.items()}


def scaled(names: set[str], weight: float) -> Rasgos:
    """Return yes/no features as one block of length `weight`, so that long texts do not outweigh the rules."""
    return {name: weight / math.sqrt(len(names)) for name in names}
