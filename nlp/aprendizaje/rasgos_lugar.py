"""Features of each state and borough that a note tells: is the event there, or an institution, a protest, somebody's origin."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.rasgos_toponimo import place_features
from nlp.escena import Escena, scenes
from nlp.indicios_lugar import Indicio, evidence
from nlp.lugar_del_hecho import choose_borough, choose_state, is_remote, settle, totals, usable
from nlp.nomenclator import ABROAD
from nlp.parsed import Anchor, Parsed

CITY = "cdmx"
MOST = 6  # mentions or candidates that count as many
SCALE = 3.0  # good evidence


@dataclass(frozen=True)
class Lectura:
    """What a note says of places: every reading of every name, and those that the rules go by (`usables`)."""

    escenas: Mapping[str, Escena]
    indicios: Sequence[Indicio]
    usables: Sequence[Indicio]
    actos: frozenset[str]


def places_told(parsed: Parsed, anchors: Sequence[Anchor]) -> Lectura:
    """Return what a note says of places, in the order in which it is told."""
    parts = {scene.parte: scene for scene in scenes(parsed, anchors)}
    found = sorted((one for scene in parts.values() for one in evidence(scene)), key=lambda one: (one.parte, one.inicio))
    acts = frozenset(anchor.modalidad for anchor in anchors)
    return Lectura(parts, found, usable(settle([one for one in found if one.peso > 0]), acts), acts)


def state_candidates(told: Lectura) -> list[tuple[str, Rasgos]]:
    """Return each state that a note tells (and `extranjero`) with its features."""
    found = _features(told, told.indicios, "entidad", choose_state(told.usables))
    case = {f"caso:{act}" for act in told.actos} | ({"caso:remoto"} if is_remote(told.actos) else set())
    for state, features in found:
        own = {f"es:{state}"} if state in (CITY, ABROAD) else {"es:estado"}
        kinds = {name for name in features if name.startswith(("papel:", "acto:", "firme"))}
        own |= {f"{one}&{name}" for one in own for name in kinds}
        own |= {f"remoto&{name}" for name in kinds} if "caso:remoto" in case else set()
        features.update(dict.fromkeys(own | case, 1.0))
    return found


def borough_candidates(told: Lectura) -> list[tuple[str, Rasgos]]:
    """Return each borough of the city that a note tells with its features."""
    return _features(told, [one for one in told.indicios if one.lugar.alcaldia], "alcaldia", choose_borough(told.usables))


def state_examples(told: Lectura, gold: Mapping[str, Any]) -> Iterator[tuple[Rasgos, bool]]:
    """Yield every state of a finding as an example; abroad is the right one of a case outside that names no state."""
    right = gold["entidad"] or (ABROAD if gold["cdmx"] == "no" else None)
    yield from ((features, state == right) for state, features in state_candidates(told))


def borough_examples(told: Lectura, gold: Mapping[str, Any]) -> Iterator[tuple[Rasgos, bool]]:
    """Yield every borough that a finding of the city tells as an example."""
    if gold["cdmx"] == "si":
        yield from ((features, borough == gold["alcaldia"]) for borough, features in borough_candidates(told))


def _features(told: Lectura, found: Iterable[Indicio], key: str, ruled: str | None) -> list[tuple[str, Rasgos]]:
    """Return each value of `key` with its features; `ruled` is the answer of the rules."""
    groups: dict[str, list[Indicio]] = defaultdict(list)
    for one in found:
        groups[getattr(one.lugar, key)].append(one)
    weights = totals(told.usables, key)
    raw = totals([one for own in groups.values() for one in own], key)
    first = min(groups, key=lambda value: _order(groups[value][0]), default=None)
    rows = []
    for value, own in groups.items():
        features = _of_mentions(told, own)
        features |= _of_weight(value, weights, "usable") | _of_weight(value, raw, "todo")
        features |= _of_names(own) | {"reglas": float(value == ruled), "primero": float(value == first)}
        features |= {"solo": float(len(groups) == 1), "otros": min(MOST, len(groups) - 1) / MOST}
        rows.append((value, {name: number for name, number in features.items() if number}))
    return rows


def _order(one: Indicio) -> tuple[bool, int]:
    return one.parte != "titulo", one.inicio


def _of_mentions(told: Lectura, own: Sequence[Indicio]) -> Rasgos:
    """Return the features of the mention with most weight, and apart (`~`) those that any mention has."""
    best = max(own, key=lambda one: one.peso)
    sets = {id(one): place_features(told.escenas[one.parte], one) | _of_name(told, one) for one in own}
    found = dict.fromkeys({f"{name}~" for names in sets.values() for name in names} | sets[id(best)], 1.0)
    return found | {"peso": best.peso / SCALE}


def _of_name(told: Lectura, one: Indicio) -> set[str]:
    """Return how many places are so called, whether another name supports this one, whether an act is told right after it."""
    scene, spot = told.escenas[one.parte], (one.parte, one.inicio)
    others = [other for other in told.indicios if (other.parte, other.inicio) != spot]
    states = {other.lugar.entidad for other in told.indicios if (other.parte, other.inicio) == spot}
    here, key = one.lugar, (one.lugar.entidad, one.lugar.alcaldia)
    found = {f"lecturas:{min(3, len(states))}"}
    found |= {"apoyado"} if any(other.lugar.entidad == here.entidad and not other.dudoso for other in others) else set()
    found |= {"apoyado:alcaldia"} if any((o.lugar.entidad, o.lugar.alcaldia) == key for o in others) else set()
    after = [act[0] for act in scene.acts if act[0] > one.inicio]
    ahead = [other.inicio for other in others if other.parte == one.parte and other.inicio > one.inicio]
    return found | ({"antes del acto"} if after and (not ahead or after[0] < min(ahead)) else set())


def _of_weight(value: str, weights: Mapping[str, float], prefix: str) -> Rasgos:
    """Return how the evidence for a value stands against that for the others."""
    own, rival = weights.get(value, 0.0), max((w for other, w in weights.items() if other != value), default=0.0)
    share = own / (sum(weights.values()) or 1.0)
    found = {"peso": math.log1p(own), "parte": share, "ventaja": math.log1p(own) - math.log1p(rival)}
    return {f"{prefix}:{name}": number for name, number in found.items()} | {f"{prefix}:mayor": float(own > rival)}


def _of_names(own: Sequence[Indicio]) -> Rasgos:
    names = {one.lugar.nombre for one in own if not one.dudoso}
    spots = {(one.parte, one.inicio) for one in own}
    parts = {one.parte for one in own}
    return {
        "nombres": min(MOST, len(names)) / MOST,
        "varios nombres": float(len(names) > 1),
        "veces": min(MOST, len(spots)) / MOST,
        "titulo y texto": float(len(parts) > 1),
        "seguro": float(any(one.firme and not one.dudoso for one in own)),
    }
