"""`via` and whether a threat came by digital means (which adds `digital` to `agresion`)."""

from nlp.patrones import Hit
from nlp.reglas.actos import Acto, Lectura
from nlp.vocabulario import Modalidad, Via

DIGITAL = (Via.RED_SOCIAL, Via.MENSAJE, Via.CORREO, Via.LLAMADA)
BY_MODALITY = ((Modalidad.ACOSO_JUDICIAL, Via.JUDICIAL), (Modalidad.CENSURA, Via.ADMINISTRATIVA))
BODILY = frozenset(
    [
        "asesinato",
        "tentativa_asesinato",
        "ataque_fisico",
        "privacion_libertad",
        "tortura",
        "violencia_sexual",
        "obstruccion",
        "danio_bienes",
    ]
)


def channels(lectura: Lectura, acts: list[Acto]) -> list[tuple[str, Hit]]:
    """Return the words of a channel in the sentences of `acts` or the one after."""
    found = []
    for acto in acts:
        sentence = acto.hit.span[0].sent
        for hit in lectura.hits[acto.parte]:
            if hit.entrada.campo == "via" and sentence.start <= hit.span.start < sentence.end:
                found.append((acto.parte, hit))
    return found


def is_digital(lectura: Lectura, modalities: dict[str, list[Acto]]) -> bool:
    """Say whether a threat came through networks, calls or messages (guide, `agresion`)."""
    cues = channels(lectura, modalities.get(Modalidad.AMENAZA, []))
    return any(hit.entrada.valor in DIGITAL for _, hit in cues)


def way(lectura: Lectura, modalities: dict[str, list[Acto]]) -> tuple[str, list[tuple[str, Hit]]]:
    """Return `via` and its words: what is bodily is in person, then the channel told, then what the act implies."""
    if BODILY & set(modalities):
        return str(Via.PRESENCIAL), []
    cues = channels(lectura, [acto for acts in modalities.values() for acto in acts])
    if cues:
        return cues[0][1].entrada.valor, cues[:1]
    for modalidad, implied in BY_MODALITY:
        if modalidad in modalities:
            return str(implied), []
    return str(Via.SIN_DETERMINAR), []
