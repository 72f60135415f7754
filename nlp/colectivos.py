"""Outlets and groups that are victims themselves: attacked, raided, hacked, sued, slandered; not a mere employer or source.

"granadas contra el periódico X", "allanan las oficinas del Centro Y", "la Casa Z fue apedreada" (guide, `victimas`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.nomenclator import is_place_name
from nlp.personas import given_names, name_words
from nlp.pistas import any_of
from nlp.plegado import even_fold, fold

GROUP_VICTIM = 2.4
_PRESS_NOUN = any_of("medio")
_GROUP_NOUN = any_of("colectivo")
_HARM_NOUN = any_of("danio_nombre")
_HARM_VERB = any_of("danio_verbo")
_NOUN_ONLY = re.compile(rf"{_PRESS_NOUN}s?|{_GROUP_NOUN}s?")
_PLATFORM = frozenset(
    ["facebook", "twitter", "whatsapp", "youtube", "google", "telegram", "instagram", "tiktok", "gobierno", "partido"]
)
_WORD = r"[A-ZÁÉÍÓÚÑ][\wáéíóúñü]*"
_NAME = rf"{_WORD}(?:\s(?:(?:de|del|la|las|los|y|e|en|que|sin|para|por|con|a)\s){{0,3}}(?:{_WORD}|\d+))*"
_GROUP = re.compile(
    rf"(?:\b(?P<noun>[a-záéíóúñ]+)(?:\s(?:de|digital|comunitari[oa]|local|civil|feminista|informativo"
    rf"|noticioso|independiente|impreso|vecinal))?\s)?[\"“‘'«]?(?P<name>{_NAME})[\"”’'»]?"
)
_PUBLIC = re.compile(
    r"^(?:centro (?:de (?:reinsercion|salud|justicia|atencion|readaptacion|control|mando|llamadas|convenciones)"
    r"|historico|medico|federal|nacional|penitenciario)|casa (?:blanca|de gobierno|de cultura|de moneda)|consejo"
    r"|comision|union europea|red de transporte|radio y|canal de|frente a|grupo (?:de trabajo|parlamentario)"
    r"|diario oficial|movimiento (?:regeneracion|ciudadano)|familia|casa oficial|centro$|medio ambiente|medio oriente"
    r"|madre tierra)"
)
_PROPERTY = re.compile(
    r"\b(?:oficinas?|instalaciones|redaccion|fachada|sede|puertas?|sitio|pagina|cuentas?|servidor(?:es)?|transmisor"
    r"|equipos?|local|edificio|inmueble|archivo|cabina|antena|telefonos|camioneta|vehiculo|servicios|director|aparatos"
    r"|correos?)(?: \w+){0,2}? (?:de(?:l| la| los| las)?|a(?:l| la)?)\s+(?:\w+ )?[\"“‘'«]?$"
)
_OWN = re.compile(r"\bsus? (?:oficinas?|instalaciones|sitio|pagina|cuentas?|servidor|local|sede|redaccion|archivos?)\b")
_HARMED = re.compile(
    rf"\b{_HARM_NOUN}(?: \w+){{0,3}}? (?:de|del|contra|a|al)(?: la| el| los| las)?\s+(?:\w+ )?[\"“‘'«]?$"
    rf"|\b{_HARM_VERB}\w*(?: \w+){{0,5}}? (?:a|al|contra|sobre|de|en)(?: la| el| los| las)?\s+(?:\w+ )?[\"“‘'«]?$"
    r"|\b(?:tumb|hacke|clausur|allan|asalt|saque|callan|incendi|silenci|cierran|cerraron|atac|destru|quem|balea|apedre)\w*"
    r"(?: a)?(?: la| el| las| los)?\s+(?:\w+ )?[\"“‘'«]?$"
)
_HARMED_AFTER = re.compile(
    rf"^[\"”’'»]?,?(?: [^.;]{{0,50}},)? (?:fue|fueron|quedo|ha sido|recibio|sufrio|amanecio|perdio|denuncia"
    rf"|denuncio)\b(?: \w+)? ?(?:{_HARM_VERB}\w*)?"
)
_EMPLOYER = re.compile(
    r"\b(?:(?:foto|video)?r?reporter[oa]s?|periodistas?|fotograf[oa]s?|camarograf[oa]s?|comunicador\w*"
    r"|corresponsal(?:es)?|columnistas?|locutor\w*|conductor\w*|editor\w*|colaborador\w*|director\w*|fundador\w*"
    r"|cofundador\w*|integrantes?|vocer[oa]s?|coordinador[ae]?s?|activistas?|abogad[oa]s?|dirigentes?|lider(?:es)?"
    r"|miembros?|presidente|presidenta|becari[oa]s?|representantes?|defensor\w*|enviad[oa]s?|titular|jef[ea]"
    r"|investigador\w*|madres?|informo|segun|acuerdo con|publico|entrevista con|correspondiente)(?: \w+){0,3}? (?:de"
    r"|del|para|en|con)(?: la| el| los| las)?\s+(?:\w+ ){0,2}?[\"“‘'«]?$|, de(?:l| la)?\s+(?:\w+ )?[\"“‘'«]?$"
)
_SAID_AFTER = re.compile(
    r"^[\"”’'»]?,?(?: [^.;]{0,40},)? (?:informo|dijo|senalo|condeno|exigio|llamo|pidio|documento|recordo|publico"
    r"|registra|solicito|emitio)\b"
)


@dataclass(frozen=True)
class Grupo:
    """A group or outlet told in `parte` at `inicio`–`fin`, with its kind and points."""

    nombre: str
    tipo: str
    parte: str
    inicio: int
    fin: int
    puntos: float


def _kind(noun: str, name: str) -> str | None:
    """Return `periodista` for an outlet, `defensora` for a group, None for what shows to be neither."""
    first = fold(name).split(" ", 1)[0]
    for word in (noun, first):
        if re.fullmatch(_PRESS_NOUN, word):
            return "periodista"
        if re.fullmatch(_GROUP_NOUN, word):
            return "defensora"
    return None


def _points(text: str, start: int, end: int, parte: str) -> float:
    folded = even_fold(text[max(0, start - 100) : start]), even_fold(text[end : end + 100])
    before, after = re.split(r"[.;\n]\s?", folded[0])[-1], folded[1]
    points = 1.5 if _PROPERTY.search(before) else 0.0
    points += 1.5 if _HARMED.search(before) else 0.0
    points += 1.0 if _HARMED_AFTER.match(after) else 0.0
    points += 1.0 if _OWN.search(after) else 0.0
    points -= 2.5 if _EMPLOYER.search(before) else 0.0
    points -= 0.8 if _SAID_AFTER.match(after) else 0.0
    return points + (1.0 if parte == "titulo" and points >= 0 else 0.0)


def _trimmed(name: str, noun: str) -> str:
    """Return the name without "de Saltillo" where the noun stands before ("el periódico Vanguardia de Saltillo")."""
    name = re.split(r"\s(?:en la|en el|en los|en las)\s", name)[0]
    head, _, tail = name.rpartition(" de ")
    return head if noun and head and is_place_name(name_words(tail)) else name


_LEADING = re.compile(r"^(?:(?:La|El|Las|Los|Integrantes|Miembros)\s(?:de(?:l| la)?\s)?)+(?=[A-ZÁÉÍÓÚÑ])")


def _from_noun(name: str) -> int:
    """Return how many characters stand before the group's own noun («Integrantes de la [Brigada Ojo Abierto]»)."""
    match = _LEADING.match(name)
    first = fold(name[match.end() :]).split(" ", 1)[0] if match else ""
    return match.end() if match and re.fullmatch(_GROUP_NOUN, first) else 0


