"""`resumen`: one sentence made from the codes, without any name (it is shown where names are restricted)."""

from collections.abc import Sequence

from nlp.etiquetas import Lugar, Victima, VictimaSinNombre
from nlp.vocabulario import Agresor, Alcaldia, Entidad, Genero, Modalidad

NOUNS = {
    ("periodista", "mujer"): ("una periodista", "varias periodistas"),
    ("periodista", "hombre"): ("un periodista", "varios periodistas"),
    ("periodista", "colectivo"): ("un medio", "varios medios"),
    ("periodista", "otro"): ("una persona periodista", "varias personas periodistas"),
    ("defensora", "mujer"): ("una defensora", "varias defensoras"),
    ("defensora", "hombre"): ("un defensor", "varios defensores"),
    ("defensora", "colectivo"): ("un colectivo de defensa", "varios colectivos de defensa"),
    ("defensora", "otro"): ("una persona defensora", "varias personas defensoras"),
}


def listed(parts: Sequence[str]) -> str:
    """Join Spanish words: «a», «a y b», «a, b y c»."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " y " + parts[-1] if parts else ""


def people(kinds: Sequence[str], named: Sequence[Victima], unnamed: Sequence[VictimaSinNombre]) -> str:
    """Return who suffered it, by kind and gender, without names."""
    groups = []
    for kind in kinds:
        genders = [v.genero for v in named if v.tipo == kind] + [v.genero for v in unnamed if v.tipo == kind]
        count = sum(v.tipo == kind for v in named) + sum(v.cantidad or 1 for v in unnamed if v.tipo == kind)
        gender = genders[0] if len(set(genders)) == 1 and genders[0] != Genero.INDETERMINADO else "otro"
        one, many = NOUNS.get((kind, gender), NOUNS[kind, "otro"])
        groups.append(many if count > 1 else one)
    return listed(groups) or "una persona"


def place(lugar: Lugar) -> str:
    """Return « en X» for the borough or state, or nothing."""
    if lugar.alcaldia:
        return f" en {Alcaldia(lugar.alcaldia).etiqueta}"
    return f" en {Entidad(lugar.entidad).etiqueta}" if lugar.entidad else ""


def sentence(modalities: Sequence[str], who: str, lugar: Lugar, aggressors: Sequence[str], protest: bool) -> str:
    """Return the sentence: «Ataque físico y amenaza contra una periodista en Cuauhtémoc; señalan a fuerza pública.»."""
    acts = listed([Modalidad(slug).etiqueta.lower() for slug in modalities]) or "situación de riesgo"
    head = f"{acts} contra {who}" if modalities else f"{acts} de {who}"
    known = [Agresor(slug).etiqueta.lower() for slug in aggressors if slug != Agresor.NO_IDENTIFICADO]
    parts = [head[0].upper() + head[1:] + place(lugar)]
    parts += [f"señalan a {listed(known)}"] if known else []
    parts += ["en una movilización"] if protest else []
    return "; ".join(parts) + "."
