"""The queue: which candidates wait, in which tab and order, how many, and what was done today. Cards: `queue_cards`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from pipeline.pages.access import DATABASE
from pipeline.pages.queue_cards import Card, Sight, candidate_cards, follow_up_cards
from pipeline.pages.queue_refused import RefusedCard, refused_cards
from pipeline.pages.readers import fetch
from pipeline.pages.second_readers import reviewers
from pipeline.registry.second_readings import WAITING as WAITING_READINGS

Row = dict[str, Any]

TABS = {
    "ciudad": "Ciudad de México",
    "sin_determinar": "Sin determinar",
    "resto": "Resto del país",
    "seguimientos": "Seguimientos",
}
WHOSE = {"todos": "De todos", "mios": "Míos", "nadie": "De nadie", "pospuestos": "Pospuestos"}
# Enough for a quarter of an hour; the next ones are fetched while the last of these are read.
PAGE = 30
SHOWN = """(CASE :de
    WHEN 'pospuestos' THEN c.pospuesto_hasta > :hoy
    ELSE coalesce(c.pospuesto_hasta, '') <= :hoy
        AND (:de = 'todos' OR (:de = 'mios' AND q.asignado_a = :quien) OR (:de = 'nadie' AND q.asignado_a IS NULL))
END)"""
WAITING = f"""
SELECT c.folio, c.urgente || '~' || c.fecha || '~' || c.fecha_registro || '~' || c.folio AS lugar
FROM v_cola AS c LEFT JOIN cola AS q ON q.folio = c.folio
WHERE c.pestania = :pestania AND {SHOWN}
    AND (:desde = '' OR (c.urgente, c.fecha, c.fecha_registro, c.folio) < (:urgente, :fecha, :registro, :folio))
ORDER BY c.urgente DESC, c.fecha DESC, c.fecha_registro DESC, c.folio DESC
LIMIT :cuantos
"""
# A decided finding that the reader has still to code a second time is not shown to them with its codes.
UNREAD_BY_ME = f"c.folio NOT IN (SELECT folio FROM ({WAITING_READINGS}))"
FOLLOWED = f"""
SELECT c.folio, '' AS lugar
FROM v_seguimientos AS c LEFT JOIN cola AS q ON q.folio = c.folio
WHERE (:de = 'todos' OR (:de = 'mios' AND q.asignado_a = :quien) OR (:de = 'nadie' AND q.asignado_a IS NULL)) AND {UNREAD_BY_ME}
ORDER BY c.urgente DESC, c.ultima DESC, c.folio DESC LIMIT :cuantos OFFSET :desde
"""
COUNTS = """
SELECT
    c.pestania,
    count(*) FILTER (WHERE coalesce(c.pospuesto_hasta, '') <= :hoy) AS todos,
    count(*) FILTER (WHERE coalesce(c.pospuesto_hasta, '') <= :hoy AND q.asignado_a = :quien) AS mios,
    count(*) FILTER (WHERE coalesce(c.pospuesto_hasta, '') <= :hoy AND q.asignado_a IS NULL) AS nadie,
    count(*) FILTER (WHERE c.pospuesto_hasta > :hoy) AS pospuestos
FROM v_cola AS c LEFT JOIN cola AS q ON q.folio = c.folio GROUP BY c.pestania
"""
FOLLOWED_COUNT = f"""
SELECT count(*) AS todos,
    count(*) FILTER (WHERE q.asignado_a = :quien) AS mios,
    count(*) FILTER (WHERE q.asignado_a IS NULL) AS nadie
FROM v_seguimientos AS c LEFT JOIN cola AS q ON q.folio = c.folio WHERE {UNREAD_BY_ME}
"""
DONE = "SELECT pestania, quien, decididos FROM v_trabajo_diario WHERE dia = ?"
QUALITY = "SELECT * FROM v_calidad_captura"
SECOND = f"SELECT count(*) AS lecturas FROM ({WAITING_READINGS})"
UNREAD = "SELECT count(*) AS notas FROM muestra_rechazadas WHERE era_hallazgo IS NULL"


# Findings are numbered as they come: those after the newest that a page knew are new to it.
NEWEST = "SELECT coalesce(max(id), 0) AS nueva FROM hallazgos"
ARRIVED = """
SELECT count(*) AS nuevos FROM v_cola AS c JOIN hallazgos AS h ON h.folio = c.folio
WHERE c.pestania = :pestania AND h.id > :desde AND coalesce(c.pospuesto_hasta, '') <= :hoy
"""
LONGEST_NUMBER = 15  # digits of a row's number
CHECK_EVERY = 60  # seconds: an open queue asks no more often what arrived


@dataclass(frozen=True)
class Asked:
    """What a request asks of the queue: tab, whose, from which place on; `hoy` is a Mexico City day, `quien` the reader."""

    pestania: str
    de: str
    quien: str
    hoy: str
    desde: str = ""

    def params(self) -> dict[str, object]:
        """Return the queries' parameters; a place that is none begins at the beginning."""
        parts = self.desde.split("~")
        if self.pestania == "seguimientos":
            place: dict[str, object] = {"desde": int(self.desde) if self.desde.isdecimal() else 0}
        elif len(parts) == 4:
            urgent, day, registered, folio = parts
            place = {"desde": "1", "urgente": int(urgent == "1"), "fecha": day, "registro": registered, "folio": folio}
        else:
            place = {"desde": "", "urgente": 0, "fecha": "", "registro": "", "folio": ""}
        return {"pestania": self.pestania, "de": self.de, "quien": self.quien, "hoy": self.hoy, "cuantos": PAGE + 1, **place}


