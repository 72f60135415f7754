"""Finding ↔ demonstration: what changed is compared, the best is written, why is kept; what a person said is left alone."""

import time
from datetime import timedelta

from sqlite_utils import Database

from nlp.vocabulario import Fase
from pipeline.linking.dates import MONTHS
from pipeline.linking.phase import last_day, phase
from pipeline.linking.score import Fit, fit
from pipeline.linking.told import Told, told
from pipeline.linking.weights import LIMITS
from pipeline.registry import linking
from pipeline.registry.demonstrations import Demonstration, get
from pipeline.registry.linking import DEMONSTRATIONS, FINDINGS, LINK
from pipeline.registry.transaction import writing

LOT = 50
PAUSE_SECONDS = 0.01


def link_pending(db: Database, *, pause: float = PAUSE_SECONDS) -> int:
    """Compare every finding and demonstration that changed; return how many findings were looked at.

    What is to be compared is noted by the tables themselves (`por_enlazar`), so a killed pass goes on where it was.
    """
    for number in linking.waiting(db, DEMONSTRATIONS):
        with writing(db):
            linking.ask(db, _near(db, int(number)))
            linking.settle(db, DEMONSTRATIONS, number)
    waiting = linking.waiting(db, FINDINGS)
    for at in range(0, len(waiting), LOT):
        with writing(db):
            for folio in waiting[at : at + LOT]:
                link_finding(db, folio)
        time.sleep(pause)
    return len(waiting)


def link_demonstration(db: Database, number: int) -> int:
    """Compare at once what may be of a demonstration that was made or changed; return how many findings were looked at."""
    with writing(db):
        folios = _near(db, number)
        for folio in folios:
            link_finding(db, folio)
        linking.settle(db, DEMONSTRATIONS, str(number))
    return len(folios)


def link_finding(db: Database, folio: str) -> None:
    """Compare one finding with the demonstrations it may be of, inside the caller's transaction.

    Where a person said which one it is, or that it is of none, only the phase follows.
    """
    stored = linking.finding(db, folio)
    linking.settle(db, FINDINGS, folio)
    if stored is None:
        return
    if stored.row["fusionado_en"]:
        linking.write(db, folio, {}, None, Fase.SIN_DETERMINAR)
        return
    own = told(stored.row, stored.textos)
    if LINK in stored.fixed:
        said = stored.fixed[LINK]
        demo = get(db, int(str(said))) if said is not None else None
        linking.write_phase(db, folio, phase(own, demo) if demo else Fase.SIN_DETERMINAR)
        return
    fits = _fits(db, own)
    best = next(iter(fits), None)
    kept = {demo.id: (one.puntos, one.reglas) for demo, one in fits.items()}
    linking.write(db, folio, kept, best.id if best else None, phase(own, best) if best else Fase.SIN_DETERMINAR)


def _fits(db: Database, own: Told) -> dict[Demonstration, Fit]:
    """Return the demonstrations that the finding may be of, the best first; a tie: the one expected larger, then the older."""
    scored = {demo: fit(own, demo) for demo in _candidates(db, own)}
    good = [(demo, one) for demo, one in scored.items() if one.links]
    return dict(sorted(good, key=lambda pair: (-pair[1].puntos, -(pair[0].asistencia_esperada or 0), pair[0].id)))


def _candidates(db: Database, own: Told) -> list[Demonstration]:
    """Return the demonstrations near the finding's day, and those of the days that its texts name."""
    anchor = own.dia or own.publicada
    if anchor is None:
        return []
    before, after = timedelta(days=LIMITS["dias_antes"]), timedelta(days=LIMITS["dias_despues"])
    near = linking.around(db, anchor - after, anchor + before)
    days = sorted({one.dia for one in own.fechas})
    return near + (linking.on_days(db, days, [demo.id for demo in near]) if days else [])


def _near(db: Database, number: int) -> list[str]:
    """Return the findings that may be of a demonstration, by index: its days, its date or its name in their texts."""
    demo = get(db, number)
    if demo is None:
        return []
    first = demo.dia - timedelta(days=LIMITS["dias_antes"])
    last = last_day(demo) + timedelta(days=LIMITS["dias_despues"])
    month = MONTHS[demo.dia.month - 1]
    words = [f"{demo.dia.day} de {month}", f"{demo.dia.day}{month[0]}", demo.nombre]
    return linking.folios_near(db, demo, first, last, words)
