"""The sentence of a card: who, what, where, when, by whom, how sure and told by how many, as a pure function of the codes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from nlp.reglas.resumen import MOST_ACTS, NOUNS, OF_SOMEBODY, doers, listed
from nlp.vocabulario import Alcaldia, Clase, Entidad, Modalidad, Victima
from pipeline.pages.wording import counted, number

Row = Mapping[str, Any]

MOST_NAMES = 3
MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
# what stands before a name, by the victim's kind and gender; of others it is said after the name
BEFORE = {
    ("periodista", "mujer"): "la periodista",
    ("periodista", "hombre"): "el periodista",
    ("periodista", "colectivo"): "el medio",
    ("defensora", "mujer"): "la defensora",
    ("defensora", "hombre"): "el defensor",
    ("defensora", "colectivo"): "el colectivo",
}
AFTER = {"periodista": "periodista", "defensora": "persona defensora"}
COUNTED = {kind: many.partition(" ")[2] for kind, (_, many) in NOUNS.items()}  # «varias personas defensoras» without «varias»
WITHOUT_ACTS = {
    Clase.RIESGO: ("Situación de riesgo", "de"),
    Clase.AGRESION: ("Agresión", "contra"),
    Clase.PRIVACION_VIDA: ("Privación de la vida", "de"),
}
LINKS = {
    "confirmado": "vínculo confirmado con su labor",
    "probable": "vínculo probable con su labor",
    "no_confirmado": "sin vínculo confirmado con su labor",
    "descartado": "sin relación con su labor",
}
SCOPES = {
    "persona_en_cdmx": "la persona está en la Ciudad de México",
    "a_distancia_cdmx": "fue a distancia contra alguien de la Ciudad de México",
}
SURE, LIKELY = 0.8, 0.5  # from which the machine's confidence is called high, and fair


def sentence(finding: Row, victims: Sequence[Row], *, names: bool) -> str:
    """Return the one sentence of a finding (a row of `v_hallazgos`) and its `victims`; a name only with `names`.

    A victim's row has `nombre` (None: unnamed, erased or anonymous), `cantidad`, `tipo`, `genero`.
    """
    acts = [slug for slug in Modalidad if slug in items(finding["modalidad"])]
    what, joint = what_happened(acts, finding["clase"])
    who = people(victims, items(finding["tipo_victima"]), names=names)
    during = " durante una movilización" if int(finding["movilizacion"] or 0) else ""
    head = f"{what} {of(who) if joint == 'de' else f'contra {who}'}{place(finding)}{during}{moment(finding)}"
    told = [
        doers(items(finding["agresor"])),
        *([SCOPES[finding["ambito"]]] if finding["ambito"] in SCOPES else []),
        LINKS[finding["vinculo"]],
        f"{sources(finding['fuentes_independientes'])}{sureness(finding['confianza'])}",
    ]
    return f"{head}; {'; '.join(told)}."


def items(stored: str | Sequence[str]) -> list[str]:
    """Return a list field's values, given as a list or as its JSON text."""
    return list(json.loads(stored) if isinstance(stored, str) else stored)


def what_happened(acts: Sequence[Modalidad], clase: str) -> tuple[str, str]:
    """Return what was done, with a capital, and whether it is done `contra` somebody or is `de` somebody."""
    if not acts:
        return WITHOUT_ACTS[Clase(clase)]
    shown = acts[:MOST_ACTS]
    rest = len(acts) - len(shown)
    words = [act.etiqueta.lower() for act in shown] + ([f"{rest} más"] if rest else [])
    told = listed(words)
    return told[0].upper() + told[1:], "de" if set(shown) <= OF_SOMEBODY else "contra"


def of(who: str) -> str:
    """Return `de` before a phrase: «del periodista», «de la defensora»."""
    return f"del {who.removeprefix('el ')}" if who.startswith("el ") else f"de {who}"


def people(victims: Sequence[Row], kinds: Iterable[str], *, names: bool) -> str:
    """Return who suffered it: the first names with their trade, then the others as numbers; without victims, their kinds."""
    named = [v for v in victims if v["nombre"]] if names else []
    others = [v for v in victims if not (names and v["nombre"])]
    shown, hidden = named[:MOST_NAMES], named[MOST_NAMES:]
    parts = [by_name(victim) for victim in shown] + unnamed([*hidden, *others])
    if not parts:
        parts = [NOUNS[kind.value, "otro"][0] for kind in Victima if kind in set(kinds)]
    return listed(parts) or "una persona"


def by_name(victim: Row) -> str:
    """Return a named victim: «la periodista Ana Prueba», «Alex Prueba (periodista)»."""
    before = BEFORE.get((victim["tipo"], victim["genero"]))
    name = " ".join(str(victim["nombre"]).split())
    return f"{before} {name}" if before else f"{name} ({AFTER[victim['tipo']]})"


def unnamed(victims: Iterable[Row]) -> list[str]:
    """Return the victims without a name by kind and gender: «una periodista», «3 personas defensoras»."""
    amounts: dict[tuple[str, str], int] = {}
    for victim in victims:
        key = (victim["tipo"], victim["genero"])
        key = key if key in NOUNS else (victim["tipo"], "otro")
        amounts[key] = amounts.get(key, 0) + max(1, victim["cantidad"] or 1)
    return [NOUNS[key][0] if amounts[key] == 1 else f"{number(amounts[key])} {COUNTED[key]}" for key in NOUNS if key in amounts]


def place(finding: Row) -> str:
    """Return « en Coyoacán (Plaza Mayor)», the borough or the state, or that it is not known."""
    if finding["alcaldia"]:
        where = Alcaldia(finding["alcaldia"]).etiqueta
    elif finding["entidad"]:
        where = Entidad(finding["entidad"]).etiqueta
        where = f"el {where}" if finding["entidad"] == Entidad.MEXICO else where
        where = f"la {where}" if finding["entidad"] == Entidad.CDMX else where
    else:
        where = {"si": "la Ciudad de México", "no": "un lugar fuera de la ciudad"}.get(finding["cdmx"], "")
    site = " ".join(str(finding["sitio"] or "").split()).strip(".,; ")
    site = "" if site == where.removeprefix("la ") else site
    if not where:
        return f" en {site}" if site else " en un lugar sin determinar"
    return f" en {where} ({site})" if site else f" en {where}"


def moment(finding: Row) -> str:
    """Return «, el 22 de noviembre de 2026 a las 14:30 h», or that the day is not known."""
    try:
        day = date.fromisoformat(finding["fecha_hecho"] or "")
    except ValueError:
        return ", en fecha sin determinar"
    hour = finding["hora_hecho"] or ""
    at = f" {'a la' if hour.startswith('01') else 'a las'} {hour} h" if hour else ""
    return f", el {day.day} de {MONTHS[day.month - 1]} de {day.year}{at}"


def sources(amount: int | None) -> str:
    """Return who tells it."""
    if not amount:
        return "no lo cuenta ninguna fuente pública"
    if amount == 1:
        return "lo cuenta una sola fuente"
    return f"lo cuentan {counted(amount, 'fuente independiente', 'fuentes independientes')}"


def sureness(confidence: float | None) -> str:
    """Return how sure the machine is, or nothing where no machine read it."""
    if confidence is None:
        return ""
    level = "alta" if confidence >= SURE else "media" if confidence >= LIKELY else "baja"
    return f", con confianza {level} de la máquina ({round(confidence * 100)} %)"
