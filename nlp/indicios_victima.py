"""What the words around a person's name say: victim of the case, or official, aggressor, relative, source.

Points are added over all mentions of a person; `VICTIM` and more makes a victim (lexicon, section 3).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.personas import Nombrado, Persona, given_names
from nlp.plegado import even_fold

VICTIM = 0.0
# Log-odds fitted on one half of the development corpus and rounded, then moved towards what real news needs: there
# more of the people named are officials and sources, so a bare name starts below zero and a role noun weighs more.
WEIGHTS = {
    "nombre": -0.6, "primero": 1.6, "repetido": 1.0, "titulo": 0.3, "papel": 0.8, "papel_lejos": 0.4, "medio": 1.5, "edad": 0.8,
    "danio_de": 1.2, "objeto": 0.9, "pasiva": 1.2, "padece": 0.8, "mencion": 1.6, "raro": -2.0, "suelto": -0.5,
    "cargo": -2.6, "cargo_y_papel": -0.8, "pariente": -1.6, "acusado": -2.2, "agente": -1.6, "fuente": -1.3,
}  # fmt: skip

_PRESS = (
    r"(?:foto|video)?r?re?porter[oa]s?(?: grafic[oa]s?)?|fotoperiodistas?|periodistas?|fotograf[oa]s?|camarograf[oa]s?|comunicador[ae]?s?|informador[ae]?s?"
    r"|corresponsal(?:es)?|columnistas?|articulistas?|caricaturistas?|moner[oa]s?|locutor[ae]?s?|cronistas?|editor[ae]?s?|becari[oa]s?|podcaster[oas]*|youtuber"
    r"|documentalistas?|videoastas?|conductor[ae]?s?|presentador[ae]?s?|enviad[oa]s?|jef[ea] de informacion|editorialistas?|practicantes?|noticier[oa]"
)
_DEFENDER = (
    r"activistas?|defensor[ae]?s?|luchador[ae]?s? social(?:es)?|lider(?:es)?|lideresas?|ambientalistas?|ecologistas?|buscador[ae]?s?|rastreador[ae]?s?"
    r"|sindicalistas?|comuner[oa]s?|ejidatari[oa]s?|dirigentes?|feministas?|observador[ae]?s?|brigadistas?|opositor[ae]?s?|guardian[ae]?s?|promotor[ae]?s?"
    r"|coordinador[ae]?s?|integrantes?|fundador[ae]?s?|cofundador[ae]?s?|vocer[oa]s?|representantes?|acompañantes?|abogad[oa]s?|litigantes?|madre buscadora"
    r"|catequista|partera|jornaler[oa]s?|campesin[oa]s?|indigenas?|sacerdotes?|parroco|padre|religiosa|maestr[oa]s?|profesor[a]?|bi[oo]log[oa]"
    r"|asesor[a]?|agrarista|normalista|artesanas?|organizador[ae]?s?|vecin[oa]s?|medic[oa]|paramedic[oa]|guia|gobernador indigena|mujer|hombre|joven|defensoria"
)
_OFFICIAL = (
    r"gobernador[ae]?|presidente|presidenta|alcaldes?a?|edil|fiscal(?:es)?|procurador[a]?|secretari[oa]|subsecretari[oa]|senador[a]?|diputad[oa]s?|regidor[a]?"
    r"|funcionari[oa]|juez|jueza|magistrad[oa]|ministr[oa]|comisionad[oa]|comisari[oa] general|delegad[oa]|candidat[oa]|titular|visitador[a]?|ombudsperson|sindic[oa]"
    r"|comandante|general|coronel|capitan|teniente|policia|agente|mando|jefe (?:de|del)|jefa (?:de|del)|director[a]? (?:general|juridic[oa]|operativ[oa]|de (?:obras|movilidad|seguridad|policia|gobierno|transito|proteccion|vialidad|servicios|comunicacion)|del (?:penal|plantel|hospital|reclusorio))"
    r"|concejal|legislador[a]?|exgobernador[a]?|exalcalde|exalcaldesa|exdiputad[oa]|empresari[oa]|dueño|propietari[oa]|concesionari[oa]|rector[a]?|obispo"
    r"|arzobispo|cardenal|relator[a]?|especialista|investigador[a]?|academic[oa]|vocal|consejer[oa]|subdirector[a]?|abogad[oa] de la|apoderad[oa]|gerente"
    r"|ministerio publico|actuario|notario|director juridico|oficial|subdelegad[oa]"
)
_KIN = r"espos[oa]|hij[oa]s?|herman[oa]s?|madre|padre|mama|papa|viud[oa]|sobrin[oa]|prim[oa]|pareja|abuel[oa]|ti[oa]|cuñad[oa]|suegr[oa]|novi[oa]|nuer[oa]|yerno"
_HARM_NOUN = (
    r"(?:asesinato|homicidio|feminicidio|crimen|muerte|ejecucion|desaparicion|secuestro|detencion|arresto|agresion(?:es)?|ataques?|atentado|amenazas?"
    r"|paradero|ausencia|caso|cuerpo|restos|hostigamiento|acoso|golpiza|libertad|liberacion|justicia|vida|busqueda|localizacion|contra|agravio|perjuicio"
    r"|captura|encarcelamiento|privacion|retencion|espionaje|campaña|demanda|cuenta|casa|domicilio|vivienda|oficina|despacho|camioneta|auto|taller|telefonos?"
    r"|hackeo|rastro|expulsion|despido|salida)"
)
_HARM_VERB = (
    r"(?:asesin|mat(?!eri)|ejecut|ultim|acribill|bale|dispar|tirote|apuñal|acuchill|agred|golpe|pate|empuj|jalone|someti|rode|derrib|arrastr|roci|gase|lesion|heri"
    r"|desapare|levant|secuestr|plagi|priv|deten|detuv|retuv|reten|arrest|encapsul|encerr|tortur|amenaz|amag|hostig|intimid|persig|persegu|sigui|vigil|insult"
    r"|difam|calumni|demand|denunci|vincul|imput|acus|quit|arrebat|rob|despoj|quem|incend|hacke|clon|espi|infect|despid|despidi|cens|expuls|desaloj|embosc|hall"
    r"|encontr|localiz|buscan|tundi|jal|aventa|avent|pis|llev|subier|met|saca|sac|señal|tacha|llam|corr|descalific|exhib|localic)"
)
_SPEECH = r"(?:dijo|señal|inform|declar|asegur|explic|indic|agreg|sostuv|coment|afirm|precis|respondi|confirm|anunci|lament|reconoc|aclar|detall|advirt|expres|manifest|admiti|neg)"
_NAME = "§"  # stands for the name in the window that is searched


@dataclass(frozen=True)
class _Window:
    before: str
    after: str


def _window(mention: Nombrado, folded: str) -> _Window:
    before = folded[max(0, mention.inicio - 110) : mention.inicio]
    after = folded[mention.fin : mention.fin + 110]
    return _Window(re.split(r"[.;\n]\s|\n", before)[-1], re.split(r"[.;]\s|\n", after)[0])


_ADJ = r"(?: \w+){0,2}?"
_OF = r"(?: (?:de|del|en|para|por)(?: \S+){1,7}?)?"
_BEFORE_ROLE = re.compile(rf"\b(?P<role>{_PRESS}|{_DEFENDER}){_ADJ}{_OF},?\s+(?:[\"“'‘]\w+[\"”'’],? )?$")
_DIRECT_ROLE = re.compile(rf"\b(?:{_PRESS}|{_DEFENDER}){_ADJ},?\s+(?:[\"“'‘]\w+[\"”'’],? )?$")
_ACCUSED = re.compile(
    r"\b(?:prision|carcel|sentenci\w*|conden\w*|imput\w*|vincul\w+ a proceso|presunt[oa]s?|responsable|autor|cargos|extradit\w*|identificad[oa] como"
    r"|de nombre|un tal|perfil|agresor\w*|asesin[oa]s?|homicidas?|se trata de|detuvieron|capturaron)\b[^.;]{0,45}\s$"
)
_ACCUSED_AFTER = re.compile(r"^,?(?: [^.;]{0,40})? (?:pasara|purga|confes|es señalad|por (?:el|su participacion en el) (?:homicidio|asesinato)|como presunt)")
_CONTRA_AFTER = re.compile(r"^,? (?:quien (?:fue|es) )?(?:aspirante|candidat[oa]|alcald|exalcald|excandidat|gestor|operador|lider (?:de|del) (?:los )?(?:piper|comerci|taxi|ambul))")
_BEFORE_OFFICIAL = re.compile(rf"\b(?:{_OFFICIAL}){_ADJ}{_OF},?\s+$")
_BEFORE_KIN = re.compile(rf"\b(?:{_KIN})(?: (?:menor|mayor))?,?\s+$")
_AFTER_ROLE = re.compile(
    rf"^(?:,? (?:alias|conocid[oa] como) [^,]+)?,? ?\(?(?:(?:de )?\d{{2}} años(?: de edad)?,? )?(?:(?:el|la|un|una|quien es|joven|tambien|entonces) )?"
    rf"(?P<role>{_PRESS}|{_DEFENDER})\b"
)
_AFTER_OFFICIAL = re.compile(rf"^,? ?\(?(?:(?:el|la|un|una|quien es|actual|ex) ?)?(?:{_OFFICIAL}|{_KIN})\b")
_AFTER_OUTLET = re.compile(
    r"^(?:, (?:de|del)(?: la| el)? (?:diario|periodico|portal|semanario|canal|radio|revista|agencia|medio|noticiero|colectiv|frente|red|organizacion|centro)|, de [A-ZÁÉÍÓÚ]| \([A-Z])"
)
_AFTER_AGE = re.compile(r"^,? (?:de )?\d{2} años")
_PATIENT_BEFORE = re.compile(rf"\b{_HARM_NOUN}(?: (?:forzada|arbitraria|armado|armada|directo|fisica|verbal|con vida|sin vida|legal))?(?: (?:de|del|contra|a|en contra de|para|hacia))+(?: (?:la|el))?\s+$")
_PATIENT_VERB = re.compile(rf"\b{_HARM_VERB}\w*(?: \w+){{0,4}}? (?:a|contra)(?: la| el)?\s+$|\ba\s+$")
_PASSIVE_AFTER = re.compile(
    rf"^,?(?: [^.;]{{0,90}}?,)? (?:fue|fueron|habia sido|ha sido|han sido|es|era|estaba|resulto|quedo|permanece|sigue|sera)(?: \w+){{0,2}}? {_HARM_VERB}\w*(?:ad[oa]s?|id[oa]s?|to)\b"
)
_SUFFERS_AFTER = re.compile(
    r"^,?(?: [^.;]{0,60}?,)? (?:denunci|sufri|recibi|padeci|relat|narr|perdi[oó] la vida|murio|fallecio|desaparecio|salio (?:vivo|ileso|viva|ilesa)|pidio|solicit"
    r"|teme|responsabiliz|cubria|grababa|fotografiaba|documentaba|transmitia|caminaba|conto|cuenta|iba|se encontraba|estaba|busca(?:ba)? a)"
)
_AGENT_AFTER = re.compile(
    rf"^,?(?: [^.;]{{0,60}}?,)? (?:le |la |lo |los |las |les |se )?(?:asesino|mato|golpeo|agredio|amenazo|disparo|empujo|insulto|arrebato|ordeno|demando|acuso|ofrecio disculpas|nego)\b"
)
_AGENT_BEFORE = re.compile(r"\b(?:por(?: el| la)?|contra su agresor|presunto (?:responsable|agresor|autor)(?: \w+)*|imputado|acusado|sentenci\w+ a|cargos? (?:contra|a)|prision a|carcel a)\s+$")
_SOURCE_BEFORE = re.compile(rf"\b(?:segun|de acuerdo con|de acuerdo a|{_SPEECH}\w*)\s+(?:el |la )?$")
_SOURCE_AFTER = re.compile(rf"^,?(?: [^.;]{{0,60}}?,)? (?:le |les |lo )?{_SPEECH}\w*")


def _signs(window: _Window, raw_after: str) -> Iterator[str]:
    """Yield the names of what the words around one mention say."""
    direct = bool(_DIRECT_ROLE.search(window.before) or _AFTER_ROLE.match(window.after))
    role = direct or bool(_BEFORE_ROLE.search(window.before))
    if role:
        yield "papel" if direct else "papel_lejos"
    elif _AFTER_OUTLET.match(raw_after):
        yield "medio"
    if _BEFORE_OFFICIAL.search(window.before) or _AFTER_OFFICIAL.match(window.after):
        yield "cargo_y_papel" if role else "cargo"
    if _ACCUSED.search(window.before) or _ACCUSED_AFTER.match(window.after):
        yield "acusado"
    if _CONTRA_AFTER.match(window.after):
        yield "cargo"
    if _BEFORE_KIN.search(window.before):
        yield "pariente"
    if _AFTER_AGE.match(window.after):
        yield "edad"
    if _PATIENT_BEFORE.search(window.before):
        yield "danio_de"
    if _PATIENT_VERB.search(window.before):
        yield "objeto"
    if _PASSIVE_AFTER.match(window.after):
        yield "pasiva"
    if _SUFFERS_AFTER.match(window.after):
        yield "padece"
    if _AGENT_AFTER.match(window.after) or _AGENT_BEFORE.search(window.before):
        yield "agente"
    if _SOURCE_BEFORE.search(window.before) or _SOURCE_AFTER.match(window.after):
        yield "fuente"


def signs(person: Persona, texts: dict[str, str]) -> Counter[str]:
    """Return how often each sign is seen over the mentions of a person in the texts of the parts."""
    found: Counter[str] = Counter({"nombre": 1})
    for mention in person.menciones:
        folded = even_fold(texts[mention.parte])
        found.update(_signs(_window(mention, folded), texts[mention.parte][mention.fin : mention.fin + 110]))
        found["titulo"] += mention.parte == "titulo"
    found["repetido"] = min(len(person.menciones) - 1, 2)
    found["raro"] = int(person.palabras[0] not in given_names())
    found["suelto"] = int(len(person.palabras) == 1)
    return +found


def victim_points(found: Counter[str]) -> float:
    """Return the points of a person's signs: each counts once, and half again where it comes back."""
    return sum(WEIGHTS[sign] * (1 if count == 1 else 1.5) for sign, count in found.items())


def role_before(mention: Nombrado, folded: str) -> tuple[int, int] | None:
    """Return the characters of the role noun that stands before or after a name, None where there is none."""
    window = _window(mention, folded)
    if match := _BEFORE_ROLE.search(window.before):
        base = mention.inicio - len(window.before)
        return base + match.start("role"), base + match.end("role")
    if match := _AFTER_ROLE.match(window.after):
        return mention.fin + match.start("role"), mention.fin + match.end("role")
    return None


def is_press(role: str) -> bool:
    """Tell a journalist's role noun (folded) from a defender's."""
    return re.fullmatch(_PRESS, role) is not None


def joined(left: Nombrado, right: Nombrado, text: str) -> bool:
    """Tell whether two names stand in one list ("Ana Ruiz y Juan Soto")."""
    if left.parte != right.parte or left.fin > right.inicio:
        return False
    between = even_fold(text[left.fin : right.inicio])
    return re.fullmatch(r"(?:, de [^,]{3,30},)?,?\s*(?:y|e|asi como|junto con|,)?\s*(?:a |de |don |doña |la |el )?(?:tambien )?", between) is not None
