"""Second readings: a random sample of reviewed findings is coded again by somebody else, and nothing of the finding changes.

Sampled are validated findings and those discarded because the note tells no case (`sobre` in `motivos.toml`): of other
discards the first person said nothing of the codes. They are taken in the order of a digest of the seed, the folio and the
address of the first note: at random with respect to what was coded, the same for the same registry and seed, and growing with
the registry, so that asking twice gives nothing twice.
"""

import hashlib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from nlp.vocabulario import EstadoHallazgo
from pipeline.pages.queue_presets import about_the_note
from pipeline.pages.wording import moment_text
from pipeline.periodos import Periodo
from pipeline.registry import audit, second_readings
from pipeline.registry.audit import Change
from pipeline.registry.decisions import discard_reasons, version_of
from pipeline.registry.second_readings import Reviewed
from pipeline.registry.transaction import writing
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError
from pipeline.review.second_codes import first_codes, read_codes

TABLE = "segundas_lecturas"


@dataclass(frozen=True)
class Sample:
    """What is asked for: `parte` (0 to 1) of the findings of a period, for one person or, None, for whoever did not decide."""

    parte: float
    periodo: Periodo | None = None
    para: str | None = None
    semilla: str = ""


@dataclass(frozen=True)
class Asked:
    """How many findings there were to choose from, how many are the sample, and how many of these were given or passed on."""

    poblacion: int
    muestra: int
    nuevas: int
    pasadas: int


def ask(db: Database, sample: Sample, readers: Collection[str], hand: Hand) -> Asked:
    """Give the sample to its reader in one transaction; `readers` are the accounts that may review.

    A reading of the sample that waits for somebody who may not make it any more (no account, or decided since) is passed on.
    """
    among = _eligible(db, sample, readers)
    chosen = sorted(among, key=lambda one: _lot(sample.semilla, one))[: math.ceil(round(sample.parte * len(among), 9))]
    with writing(db):
        known = second_readings.asked(db)
        new = [one.folio for one in chosen if one.folio not in known]
        stuck = [one.folio for one in chosen if (who := known.get(one.folio)) and who not in set(readers) - one.decidieron]
        second_readings.ask(db, [(folio, first_codes(db, folio)) for folio in new], sample.para, hand.now)
        second_readings.pass_on(db, stuck, sample.para)
        if new or stuck:
            said = {"parte": sample.parte, "semilla": sample.semilla, "para": sample.para}
            said |= {"hallazgos": len(new), "pasados": len(stuck)}
            audit.record(db, Change("pedir_segunda_lectura", TABLE, "", despues=said), quien=hand.quien, now=hand.now)
    return Asked(len(among), len(chosen), len(new), len(stuck))


def _eligible(db: Database, sample: Sample, readers: Collection[str]) -> list[Reviewed]:
    period = sample.periodo
    bounds = (period.inicio.isoformat(), period.fin.isoformat()) if period else ("0000-00-00", "9999-99-99")
    reasons, lessons = discard_reasons(db), about_the_note()
    people = {sample.para} if sample.para else set(readers)
    return [
        one
        for one in second_readings.reviewed(db, *bounds)
        if people - one.decidieron and (one.estado == EstadoHallazgo.VALIDADO or reasons.get(one.folio) in lessons)
    ]


def _lot(seed: str, one: Reviewed) -> bytes:
    return hashlib.blake2b(f"{seed}\n{one.folio}\n{one.nota}".encode(), digest_size=16).digest()


def leave(db: Database, folio: str, hand: Hand) -> None:
    """Take a person off the reading of a finding, who may then see its codes; somebody else reads it.

    Raises `ReviewError` when no such reading waits for them.
    """
    with writing(db):
        number = second_readings.waits_for(db, folio, hand.quien)
        if number is None:
            raise ReviewError(f"{folio}: no hay una segunda lectura que le espere")
        second_readings.pass_on(db, [folio], None)
        change = Change(second_readings.LEFT, "hallazgos", folio, TABLE, number)
        audit.record(db, change, quien=hand.quien, now=hand.now)


def store(db: Database, number: int, given: Mapping[str, object], hand: Hand) -> None:
    """Store what a second reader coded (values by field), with its line in the trail; the finding stays as it was.

    Raises `ReviewError` for codes that are not whole or a reading that is not this person's, `Conflict` when it was made.
    """
    codes = read_codes(given)
    with writing(db):
        found = second_readings.reading(db, number)
        if found is None:
            raise ReviewError("no hay tal segunda lectura")
        if found.codigos is not None:
            message = f"la lectura {number} ya la hizo {found.quien} el {moment_text(found.cuando)}; lo de usted no se guardó"
            raise Conflict(message, version_of(db, found.folio))
        if number not in second_readings.waiting(db, hand.quien):
            raise ReviewError(f"la lectura {number} es para otra persona, o usted ya decidió sobre ese hallazgo, o se fusionó")
        second_readings.write_codes(db, number, codes, quien=hand.quien, now=hand.now)
        audit.record(db, Change("segunda_lectura", TABLE, str(number), "codigos"), quien=hand.quien, now=hand.now)