def _told(parts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str | None, str, int, int]]:
    for parte, text in parts:
        for match in _GROUP.finditer(text):
            noun = fold(match["noun"] or "")
            led = _from_noun(match["name"])
            name = _trimmed(match["name"][led:], noun)
            if (
                len(name) > 3
                and (name_words(name) or ("",))[0] not in given_names()  # "la casa de Ana Ruiz"
                and not _NOUN_ONLY.fullmatch(fold(name))
                and not _PLATFORM & set(name_words(name))
                and not is_place_name(name_words(name))
                and not _PUBLIC.match(fold(name))
            ):
                start = match.start("name") + led
                yield name, _kind(noun, name), parte, start, start + len(name)


Spans = Sequence[tuple[str, int, int]]


def find_groups(parts: Sequence[tuple[str, str]], mentioned: Spans, members: Spans = ()) -> list[Grupo]:
    """Return the groups told in (part, text) pairs; `mentioned` are spans that the acts reach, worth a point and a half.

    `members` are spans of unnamed members that the acts reach («integrantes de la Brigada»): then the group stands for them.
    """
    told = list(_told(parts))
    kinds = {name: kind for name, kind, *_ in told if kind}
    texts = dict(parts)
    best: dict[str, Grupo] = {}
    for name, _, parte, start, end in told:
        if name not in kinds:
            continue
        reached = any(parte == part and first <= start < last for part, first, last in mentioned)
        points = _points(texts[parte], start, end, parte) + (1.5 if reached else 0.0)
        points += 5.0 if any(parte == part and first <= start < last for part, first, last in members) else 0.0
        before = best.get(name)
        total = points + (before.puntos if before else 0.0)
        where = (before.parte, before.inicio, before.fin) if before else (parte, start, end)
        best[name] = Grupo(name, kinds[name] or "defensora", *where, total)
    return list(best.values())