@dataclass(frozen=True)
class Lot:
    """Some cards of a tab in its order, and from where the next ones follow (empty: no more)."""

    cards: list[Card]
    next: str = ""
    refused: list[RefusedCard] = field(default_factory=list)


@dataclass(frozen=True)
class QueuePage:
    """The queue as shown: the first cards, the tabs' counts, the work done today and what is known of the machine's misses.

    `sample`: refused notes that wait to be read; `second`: second readings that wait for the reader."""

    asked: Asked
    lot: Lot
    counts: dict[str, Row]
    done: int
    done_by_me: int
    done_by_all: int
    people: list[str]
    quality: Row
    sample: int
    second: int
    newest: int = 0
    check_every: int = CHECK_EVERY

    @property
    def total(self) -> int:
        """The candidates of the tab's day: those done and those that wait."""
        return self.done + int(self.counts[self.asked.pestania]["todos"])


def understood(args: Mapping[str, str], *, quien: str, hoy: str) -> Asked:
    """Return what the address asks; an unknown tab or filter is the first one."""
    tab, whose = args.get("pestania", ""), args.get("de", "")
    return Asked(
        tab if tab in TABS else next(iter(TABS)),
        whose if whose in WHOSE else next(iter(WHOSE)),
        quien,
        hoy,
        args.get("desde", ""),
    )


async def lot(site: Datasette, asked: Asked, sight: Sight) -> Lot:
    """Return the next cards of a tab; the refused notes of the sample follow the last one of those without a place."""
    follows = asked.pestania == "seguimientos"
    waiting = await fetch(site, FOLLOWED if follows else WAITING, asked.params())
    shown, more = waiting[:PAGE], len(waiting) > PAGE
    folios = [row["folio"] for row in shown]
    if follows:
        begun = int(str(asked.params()["desde"]))
        return Lot(await follow_up_cards(site, folios, sight), str(begun + PAGE) if more else "")
    cards = await candidate_cards(site, folios, sight)
    last = not more and asked.pestania == "sin_determinar" and asked.de == "todos"
    return Lot(cards, shown[-1]["lugar"] if more else "", await refused_cards(site, sight) if last else [])


async def queue_page(site: Datasette, asked: Asked, sight: Sight) -> QueuePage:
    """Return the whole page."""
    known = {"hoy": asked.hoy, "quien": asked.quien}
    nothing = dict.fromkeys(WHOSE, 0)
    newest = (await fetch(site, NEWEST))[0]["nueva"]
    counts = {row["pestania"]: row for row in await fetch(site, COUNTS, known)}
    counts["seguimientos"] = nothing | (await fetch(site, FOLLOWED_COUNT, known))[0]
    done = await fetch(site, DONE, (asked.hoy,))
    quality = await fetch(site, QUALITY)
    return QueuePage(
        asked,
        await lot(site, asked, sight),
        {tab: counts.get(tab, nothing) for tab in TABS},
        done=sum(row["decididos"] for row in done if row["pestania"] == asked.pestania),
        done_by_me=sum(row["decididos"] for row in done if row["quien"] == asked.quien),
        done_by_all=sum(row["decididos"] for row in done),
        people=sorted(reviewers(Path(site.get_database(DATABASE).path)) - {asked.quien}),
        quality=quality[0] if quality else {},
        sample=(await fetch(site, UNREAD))[0]["notas"],
        second=(await fetch(site, SECOND, {"quien": asked.quien}))[0]["lecturas"],
        newest=newest,
    )


async def arrived(site: Datasette, asked: Asked) -> int:
    """Return how many candidates of a tab came after the finding `desde` (a row's number)."""
    desde = int(asked.desde) if asked.desde.isdecimal() and len(asked.desde) <= LONGEST_NUMBER else 0
    rows = await fetch(site, ARRIVED, {"pestania": asked.pestania, "desde": desde, "hoy": asked.hoy})
    return int(rows[0]["nuevos"])


def as_json(value: object) -> str:
    """Return a value for the page's script, as the text of an attribute."""
    return json.dumps(value, ensure_ascii=False)
