"""What the words around a person's name say: victim of the case, or official, aggressor, relative, source.

Points are added over all mentions of a person; `VICTIM` and more makes a victim (lexicon, section 3).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from nlp.personas import Nombrado, Persona, folded_text, given_names
from nlp.pistas import any_of

VICTIM = -0.3
LISTED = -1.2  # points that are enough beside a victim in a list
# Log-odds fitted on one half of the development corpus and rounded, then moved towards what real news needs: there
# more of the people named are officials and sources, so a bare name starts below zero and a role noun weighs more.
WEIGHTS = {
    "nombre": -0.6, "primero": 1.6, "repetido": 1.0, "titulo": 0.3, "papel": 0.8, "papel_lejos": 0.4, "medio": 1.5, "edad": 0.8,
    "yo": 1.5, "danio_de": 1.2, "objeto": 0.9, "pasiva": 1.2, "padece": 0.8, "mencion": 1.6, "raro": -2.0, "suelto": -0.5,
    "cargo": -2.6, "cargo_y_papel": -0.8, "pariente": -1.6, "acusado": -2.2, "agente": -1.6, "fuente": -1.3,
}  # fmt: skip

_PRESS = any_of("prensa")
_DEFENDER = any_of("defensa")
_OFFICIAL = any_of("cargo")
_COUNSEL = re.compile(
    r"\b(?:su (?:abogad[oa]|defensor[a]?|vocer[oa]|director[a]?|apoderad[oa])|representante legal"
    r"|apoderad[oa] legal)[^.;]{0,12},?\s+$"
)
_KIN = any_of("pariente")
_HARM_NOUN = any_of("danio_nombre")
_HARM_VERB = any_of("danio_verbo")
_SPEECH = any_of("habla")


@dataclass(frozen=True)
class _Window:
    before: str
    after: str


def _window(mention: Nombrado, folded: str) -> _Window:
    before = folded[max(0, mention.inicio - 110) : mention.inicio]
    after = folded[mention.fin : mention.fin + 110]
    return _Window(re.split(r"[.;\n]\s|\n", before)[-1], re.split(r"[.;]\s|\n", after)[0])


_ADJ = r"(?: \w+){0,2}?"
_OF = r"(?: (?:de|del|en|para|por|a)(?: \S+){1,7}?)?"
_BEFORE_ROLE = re.compile(rf"\b(?P<role>{_PRESS}|{_DEFENDER}){_ADJ}{_OF},?\s+(?:[\"“'‘]\w+[\"”'’],? )?$")
_DIRECT_ROLE = re.compile(rf"\b(?:{_PRESS}|{_DEFENDER}){_ADJ},?\s+(?:[\"“'‘]\w+[\"”'’],? )?$")
_OFFICE_WORD = re.compile(rf"\b{_OFFICIAL}\b")
_ROLE_WORD = re.compile(rf"\b(?:{_PRESS}|{_DEFENDER})\b")
_ADJACENT_ROLE = re.compile(rf"\b(?:{_PRESS}|{_DEFENDER})\s+$")
_ACCUSED = re.compile(
    r"\b(?:prision|carcel|sentenci\w*|conden\w*|imput\w*|vincul\w+ a proceso|presunt[oa]s?|responsable|autor|cargos"
    r"|extradit\w*|identificad[oa] como|de nombre|un tal|perfil|agresor\w*|asesin[oa]s?|homicidas?"
    r"|se trata de)\b[^.;]{0,45}\s$"
)
_ACCUSED_AFTER = re.compile(
    r"^,?(?: [^.;]{0,40})? (?:pasara|purga|confes|es senalad|por (?:el|su participacion en el) (?:homicidio|asesinato)"
    r"|como presunt)"
)
_CONTRA_AFTER = re.compile(
    r"^,? (?:quien (?:fue|es) )?(?:aspirante|candidat[oa]|alcald|exalcald|excandidat|gestor|operador|lider (?:de"
    r"|del) (?:los )?(?:piper|comerci|taxi|ambul))"
)
_BEFORE_OFFICIAL = re.compile(rf"\b(?:{_OFFICIAL}){_ADJ}{_OF},?\s+$")
_BEFORE_KIN = re.compile(rf"\b(?:{_KIN})(?: (?:menor|mayor))?,?\s+$")
_AFTER_ROLE = re.compile(
    rf"^(?:,? (?:alias|conocid[oa] como) [^,]+)?,? ?\(?(?:(?:de )?\d{{2}} anos(?: de edad)?,? )?(?:(?:el|la|un|una"
    rf"|quien es|joven|tambien|entonces) )?(?P<role>{_PRESS}|{_DEFENDER})\b"
)
_AFTER_OFFICIAL = re.compile(rf"^,? ?\(?(?:(?:el|la|un|una|quien es|actual|ex) ?)?(?:{_OFFICIAL}|{_KIN})\b")
_AFTER_OUTLET = re.compile(
    r"^(?:, (?:de|del)(?: la| el)? (?:diario|periodico|portal|semanario|canal|radio|revista|agencia|medio|noticiero"
    r"|colectiv|frente|red|organizacion|centro)|, de [A-ZÁÉÍÓÚ]| \([A-Z])"
)
_AFTER_AGE = re.compile(r"^,? (?:de )?\d{2} anos")
_PATIENT_BEFORE = re.compile(
    rf"\b{_HARM_NOUN}(?: (?:forzada|arbitraria|armado|armada|directo|fisica|verbal|con vida|sin vida|legal))?(?: (?:de"
    rf"|del|contra|a|en contra de|para|hacia))+(?: (?:la|el))?\s+$"
)
_PATIENT_VERB = re.compile(rf"\b{_HARM_VERB}\w*(?: \w+){{0,4}}? (?:a|contra)(?: la| el)?\s+$|\ba\s+$")
_PASSIVE_AFTER = re.compile(
    rf"^,?(?: (?:(?!\bque\b)[^.;]){{0,90}}?,)? (?:fue|fueron|habia sido|ha sido|han sido|es|era|estaba|resulto|quedo"
    rf"|permanece|sigue|sera)(?: \w+){{0,2}}? {_HARM_VERB}\w*(?:ad[oa]s?|id[oa]s?|to)\b"
)
_SUFFERS_AFTER = re.compile(
    r"^,?(?: [^.;]{0,60}?,)? (?:denunci|sufri|recibi|padeci|relat|narr|perdi[oó] la vida|murio|fallecio|desaparecio"
    r"|salio (?:vivo|ileso|viva|ilesa)|pidio|solicit|teme|responsabiliz|cubria|grababa|fotografiaba|documentaba"
    r"|transmitia|caminaba|conto|cuenta|iba|se encontraba|estaba|busca(?:ba)? a)"
)
_AGENT_AFTER = re.compile(
    r"^,?(?: [^.;]{0,60}?,)? (?:le |la |lo |los |las |les |se )?(?:asesino|mato|golpeo|agredio|amenazo|disparo|empujo"
    r"|insulto|arrebato|ordeno|demando|acuso|ofrecio disculpas|nego)\b"
)
_AGENT_BEFORE = re.compile(
    r"\b(?:por(?: el| la)?|contra su agresor|presunto (?:responsable|agresor|autor)(?: \w+)*|imputado|acusado"
    r"|sentenci\w+ a|cargos? (?:contra|a)|prision a|carcel a)\s+$"
)
_SOURCE_BEFORE = re.compile(rf"\b(?:segun|de acuerdo con|de acuerdo a|{_SPEECH}\w*)\s+(?:el |la )?$")
_SOURCE_AFTER = re.compile(rf"^,?(?: [^.;]{{0,60}}?,)? (?:le |les |lo )?{_SPEECH}\w*")


_SOUGHT = re.compile(
    r"\b(?:bus[cq]\w+|encontr\w+|localiz\w+|hall\w+|desaparicion de)(?: \w+){0,2}? (?:a |de )?(?:su \w+,? )?\s*$"
)
_SELF = re.compile(r"\b(?:yo,|soy|me llamo|mi nombre es)\s+$")
_BEFORE_SIGNS = (
    ("pariente", _BEFORE_KIN), ("pariente", _COUNSEL), ("yo", _SELF), ("danio_de", _PATIENT_BEFORE), ("objeto", _PATIENT_VERB),
    ("agente", _AGENT_BEFORE), ("fuente", _SOURCE_BEFORE), ("buscado", _SOUGHT),
)  # fmt: skip
_AFTER_SIGNS = (
    ("cargo", _CONTRA_AFTER), ("acusado", _ACCUSED_AFTER), ("edad", _AFTER_AGE), ("pasiva", _PASSIVE_AFTER),
    ("padece", _SUFFERS_AFTER), ("agente", _AGENT_AFTER), ("fuente", _SOURCE_AFTER),
)  # fmt: skip


def _office_nearer(before: str) -> bool:
    """Tell whether the last office before a name is nearer to it than the last role noun ("integrantes … del candidato X")."""
    offices, roles = (
        max((match.end() for match in pattern.finditer(before)), default=-1) for pattern in (_OFFICE_WORD, _ROLE_WORD)
    )
    return offices > roles


def _role_signs(window: _Window, raw_after: str) -> Iterator[str]:
    direct = bool(_DIRECT_ROLE.search(window.before) or _AFTER_ROLE.match(window.after))
    role = direct or bool(_BEFORE_ROLE.search(window.before))
    if role:
        yield "papel" if direct else "papel_lejos"
    elif _AFTER_OUTLET.match(raw_after):
        yield "medio"
    if _BEFORE_OFFICIAL.search(window.before) or _AFTER_OFFICIAL.match(window.after):
        yield "cargo_y_papel" if role and not _office_nearer(window.before) else "cargo"
    if not role and _ACCUSED.search(window.before):
        yield "acusado"


def _signs(window: _Window, raw_after: str) -> set[str]:
    """Return the names of what the words around one mention say."""
    found = set(_role_signs(window, raw_after))
    found |= {sign for sign, pattern in _BEFORE_SIGNS if pattern.search(window.before)}
    return found | {sign for sign, pattern in _AFTER_SIGNS if pattern.match(window.after)}


def mention_signs(mention: Nombrado, text: str) -> set[str]:
    """Return the names of what the words around one mention of a person in `text` say."""
    return _signs(_window(mention, folded_text(text)), text[mention.fin : mention.fin + 110])


def signs(person: Persona, texts: Mapping[str, str]) -> Counter[str]:
    """Return how often each sign is seen over the mentions of a person in the texts of the parts."""
    found: Counter[str] = Counter({"nombre": 1})
    beside = False
    for mention in person.menciones:
        folded = folded_text(texts[mention.parte])
        beside = beside or bool(_ADJACENT_ROLE.search(folded[: mention.inicio][-40:]))
        beside = beside or bool(_AFTER_ROLE.match(folded[mention.fin : mention.fin + 60]))
        found.update(mention_signs(mention, texts[mention.parte]))
        found["titulo"] += mention.parte == "titulo"
    found["repetido"] = min(len(person.menciones) - 1, 2)
    by_surname = any(len(mention.palabras) == 1 for mention in person.menciones)  # only people are called by their last word
    found["raro"] = int(
        person.palabras[0] not in given_names() and len(person.palabras[0]) > 1 and not by_surname and not beside
    )
    found["suelto"] = int(len(person.palabras) == 1)
    return +found


def victim_points(found: Counter[str]) -> float:
    """Return the points of a person's signs: each counts once, and half again where it comes back."""
    return sum(WEIGHTS.get(sign, 0.0) * (1 if count == 1 else 1.5) for sign, count in found.items())


