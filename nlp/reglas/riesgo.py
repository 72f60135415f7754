"""`urgente`, `vinculo` and `ambito`: what the registry needs beyond the guide; proposals that an analyst sets right."""

from nlp.etiquetas import Lugar
from nlp.patrones import Hit
from nlp.reglas.actos import Lectura
from nlp.vocabulario import Ambito, Cdmx, Modalidad, TipoNota, Via, Vinculo

STANDING = frozenset({Modalidad.AMENAZA, Modalidad.DESAPARICION, Modalidad.TENTATIVA_ASESINATO, Modalidad.DESPLAZAMIENTO})
REMOTE = frozenset({Via.RED_SOCIAL, Via.MENSAJE, Via.CORREO, Via.LLAMADA})


def is_urgent(lectura: Lectura, modalities: list[str], nota: str, cdmx: str) -> tuple[bool, list[tuple[str, Hit]]]:
    """Say whether danger is in force in the city (threat standing, followed, just attacked, missing), with its words."""
    if nota != TipoNota.HECHO_NUEVO or cdmx == Cdmx.NO or Modalidad.ASESINATO in modalities:
        return False, []
    cues = lectura.hits_of("urgente")
    return bool(STANDING & set(modalities) or cues), cues[:1]


def link(lectura: Lectura) -> tuple[str, list[tuple[str, Hit]]]:
    """Return `vinculo` with its words: established by the text, made likely by the work going on, or not told."""
    sure = lectura.hits_of("vinculo", str(Vinculo.CONFIRMADO))
    likely = lectura.hits_of("vinculo", str(Vinculo.PROBABLE))
    if sure:
        return str(Vinculo.CONFIRMADO), sure[:1]
    return (str(Vinculo.PROBABLE), likely[:1]) if likely else (str(Vinculo.NO_CONFIRMADO), [])


def scope(lugar: Lugar, modalities: list[str], via: str, *, lives_in_city: bool) -> str:
    """Return `ambito` from the place of the case, flight to the city and attacks from a distance."""
    if lugar.cdmx == Cdmx.SI:
        return str(Ambito.HECHO_EN_CDMX)
    if lives_in_city:
        return str(Ambito.PERSONA_EN_CDMX)
    if lugar.cdmx == Cdmx.NO:
        return str(Ambito.FUERA)
    remote = via in REMOTE or {Modalidad.ATAQUE_DIGITAL, Modalidad.ESPIONAJE} & set(modalities)
    return str(Ambito.A_DISTANCIA_CDMX if remote and lugar.entidad == "cdmx" else Ambito.POR_DETERMINAR)
