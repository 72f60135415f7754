"""What each name of place in a note says about where the event was: its weight, from the words around it.

Strong: "en la alcaldía Iztapalapa", "en Acayucan, Veracruz", the dateline of a state. Weak: an institution or an outlet
named after a place, a journey, a protest about the case, the newsroom's dateline. None: the place somebody comes from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.escena import FAR, Escena
from nlp.nomenclator import Hallado, Toponimo, demonyms, find_names
from nlp.personas import given_names
from nlp.plegado import fold

CITY_KINDS = frozenset({"colonia", "pueblo", "barrio", "unidad_habitacional"})
STATE_KINDS = frozenset({"entidad", "abreviatura", "municipio", "localidad", "pais"})
AUTHORITY, OUTLET, JOURNEY, PROTEST, ROLE, FIRM = 0.7, 0.25, 0.3, 0.4, 1.0, 1.6


@dataclass(frozen=True)
class Indicio:
    """One reading of a name: `peso` as evidence; `firme` says that it places the act by itself (no institution, no journey).

    `dudoso` names count only where other evidence points to the same place.
    """

    parte: str
    inicio: int
    fin: int
    lugar: Toponimo
    peso: float
    firme: bool
    dudoso: bool = False


_PLACE_WORD = (
    r"(?:alcaldia|delegacion|demarcacion|colonia|col|fraccionamiento|unidad(?: habitacional)?|barrio|pueblo|metro|metrobus|estacion|cetram"
    r"|mercado|plaza|parque|explanada|glorieta|calles?|avenidas?|av|calzada|bulevar|boulevard|eje|jardin|paradero|deportivo|zona|centro"
    r"|facultad|hospital|cruce con|esquina con|esquina de)"
)
_STREET = re.compile(
    r"\b(?:calles?|avenidas?|av|calzada|bulevar|boulevard|colonia|col|parque|plaza|jardin|mercado|escuela|hospital|metro|autopista"
    r"|carretera|estadio|fraccionamiento|barrio|preparatoria|secundaria|primaria|teatro|auditorio|instituto|colegio|cine|hotel|callejon"
    r"|privada|prolongacion|calle de|avenida de|esquina con|esquina de|cruce con|grupo|partido|ley|clasico|san|santa|villa)\.?\s+(?:de la |de los |de |del |la )?$"
)
_STREET_ONLY = re.compile(
    r"\b(?:calles?|avenidas?|av|calzada|bulevar|boulevard|eje|esquina con|esquina de|cruce con|cruce de|autopista|carretera|callejon)\.?\s+(?:de la |de |del )?$"
)
_TOWN_WORD = re.compile(
    r"\b(?:municipio|ciudad|puerto|poblado|comunidad|localidad|cabecera|villa|sierra|estado|ejido|rancheria|poblacion|region|costa|norte|sur"
    r"|oriente|poniente|centro|capital|habitantes|vecinos|alcaldes?a?|edil|presidente municipal|zona)(?: (?:municipal|libre|indigena))?(?: y)? de(?:l)?\s+(?:la |el |los )?$"
)
_CITY_WORD = re.compile(rf"\b{_PLACE_WORD}\.?\s+(?:de la |de los |de las |de |del |la |el )?$")
_ARTICLE = re.compile(r"\b(?:en|de|por|a|desde|afuera de|cerca de|sobre|hasta) la\s+$|\b(?:del?|al?|por|sobre|con|en)\s+(?:el )?$")
_FAMILY = re.compile(r"[A-ZÁÉÍÓÚÑ][\wáéíóúñü]+ de (?:la )?$")  # "Ponce de León"
_BUILDING = frozenset({"edificio_gobierno", "organismo", "recinto_legislativo", "universidad", "sede_medio"})
_AT = re.compile(
    r"\b(?:en|frente a|afuera de|fuera de|dentro de|a las puertas de|a las afueras de|explanada de|sede de|instalaciones de|edificio de|entrar a|patio de"
    r"|acceso a|salida de|salir de|inmediaciones de|alrededores de|puerta de|rectoria de|escalinata de|vestibulo de|pleno de)(?:l)?\s+(?:la |el |los |las )?$"
)
_KIND_FACTOR = {"reclusorio": 0.35, "hospital": 0.4, "fiscalia": 0.4}
_IN = re.compile(r"\b(?:en|de|desde|a)\s+$|[,(]\s*$")
_LOCATIVE = re.compile(
    r"\b(?:en|afuera de|frente a|fuera de|dentro de|cerca de|inmediaciones de|calles de|a la altura de|sobre|entre|por|cruce con|esquina con)"
    r"(?:l)?\s+(?:(?:el|la|los|las|pleno|plena)\s+)?(?:[a-z]+\s+){0,3}?(?:de\s+|del\s+)?(?:la\s+|el\s+|los\s+|las\s+)?$"
)
_ORIGIN = re.compile(
    r"\b(?:originari[oa]s?|oriund[oa]s?|nacid[oa]s?|nativ[oa]s?|natural|nacio|crecio|procedentes?|provenientes?|migrantes?|lada|placas|nativos)"
    r"(?: \w+)? (?:de|en)(?: la| el)?\s+$"
)
_JOURNEY = re.compile(
    r"\b(?:rumbo a|hacia|viaj\w+ (?:a|hasta)|traslad\w+(?: \w+){0,3} a|huy\w+ (?:a|hacia|de)|refugi\w+ en|refugio (?:que \w+ )?en|con destino a"
    r"|camino a|oficinas en|regres\w+ a|volv\w+ a|lleg\w+ de|penal(?:es)? de|reclusorio de|hospital(?: \w+)? de|hospital en|con sede en|sede en"
    r"|desplaz\w+ a|mud\w+ a|embajad\w+ de|consulado de|congreso de estados|entregado ayer por|entregado por|extradit\w+ (?:de|desde|a))"
    r"(?:l| la| el| los)?\s+$"
)
_AUTHORITY = re.compile(
    r"\b(?:fiscal(?:ia)?|procurad(?:uria|or)|comision|secretari[ao]|gobernador[a]?|exgobernador[a]?|gobierno|congreso|tribunal|universidad|juzgado|jueza?"
    r"|poder judicial|instituto|mecanismo|diocesis|arzobispado|ayuntamiento|alcaldes?a?|exalcaldes?a?|presidente municipal|presidenta municipal|policia"
    r"|seccion|seccional|colegio|consejo|centro|agencia|defensoria|sistema|diputad[oa]s?|legislador\w*|senador\w*|regidor\w*|edil|titular)"
    r"(?: \w+){0,7}? (?:de|del|en)(?: la| el| los)?\s+$"
)
_OUTLET = re.compile(
    r"\b(?:diario|heraldo|sol|voz|noticias|periodico|portal|semanario|radio|canal|revista|cronica|imagen|opinion|gaceta|pagina|sitio|agencia|medio"
    r"|mensajero|imparcial|tribuna|correo|grafico|organizacion|colectivo|frente|red|asociacion|colectiva|coordinadora|union|movimiento|club|sindicato"
    r"|laboratorios?|grupo|orquesta|pumas|tigres|rayados|autopista|carretera|volcan|golfo|virgen|cartel|cinco)"
    r"(?: \w+){0,2}? (?:de|del|en)?(?: la| el| los)?\s*$"
)
_ROLE = re.compile(
    r"\b(?:reporter[oa]s?|periodistas?|corresponsal(?:es)?|fotograf[oa]s?|activistas?|defensor[ae]?s?|comuner[oa]s?|colegas|ejidatari[oa]s?|locutor[a]?)"
    r" (?:de|en|del)(?: la| el)?\s+$"
)
_DEMAND = re.compile(
    r"\b(?:marcha\w*|protest\w*|manifest\w*|planton|mitin|concentr\w+|caminaron|velada|homenaje|misa|vigilia|acto|reunieron|clausuraron)\b"
)
_JUSTICE = re.compile(r"\b(?:exig\w+|exij\w+|justicia|esclarec\w+|repudi\w+|por el (?:asesinato|homicidio|crimen)|presentacion con vida|solidari\w+)\b")
_CAPITAL = re.compile(
    r"\b(?:(?:la|esta) capital (?:del pais|de la republica|mexicana|federal|nacional)|esta capital|distrito federal|capital del pais)\b"
)
_CITY_CUE = re.compile(
    r"\b(?:CDHCM|CDHDF|SSC-?CDMX|SSP-?DF|PGJDF|PGJ-?CDMX|FGJ-?CDMX|FGJCDMX|INVEA|STC|Locatel|Copred|jefa de Gobierno|jefe de Gobierno"
    r"|(?:policía|procuraduría|fiscalía|Procuraduría|Fiscalía|Policía|gobierno|Gobierno|Congreso|Procuraduría General de Justicia) capitalin[oa]"
    r"|Mecanismo (?:local|de Protección Integral de la Ciudad de México)|jefe delegacional|jefa delegacional)\b"
)
_DATELINE = re.compile(
    r"^\W{0,3}(?P<places>[A-ZÁÉÍÓÚÑ][\wÁÉÍÓÚÑáéíóúñü.]*(?:,?\s+(?:de|del|la|las|los|el|y|a|[A-ZÁÉÍÓÚÑ][\wÁÉÍÓÚÑáéíóúñü]*\.?|\d{1,2}|enero"
    r"|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|\d{4})){0,9}?)"
    r"\s*(?:\([^)\n]{2,50}\)|/\s*[A-Z]\w+)?\s*(?:\.?\s?[-–—]{1,2}|\.\s(?=[A-Z\"“«¿]))"
)


def dateline_end(text: str) -> int:
    """Return where the dateline of a text ends ("CANCÚN, QR.-"), 0 where there is none."""
    match = _DATELINE.match(text[:120])
    return match.end("places") if match and match.end("places") <= 70 else 0


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
    if after and not upper and not (follows and " " in text[found.inicio : found.fin]) and kinds & {"entidad", "municipio", "localidad", "colonia", "pueblo", "pais"}:
        return True
    if before is None or upper or before[1].endswith("."):
        return False
    word = before[1]
    start = scene.sentence(found.inicio)[0]
    opens = found.inicio - len(word) - 1 <= start + 1
    return word[0].isupper() and not opens and not re.fullmatch(_PLACE_WORD + r"|ciudad|municipio|estado|el|la|en|de", word.lower())


def _role(before: str) -> tuple[float, bool] | None:
    """Return weight and firmness that the words before a name give it, None where it is only somebody's origin."""
    if _ORIGIN.search(before):
        return None
    if _JOURNEY.search(before):
        return JOURNEY, False
    if _ROLE.search(before):
        return ROLE, True
    if _AUTHORITY.search(before):
        return AUTHORITY, False
    if _OUTLET.search(before):
        return OUTLET, False
    return (FIRM, True) if _LOCATIVE.search(before) else (1.0, True)


