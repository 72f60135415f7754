"""Features of each outlet and group that a note names: is it attacked itself, or an employer, a source, a group told beside."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp.aprendizaje.lineal import Rasgos, crossed
from nlp.aprendizaje.rasgos_nombre import told
from nlp.aprendizaje.rasgos_victimas import groups_of, is_victim, named_people
from nlp.grupos import Grupo, group_signs
from nlp.personas import Nombrado, Persona
from nlp.reglas.actos import Lectura

BESIDE = 60  # characters between a victim's name and the group that is told with it
_ACTS = "paciente|agente|acto débil después|su nombre alcanzado|su clase alcanzada|su gente alcanzada|daño en la frase"
_WHERE = "titulo|entrada|primero|el más dicho|tras víctima|ante víctima|sustantivo|m:medio|m:colectivo"
_SIGNS = "s:propiedad|s:dañado|s:dañado después|s:empleador|s:miembros|s:propio|s:dice"
_GRAMMAR = "dep:nsubj|dep:obj|dep:obl|dep:nmod|dep:appos|nsubj:padece|prep:de|prep:a|prep:contra"
MAIN = frozenset(
    name for names in (_ACTS, _WHERE, _SIGNS, _GRAMMAR) for name in names.split("|")
)  # weigh apart by kind, and where people are victims by name


def group_candidates(lectura: Lectura, victims: Sequence[Persona]) -> list[tuple[Grupo, Rasgos]]:
    """Return every outlet or group that the note may name with the features that tell a victim; `victims` by name."""
    texts = lectura.parsed.textos
    taken = [name for person in victims for name in person.menciones]
    found = [one for one in groups_of(lectura) if not _is_of(one, taken)]
    own = {one: told(one.menciones, lectura, texts, group_signs) for one in found}
    groups, around = list(own), _note(lectura, len(victims))
    return [(one, own[one] | _of_group(one, own[one], groups, victims, lectura) | around) for one in groups]


def _is_of(one: Grupo, taken: Sequence[Nombrado]) -> bool:
    """Say whether a group's name is part of a person's."""
    return any(m.parte == name.parte and m.inicio < name.fin and name.inicio < m.fin for m in one.menciones for name in taken)


def group_examples(lectura: Lectura, whole: Rasgos, gold: Mapping[str, Any]) -> Iterator[tuple[Rasgos, bool]]:
    """Yield the features of each group in a finding, beside its true victims, with whether it is itself one."""
    if gold["relevante"]:
        victims = [person for person in named_people(lectura) if is_victim(person.nombre, gold)]
        for group, features in group_candidates(lectura, victims):
            yield features, is_victim(group.nombre, gold)


def _of_group(one: Grupo, said: Rasgos, groups: Sequence[Grupo], victims: Sequence[Persona], lectura: Lectura) -> Rasgos:
    texts = lectura.parsed.textos
    reached = _reached(one, lectura)
    found = _kind(one) | _place(one, groups, texts) | _owned(one, victims) | reached
    main = {name: value for name, value in (said | found).items() if name in MAIN}
    alone = "sin nombres" if not victims else "con nombres"
    return found | crossed(alone, main) | crossed(one.tipo, main)


def _kind(one: Grupo) -> Rasgos:
    own = one.sustantivo and one.nombre.lower().startswith(one.sustantivo[:4])
    return {
        f"clase:{one.tipo}": 1.0,
        f"sustantivo:{one.sustantivo}": 1.0,
        "sustantivo": float(bool(one.sustantivo)),
        "sustantivo propio": float(bool(own)),
        "sustantivo lejos": float(one.lejos),
        f"palabras:{min(4, len(one.menciones[0].palabras))}": 1.0,
        "sigla": float(one.nombre.isupper()),
    }


def _place(one: Grupo, groups: Sequence[Grupo], texts: Mapping[str, str]) -> Rasgos:
    alike = [group for group in groups if group.tipo == one.tipo]
    length = max(1, len(texts["texto"]))
    places = [name.inicio / length for name in one.menciones if name.parte == "texto"] or [0.0]
    return {
        f"orden:{min(alike.index(one), 3)}": 1.0,
        "primero": float(alike.index(one) == 0),
        "el más dicho": float(len(one.menciones) == max(len(group.menciones) for group in alike)),
        "veces": math.log1p(len(one.menciones)),
        "veces de todas": len(one.menciones) / max(len(group.menciones) for group in groups),
        "primera": min(places),
        "alcance": max(places) - min(places),
    }


def _owned(one: Grupo, victims: Sequence[Persona]) -> Rasgos:
    """Return whether the group is told beside a victim («[Ana Ruiz], reportera de [El Portal]»)."""
    gaps = [
        (group.inicio - name.fin, name.inicio - group.fin)
        for person in victims
        for name in person.menciones
        for group in one.menciones
        if name.parte == group.parte
    ]
    after, before = (any(0 <= gap[side] <= BESIDE for gap in gaps) for side in (0, 1))
    return {"tras víctima": float(after), "ante víctima": float(before)}


def _reached(one: Grupo, lectura: Lectura) -> Rasgos:
    """Return whether the acts reach the group by another word («la emisora», «el portal») or its unnamed people."""
    found: set[str] = set()
    for acto in lectura.fuertes:
        mention = acto.mencion
        if mention is None or mention.tipo != one.tipo:
            continue
        if mention.modo in ("medio", "colectivo", "propio"):
            same = one.sustantivo and any(token.norm_ == one.sustantivo for token in mention.span)
            found.add("su nombre alcanzado" if same else "su clase alcanzada")
        elif not mention.nombre and mention.head.norm_.endswith("s"):
            found.add("su gente alcanzada")
    return dict.fromkeys(found, 1.0)


def _note(lectura: Lectura, named: int) -> Rasgos:
    """Return whether the acts reach people or groups, and how many people are victims by name."""
    modes = {acto.mencion.modo for acto in lectura.fuertes if acto.mencion is not None}
    found = {f"alcanza:{mode}" for mode in modes} | {f"danio:{acto.modalidad}" for acto in lectura.fuertes}
    return dict.fromkeys(found, 1.0) | {"víctimas con nombre": min(3, named) / 3, "sin nombres": float(not named)}
