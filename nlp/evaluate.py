"""Scores tagger output against an annotated corpus: micro-averaged lists, accuracies, names by their words.

Lists are scored over the records that are findings in the gold; single values by accuracy over the same (`fecha_hecho` with
its nulls; `fecha_inventada` is the share of gold nulls that were given a date); `relevante` over all records.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.plegado import fold

Record = Mapping[str, Any]
Pair = tuple[Record, Record]
LISTS = ("victima", "agresion", "modalidad", "agresor")


@dataclass
class Cuenta:
    """True positives, false positives and false negatives, added up."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, gold: set[Any], predicted: set[Any]) -> None:
        """Count one record's sets."""
        self.tp += len(gold & predicted)
        self.fp += len(predicted - gold)
        self.fn += len(gold - predicted)

    def prf(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 (1.0 where there was nothing to find)."""
        precision = self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0
        recall = self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def name_words(name: str | None) -> set[str]:
    """Return the folded words of a name; a full stop parts words."""
    return set(fold(name or "").replace(".", " ").split())


def same_name(one: str | None, other: str | None) -> bool:
    """Say whether two names are one person's: equal words, or one holds the other with at least two words in common.

    >>> same_name("Víctor Manuel Camacho", "Victor Camacho"), same_name("Camacho", "Víctor Camacho")
    (True, False)
    """
    x, y = name_words(one), name_words(other)
    return x == y or (len(x & y) >= 2 and (x <= y or y <= x))


def score(gold: Iterable[Record], predicted: Iterable[Record]) -> dict[str, Any]:
    """Return the figures by field; tuples are precision, recall, F1 (or false alarms and records that are no finding)."""
    golds = list(gold)
    answers = {record["id"]: record for record in predicted}
    pairs = [(record, answers[record["id"]]) for record in golds if record["id"] in answers]
    findings = [(g, p) for g, p in pairs if g["relevante"]]
    figures: dict[str, Any] = {"registros": len(golds), "sin_salida": len(golds) - len(pairs)}
    relevant = Cuenta()
    for g, p in pairs:
        relevant.add({1} if g["relevante"] else set(), {1} if p.get("relevante") else set())
    figures["relevante"] = relevant.prf()
    figures["falsas_alarmas"] = (relevant.fp, sum(not g["relevante"] for g, _ in pairs))
    figures |= {field: _list_figures(findings, field) for field in LISTS}
    return figures | _single_figures(findings) | _victim_figures(findings)


def _list_figures(findings: Sequence[Pair], field: str) -> tuple[float, float, float]:
    count = Cuenta()
    for g, p in findings:
        count.add(set(g.get(field) or []), set(p.get(field) or []))
    return count.prf()


def _accuracy(hits: Iterable[bool], total: int) -> float:
    return sum(hits) / (total or 1)


def _single_figures(findings: Sequence[Pair]) -> dict[str, Any]:
    total = len(findings)
    figures: dict[str, Any] = {
        name: _accuracy((g.get(name) == p.get(name) for g, p in findings), total) for name in ("clase", "nota")
    }
    protest = Cuenta()
    for g, p in findings:
        protest.add({1} if g["movilizacion"] else set(), {1} if p.get("movilizacion") else set())
    figures["movilizacion"] = protest.prf()
    for key in ("cdmx", "alcaldia", "entidad"):
        places = (((g["lugar"] or {}).get(key), (p.get("lugar") or {}).get(key)) for g, p in findings)
        figures[f"lugar.{key}"] = _accuracy((a == b for a, b in places), total)
    figures["fecha_hecho"] = _accuracy((g.get("fecha_hecho") == p.get("fecha_hecho") for g, p in findings), total)
    undated = [p for g, p in findings if not g.get("fecha_hecho")]
    figures["fecha_inventada"] = _accuracy((bool(p.get("fecha_hecho")) for p in undated), len(undated))
    return figures


def _victim_figures(findings: Sequence[Pair]) -> dict[str, Any]:
    count, gender = Cuenta(), 0
    for g, p in findings:
        free = list(p.get("victimas") or [])
        for victim in g.get("victimas") or []:
            match = next((other for other in free if same_name(victim["nombre"], other.get("nombre"))), None)
            if match is None:
                count.fn += 1
                continue
            free.remove(match)
            count.tp += 1
            gender += victim.get("genero") == match.get("genero")
        count.fp += len(free)
    return {"victimas": count.prf(), "genero (de las halladas)": gender / (count.tp or 1)}
