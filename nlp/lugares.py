"""Where the case happened (guide, `lugar`): the place of the act, not of the outlet, of a protest or of somebody's origin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp.aprendizaje.lineal import Lineal, Rasgos
from nlp.aprendizaje.rasgos_lugar import Lectura, borough_candidates, places_told, state_candidates
from nlp.etiquetas import Lugar, Pasaje
from nlp.indicios_lugar import Indicio
from nlp.lugar_del_hecho import choose_site
from nlp.nomenclator import ABROAD
from nlp.parsed import Anchor, Parsed

RULE = "lugares"
RULES_ALONE = Lineal(-3.0, {"reglas": 6.0})  # the answer of the rules and nothing else


@dataclass(frozen=True)
class Pesos:
    """The weights that choose the state and, within the city, the borough."""

    entidad: Lineal = RULES_ALONE
    alcaldia: Lineal = RULES_ALONE


def find_place(parsed: Parsed, anchors: Sequence[Anchor], lines: Pesos = Pesos()) -> tuple[Lugar, tuple[Pasaje, ...]]:
    """Return the place of the event and the passages that tell it: the likeliest state told, if it is likely enough.

    `cdmx`, `alcaldia` and `entidad` always agree.
    """
    told = places_told(parsed, anchors)
    state = _likeliest(state_candidates(told), lines.entidad)
    if state is None:
        return Lugar(), ()
    if state == ABROAD:
        return Lugar(cdmx="no"), _passages(told.indicios, state, None, None)
    borough = _likeliest(borough_candidates(told), lines.alcaldia) if state == "cdmx" else None
    site = _site(told, state, borough)
    lugar = Lugar(
        "si" if state == "cdmx" else "no",
        borough,
        state,
        site.lugar.nombre if site else "",
        site.lugar.latitud if site else None,
        site.lugar.longitud if site else None,
    )
    return lugar, _passages(told.indicios, state, borough, site)


def _likeliest(candidates: Sequence[tuple[str, Rasgos]], line: Lineal) -> str | None:
    ranked = [(line.probability(features), value) for value, features in candidates]
    sure, best = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
    return best if sure >= line.umbral else None


def _site(told: Lectura, state: str, borough: str | None) -> Indicio | None:
    """Return the most precise place of the state and borough, among what the rules go by where that holds any."""
    return choose_site(told.usables, state, borough) or choose_site(told.indicios, state, borough)


def _passages(found: Sequence[Indicio], state: str, borough: str | None, site: Indicio | None) -> tuple[Pasaje, ...]:
    told = [("entidad", state, _best(found, lambda one: one.lugar.entidad == state))]
    if borough:
        told.append(("alcaldia", borough, _best(found, lambda one: one.lugar.alcaldia == borough)))
    if site:
        told.append(("sitio", site.lugar.nombre, site))
    return tuple(
        Pasaje(f"lugar.{campo}", valor, one.parte, one.inicio, one.fin, one.lugar.nombre, RULE)
        for campo, valor, one in told
        if one
    )


def _best(found: Sequence[Indicio], fits: Callable[[Indicio], bool]) -> Indicio | None:
    return max((one for one in found if fits(one)), key=lambda one: one.peso, default=None)
