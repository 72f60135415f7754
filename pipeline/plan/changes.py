"""What people do to the plan: load a year's, say what was reached, undo an import. One transaction each, with its trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.plan.goals import Goal
from pipeline.plan.reached import Reached
from pipeline.registry import audit, plan
from pipeline.registry.audit import Change
from pipeline.registry.plan import Arrival
from pipeline.registry.transaction import writing
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError
from pipeline.review.naming import refuse_known_names

MOST = 1_000_000.0
MEASURED = {
    "monitoreo": "los días cubiertos y los registros",
    "base_ddhh": "las Bases instaladas",
    "base_mpi": "las Bases instaladas",
}
# Of a row that somebody told, what is not part of what was told.
AROUND = frozenset({"id", "quien", "cuando", "version"})


@dataclass(frozen=True)
class Taken:
    """How many rows of a file were new, changed and as they were; `numero` of the import, to undo it (None: none written)."""

    nuevas: int = 0
    cambiadas: int = 0
    iguales: int = 0
    numero: int | None = None
    aparte: tuple[str, ...] = ()

    def told(self, rehearsal: bool) -> str:
        """Return it in Spanish, with how to undo it."""
        lines = [f"Renglones nuevos: {self.nuevas}; cambiados: {self.cambiadas}; iguales: {self.iguales}."]
        lines += [f"No vienen en el archivo y se quedan: {', '.join(self.aparte)}."] if self.aparte else []
        lines += [f"Se deshace con «hallazgos plan deshacer {self.numero}»."] if self.numero else []
        lines += ["Fue un ensayo: no se escribió nada."] if rehearsal else []
        return "\n".join(lines)


def load_plan(db: Database, year: int, goals: Sequence[Goal], file: Arrival, hand: Hand) -> Taken:
    """Take a year's plan: indicators by key, new or written over. Those that the file lacks stay, and are named (`aparte`)."""
    if not 1900 <= year <= 9998:
        raise ReviewError(f"el año {year} queda fuera del calendario")
    with writing(db):
        lacking = tuple(key for key in plan.in_year(db, year) if key not in {goal.clave for goal in goals})
        return replace(_take(db, file, [{"anio": year, **goal.columns} for goal in goals], hand), aparte=lacking)


def take_reached(db: Database, told: Sequence[tuple[int, Reached]], file: Arrival, hand: Hand) -> Taken:
    """Take what a file says was reached, (line, what) each. Raises `ReviewError` with the lines that the plan refuses."""
    with writing(db):
        objections = [(line, _objection(db, each)) for line, each in told]
        errors = [f"{file.archivo}: línea {line}: {objection}" for line, objection in objections if objection]
        if errors:
            raise ReviewError("\n".join(errors))
        return _take(db, file, [_row(each) for _, each in told], hand)


def say_reached(db: Database, told: Reached, hand: Hand) -> None:
    """Say what was reached of an indicator in a quarter; `hand.version` is the one seen (0: nobody had said).

    Raises `ReviewError`, and `Conflict` when somebody said it meanwhile.
    """
    with writing(db):
        if error := _objection(db, told):
            raise ReviewError(error)
        kept = plan.find(db, "avances", told.key)
        _check_version(kept, told, hand)
        _write(db, "avances", _row(told), kept, hand)


def unsay_reached(db: Database, year: int, key: str, quarter: int, hand: Hand) -> None:
    """Take back what was said of an indicator in a quarter. Raises `ReviewError`, `Conflict`."""
    with writing(db):
        kept = plan.find(db, "avances", (year, key, quarter))
        if kept is None:
            raise ReviewError(f"{key}: de ese trimestre no hay nada dicho")
        _check_version(kept, Reached(year, quarter, key, 0), hand)
        plan.drop(db, "avances", (year, key, quarter))
        audit.record(db, Change("quitar", "avances", f"{year}/{key}/{quarter}", "alcanzado", kept["alcanzado"]), **_who(hand))


def undo_import(db: Database, number: int, hand: Hand) -> int:
    """Put back the rows that an import of the plan wrote, and return how many.

    Raises `ReviewError` when there is no such import, when it was undone, or when a row was changed after it.
    """
    with writing(db):
        found = plan.get_import(db, number)
        if found is None:
            raise ReviewError(f"no hay importación {number} del plan")
        if found.deshecha_en:
            raise ReviewError(f"la importación {number} ya se deshizo")
        for row in reversed(found.antes):
            _put_back(db, found.tipo, row, hand)
        plan.mark_undone(db, number, **_who(hand))
    return len(found.antes)


