"""Who the victims are (guide, `victimas`): named as in the text, with kind and gender; the unnamed are counted apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.colectivos import GROUP_VICTIM, Grupo, find_groups
from nlp.etiquetas import Pasaje, Victima, VictimaSinNombre
from nlp.genero import GROUP, gender_of
from nlp.indicios_victima import VICTIM, is_press, joined, role_before, signs, victim_points
from nlp.nomenclator import is_place_name
from nlp.parsed import Mention, Parsed
from nlp.personas import Nombrado, Persona, find_people, folded_text, is_person, name_words
from nlp.sin_nombre import unnamed_victims

RULE = "nombres"
ALONE = 1.0  # points that a group may lack where no person is a victim by name
LISTED = -1.2  # points that are enough beside a victim in a list
_FULL_NAME = re.compile(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+(?:\s(?:(?:de|del|la|los)\s)*[A-ZÁÉÍÓÚÑ][a-záéíóúñü.]+)+")
_MEMBERS = re.compile(r"\b(?:integrantes|miembros|voluntari[oa]s)\b", re.IGNORECASE)
_EMPLOYER = re.compile(
    r"^,? (?:\w+ ){0,3}?(?:de|del|para)(?: la| el| los)? (?P<name>(?:(?:diario|periódico|portal|semanario|revista"
    r"|canal|radio|agencia|noticiero|colectivo|colectiva|organización|frente|red|asociación|centro|página|sitio"
    r"|medio) )?[“\"]?[A-ZÁÉÍÓÚÑ][\wáéíóúñü.]*(?:\s(?:(?:de|del|la|las|los|y|en|por|que|sin|para)\s)*[A-ZÁÉÍÓÚÑ][\wáéíóúñü]*)*)"
)


@dataclass(frozen=True)
class _Case:
    """The note as this module reads it: texts of the parts and the mentions of victims."""

    texts: dict[str, str]
    mentions: Sequence[Mention]

    def mention_of(self, person: Persona) -> Mention | None:
        """Return the mention of a victim that holds one of the person's names."""
        for mention in self.mentions:
            start, end = mention.span.start_char, mention.span.end_char
            for name in person.menciones:
                if not mention.colectivo and name.parte == mention.parte and start <= name.inicio < end:
                    return mention
        return None


