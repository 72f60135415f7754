"""Demonstrations of every year, proposed some weeks before from `recurrentes.toml`: each once a year, whatever comes of it."""

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlite_utils import Database

from nlp.calendario import DIAS, MESES, make_day
from nlp.plegado import fold
from nlp.vocabulario import Alcaldia
from pipeline.demonstrations.draft import RISKS
from pipeline.demonstrations.proposals import Offer, offer
from pipeline.errores import ErrorDeUso
from pipeline.reloj import mexico_day

RECURRENT = Path(__file__).parent / "recurrentes.toml"
NTH = {"primer": 0, "segundo": 1, "tercer": 2, "cuarto": 3, "ultimo": -1}
MOVABLE = re.compile(rf"(?P<nth>{'|'.join(NTH)}) (?P<weekday>{'|'.join(DIAS)}) de (?P<month>{'|'.join(MESES)})")
FIXED = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)")
OTHERS = {"convocantes", "causa", "sitio", "hora", "alcaldia", "riesgo"}


@dataclass(frozen=True)
class Recurrent:
    """One entry of the file; `dia` as it is written there, `ahead` in days."""

    clave: str
    nombre: str
    dia: str
    ahead: int
    others: dict[str, object]


def read_recurrent(path: Path = RECURRENT) -> list[Recurrent]:
    """Return the file's entries. Raises `ErrorDeUso` that names the file and the entry."""
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("recurrente", [])
    except (OSError, ValueError) as error:
        raise ErrorDeUso(f"{path.name}: no se puede leer ({error})") from error
    found = [_entry(path.name, one) for one in entries]
    if len({one.clave for one in found}) < len(found):
        raise ErrorDeUso(f"{path.name}: dos renglones tienen la misma clave")
    return found


def _entry(file: str, told: dict[str, object]) -> Recurrent:
    name = told.get("clave") or told.get("nombre") or "un renglón"
    wrong = next((key for key in told if key not in OTHERS | {"clave", "nombre", "dia", "anticipacion"}), None)
    if wrong or not all(isinstance(told.get(key), str) for key in ("clave", "nombre", "dia")):
        raise ErrorDeUso(f"{file}: {name}: {f'«{wrong}» no es un campo' if wrong else 'faltan clave, nombre o dia'}")
    ahead = told.get("anticipacion", 30)
    if not isinstance(ahead, int) or not 1 <= ahead <= 180:
        raise ErrorDeUso(f"{file}: {name}: «anticipacion» son de 1 a 180 días")
    if told.get("riesgo", RISKS[0]) not in RISKS or told.get("alcaldia", Alcaldia.CUAUHTEMOC) not in list(Alcaldia):
        raise ErrorDeUso(f"{file}: {name}: «riesgo» o «alcaldia» no es una clave conocida")
    try:
        time.fromisoformat(str(told.get("hora", "00:00")))
    except ValueError as error:
        raise ErrorDeUso(f"{file}: {name}: «hora» no es HH:MM") from error
    one = Recurrent(str(told["clave"]), str(told["nombre"]), str(told["dia"]), ahead, {k: told[k] for k in OTHERS & set(told)})
    if day_in(one, 2024) is None:
        raise ErrorDeUso(f"{file}: {name}: «dia» es MM-DD o como «ultimo sabado de junio»")
    return one


def day_in(one: Recurrent, year: int) -> date | None:
    """Return its day in a year, or None where that year has none."""
    fixed = FIXED.fullmatch(one.dia)
    if fixed:
        return make_day(year, int(fixed["month"]), int(fixed["day"]))
    movable = MOVABLE.fullmatch(fold(one.dia))
    if movable is None:
        return None
    month = MESES.index(movable["month"]) + 1
    days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
    return [day for day in days if day.weekday() == DIAS.index(movable["weekday"])][NTH[movable["nth"]]]


def propose_recurrent(db: Database, now: datetime, path: Path = RECURRENT) -> int:
    """Propose, inside the caller's transaction, those whose day is near; return how many are new."""
    today = mexico_day(now)
    new = 0
    for one in read_recurrent(path):
        for year in (today.year, today.year + 1):
            day = day_in(one, year)
            if day is not None and today <= day <= today + timedelta(days=one.ahead):
                new += offer(db, _offer(one, day), now)
    return new


def _offer(one: Recurrent, day: date) -> Offer:
    told = one.others
    callers = told.get("convocantes", [])
    return Offer(
        nombre=one.nombre,
        dia=day,
        origen="recurrente",
        hora=str(told["hora"]) if "hora" in told else None,
        sitio=str(told.get("sitio", "")),
        alcaldia=str(told["alcaldia"]) if "alcaldia" in told else None,
        riesgo_esperado=str(told.get("riesgo", "sin_determinar")),
        convocantes=tuple(map(str, callers)) if isinstance(callers, list) else (),
        causa=str(told.get("causa", "")),
        clave=f"recurrente:{one.clave}:{day.year}",
    )
