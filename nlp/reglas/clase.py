"""What tells a risk from an aggression where the modality alone does not (guide, `clase`)."""

from nlp.reglas.actos import Acto
from nlp.vocabulario import Modalidad

WATCHING = (
    "segu",
    "sigu",
    "vigil",
    "persig",
    "persegu",
    "rond",
    "merode",
    "fotograf",
    "patrulla",
    "camioneta",
    "vehiculo",
    "auto",
)


def only_watched(modalities: dict[str, list[Acto]]) -> bool:
    """Say whether all the harassment told is being followed or watched («patrullas rondan su casa»)."""
    acts = modalities.get(Modalidad.HOSTIGAMIENTO, [])
    return bool(acts) and all(any(t.norm_.startswith(WATCHING) for t in acto.hit.span) for acto in acts)
