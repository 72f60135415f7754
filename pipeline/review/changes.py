"""What every decision has in common: one transaction, the check of the version, what undo needs, the version's rise."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from nlp.vocabulario import EstadoHallazgo
from pipeline.pages.headings import column_title
from pipeline.pages.wording import moment_text
from pipeline.registry import audit, decisions, undo
from pipeline.registry.audit import Change
from pipeline.registry.findings import AROUND
from pipeline.registry.transaction import writing
from pipeline.review.errors import Conflict, ReviewError, Unchanged

MERGED = EstadoHallazgo.FUSIONADO
# What a line of the trail says that was done, after the name of who did it.
DONE = {
    "estado": "cambió el estado",
    "corregir": "corrigió un campo",
    "descorregir": "quitó una corrección",
    "fusionar": "fusionó hallazgos",
    "separar": "separó noticias",
    "mover_nota": "movió una noticia",
    "aparte": "lo separó de otro parecido",
    "victimas": "cambió las víctimas",
    "actos": "cambió los actos",
    "deshacer": "deshizo un cambio",
    "nota_a_mano": "agregó una noticia",
}


@dataclass(frozen=True)
class Hand:
    """Who decides, when, and the version of the finding that they saw (None: not checked, as from the shell)."""

    quien: str
    now: datetime
    version: int | None = None


@dataclass
class Decision:
    """A decision being written: its findings, of which the first is the one that the person looks at."""

    db: Database
    hand: Hand
    folios: list[str] = field(default_factory=list)

    def note(self, change: Change) -> None:
        """Add one line to the trail."""
        audit.record(self.db, change, quien=self.hand.quien, now=self.hand.now)


def state(db: Database, folio: str) -> str:
    """Return the finding's state. Raises `ReviewError` when there is no such finding."""
    found = decisions.state_of(db, folio)
    if found is None:
        raise ReviewError(f"{folio}: no hay tal hallazgo")
    return found


def check_version(db: Database, folio: str, hand: Hand) -> None:
    """Raise `Conflict` when the finding is not as the person saw it."""
    version = decisions.version_of(db, folio)
    if hand.version is not None and hand.version != version:
        raise Conflict(f"{folio}: {_what_happened(db, folio)}; vuelva a verlo y decida", version)


def _what_happened(db: Database, folio: str) -> str:
    last, line = undo.last(db, folio), audit.last_of(db, "hallazgos", folio, AROUND)
    version = decisions.version_of(db, folio)
    undone = line is not None and line.accion == "deshacer" and line.despues == str(version)
    if line is None or not (undone or (last and last.version == version)):
        return "llegaron noticias que lo cambiaron después de que usted lo abrió"
    field = f" ({column_title(line.campo).lower()})" if line.accion in ("corregir", "descorregir") else ""
    what = DONE.get(line.accion, "lo cambió") + field
    return f"{line.quien} {what} el {moment_text(line.cuando)}, después de que usted lo abrió"


@contextmanager
def change(db: Database, accion: str, hand: Hand, *folios: str) -> Iterator[Decision]:
    """One decision over findings that exist, the first being the one whose version is checked; others may join in its course.

    Afterwards each has a version of one more, and what it was like before is kept for undo. Raises `ReviewError`, `Conflict`,
    `Unchanged` when it leaves everything as it was.
    """
    with writing(db):
        for folio in folios:
            state(db, folio)
        check_version(db, folios[0], hand)
        before = undo.picture(db, folios)
        decision = Decision(db, hand, list(folios))
        yield decision
        for folio in decision.folios:
            decisions.raise_version(db, folio, undo.version_in(before, folio))
        after = undo.picture(db, decision.folios)
        if undo.alike(before, after):
            raise Unchanged(f"{folios[0]}: ya estaba así; no se cambió nada")
        undo.keep(db, undo.Undone(accion, hand.quien, hand.now), before, after)


def not_merged(db: Database, folio: str) -> str:
    """Return the finding's state. Raises `ReviewError` for one that was merged into another, where nothing is decided."""
    found = state(db, folio)
    if found == MERGED:
        raise ReviewError(f"{folio}: está fusionado en {decisions.merged_into(db, folio)}; decida en aquel")
    return found
