"""Decided findings and answers on refused notes as records of the annotation guide.

Of a validated finding, its fullest page note and every page note that follows it up or was rescued from the refused, all with
the finding's codes as everyone sees them. Of a discarded one, its fullest note as a negative, if the reason is about what the
note says (`sobre` in `motivos.toml`). Of the weekly sample, what people said was rightly refused. Nothing of a person who
asked for anonymity or was erased: neither their findings nor a note that names them.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import local_day
from nlp.enumeracion import Valor
from nlp.etiquetas import Etiquetas
from nlp.vocabulario import Agresion, Agresor, EstadoHallazgo, Modalidad, Papel, TextoOrigen, TipoNota, Victima
from pipeline.grouping.names import PersonName, Same, compare
from pipeline.learning import rows as sql
from pipeline.learning.rows import Row, Unnamed, day_of, fullest, rows
from pipeline.learning.written import Text, as_written
from pipeline.pages.queue_presets import about_the_note
from pipeline.periodos import Periodo
from pipeline.registry.decisions import discard_reasons

Record = dict[str, Any]
PLACE = ("cdmx", "alcaldia", "entidad")
LISTS = {
    "victima": ("tipo_victima", Victima),
    "agresion": ("agresion", Agresion),
    "modalidad": ("modalidad", Modalidad),
    "agresor": ("agresor", Agresor),
}


@dataclass
class Corpus:
    """The records, by id, and why others were left out: people unnamed, findings without a page note, reasons unknown."""

    registros: list[Record] = field(default_factory=list)
    sin_nombre: int = 0
    sin_pagina: int = 0
    otros_motivos: int = 0


def collect(db: Database, period: Periodo | None) -> Corpus:
    """Return the corpus of the findings registered, and of the refused notes captured, in `period` (None: all)."""
    found, hidden = Corpus(), sql.unnamed(db)
    begin, end = (period.inicio.isoformat(), period.fin.isoformat()) if period else ("0000-00-00", "9999-99-99")
    reasons = discard_reasons(db)
    lessons = about_the_note()
    for finding in rows(db, sql.FINDINGS, begin, end):
        folio = finding["folio"]
        if finding["estado"] == EstadoHallazgo.DESCARTADO and reasons.get(folio) not in lessons:
            found.otros_motivos += 1
        elif folio in hidden.folios:
            found.sin_nombre += 1
        else:
            _keep(found, hidden, list(_of_finding(db, finding)), folio)
    for note in rows(db, sql.REFUSED):
        if begin <= str(local_day(note["capturada_en"])) <= end:
            _keep(found, hidden, [(note, _negative)], "muestra")
    found.registros.sort(key=lambda record: record["id"])
    return found


Codes = Callable[[Row], Record]


def _keep(corpus: Corpus, hidden: Unnamed, notes: Sequence[tuple[Row, Codes]], where: str) -> None:
    corpus.sin_pagina += not notes
    for note, codes in notes:
        texts = (Text(note["texto"]), Text(note["titulo"]))
        if any(as_written(name, texts, group=group) for name, group in hidden.nombres):
            corpus.sin_nombre += 1
        else:
            corpus.registros.append(_about(note, f"{where}.{note['id']}") | codes(note))


def _of_finding(db: Database, finding: Row) -> Iterator[tuple[Row, Codes]]:
    """Yield the notes of a decided finding that make records, each with what gives its codes."""
    notes = rows(db, sql.NOTES, finding["folio"])
    if finding["estado"] == EstadoHallazgo.DESCARTADO:
        told = fullest([note for note in notes if note["texto_origen"] != TextoOrigen.MANUAL])
        if told:
            yield told, _negative
        return
    pages = [note for note in notes if note["texto_origen"] == TextoOrigen.PAGINA]
    main = fullest([note for note in pages if note["papel"] != Papel.SEGUIMIENTO])
    rescued = {row["noticia_id"] for row in rows(db, sql.RESCUED, finding["folio"])}
    victims = rows(db, sql.VICTIMS, finding["folio"])
    for note in pages:
        if note is main or note["papel"] == Papel.SEGUIMIENTO or note["id"] in rescued:
            yield note, lambda note: _positive(finding, victims, note)


def _about(note: Row, identifier: str) -> Record:
    return {
        "id": identifier,
        "url": note["url"],
        "medio": note["medio"],
        "fecha_publicacion": day_of(note),
        "titulo": note["titulo"],
        "texto": note["texto"],
    }


def _negative(_note: Row) -> Record:
    return Etiquetas().guide_record()


def _positive(finding: Row, victims: Sequence[Row], note: Row) -> Record:
    tags = json.loads(note["etiquetas"] or "{}")
    later = note["papel"] == Papel.SEGUIMIENTO or tags.get("nota") == TipoNota.SEGUIMIENTO
    return {
        "relevante": True,
        "nota": str(TipoNota.SEGUIMIENTO if later else TipoNota.HECHO_NUEVO),
        "clase": finding["clase"],
        **{name: _in_order(finding[column], values) for name, (column, values) in LISTS.items()},
        "movilizacion": bool(int(finding["movilizacion"])),
        "lugar": {name: finding[name] for name in PLACE},
        "victimas": list(_named(victims, note, [victim["nombre"] for victim in tags.get("victimas") or ()])),
        "fecha_hecho": finding["fecha_hecho"],
    }


def _in_order(stored: str, values: type[Valor]) -> list[str]:
    held = set(json.loads(stored))
    return [str(value) for value in values if value in held]


def _named(victims: Sequence[Row], note: Row, tagged: Sequence[str]) -> Iterator[Record]:
    """Yield the victims whom the note names, each as it writes the name; a misspelling is known by the note's own tags."""
    texts = (Text(note["texto"]), Text(note["titulo"]))
    for victim in victims:
        group = bool(victim["grupo"])
        own = PersonName(victim["nombre"], group)
        alike = [name for name in tagged if compare(own, PersonName(name, group)) >= Same.PARTLY]
        written = (as_written(name, texts, group=group) for name in (victim["nombre"], *alike))
        found = next(filter(None, written), None)
        if found:
            yield {"nombre": found, "tipo": victim["tipo"], "genero": victim["genero"]}
