"""`urgente`, `vinculo` and `ambito`: what the registry needs beyond the guide; proposals that an analyst sets right."""

import re

from nlp.etiquetas import Lugar
from nlp.patrones import Hit
from nlp.plegado import even_fold
from nlp.reglas.actos import Lectura
from nlp.vocabulario import Ambito, Cdmx, Modalidad, TipoNota, Via, Vinculo

_IN_CITY = re.compile(
    r"\b(?:refugi|vive\b|viven\b|reside|radica|residen|desplaz|exili|instal|traslad|lleg|huy)\w*(?:\s\w+){0,4}?\s(?:en|a|hacia|hasta)"
    r"\s(?:la\s)?(?:ciudad de mexico|cdmx|capital del pais|capital de la republica)\b"
)
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


def lives_in_city(lectura: Lectura) -> bool:
    """Say whether the text tells that the person lives in, or fled to, Mexico City («se refugia en la capital del país»)."""
    return bool(_IN_CITY.search(even_fold(lectura.parsed.textos["texto"])))


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
