"""`resumen`: one sentence made from the codes, without any name (it is shown where names are restricted)."""

from collections.abc import Sequence

from nlp.etiquetas import Lugar, Victima, VictimaSinNombre
from nlp.vocabulario import Agresor, Alcaldia, Entidad, Modalidad

NOUNS = {  # by kind and gender: one, several
    ("periodista", "mujer"): ("una periodista", "varias periodistas"),
    ("periodista", "hombre"): ("un periodista", "varios periodistas"),
    ("periodista", "colectivo"): ("un medio", "varios medios"),
    ("periodista", "otro"): ("una persona periodista", "varias personas periodistas"),
    ("defensora", "mujer"): ("una defensora", "varias defensoras"),
    ("defensora", "hombre"): ("un defensor", "varios defensores"),
    ("defensora", "colectivo"): ("un colectivo de defensa", "varios colectivos de defensa"),
    ("defensora", "otro"): ("una persona defensora", "varias personas defensoras"),
}
DOERS = {
    Agresor.FUERZA_PUBLICA: "la fuerza pública",
    Agresor.AUTORIDAD_CIVIL: "autoridades civiles",
    Agresor.CRIMEN_ORGANIZADO: "el crimen organizado",
    Agresor.PARTICULAR: "particulares",
}
OF_SOMEBODY = {
    Modalidad.ASESINATO,
    Modalidad.DESAPARICION,
    Modalidad.PRIVACION_LIBERTAD,
    Modalidad.DESPLAZAMIENTO,
}  # «asesinato de»
MOST_ACTS = 3  # acts that the sentence names; a graver one comes first in the vocabulary


def listed(parts: Sequence[str]) -> str:
    """Join Spanish words: «a», «a y b», «a, b e intimidación»."""
    if len(parts) < 2:
        return "".join(parts)
    last = parts[-1].lower()
    joint = "e" if last[0] in "ií" or last.startswith(("hi", "hí")) else "y"
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def people(kinds: Sequence[str], named: Sequence[Victima], unnamed: Sequence[VictimaSinNombre]) -> str:
    """Return who suffered it, by kind and gender, without names; of unlike genders, «personas»."""
    groups = []
    for kind in kinds:
        told = [v.genero for v in named if v.tipo == kind]
        genders = set(told) | {v.genero for v in unnamed if v.tipo == kind}
        plural = 0 if told else 2  # a plural without number beside a name is most likely that name's group
        count = len(told) + sum(v.cantidad or plural for v in unnamed if v.tipo == kind)
        gender = genders.pop() if len(genders) == 1 else "otro"
        one, many = NOUNS.get((kind, gender), NOUNS[kind, "otro"])
        groups.append(many if count > 1 else one)
    return listed(groups) or "una persona"


def place(lugar: Lugar) -> str:
    """Return « en X» for the borough or state, or nothing."""
    if lugar.alcaldia:
        return f" en {Alcaldia(lugar.alcaldia).etiqueta}"
    return f" en {Entidad(lugar.entidad).etiqueta}" if lugar.entidad else ""


def doers(aggressors: Sequence[str]) -> str:
    """Return who is said to have done it: «señalan a la fuerza pública y a particulares»."""
    known = [DOERS[Agresor(slug)] for slug in aggressors if Agresor(slug) in DOERS]
    blamed = ["al " + name.removeprefix("el ") if name.startswith("el ") else "a " + name for name in known]
    return f"señalan {listed(blamed)}" if known else "no se identifica a quien agredió"


def sentence(modalities: Sequence[str], who: str, lugar: Lugar, aggressors: Sequence[str], protest: bool) -> str:
    """Return the sentence: «Ataque físico y amenaza contra una periodista en Cuauhtémoc; señalan a la fuerza pública.»."""
    acts = listed([Modalidad(slug).etiqueta.lower() for slug in modalities[:MOST_ACTS]])
    joint = "de" if set(modalities[:MOST_ACTS]) <= OF_SOMEBODY else "contra"
    head = f"{acts} {joint} {who}" if acts else f"situación de riesgo de {who}"
    during = " durante una movilización" if protest else ""
    return f"{head[0].upper()}{head[1:]}{place(lugar)}{during}; {doers(aggressors)}."