def _tie(scene: Escena, span: tuple[int, int]) -> float:
    act_gap, index = scene.act_gap(span), scene.index(span[0])
    tie = 1.0 if act_gap < FAR and act_gap < 120 else 0.7 if act_gap < FAR else 0.3 if scene.act_beside(span) else 0.0
    return 1.0 + tie + (0.6 if scene.parte == "titulo" else 0.4 if index <= 1 else 0.0)


def _city_doubt(place: Toponimo, before: str) -> bool | None:
    """Return whether a name of Mexico City stays doubtful here, None where it cannot be that place."""
    if place.tipo in CITY_KINDS | {"alcaldia"} and _STREET_ONLY.search(before):
        return None
    if not place.ambiguo:
        return False
    named = bool(_CITY_WORD.search(before)) or place.tipo in ("metro", "sede_alcaldia")
    if not named and not (_ARTICLE.search(before) or (place.tipo == "alcaldia" and before.endswith(", "))):
        return None
    return not (named and place.tipo in ("metro", "alcaldia"))


def _town_doubt(place: Toponimo, before: str, raw: str) -> bool | None:
    """Return whether a name of another place stays doubtful here, None where it cannot be that place."""
    if _STREET.search(before) or (place.tipo == "abreviatura" and not re.search(r"[,(]\s*$", before)):
        return None
    if re.search(r"\b(?:la|las|los|el|del)\s+$", before) and (place.ambiguo or place.tipo == "entidad"):
        return None
    if not place.ambiguo:
        return False
    if _FAMILY.search(raw) and not _TOWN_WORD.search(before):
        return None
    if not _TOWN_WORD.search(before) and not _IN.search(before):
        return None
    return not re.search(r"\b(?:municipio|ciudad) de\s+$", before)


