"""The codes of a finding as its page shows and edits them: the value in force, the computed one, what some notes say."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nlp.vocabulario import Agresor
from pipeline.grouping import support
from pipeline.grouping.codes import LISTS
from pipeline.pages.labels import FLAGS, VOCABULARY, label
from pipeline.pages.wording import counted, day_text

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Spec:
    """One editable field: how it is asked for (`forma`) and whether it may be left empty."""

    campo: str
    titulo: str
    forma: str  # lista, uno, fila (one of the registry), si_no, dia, hora, texto, parrafo
    vacio: bool = False


WHAT = (
    Spec("clase", "Clase", "uno"),
    Spec("modalidad", "Modalidad", "lista"),
    Spec("agresion", "Tipo de agresión", "lista"),
    Spec("agresor", "Agresor", "lista"),
    Spec("tipo_victima", "Tipo de víctima", "lista"),
    Spec("via", "Vía", "uno"),
    Spec("vinculo", "Vínculo con la labor", "uno"),
    Spec("movilizacion", "Movilización", "si_no"),
    Spec("movilizacion_id", "De qué movilización", "fila", vacio=True),
    Spec("fase", "Fase", "uno"),
    Spec("urgente", "Peligro vigente", "si_no"),
    Spec("antecedente", "Antecedente", "si_no"),
    Spec("resumen", "Resumen sin nombres", "parrafo"),
)
WHEN = (
    Spec("fecha_hecho", "Fecha del hecho", "dia", vacio=True),
    Spec("hora_hecho", "Hora del hecho", "hora", vacio=True),
    Spec("fecha_publicacion", "Primera publicación", "dia", vacio=True),
)
WHERE = (
    Spec("ambito", "Ámbito", "uno"),
    Spec("cdmx", "En la Ciudad de México", "uno"),
    Spec("alcaldia", "Alcaldía", "uno", vacio=True),
    Spec("entidad", "Entidad", "uno", vacio=True),
    Spec("sitio", "Sitio", "texto"),
)
GROUPS = {"que": WHAT, "cuando": WHEN, "donde": WHERE}


@dataclass(frozen=True)
class Option:
    """A value of the vocabulary in a form."""

    valor: str
    etiqueta: str
    significado: str
    elegida: bool


@dataclass(frozen=True)
class Suggestion:
    """A value that some notes give and the finding does not hold; `valores` is the whole value that taking it would fix."""

    etiqueta: str
    apoyo: str
    valores: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One field as shown; `valores` are the slugs or texts in force, `calculado` the machine's words beside a correction.

    `enlace` is the page of the row that it names, `razones` why the machine chose it.
    """

    spec: Spec
    valores: tuple[str, ...]
    palabras: str
    opciones: tuple[Option, ...] = ()
    correccion: Row | None = None
    calculado: str = ""
    sugerencias: tuple[Suggestion, ...] = ()
    enlace: str = ""
    razones: str = ""


def as_values(campo: str, stored: object) -> tuple[str, ...]:
    """Return a field's stored value as texts: a list's items, a single one as one, an empty one as none."""
    if campo in LISTS:
        items = json.loads(stored) if isinstance(stored, str) else stored or ()
        return tuple(str(item) for item in items) if isinstance(items, Iterable) else ()
    if stored is None or stored == "":
        return ()
    return (str(int(stored)),) if isinstance(stored, bool) else (str(stored),)


def words(spec: Spec, values: Sequence[str], among: Sequence[Option] = ()) -> str:
    """Return values in words: labels, those of the options `among`, a day that reads well, `Sin dato` for none."""
    if spec.forma == "dia":
        values = [day_text(value) for value in values]
    if among:
        told = {one.valor: one.etiqueta for one in among}
        return ", ".join(told.get(value, value) for value in values) or "Sin dato"
    return ", ".join(label(spec.campo, value) for value in values) or "Sin dato"


def options(spec: Spec, chosen: Sequence[str]) -> tuple[Option, ...]:
    """Return the vocabulary of a field with the chosen ones marked; none for texts, days and hours."""
    if spec.campo in FLAGS:
        return tuple(Option(value, label(spec.campo, value), "", value in chosen) for value in ("1", "0"))
    members = VOCABULARY.get(spec.campo, ())
    return tuple(Option(str(one), one.etiqueta, one.significado, str(one) in chosen) for one in members)


def fields(
    specs: Sequence[Spec],
    shown: Row,
    computed: Row,
    corrections: Mapping[str, Row],
    minority: Sequence[support.Suggestion],
) -> list[Field]:
    """Return the fields of a group; `shown` is the finding's row in `v_hallazgos`, `computed` the machine's values alone."""
    return [_field(spec, shown, computed, corrections.get(spec.campo), minority) for spec in specs]


def _field(spec: Spec, shown: Row, computed: Row, correction: Row | None, minority: Sequence[support.Suggestion]) -> Field:
    values = as_values(spec.campo, shown[spec.campo])
    return Field(
        spec,
        values,
        words(spec, values),
        options(spec, values),
        correction,
        words(spec, as_values(spec.campo, computed[spec.campo])) if correction else "",
        tuple(suggestion(spec, values, one) for one in minority if one.campo == spec.campo),
    )


def chosen_among(field: Field, among: Sequence[Option], computed: Row, link: str) -> Field:
    """Return a field whose values are rows of the registry: told and asked for by the options, with where to see the one."""
    kept = [replace(one, elegida=one.valor in field.valores) for one in among]
    before = words(field.spec, as_values(field.spec.campo, computed[field.spec.campo]), among) if field.correccion else ""
    return replace(
        field,
        palabras=words(field.spec, field.valores, among),
        opciones=tuple(kept),
        calculado=before,
        enlace=f"{link}{field.valores[0]}" if field.valores else "",
    )


def suggestion(spec: Spec, values: Sequence[str], said: support.Suggestion) -> Suggestion:
    """Return a minority value in words, with what taking it would fix: of a list, the whole list."""
    own = as_values(spec.campo, [said.valor] if spec.forma == "lista" else said.valor)
    if spec.campo == "agresor":  # who is known now takes the place of nobody
        values = [value for value in values if value != Agresor.NO_IDENTIFICADO]
    amount = len(said.noticias)
    told = f"lo {'dice' if amount == 1 else 'dicen'} {counted(amount, 'noticia', 'noticias')}" if amount else "por las fechas"
    return Suggestion(words(spec, own), told, (*values, *own) if spec.forma == "lista" else own)
