"""The words around a name of place: which say that it places the act, which that it does not (lexicon, section 7)."""

import re
from dataclasses import dataclass

# What a name is worth as evidence: of an authority, an outlet, a journey, a protest, a role noun, plain, after "en"
BY_AUTHORITY, BY_OUTLET, BY_JOURNEY, BY_PROTEST, BY_ROLE, PLAIN, FIRM = 0.7, 0.25, 0.3, 0.4, 1.0, 1.0, 1.6

PLACE_WORD = (
    r"(?:alcaldias?|delegacion|demarcacion|colonias?|col|fraccionamiento|unidad(?: habitacional)?|barrios?|pueblos?|metro"
    r"|metrobus|estacion|cetram|mercado|plaza|parque|explanada|glorieta|calles?|avenidas?|av|calzada|bulevar|boulevard"
    r"|eje|jardin|paradero|deportivo|zona|centro|facultad|hospital|cruce con|esquina con|esquina de)"
)
STREET = re.compile(
    r"\b(?:calles?|avenidas?|av|calzada|bulevar|boulevard|colonias?|col|parque|plaza|jardin|mercado|escuela|hospital"
    r"|metro|autopista|carretera|estadio|fraccionamiento|barrio|preparatoria|secundaria|primaria|teatro|auditorio"
    r"|instituto|colegio|cine|hotel|callejon|privada|prolongacion|calle de|avenida de|esquina con|esquina de|cruce con"
    r"|grupo|partido|ley|clasico|san|santa|villa)\.?\s+(?:de la |de los |de |del |la )?$"
)
TOWN_BUILDING = re.compile(
    r"\b(?:mercado|hospital|escuela|preparatoria|secundaria|primaria|teatro|auditorio) (?:municipal )?de\s+$"
)
STREET_ONLY = re.compile(
    r"\b(?:calles?|avenidas?|av|calzada|bulevar|boulevard|eje|esquina con|esquina de|cruce con|cruce de|autopista"
    r"|carretera|callejon)\.?\s+(?:de la |de |del )?$"
)
TOWN_WORD = re.compile(
    r"\b(?:municipio|ciudad|puerto|poblado|comunidad|localidad|cabecera|villa|sierra|estado|ejido|rancheria|poblacion"
    r"|region|costa|norte|sur|oriente|poniente|centro|capital|habitantes|vecinos|alcaldes?a?|edil|presidente municipal"
    r"|zona)(?: (?:municipal|libre|indigena))?(?: y)? de(?:l)?\s+(?:la |el |los )?$"
)
CITY_WORD = re.compile(rf"\b{PLACE_WORD}\.?\s+(?:de la |de los |de las |de |del |la |el )?$")
ARTICLE = re.compile(
    r"\b(?:en|de|por|a|desde|afuera de|cerca de|sobre|hasta) la\s+$|\b(?:del?|al?|por|sobre|con|en)\s+(?:el )?$"
)
INSIDE = re.compile(r"\b(?:en|por|frente a|afuera de|cerca de)\s+(?:la |el )?$|\b(?:a|de|desde) la\s+$|,\s*$")
FAMILY = re.compile(
    r"(?!Z[óo]calo|Centro|Plaza|Parque|Catedral|Palacio)\b[A-ZÁÉÍÓÚÑ][\wáéíóúñü]+ de (?:la )?$"
)  # "Ponce de León"
BUILDING = frozenset({"edificio_gobierno", "organismo", "recinto_legislativo", "universidad", "sede_medio"})
AT = re.compile(
    r"\b(?:en|frente a|afuera de|fuera de|dentro de|a las puertas de|a las afueras de|explanada de|sede de"
    r"|instalaciones de|edificio de|entrar a|patio de|acceso a|salida de|salir de|inmediaciones de|alrededores de"
    r"|puerta de|rectoria de|escalinata de|vestibulo de|pleno de)(?:l)?\s+(?:la |el |los |las )?$"
)
KIND_FACTOR = {"reclusorio": 0.35, "hospital": 0.4, "fiscalia": 0.4}
IN = re.compile(r"\b(?:en|de|desde|a)\s+$|[,(]\s*$")
LOCATIVE = re.compile(
    r"\b(?:en|afuera de|frente a|fuera de|dentro de|cerca de|inmediaciones de|calles de|a la altura de|sobre|entre|por"
    r"|cruce con|esquina con)(?:l)?\s+(?:(?:el|la|los|las|pleno|plena)\s+)?(?:[a-z]+\s+){0,3}?(?:de\s+"
    r"|del\s+)?(?:la\s+|el\s+|los\s+|las\s+)?$"
)
ORIGIN = re.compile(
    r"\b(?:originari[oa]s?|oriund[oa]s?|nacid[oa]s?|nativ[oa]s?|natural|nacio|crecio|procedentes?|provenientes?"
    r"|migrantes?|lada|placas|nativos)(?: \w+)? (?:de|en)(?: la| el)?\s+$"
)
JOURNEY = re.compile(
    r"\b(?:rumbo a|hacia|viaj\w+ (?:a|hasta)|traslad\w+(?: \w+){0,3} a|huy\w+ (?:a|hacia|de)|refugi\w+ en"
    r"|refugio (?:que \w+ )?en|con destino a|camino a|oficinas en|regres\w+ a|volv\w+ a|lleg\w+ de|penal(?:es)? de"
    r"|reclusorio de|hospital(?: \w+)? de|hospital en|con sede en|sede en|desplaz\w+ a|mud\w+ a|embajad\w+ de"
    r"|consulado de|congreso de estados|entregado ayer por|entregado por|extradit\w+ (?:de|desde|a))(?:l| la| el"
    r"| los)?\s+$"
)
AUTHORITY = re.compile(
    r"\b(?:fiscal(?:ia)?|procurad(?:uria|or)|comision|secretari[ao]|gobernador[a]?|exgobernador[a]?|gobierno|congreso"
    r"|tribunal|universidad|juzgado|jueza?|poder judicial|instituto|mecanismo|diocesis|arzobispado|ayuntamiento"
    r"|alcaldes?a?|exalcaldes?a?|presidente municipal|presidenta municipal|policia|seccion|seccional|colegio|consejo"
    r"|centro|agencia|defensoria|sistema|diputad[oa]s?|legislador\w*|senador\w*|regidor\w*|edil"
    r"|titular)(?: \w+){0,7}? (?:de|del|en)(?: la| el| los)?\s+$"
)
OUTLET = re.compile(
    r"\b(?:diario|heraldo|sol|voz|noticias|periodico|portal|semanario|radio|canal|revista|cronica|imagen|opinion"
    r"|gaceta|pagina|sitio|agencia|medio|mensajero|imparcial|tribuna|correo|grafico|organizacion|colectivo|frente|red"
    r"|asociacion|colectiva|coordinadora|union|movimiento|club|sindicato|laboratorios?|grupo|orquesta|pumas|tigres"
    r"|rayados|autopista|carretera|volcan|golfo|virgen|cartel|cinco)(?: \w+){0,2}? (?:de|del|en)?(?: la| el| los)?\s*$"
)
ROLE = re.compile(
    r"\b(?:reporter[oa]s?|periodistas?|corresponsal(?:es)?|fotograf[oa]s?|activistas?|defensor[ae]?s?|comuner[oa]s?"
    r"|colegas|ejidatari[oa]s?|locutor[a]?) (?:de|en|del)(?: la| el)?\s+$"
)
DEMAND = re.compile(
    r"\b(?:marcha\w*|protest\w*|manifest\w*|planton|mitin|concentr\w+|caminaron|velada|homenaje|misa|vigilia|acto"
    r"|reunieron|clausuraron)\b"
)
JUSTICE = re.compile(
    r"\b(?:exig\w+|exij\w+|justicia|esclarec\w+|repudi\w+|por el (?:asesinato|homicidio|crimen)|presentacion con vida"
    r"|solidari\w+)\b"
)
CAPITAL = re.compile(
    r"\b(?:(?:la|esta) capital (?:del pais|de la republica|mexicana|federal|nacional)|esta capital|distrito federal"
    r"|capital del pais)\b"
)
CITY_CUE = re.compile(
    r"\b(?:CDHCM|CDHDF|SSC(?!-)|Comisión de Derechos Humanos de la Ciudad|Sistema de Transporte Colectivo"
    r"|Secretaría de Seguridad Ciudadana(?! (?:de|del|municipal|estatal)\b)|SSC-?CDMX"
    r"|SSP-?DF|PGJDF|PGJ-?CDMX|FGJ-?CDMX|FGJCDMX|INVEA|STC|Locatel|Copred|jefa de Gobierno"
    r"|jefe de Gobierno|(?:policía|procuraduría|fiscalía|Procuraduría|Fiscalía|Policía|gobierno|Gobierno|Congreso"
    r"|Procuraduría General de Justicia) capitalin[oa]|Mecanismo (?:local"
    r"|de Protección Integral de la Ciudad de México)|jefe delegacional|jefa delegacional)\b"
)
DATELINE = re.compile(
    r"^\W{0,3}(?P<places>[A-ZÁÉÍÓÚÑ][\wÁÉÍÓÚÑáéíóúñü.]*(?:,?\s+(?:de|del|la|las|los|el|y|a"
    r"|[A-ZÁÉÍÓÚÑ][\wÁÉÍÓÚÑáéíóúñü]*\.?|\d{1,2}|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre|\d{4})){0,9}?)\s*(?:\([^)\n]{2,50}\)|/\s*[A-Z]\w+)?\s*(?:\.?\s?[-–—]{1,2}"
    r"|\.\s(?=[A-Z\"“«¿]))"
)


def dateline_end(text: str) -> int:
    """Return where the dateline of a text ends ("MÉRIDA, Yuc.-"), 0 where there is none."""
    match = DATELINE.match(text[:120])
    return match.end("places") if match and match.end("places") <= 70 else 0


@dataclass(frozen=True)
class Papel:
    """What the words before a name make of it: its weight as evidence, and whether it places the act by itself."""

    nombre: str
    peso: float
    firme: bool


ORIGIN_OF = Papel("origen", 0.0, firme=False)
_ROLES = (
    (ORIGIN, ORIGIN_OF),
    (JOURNEY, Papel("viaje", BY_JOURNEY, firme=False)),
    (ROLE, Papel("oficio", BY_ROLE, firme=True)),
    (AUTHORITY, Papel("autoridad", BY_AUTHORITY, firme=False)),
    (OUTLET, Papel("medio", BY_OUTLET, firme=False)),
    (LOCATIVE, Papel("en", FIRM, firme=True)),
)
_PLAIN = Papel("llano", PLAIN, firme=True)


def role_of(before: str) -> Papel:
    """Return what the words before a name make of it; the place somebody comes from weighs nothing."""
    return next((role for pattern, role in _ROLES if pattern.search(before)), _PLAIN)