def _reading(scene: Escena, found: Hallado, place: Toponimo) -> Indicio | None:
    """Return what one place so called would mean here, None where the words around forbid it."""
    start = max(scene.sentence(found.inicio)[0], found.inicio - 70)
    before, raw = scene.folded[start : found.inicio], scene.text[start : found.inicio]
    city = place.entidad == "cdmx" and place.tipo not in STATE_KINDS
    doubtful = _city_doubt(place, before) if city else _town_doubt(place, before, raw)
    role = _role(before) if doubtful is not None else None
    if doubtful is None or role is None:
        return None
    weight, firm = role[0] * (0.6 if doubtful else 1.0) * _KIND_FACTOR.get(place.tipo, 1.0), role[1]
    if place.tipo in _BUILDING and not _AT.search(before):
        weight, firm = weight * 0.25, False
    if place.tipo == "pais":
        weight *= 0.8 if role[0] >= FIRM else 0.3
    if place is not found.lugares[0] and place.tipo == found.lugares[0].tipo:
        weight *= 0.5  # of two places so called, the gazetteer puts the better known first
    return Indicio(scene.parte, found.inicio, found.fin, place, weight, firm, doubtful)


def _weighed(scene: Escena, one: Indicio) -> Indicio:
    start, end = scene.sentence(one.inicio)
    sentence = scene.folded[start:end]
    weight, firm = one.peso, one.firme
    if _DEMAND.search(sentence) and _JUSTICE.search(sentence) and scene.parte == "texto":
        weight, firm = min(weight, PROTEST), False
    return replace(one, peso=weight * _tie(scene, (one.inicio, one.fin)), firme=firm)


