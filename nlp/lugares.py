"""Where the case happened (guide, `lugar`): the place of the act, not of the outlet, of a protest or of somebody's origin."""

from collections.abc import Callable, Sequence

from nlp.contexto_lugar import BY_AUTHORITY
from nlp.escena import scenes
from nlp.etiquetas import Lugar, Pasaje
from nlp.indicios_lugar import Indicio, evidence
from nlp.lugar_del_hecho import choose_borough, choose_site, choose_state, settle
from nlp.nomenclator import ABROAD
from nlp.parsed import Anchor, Parsed

RULE = "lugares"
REMOTE = frozenset({"amenaza", "estigmatizacion", "ataque_digital", "espionaje", "acoso_judicial"})
SPOKEN = frozenset({"estigmatizacion", "acoso_judicial"})  # done by an authority where it sits
_MIN = 0.15  # less evidence than this places nothing


def find_place(parsed: Parsed, anchors: Sequence[Anchor]) -> tuple[Lugar, tuple[Pasaje, ...]]:
    """Return the place of the event and the passages that tell it.

    A threat, smear or attack from a distance is placed only by firm evidence (guide: "unless the text ties the act or the
    person to a place"). `cdmx`, `alcaldia` and `entidad` always agree.
    """
    found = settle([one for scene in scenes(parsed, anchors) for one in evidence(scene)])
    acts = {anchor.modalidad for anchor in anchors}
    remote = bool(acts) and acts <= REMOTE
    usable = [one for one in found if one.firme or (acts & SPOKEN and one.peso >= BY_AUTHORITY)] if remote else found
    state = choose_state(usable)
    if state is None or max(one.peso for one in usable if one.lugar.entidad == state) < _MIN:
        return Lugar(), ()
    if state == ABROAD:
        return Lugar(cdmx="no"), _passages(usable, state, None, None)
    borough = choose_borough(usable) if state == "cdmx" else None
    site = choose_site(usable, state, borough)
    lugar = Lugar(
        "si" if state == "cdmx" else "no",
        borough,
        state,
        site.lugar.nombre if site else "",
        site.lugar.latitud if site else None,
        site.lugar.longitud if site else None,
    )
    return lugar, _passages(usable, state, borough, site)


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
