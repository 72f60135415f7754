"""A logistic model as plain weights by feature name: nothing but a sum at tagging time, and every answer can be explained."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

Rasgos = dict[str, float]


@dataclass(frozen=True)
class Lineal:
    """Weights of one decision; `umbral` is the probability from which the answer is yes."""

    sesgo: float
    pesos: Mapping[str, float]
    umbral: float = 0.5

    def probability(self, features: Mapping[str, float]) -> float:
        """Return 0–1 for a candidate's features; a feature that training never saw weighs nothing."""
        weights = self.pesos
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
