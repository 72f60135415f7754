"""Everything that stands on one finding's page, gathered by what the reader may see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from pipeline.grouping.support import note_sources, suggestions
from pipeline.pages import finding_rows as sql
from pipeline.pages.finding_demonstration import with_demonstrations
from pipeline.pages.finding_evidence import EVIDENCE, shown_evidence
from pipeline.pages.finding_fields import GROUPS, Field, Option, fields
from pipeline.pages.finding_map import CityMap, city_map
from pipeline.pages.finding_news import Source, by_source, shown_note
from pipeline.pages.finding_people import Related, related, shown_victim
from pipeline.pages.finding_rows import Row, rows
from pipeline.pages.finding_trail import shown_change, shown_last, shown_value
from pipeline.pages.headings import column_title
from pipeline.pages.masking import hidden_words, is_hidden, masked
from pipeline.pages.wording import counted
from pipeline.registry.care import waits_for_notice
from pipeline.registry.desk import assigned_before


@dataclass(frozen=True)
class Sight:
    """What the reader may do: see names and texts, see the other tables, decide."""

    names: bool
    tables: bool
    review: bool


@dataclass(frozen=True)
class After:
    """What people did with the finding: corrections, comments, new notes, hand-over, jobs, the change that can be undone."""

    corrections: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    novelties: list[Row] = field(default_factory=list)
    care: list[Row] = field(default_factory=list)
    jobs: list[Row] = field(default_factory=list)
    last_change: Row | None = None


@dataclass(frozen=True)
class FindingPage:
    """One finding as shown; the lists are empty for who may see codes only (`sight.names` False)."""

    finding: Row
    sight: Sight
    fields: dict[str, list[Field]]
    map: CityMap
    marker: tuple[float, float] | None
    acts: list[Row] = field(default_factory=list)
    trail: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    queue: Row | None = None
    assigned_before: list[str | None] = field(default_factory=list)
    danger: Row | None = None
    waits: bool = False
    victims: list[Row] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    related: Related | None = None
    after: After = field(default_factory=After)

    @property
    def names(self) -> bool:
        """Whether names and texts stand on the page."""
        return self.sight.names

    @property
    def news(self) -> list[Row]:
        """All notes, source by source."""
        return [note for source in self.sources for note in source.notas]

    @property
    def keeps_anonymous(self) -> bool:
        """Whether one of its people asked for anonymity or was erased: what leaves the building then cites no press."""
        return any(is_hidden(row) for row in self.victims)

    @property
    def unseen(self) -> list[Row]:
        """The notes that joined after the decision and that nobody has looked at."""
        return [row for row in self.after.novelties if not row["vista_en"]]

    @property
    def pending_jobs(self) -> bool:
        """Whether a note that somebody asked for is still on its way."""
        return any(job["estado"] in ("pendiente", "en_curso") for job in self.after.jobs)

    @property
    def last_turn(self) -> Row | None:
        """The last time that the finding was handed over."""
        return next((row for row in reversed(self.after.care) if row["tipo"] == "turno"), None)

    def own(self, campo: str) -> list[Option]:
        """Return the values in force of a list field, which its acts are chosen from."""
        found = [one for one in self.fields["que"] if one.spec.campo == campo]
        return [option for one in found for option in one.opciones if option.elegida]

    def victim_name(self, victim_id: int | None) -> str:
        """Return what stands for the victim of an act."""
        quien = next((row["quien"] for row in self.victims if row["id"] == victim_id), "víctima sin asignar")
        return "alguien sin nombre" if quien == "Sin nombre" else quien

    @property
    def edits(self) -> bool:
        """Whether the page offers to change codes, victims and notes: not on a finding that was merged into another."""
        return self.sight.review and self.finding["estado"] != "fusionado"


def gather(db: Database, folio: str, sight: Sight) -> FindingPage | None:
    """Return the page of `folio`, or None when there is no such finding."""
    found = rows(db, sql.FINDING, folio)
    if not found:
        return None
    computed = rows(db, sql.COMPUTED, folio)[0]
    corrections = rows(db, sql.CORRECTIONS, folio) if sight.names else []
    minority = suggestions(db, folio) if sight.names else []
    by_field = {row["campo"]: row for row in corrections}
    named = _named(db, folio, corrections) if sight.names else {}
    tables = _tables(db, folio) if sight.tables else {}
    return FindingPage(
        found[0],
        sight,
        {
            name: with_demonstrations(db, fields(specs, found[0], computed, by_field, minority), found[0], computed)
            for name, specs in GROUPS.items()
        },
        city_map(),
        city_map().marker(computed["latitud"], computed["longitud"]),
        **tables,
        **named,
    )


def _tables(db: Database, folio: str) -> dict[str, Any]:
    """Return what stands in open tables: codes and ids, no name."""
    return {
        "acts": rows(db, sql.ACTS, folio),
        "trail": [shown_change(row) for row in rows(db, sql.TRAIL, folio)],
        "evidence": [shown_evidence(row) for row in rows(db, EVIDENCE, folio)],
        "danger": next(iter(rows(db, sql.DANGER, folio)), None),
        "waits": waits_for_notice(db, folio),
        "queue": next(iter(rows(db, sql.QUEUE, folio)), None),
        "assigned_before": assigned_before(db, folio),
    }


def _named(db: Database, folio: str, corrections: Sequence[Row]) -> dict[str, Any]:
    """Return what stands in restricted tables."""
    passages = rows(db, sql.PASSAGES, folio)
    victims = rows(db, sql.VICTIMS, folio)
    hidden = hidden_words(victims)
    news = [shown_note(row, passages, hidden) for row in rows(db, sql.NEWS, folio)]
    return {
        "victims": [shown_victim(row) for row in victims],
        "sources": by_source(news, note_sources(db, folio)),
        "related": related(db, folio),
        "after": After(
            [row | {"valor": shown_value(row["campo"], row["valor"])} for row in corrections],
            [row | {"texto": masked(row["texto"], hidden)} for row in rows(db, sql.COMMENTS, folio)],
            [
                row | {"campos": shown_fields(row["campos"]), "titulo": masked(row["titulo"], hidden)}
                for row in rows(db, sql.NEWS_SINCE, folio)
            ],
            [row | {"nota": masked(row["nota"], hidden)} for row in rows(db, sql.CARE, folio)],
            [row | {"datos": json.loads(row["datos"])} for row in rows(db, sql.JOBS, folio)],
            next((shown_last(row) for row in rows(db, sql.LAST_CHANGE, folio)), None),
        ),
    }


def shown_fields(stored: str) -> str:
    """Return in words what a new note says beyond the finding, from `novedades.campos`: `modalidad: Amenaza`."""
    told = []
    for one in json.loads(stored or "[]"):
        if one["campo"] == "victimas":
            told.append(f"víctimas: nombra a {counted(one['dice'], 'más', 'más')}")
        else:
            told.append(f"{column_title(one['campo'])}: {shown_value(one['campo'], json.dumps(one['dice']))}")
    return "; ".join(told)
