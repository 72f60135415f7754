"""What each name of place in a note says about where the event was: its weight, from the words around it.

Strong: "en la alcaldía Iztapalapa", "en Acayucan, Veracruz", the dateline of a state. Weak: an institution or an outlet
named after a place, a journey, a protest about the case, the newsroom's dateline. None: the place somebody comes from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from nlp.contexto_lugar import (
    ARTICLE,
    AT,
    BUILDING,
    BY_PROTEST,
    CAPITAL,
    CITY_CUE,
    CITY_WORD,
    DEMAND,
    FAMILY,
    FIRM,
    IN,
    INSIDE,
    JUSTICE,
    KIND_FACTOR,
    PLACE_WORD,
    STREET,
    STREET_ONLY,
    TOWN_BUILDING,
    TOWN_WORD,
    dateline_end,
    role_of,
)
from nlp.escena import FAR, Escena
from nlp.nomenclator import Hallado, Toponimo, demonyms, find_names
from nlp.personas import given_names
from nlp.plegado import fold

CITY_KINDS = frozenset({"colonia", "pueblo", "barrio", "unidad_habitacional"})
STATE_KINDS = frozenset({"entidad", "abreviatura", "municipio", "localidad", "pais"})


@dataclass(frozen=True)
class Indicio:
    """One reading of a name: `peso` as evidence; `firme` says that it places the act by itself (no institution, no journey).

    `dudoso` names count only where other evidence points to the same place. `papel` is what the words before make of it, or
    `fecha` for the dateline, `capital` and `organismo` for words that stand for the city, `gentilicio`. Origin weighs nothing.
    """

    parte: str
    inicio: int
    fin: int
    lugar: Toponimo
    peso: float
    firme: bool
    dudoso: bool = False
    papel: str = "llano"


def _inside_name(scene: Escena, found: Hallado) -> bool:
    """Tell whether capitals around show a longer name that is not the place's ("Norma Guerrero", "Radio Sonora")."""
    text = scene.text
    after = re.match(r"\s(?:[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+)", text[found.fin : found.fin + 12])
    if text[found.fin : found.fin + 1] == "-" and text[found.fin + 1 : found.fin + 2].isalpha():
        return True
    before = re.search(r"([\wÁÉÍÓÚÑáéíóúñü.]+)\s$", text[max(0, found.inicio - 25) : found.inicio])
    kinds = {place.tipo for place in found.lugares}
    upper = text[found.inicio : found.fin].isupper()
    follows = fold(after[0].strip()) in given_names() if after else False
    if (
        after
        and not upper
        and not (follows and " " in text[found.inicio : found.fin])
        and kinds & {"entidad", "municipio", "localidad", "colonia", "pueblo", "pais"}
    ):
        return True
    if before is None or upper or before[1].endswith("."):
        return False
    word = before[1]
    start = scene.sentence(found.inicio)[0]
    opens = found.inicio - len(word) - 1 <= start + 1
    return (
        word[0].isupper() and not opens and not re.fullmatch(PLACE_WORD + r"|ciudad|municipio|estado|el|la|en|de", word.lower())
    )


def _tie(scene: Escena, span: tuple[int, int]) -> float:
    act_gap, index = scene.act_gap(span), scene.index(span[0])
    tie = 1.0 if act_gap < FAR and act_gap < 120 else 0.7 if act_gap < FAR else 0.3 if scene.act_beside(span) else 0.0
    return 1.0 + tie + (0.6 if scene.parte == "titulo" else 0.4 if index <= 1 else 0.0)


def _city_doubt(place: Toponimo, before: str) -> bool | None:
    """Return whether a name of Mexico City stays doubtful here, None where it cannot be that place."""
    if place.tipo in CITY_KINDS | {"alcaldia"} and STREET_ONLY.search(before):
        return None
    if place.tipo == "alcaldia" and place.ambiguo and STREET.search(before):
        return None  # "colonia Benito Juárez" is some colony
    if not place.ambiguo:
        return False
    named = bool(CITY_WORD.search(before)) or place.tipo in ("metro", "sede_alcaldia")
    if not named and not (ARTICLE.search(before) or (place.tipo == "alcaldia" and before.endswith(", "))):
        return None
    return not (named and place.tipo in ("metro", "alcaldia"))


def _town_doubt(place: Toponimo, before: str, raw: str) -> bool | None:
    """Return whether a name of another place stays doubtful here, None where it cannot be that place."""
    housed = not place.ambiguo and TOWN_BUILDING.search(before)  # "el hospital de Bacalar"
    if (STREET.search(before) and not housed) or (place.tipo == "abreviatura" and not re.search(r"[,(]\s*$", before)):
        return None
    if re.search(r"\b(?:la|las|los|el|del)\s+$", before) and (
        place.ambiguo or (place.tipo == "entidad" and " " not in place.nombre)
    ):
        return None
    if not place.ambiguo:
        return False
    if FAMILY.search(raw) and not TOWN_WORD.search(before):
        return None
    if not TOWN_WORD.search(before) and not IN.search(before):
        return None
    return not re.search(r"\b(?:municipio|ciudad) de\s+$", before)


