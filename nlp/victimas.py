"""Who the victims are (guide, `victimas`): named as in the text, with kind and gender; the unnamed are counted apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.aprendizaje.lineal import Lineal
from nlp.aprendizaje.rasgos_grupos import group_candidates
from nlp.aprendizaje.rasgos_victimas import person_candidates
from nlp.etiquetas import Pasaje, Victima, VictimaSinNombre
from nlp.evaluate import same_name
from nlp.genero import GROUP, gender_of
from nlp.grupos import Grupo
from nlp.indicios_victima import is_press, role_before
from nlp.nomenclator import is_place_name
from nlp.parsed import Mention
from nlp.personas import Nombrado, Persona, folded_text, name_words
from nlp.reglas.actos import Lectura
from nlp.sin_nombre import unnamed_victims

RULE = "victimas"
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


def _kind(case: _Case, person: Persona) -> str:
    for name in person.menciones:
        folded = folded_text(case.texts[name.parte])
        if role := role_before(name, folded):
            return "periodista" if is_press(folded[role[0] : role[1]]) else "defensora"
    if mention := case.mention_of(person):
        return mention.tipo
    return _usual_kind(case)


def _usual_kind(case: _Case) -> str:
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


def _victim(case: _Case, person: Persona) -> Victima:
    gender, origin = gender_of(person, case.texts)
    return Victima(person.nombre, _kind(case, person), gender, origin, _employer(case, person))


def _distinct(groups: Iterable[Grupo]) -> list[Grupo]:
    """Return the groups without those that a longer name beside them tells («Radio Ola» and «Radio Ola 97.3»)."""
    kept: list[Grupo] = []
    for group in groups:
        if not any(same_name(group.nombre, other.nombre) for other in kept):
            kept.append(group)
    return kept


def _passage(name: str, where: Nombrado) -> Pasaje:
    return Pasaje("victimas", name, where.parte, where.inicio, where.fin, where.texto, RULE)


def find_victims(
    lectura: Lectura, mentions: Sequence[Mention], by_name: Lineal, by_group: Lineal
) -> tuple[tuple[Victima, ...], tuple[VictimaSinNombre, ...], tuple[Pasaje, ...]]:
    """Return the named victims (people, then groups, in text order), the unnamed by kind and number, a passage for each name.

    `by_name` and `by_group` are the weights of the decisions `victima_nombre` and `victima_grupo`.
    """
    case = _Case(lectura.parsed.textos, mentions)
    people = [person for person, features in person_candidates(lectura) if by_name.says(features)]
    groups = _distinct(group for group, features in group_candidates(lectura, people) if by_group.says(features))
    named = [_victim(case, person) for person in people]
    named += [Victima(group.nombre, group.tipo or _usual_kind(case), GROUP) for group in groups]
    where = [person.menciones[0] for person in people] + [group.menciones[0] for group in groups]
    passages = tuple(_passage(victim.nombre, name) for victim, name in zip(named, where, strict=True))
    return tuple(named), unnamed_victims(mentions, named), passages