def _take(db: Database, file: Arrival, rows: Sequence[plan.Row], hand: Hand) -> Taken:
    pairs = [(row, plan.find(db, file.tipo, [row[column] for column in plan.KEYS[file.tipo]])) for row in rows]
    changed = [(row, kept) for row, kept in pairs if kept is None or _told(kept) != _told({**kept, **row})]
    new = sum(kept is None for _, kept in changed)
    counts = Taken(new, len(changed) - new, len(rows) - len(changed))
    if file.ensayo or not changed:
        return counts
    written = [_write(db, file.tipo, row, kept, hand) for row, kept in changed]
    return replace(counts, numero=plan.add_import(db, file, written, **_who(hand)))


def _write(db: Database, table: str, row: plan.Row, kept: plan.Row | None, hand: Hand) -> plan.Row:
    """Write one row with its lines in the trail; return what undo needs of it."""
    key = [row[column] for column in plan.KEYS[table]]
    if table == "avances":
        version = kept["version"] + 1 if kept else 1
        row = {**row, "quien": hand.quien, "cuando": utc_text(hand.now), "version": version}
        refuse_known_names(db, str(row["nota"]), f"{row['clave']}: la nota")
    plan.put(db, table, row)
    name = "/".join(map(str, key))
    for change in _changes(table, name, row, kept):
        audit.record(db, change, **_who(hand))
    return {"clave": key, "antes": kept, "despues": plan.find(db, table, key)}


def _changes(table: str, name: str, row: plan.Row, kept: plan.Row | None) -> Iterator[Change]:
    """Yield the trail's lines: a new row is one line, a changed one a line a column."""
    if kept is None:
        yield Change("alta", table, name, "alcanzado" if table == "avances" else "", None, row.get("alcanzado"))
        return
    for column, value in row.items():
        if column not in AROUND and kept[column] != value:
            yield Change("cambiar", table, name, column, kept[column], value)


def _put_back(db: Database, table: str, row: plan.Row, hand: Hand) -> None:
    key, name = row["clave"], "/".join(map(str, row["clave"]))
    before, present = row["antes"], plan.find(db, table, key)
    if present is None or _told(present) != _told(row["despues"]):
        raise ReviewError(f"{name}: alguien lo cambió después de la importación; no se deshizo nada")
    if before is None and table == "metas" and plan.has_reached(db, key[0], key[1]):
        raise ReviewError(f"{name}: ya tiene avances dichos; quítelos antes, o deshaga primero su importación")
    if before is None:
        plan.drop(db, table, key)
    else:
        plan.put(db, table, before | ({"version": present["version"] + 1} if table == "avances" else {}))
    audit.record(db, Change("deshacer", table, name), **_who(hand))


def _objection(db: Database, told: Reached) -> str:
    """Return why the plan does not admit this, an empty text when it does."""
    measured = plan.measured(db, told.anio, told.clave)
    if measured is None:
        return f"el plan de {told.anio} no tiene el indicador «{told.clave}»; cárguelo antes con «hallazgos plan cargar»"
    if measured != "a_mano":
        return f"{told.clave} no se dice a mano: se calcula de {MEASURED[measured]}"
    if max(told.alcanzado, told.programado or 0) > MOST or min(told.alcanzado, told.programado or 0) < 0:
        return f"{told.clave}: las cantidades van de 0 a {MOST:.0f}"
    return ""


def _check_version(kept: plan.Row | None, told: Reached, hand: Hand) -> None:
    version = kept["version"] if kept else 0
    if hand.version is not None and hand.version != version:
        raise Conflict(f"{told.clave}: alguien dijo su avance después de que usted abrió la página; vuelva a verlo", version)


def _row(told: Reached) -> plan.Row:
    return {
        "anio": told.anio,
        "clave": told.clave,
        "trimestre": told.trimestre,
        "alcanzado": told.alcanzado,
        "programado": told.programado,
        "nota": told.nota,
    }


def _told(row: plan.Row) -> plan.Row:
    return {column: value for column, value in row.items() if column not in AROUND}


def _who(hand: Hand) -> dict[str, Any]:
    return {"quien": hand.quien, "now": hand.now}
