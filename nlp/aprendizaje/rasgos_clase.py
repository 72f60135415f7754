"""Features of whether a case is a risk, where its modalities leave that open (guide, `clase`): followed, smeared, displaced."""

from collections.abc import Collection

from nlp.aprendizaje.lineal import Rasgos
from nlp.reglas import clase
from nlp.reglas.actos import Lectura
from nlp.vocabulario import Modalidad

OPEN = frozenset({Modalidad.ESTIGMATIZACION, Modalidad.DESPLAZAMIENTO, Modalidad.HOSTIGAMIENTO})
WEIGHT = 3.0  # of a modality beside the many words


def leaves_open(modalities: Collection[str]) -> bool:
    """Say whether a case of these modalities may be a risk; any other one makes it an aggression (guide, `clase`)."""
    return OPEN.issuperset(modalities)


def risk_features(whole: Rasgos, modalities: Collection[str], lectura: Lectura) -> Rasgos:
    """Return the features of a note, `whole` being those of the note and its people, with its modalities."""
    told: Rasgos = {f"clase:{slug}": WEIGHT for slug in modalities} | {"clase:cuantas": float(len(modalities))}
    told["clase:abierta" if leaves_open(modalities) else "clase:cerrada"] = WEIGHT
    watched = {Modalidad.HOSTIGAMIENTO: [acto for acto in lectura.actos if acto.modalidad == Modalidad.HOSTIGAMIENTO]}
    if clase.only_watched({str(slug): acts for slug, acts in watched.items()}):
        told["clase:vigilancia"] = WEIGHT
    return whole | told