def _names_in(mention: Mention, text: str) -> list[Nombrado]:
    """Return the personal names inside a mention, rare given names too: capitals that no "de" precedes."""
    found = []
    for match in [] if mention.colectivo else _FULL_NAME.finditer(mention.span.text):
        before = mention.span.text[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
        start = mention.span.start_char + match.start()
        name = Nombrado(mention.parte, start, start + len(match[0]), match[0], name_words(match[0]))
        led = match.start() > 0 and before not in ("de", "del", "en", "para", "radio", "canal")
        if led and 2 <= len(name.palabras) <= 5 and is_person(name, text):
            found.append(name)
    return found


def _points(case: _Case, people: Sequence[Persona]) -> dict[str, float]:
    """Return the points of each person; the first named who holds no office has the note's lead."""
    found = {person.nombre: signs(person, case.texts) for person in people}
    for person in people:
        found[person.nombre]["mencion"] = int(case.mention_of(person) is not None)
        _settled(found[person.nombre])
    lead = next((p.nombre for p in people if not {"cargo", "acusado", "raro", "fuente"} & set(+found[p.nombre])), None)
    if lead:
        found[lead]["primero"] = 1
    return {name: victim_points(+signs_of) for name, signs_of in found.items()}


def _settled(found: Counter[str]) -> None:
    """Soften signs that a stronger one explains: the office of a union, the sentence for a harm done to the person."""
    if found["mencion"]:
        found["cargo_y_papel"] += found["cargo"]
        found["cargo"] = found["raro"] = 0
    if found["danio_de"]:
        found["acusado"] = 0


def _listed(case: _Case, people: Sequence[Persona], points: dict[str, float]) -> set[str]:
    """Return the victims' names: those with points enough and those that stand in a list with them."""
    chosen = {person.nombre for person in people if points[person.nombre] >= VICTIM}
    grown = True
    while grown:
        grown = False
        for one in people:
            for other in people:
                if (
                    one.nombre in chosen
                    and other.nombre not in chosen
                    and points[other.nombre] >= LISTED
                    and _side_by_side(case, one, other)
                ):
                    chosen.add(other.nombre)
                    grown = True
    return chosen


def _side_by_side(case: _Case, one: Persona, other: Persona) -> bool:
    return any(
        joined(a, b, case.texts[a.parte]) or joined(b, a, case.texts[a.parte]) for a in one.menciones for b in other.menciones
    )


def _kind(case: _Case, person: Persona) -> str:
    for name in person.menciones:
        folded = folded_text(case.texts[name.parte])
        if role := role_before(name, folded):
            return "periodista" if is_press(folded[role[0] : role[1]]) else "defensora"
    if mention := case.mention_of(person):
        return mention.tipo
    kinds = [mention.tipo for mention in case.mentions]
    return max(kinds, key=kinds.count) if kinds else "periodista"


def _employer(case: _Case, person: Persona) -> str:
    """Return the outlet or group told beside the person ("reportera de Canal Norte")."""
    for name in person.menciones:
        text = case.texts[name.parte]
        role = role_before(name, folded_text(text))
        after = text[name.fin : name.fin + 120]
        if role is not None:
            after = text[role[1] : role[1] + 120] if role[0] >= name.fin else text[role[1] : name.inicio]
        match = _EMPLOYER.match(re.split(r"[.;]\s", after)[0]) or _EMPLOYER.match(text[name.fin : name.fin + 100])
        if match and not is_place_name(name_words(match["name"])):
            return match["name"].strip(' ,“"')
    return ""


def _groups(case: _Case, alone: bool) -> list[Grupo]:
    """Return the outlets and groups that are victims themselves; `alone`: the note names no person as a victim."""
    reached = [(m.parte, m.span.start_char, m.span.end_char + 60) for m in case.mentions if m.colectivo]
    members = [m for m in case.mentions if alone and _MEMBERS.search(m.span.text)]
    inside = [(m.parte, m.span.start_char, m.span.end_char + 40) for m in members]
    found = find_groups(list(case.texts.items()), reached, inside)
    return [group for group in found if group.puntos >= GROUP_VICTIM - (ALONE if alone else 0.0)]


def _victim(case: _Case, person: Persona) -> Victima:
    gender, origin = gender_of(person, case.texts)
    return Victima(person.nombre, _kind(case, person), gender, origin, _employer(case, person))


def find_victims(
    parsed: Parsed, mentions: Sequence[Mention]
) -> tuple[tuple[Victima, ...], tuple[VictimaSinNombre, ...], tuple[Pasaje, ...]]:
    """Return the named victims in text order, the unnamed by kind and number, and a passage for each name."""
    case = _Case({parte: parsed.doc(parte).text for parte in ("titulo", "texto")}, mentions)
    extra = [name for mention in mentions for name in _names_in(mention, case.texts[mention.parte])]
    people = find_people([(parte, parsed.doc(parte)) for parte in case.texts], extra)
    points = _points(case, people)
    chosen = _listed(case, people, points)
    victims = [(_victim(case, person), person.menciones[0]) for person in people if person.nombre in chosen]
    passages = [
        Pasaje("victimas", victim.nombre, name.parte, name.inicio, name.fin, name.texto, RULE) for victim, name in victims
    ]
    named = [victim for victim, _ in victims]
    for group in _groups(case, not named):
        named.append(Victima(group.nombre, group.tipo, GROUP))
        passages.append(Pasaje("victimas", group.nombre, group.parte, group.inicio, group.fin, group.nombre, RULE))
    return tuple(named), unnamed_victims(mentions, named), tuple(passages)