def _dateline(scene: Escena, found: Hallado) -> Iterator[Indicio]:
    several = len({place.entidad for place in found.lugares}) > 1
    for place in found.lugares:
        city = place.entidad == "cdmx"
        if place.tipo in STATE_KINDS and not (place.tipo == "abreviatura" and found.inicio == 0):
            weight = 0.9 if city else 1.5 if place.tipo == "pais" else 2.6
            yield Indicio(scene.parte, found.inicio, found.fin, place, weight, not city, place.ambiguo and several)


def _cues(scene: Escena) -> Iterator[Indicio]:
    """Yield what words that are no names say: "la capital del país", "CDHCM", "la fiscalía poblana"."""
    capital = Toponimo("la capital", "entidad", "cdmx")
    for match in _CAPITAL.finditer(scene.folded):
        yield Indicio(scene.parte, match.start(), match.end(), capital, 1.2 * _tie(scene, match.span()), True)
    for match in _CITY_CUE.finditer(scene.text):
        yield Indicio(scene.parte, match.start(), match.end(), capital, 0.7 * _tie(scene, match.span()), False)
    for match in re.finditer(r"\b[a-zñ]+\b", scene.folded):
        state = demonyms().get(match[0])
        if state and state != "cdmx" and scene.text[match.start()].islower():
            before = scene.folded[max(0, match.start() - 25) : match.start()]
            firm = bool(re.search(r"\b(?:capital|sierra|puerto|municipio|norte|sur|oriente|poniente|costa|ciudad|zona)\s+$", before))
            place = Toponimo(match[0], "entidad", state)
            yield Indicio(scene.parte, match.start(), match.end(), place, (1.4 if firm else 0.5) * _tie(scene, match.span()), firm)


def evidence(scene: Escena) -> list[Indicio]:
    """Return what every name of place in a part of the note says, each reading of an ambiguous name apart."""
    ends = dateline_end(scene.text) if scene.parte == "texto" else 0
    found: list[Indicio] = list(_cues(scene))
    for name in find_names(scene.text):
        if name.inicio < ends:
            found += _dateline(scene, name)
        elif not _inside_name(scene, name):
            readings = [_reading(scene, name, place) for place in name.lugares]
            found += [_weighed(scene, one) for one in readings if one is not None]
    return found