def _reading(scene: Escena, found: Hallado, place: Toponimo) -> Indicio | None:
    """Return what one place so called would mean here, None where the words around forbid it."""
    start = max(scene.sentence(found.inicio)[0], found.inicio - 70)
    before, raw = scene.folded[start : found.inicio], scene.text[start : found.inicio]
    city = place.entidad == "cdmx" and place.tipo not in STATE_KINDS
    doubtful = _city_doubt(place, before) if city else _town_doubt(place, before, raw)
    if doubtful is None:
        return None
    role = role_of(before)
    weight, firm = role.peso * (0.6 if doubtful else 1.0) * KIND_FACTOR.get(place.tipo, 1.0), role.firme
    if not city and doubtful and any(other.entidad == "cdmx" for other in found.lugares):
        weight *= 0.5
    if place.tipo in CITY_KINDS and doubtful and not (CITY_WORD.search(before) or INSIDE.search(before)):
        weight *= 0.05  # "agentes de Tránsito": a word as well, so it only tells the borough where the city is known
    if place.tipo in BUILDING and not AT.search(before) and place.tipo not in KIND_FACTOR:
        weight, firm = weight * 0.25, False
    firm = firm and place.tipo not in KIND_FACTOR
    if place.tipo == "pais":
        weight *= 0.8 if role.peso >= FIRM else 0.3
    if place is not found.lugares[0] and place.tipo == found.lugares[0].tipo:
        weight *= 0.5  # of two places so called, the gazetteer puts the better known first
    return Indicio(scene.parte, found.inicio, found.fin, place, weight, firm, doubtful, role.nombre)


def _weighed(scene: Escena, one: Indicio) -> Indicio:
    start, end = scene.sentence(one.inicio)
    sentence = scene.folded[start:end]
    weight, firm = one.peso, one.firme
    if DEMAND.search(sentence) and JUSTICE.search(sentence) and scene.parte == "texto":
        weight, firm = min(weight, BY_PROTEST), False
    return replace(one, peso=weight * _tie(scene, (one.inicio, one.fin)), firme=firm)


def _dateline(scene: Escena, found: Hallado) -> Iterator[Indicio]:
    several = len({place.entidad for place in found.lugares}) > 1
    for place in found.lugares:
        city = place.entidad == "cdmx"
        if place.tipo in STATE_KINDS and not (place.tipo == "abreviatura" and found.inicio == 0):
            weight = 0.9 if city else 1.5 if place.tipo == "pais" else 2.6
            yield Indicio(scene.parte, found.inicio, found.fin, place, weight, not city, place.ambiguo and several, "fecha")


def _cues(scene: Escena) -> Iterator[Indicio]:
    """Yield what words that are no names say: "la capital del país", "CDHCM", "la fiscalía poblana"."""
    capital = Toponimo("la capital", "entidad", "cdmx")
    for match in CAPITAL.finditer(scene.folded):
        yield Indicio(scene.parte, match.start(), match.end(), capital, 1.2 * _tie(scene, match.span()), True, papel="capital")
    for match in CITY_CUE.finditer(scene.text):
        yield Indicio(
            scene.parte, match.start(), match.end(), capital, 0.7 * _tie(scene, match.span()), False, papel="organismo"
        )
    for match in re.finditer(r"\b[a-zñ]+\b", scene.folded):
        state = demonyms().get(match[0])
        if state and state != "cdmx" and scene.text[match.start()].islower():
            before = scene.folded[max(0, match.start() - 25) : match.start()]
            firm = bool(
                re.search(r"\b(?:capital|sierra|puerto|municipio|norte|sur|oriente|poniente|costa|ciudad|zona)\s+$", before)
            )
            place = Toponimo(match[0], "entidad", state)
            weight = (1.4 if firm else 0.5) * _tie(scene, match.span())
            yield Indicio(scene.parte, match.start(), match.end(), place, weight, firm, papel="gentilicio")


def _at_home(text: str, names: Sequence[Hallado]) -> Iterator[Hallado]:
    """Yield the names without those of Mexico City that the town told right after places elsewhere ("el Zócalo de Toluca")."""
    for name, after in zip_longest(names, names[1:]):
        link = text[name.fin : after.inicio] if after else ""
        foreign = after is not None and all(p.entidad != "cdmx" and p.tipo in STATE_KINDS - {"pais"} for p in after.lugares)
        left = tuple(p for p in name.lugares if not (p.entidad == "cdmx" and (p.ambiguo or p.tipo == "plaza")))
        if not (foreign and link in (" de ", ", en ")):
            yield name
        elif left:
            yield replace(name, lugares=left)


def evidence(scene: Escena) -> list[Indicio]:
    """Return what every name of place in a part of the note says, each reading of an ambiguous name apart."""
    ends = dateline_end(scene.text) if scene.parte == "texto" else 0
    found: list[Indicio] = list(_cues(scene))
    for name in _at_home(scene.text, find_names(scene.text)):
        if name.inicio < ends:
            found += _dateline(scene, name)
        elif not _inside_name(scene, name):
            readings = [_reading(scene, name, place) for place in name.lugares]
            found += [_weighed(scene, one) for one in readings if one is not None]
    return found
