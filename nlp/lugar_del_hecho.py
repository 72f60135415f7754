"""Which state, which borough and which place the evidence of a note points to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nlp.contexto_lugar import BY_AUTHORITY
from nlp.indicios_lugar import Indicio

REMOTE = frozenset({"amenaza", "estigmatizacion", "ataque_digital", "espionaje", "acoso_judicial"})
SPOKEN = frozenset({"estigmatizacion", "acoso_judicial"})  # done by an authority where it sits
_MIN = 0.15  # less evidence than this places nothing
_MARGIN = 1.35  # a borough must outweigh the next by this much, else the case is of several: none
_PRECISE = (
    "metro", "plaza", "monumento", "glorieta", "antimonumento", "edificio_gobierno", "recinto_legislativo", "recinto_cultural",
    "terminal", "hospital",
    "mercado", "estadio", "templo", "embajada", "universidad", "hito", "parque", "sede_medio", "organismo",
    "reclusorio", "fiscalia",
    "sede_alcaldia", "avenida", "unidad_habitacional", "barrio", "colonia", "pueblo", "localidad",
    "municipio", "alcaldia",
)  # fmt: skip


def totals(found: Iterable[Indicio], key: str) -> dict[str, float]:
    """Return the evidence per value of `key`: the best counts whole, the next half, the third a quarter …, one per name."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for one in found:
        value = getattr(one.lugar, key)
        if value:
            names = weights[value]
            names[one.lugar.nombre] = max(one.peso, names.get(one.lugar.nombre, 0.0))
    return {
        value: sum(w / 2**i for i, w in enumerate(sorted(names.values(), reverse=True))) for value, names in weights.items()
    }


def settle(found: Sequence[Indicio]) -> list[Indicio]:
    """Leave out the doubtful readings that nothing else supports while other evidence points elsewhere.

    Of several readings of one name, those in a state (then in a borough) that another name points to are kept.
    """
    firm = {one.lugar.entidad for one in found if not one.dudoso and one.peso > 0.5}
    kept = [one for one in found if not one.dudoso or not firm or one.lugar.entidad in firm]
    return [one for one in kept if not (one.dudoso and _rival_supported(one, kept))]


def _supported(one: Indicio, found: Sequence[Indicio]) -> bool:
    """Tell whether evidence by another name, not doubtful, points to the same borough."""
    return any(
        other.lugar.alcaldia == one.lugar.alcaldia and other.lugar.nombre != one.lugar.nombre and not other.dudoso
        for other in found
    )


def _rival_supported(one: Indicio, found: Sequence[Indicio]) -> bool:
    """Tell whether another reading of the same name agrees with other evidence on the borough and this one does not."""
    here = (one.parte, one.inicio)
    rivals = [r for r in found if (r.parte, r.inicio) == here and r.lugar.alcaldia != one.lugar.alcaldia]
    return (
        bool(one.lugar.alcaldia)
        and not _supported(one, found)
        and any(r.lugar.alcaldia and _supported(r, found) for r in rivals)
    )


def usable(found: Sequence[Indicio], acts: frozenset[str]) -> list[Indicio]:
    """Return the evidence that may place acts of these modalities.

    A threat, smear or attack from a distance is placed only by firm evidence (guide: "unless the text ties the act or the
    person to a place").
    """
    told = [one for one in found if one.peso > 0]
    if not is_remote(acts):
        return told
    return [one for one in told if one.firme or (acts & SPOKEN and one.peso >= BY_AUTHORITY)]


def is_remote(acts: frozenset[str]) -> bool:
    """Tell whether all acts are such as are done from a distance."""
    return bool(acts) and acts <= REMOTE


def choose_state(found: Sequence[Indicio]) -> str | None:
    """Return the state (or `extranjero`) with most evidence, None where all of it is slight."""
    told = totals(found, "entidad")
    best = max(told, key=lambda state: told[state], default=None)
    return None if best is None or max(one.peso for one in found if one.lugar.entidad == best) < _MIN else best


def choose_borough(found: Sequence[Indicio]) -> str | None:
    """Return the borough with clearly most evidence among what points to Mexico City."""
    told = sorted(totals((one for one in found if one.lugar.entidad == "cdmx"), "alcaldia").items(), key=lambda item: -item[1])
    if not told or (len(told) > 1 and told[0][1] < _MARGIN * told[1][1]):
        return None
    return told[0][0]


def choose_site(found: Sequence[Indicio], state: str, borough: str | None) -> Indicio | None:
    """Return the evidence that names the most precise place of the chosen state and borough."""
    fitting = [
        one
        for one in found
        if one.lugar.entidad == state
        and one.lugar.tipo in _PRECISE
        and (one.lugar.alcaldia == borough if borough else not one.lugar.alcaldia)
    ]
    firm = [one for one in fitting if one.firme] or fitting
    return min(firm, key=lambda one: (_PRECISE.index(one.lugar.tipo), -one.peso), default=None)
