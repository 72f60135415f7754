"""Rows of `movilizaciones`: read as frozen `Demonstration`s, written inside the caller's transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import MEXICO, utc_text

CANCELLED = "cancelada"
USUAL = timedelta(hours=8)  # how long one is held to last whose end nobody told
COLUMNS = (
    "id, uid, nombre, convocantes, causa, dia, inicio, fin, hora_sabida, recorrido, alcaldia, asistencia_esperada,"
    " riesgo_esperado, estado, vigilar_desde, vigilar_hasta, fuentes, origen, noticia_id, quien, cuando, version"
)
SELECT = f"SELECT {COLUMNS} FROM movilizaciones"


@dataclass(frozen=True)
class Point:
    """A point of a route; degrees (WGS84), None where the gazetteer does not know the place."""

    nombre: str
    latitud: float | None = None
    longitud: float | None = None


@dataclass(frozen=True)
class Demonstration:
    """One row: moments are aware UTC, `dia` is the Mexico City day of `inicio`; no `fuentes`: every source with a feed."""

    id: int
    uid: str
    nombre: str
    convocantes: tuple[str, ...]
    causa: str
    dia: date
    inicio: datetime
    fin: datetime | None
    hora_sabida: bool
    recorrido: tuple[Point, ...]
    alcaldia: str | None
    asistencia_esperada: int | None
    riesgo_esperado: str
    estado: str
    vigilar_desde: datetime
    vigilar_hasta: datetime
    fuentes: tuple[str, ...]
    origen: str
    noticia_id: int | None
    quien: str
    cuando: datetime
    version: int

    @property
    def termina(self) -> datetime:
        """Its end, told or supposed (`expected_end`)."""
        return expected_end(self.inicio, self.fin, hora_sabida=self.hora_sabida)


def expected_end(inicio: datetime, fin: datetime | None, *, hora_sabida: bool) -> datetime:
    """Return the end that was told; where none was, `USUAL` after the start, without an hour the end of the start's day.

    State, default watch and phase go by this one rule.
    """
    if fin is not None:
        return fin
    if hora_sabida:
        return inicio + USUAL
    return datetime.combine(inicio.astimezone(MEXICO).date() + timedelta(days=1), time(), tzinfo=MEXICO)


def get(db: Database, number: int) -> Demonstration | None:
    """Return a demonstration by its number, or None."""
    return _one(db, f"{SELECT} WHERE id = ?", [number])


def by_uid(db: Database, uid: str) -> Demonstration | None:
    """Return the demonstration of a calendar's identifier, or None."""
    return _one(db, f"{SELECT} WHERE uid = ?", [uid])


def list_days(db: Database, first: date, last: date) -> list[Demonstration]:
    """Return those that begin on the days from `first` to `last`, cancelled ones too, in order of their start."""
    sql = f"{SELECT} WHERE dia BETWEEN ? AND ? ORDER BY inicio, id"
    return [read(row) for row in db.execute(sql, [first.isoformat(), last.isoformat()]).fetchall()]


def to_watch(db: Database, now: datetime) -> list[Demonstration]:
    """Return those that are watched at that moment, in order of their start; cancelled ones are not."""
    moment = utc_text(now)
    sql = f"{SELECT} WHERE vigilar_desde <= ? AND vigilar_hasta >= ? AND estado != '{CANCELLED}' ORDER BY inicio, id"
    return [read(row) for row in db.execute(sql, [moment, moment]).fetchall()]


def unfinished(db: Database, now: datetime) -> list[Demonstration]:
    """Return those that have begun by that moment and are neither over nor cancelled, or stand as if they had begun."""
    sql = f"{SELECT} WHERE estado IN ('prevista', 'en_curso') AND (inicio <= ? OR estado = 'en_curso') ORDER BY id"
    return [read(row) for row in db.execute(sql, [utc_text(now)]).fetchall()]


def insert(db: Database, values: Mapping[str, object], *, quien: str, now: datetime) -> int:
    """Write a new one from the values of `stored_values` and the rest of its columns; return its number."""
    names = [*values, "quien", "cuando"]
    marks = ", ".join("?" * len(names))
    sql = f"INSERT INTO movilizaciones ({', '.join(names)}) VALUES ({marks}) RETURNING id"
    row = db.execute(sql, [*values.values(), quien, utc_text(now)]).fetchone()
    return int(row[0])


def update(db: Database, number: int, values: Mapping[str, object]) -> None:
    """Write some columns, as `stored_value` gives them, and raise the version by one."""
    said = "".join(f"{name} = ?, " for name in values)
    db.execute(f"UPDATE movilizaciones SET {said}version = version + 1 WHERE id = ?", [*values.values(), number])


def stored_value(value: object) -> object:
    """Return a value of a `Demonstration` as its column holds it."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return json.dumps([_plain(item) for item in value], ensure_ascii=False) if isinstance(value, tuple) else value


def _plain(item: object) -> object:
    if isinstance(item, Point):
        return {"nombre": item.nombre, "latitud": item.latitud, "longitud": item.longitud}
    return item


def _one(db: Database, sql: str, params: Sequence[object]) -> Demonstration | None:
    row = db.execute(sql, params).fetchone()
    return read(row) if row else None


def read(row: Sequence[Any]) -> Demonstration:
    """Return the demonstration of a row of `SELECT`."""
    kept: dict[str, Any] = dict(zip(COLUMNS.split(", "), row, strict=True))
    for name in ("inicio", "fin", "vigilar_desde", "vigilar_hasta", "cuando"):
        kept[name] = datetime.fromisoformat(kept[name]) if kept[name] else None
    for name in ("convocantes", "fuentes"):
        kept[name] = tuple(json.loads(kept[name]))
    kept["recorrido"] = tuple(Point(**point) for point in json.loads(kept["recorrido"]))
    return Demonstration(**kept | {"dia": date.fromisoformat(kept["dia"]), "hora_sabida": bool(kept["hora_sabida"])})
