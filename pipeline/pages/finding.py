"""Everything that stands on one finding's page, gathered by what the reader may see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from pipeline.pages import finding_rows as sql
from pipeline.pages.finding_fields import GROUPS, Field, fields
from pipeline.pages.finding_map import CityMap, city_map
from pipeline.pages.finding_news import Source, by_source, own_organisation, shown_note
from pipeline.pages.finding_people import Related, related, shown_victim
from pipeline.pages.finding_rows import Row, rows
from pipeline.pages.headings import column_title
from pipeline.pages.labels import label
from pipeline.registry.findings import StoredNote, notes_of


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
    queue: Row | None = None
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

    def victim_name(self, victim_id: int | None) -> str:
        """Return what stands for the victim of an act."""
        return next((row["quien"] for row in self.victims if row["id"] == victim_id), "víctima sin asignar")

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
    stored = notes_of(db, folio) if sight.names else []
    corrections = rows(db, sql.CORRECTIONS, folio) if sight.names else []
    named = _named(db, folio, stored, corrections) if sight.names else {}
    tables = _tables(db, folio) if sight.tables else {}
    return FindingPage(
        found[0],
        sight,
        _fields(found[0], computed, corrections, stored),
        city_map(),
        city_map().marker(computed["latitud"], computed["longitud"]),
        **tables,
        **named,
    )


def _fields(shown: Row, computed: Row, corrections: Sequence[Row], stored: Sequence[StoredNote]) -> dict[str, list[Field]]:
    by_field = {row["campo"]: row for row in corrections}
    notes = [note.tagged for note in stored]
    return {name: fields(specs, shown, computed, by_field, notes) for name, specs in GROUPS.items()}


def _tables(db: Database, folio: str) -> dict[str, Any]:
    """Return what stands in open tables: codes and ids, no name."""
    return {
        "acts": rows(db, sql.ACTS, folio),
        "trail": [shown_change(row) for row in rows(db, sql.TRAIL, folio)],
        "queue": next(iter(rows(db, sql.QUEUE, folio)), None),
    }


def _named(db: Database, folio: str, stored: Sequence[StoredNote], corrections: Sequence[Row]) -> dict[str, Any]:
    """Return what stands in restricted tables."""
    people = rows(db, sql.VICTIMS, folio)
    passages = rows(db, sql.PASSAGES, folio)
    news = [shown_note(row, passages) | {"propia": own_organisation(row, people)} for row in rows(db, sql.NEWS, folio)]
    return {
        "victims": [shown_victim(row) for row in people],
        "sources": by_source(news, stored),
        "related": related(db, folio),
        "after": After(
            [row | {"valor": shown_value(row["campo"], row["valor"])} for row in corrections],
            rows(db, sql.COMMENTS, folio),
            [row | {"campos": shown_fields(row["campos"])} for row in rows(db, sql.NEWS_SINCE, folio)],
            rows(db, sql.CARE, folio),
            [row | {"datos": json.loads(row["datos"])} for row in rows(db, sql.JOBS, folio)],
            next(iter(rows(db, sql.LAST_CHANGE, folio)), None),
        ),
    }


def shown_value(field_name: str, stored: str | None) -> str:
    """Return a trail's or a correction's JSON value in labels; what is no JSON stays as it is."""
    try:
        value = json.loads(stored or "null")
    except ValueError:
        return str(stored)
    items = value if isinstance(value, list) else [value]
    return ", ".join(label(field_name, item) for item in items) or "vacío"


def shown_change(row: Row) -> Row:
    """Put words in the place of a trail line's two JSON values."""
    return row | {name: shown_value(row["campo"], row[name]) for name in ("antes", "despues") if row[name] is not None}


def shown_fields(stored: str) -> str:
    """Return in words the codes that a new note would add or change: names of fields, or each field's values."""
    told = json.loads(stored or "[]")
    if isinstance(told, dict):
        return "; ".join(f"{column_title(name)}: {shown_value(name, json.dumps(value))}" for name, value in told.items())
    return ", ".join(column_title(str(name)) for name in told)
