"""Features of each person that a note names: is it a victim of the case, or an official, an aggressor, a relative, a source."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp.aprendizaje.lineal import Rasgos, crossed
from nlp.aprendizaje.rasgos_nombre import told
from nlp.evaluate import same_name
from nlp.grupos import Grupo, find_groups
from nlp.indicios_victima import LISTED, VICTIM, joined, mention_signs, person_points
from nlp.personas import Persona, find_people, given_names, names_in, signs_a_note
from nlp.reglas.actos import PARTS, Lectura, once

SPEAKS = ("s:fuente", "s:cargo", "s:papel", "paciente", "s:padece", "titulo", "entrada")


@once
def groups_of(lectura: Lectura) -> list[Grupo]:
    """Return the outlets and groups that a note may name."""
    return find_groups(lectura.parsed.textos)


def named_people(lectura: Lectura) -> list[Persona]:
    """Return everybody whom a note names outside signatures, rare given names too where a role noun stands beside them."""
    texts = lectura.parsed.textos
    extra = [
        name
        for parte in PARTS
        for mention in lectura.menciones[parte]
        if mention.modo == "persona"
        for name in names_in(mention.span, parte, texts[parte])
    ]
    groups = {(m.parte, m.inicio) for one in groups_of(lectura) if one.sustantivo for m in one.menciones}
    return [
        person
        for person in find_people([(parte, lectura.parsed.doc(parte)) for parte in PARTS], extra)
        if not all(signs_a_note(name, texts[name.parte]) for name in person.menciones)
        and (person.palabras[0] in given_names() or not any((m.parte, m.inicio) in groups for m in person.menciones))
    ]


def person_candidates(lectura: Lectura) -> list[tuple[Persona, Rasgos]]:
    """Return every person named with the features that tell a victim."""
    people = named_people(lectura)
    texts = lectura.parsed.textos
    own = {person.nombre: told(person.menciones, lectura, texts, mention_signs) for person in people}
    points = person_points(people, texts, {p.nombre for p in people if "paciente" in own[p.nombre]})
    found = []
    for one in people:
        others = _beside(one, people, texts, points, own) | _instead(own[one.nombre], lectura)
        found.append((one, own[one.nombre] | _place(one, people, texts) | others))
    return found


def person_examples(lectura: Lectura, whole: Rasgos, gold: Mapping[str, Any]) -> Iterator[tuple[Rasgos, bool]]:
    """Yield the features of each person in a finding with whether it is one of the record's victims."""
    if gold["relevante"]:
        for person, features in person_candidates(lectura):
            yield features, is_victim(person.nombre, gold)


def is_victim(name: str, gold: Mapping[str, Any]) -> bool:
    """Say whether a name is one of the record's `victimas`."""
    return any(same_name(victim["nombre"], name) for victim in gold["victimas"])


def _place(one: Persona, people: Sequence[Persona], texts: Mapping[str, str]) -> Rasgos:
    """Return the person's rank: which of all by first mention and by number of mentions, where first and last."""
    order = [person.nombre for person in people].index(one.nombre)
    most = max(len(person.menciones) for person in people)
    length = max(1, len(texts["texto"]))
    places = [name.inicio / length for name in one.menciones if name.parte == "texto"] or [0.0]
    return {
        f"orden:{min(order, 4)}": 1.0,
        "veces": math.log1p(len(one.menciones)),
        "veces de todas": len(one.menciones) / most,
        "la más dicha": float(len(one.menciones) == most),
        "primera": min(places),
        "alcance": max(places) - min(places),
        "personas": math.log1p(len(people)),
        "sola": float(len(people) == 1),
        "nombre de pila": float(one.palabras[0] in given_names()),
        f"palabras:{min(4, len(one.palabras))}": 1.0,
    }


def _beside(
    one: Persona, people: Sequence[Persona], texts: Mapping[str, str], points: Mapping[str, float], own: Mapping[str, Rasgos]
) -> Rasgos:
    """Return what the other people say of one: in a list with a likely victim, of one family, less likely than another."""
    mine = points[one.nombre]
    found: Rasgos = defaultdict(float, {"puntos": max(-2.0, min(2.0, mine / 2)), "regla": float(mine >= VICTIM)})
    others = [person for person in people if person is not one]
    best = max((points[other.nombre] for other in others), default=-3.0)
    found |= {"menos que otra": max(0.0, min(2.0, (best - mine) / 2)), "la mejor": float(mine >= best)}
    found["otra paciente"] = float(any("paciente" in own[other.nombre] for other in others))
    for other in others:
        likely = points[other.nombre] >= VICTIM
        if side_by_side(one, other, texts):
            found["en lista"] = 1.0
            found["en lista con víctima"] = max(found["en lista con víctima"], float(likely))
            found["en lista con paciente"] = max(found["en lista con paciente"], float("paciente" in own[other.nombre]))
            found["en lista posible"] = max(found["en lista posible"], float(likely and mine >= LISTED))
        if likely and set(one.palabras[1:]) & set(other.palabras[1:]):
            found["apellido de víctima"] = 1.0
    return {name: value for name, value in found.items() if value}


def _instead(said: Rasgos, lectura: Lectura) -> Rasgos:
    """Return whether the acts reach a group that the person may only speak for."""
    reached = any(
        acto.mencion is not None and acto.mencion.modo in ("medio", "colectivo", "propio") for acto in lectura.fuertes
    )
    if not reached:
        return {}
    return {"grupo alcanzado": 1.0} | crossed("grupo alcanzado", {sign: 1.0 for sign in SPEAKS if sign in said})


def side_by_side(one: Persona, other: Persona, texts: Mapping[str, str]) -> bool:
    """Say whether two people stand in one list («Ana Ruiz y Juan Soto»)."""
    return any(joined(a, b, texts[a.parte]) or joined(b, a, texts[a.parte]) for a in one.menciones for b in other.menciones)