def person_points(people: Sequence[Persona], texts: Mapping[str, str], reached: Set[str]) -> dict[str, float]:
    """Return the points of each person; `reached` are those whom an act reaches, the first without an office has the lead."""
    found = {person.nombre: signs(person, texts) for person in people}
    for name, said in found.items():
        said["mencion"] = int(name in reached)
        _settled(said)
    lead = next((p.nombre for p in people if not {"cargo", "acusado", "raro", "fuente"} & set(+found[p.nombre])), None)
    if lead:
        found[lead]["primero"] = 1
    return {name: victim_points(+said) for name, said in found.items()}


def _settled(found: Counter[str]) -> None:
    """Soften signs that a stronger one explains: the office of a union, the sentence for a harm done to the person."""
    if found["mencion"]:
        found["cargo_y_papel"] += found["cargo"]
        found["cargo"] = found["raro"] = 0
    if found["danio_de"]:
        found["acusado"] = 0


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
    between = folded_text(text[left.fin : right.inicio])
    return (
        re.fullmatch(
            r"(?:, de [^,]{3,30},)?,?\s*(?:y|e|asi como|junto con|,)?\s*(?:a |de |don |dona |la |el )?(?:tambien )?"
            r"|,? [^.;]{0,60};\s(?:y |asi como )?",
            between,
        )
        is not None
    )
