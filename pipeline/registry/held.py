"""Everything the registry holds on a person, cell by cell, in whatever table: the schema says which there are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from pipeline.privacy.forms import COVER, IN_ADDRESS, Forms
from pipeline.privacy.hints import Hints
from pipeline.registry import covering
from pipeline.registry.erased import MARK, stand_in

OURS = ("arco_", "sqlite_", "_sqlite")
# What grows only, or is kept from a file that is mended elsewhere: a name in it is told, never covered.
TOLD_ONLY = frozenset({"bitacora", "custodia", "cierres", "fuentes", "respuestas", "corridas", "corridas_fuentes", "lecturas"})
BY_ITSELF = frozenset({"personas", "victimas", "claves_union", "deshacer"})  # not covered word by word: see `erasing`
MADE = frozenset({"claves_union", "deshacer", "pasajes", "custodia", "corridas", "corridas_fuentes", "respuestas", "fuentes"})
NOT_ALONE = frozenset({"hallazgos"})  # its places share words with surnames
ADDRESSES = frozenset({"url", "url_canonica", "url_normalizada"})
TIES = {"folio": "folio IN (SELECT value FROM temp.arco_folios)"}
NOTE_TABLES = ("noticias", "noticias_versiones", "pasajes", "enlaces")
NOTE_TIES = "{} IN (SELECT value FROM temp.arco_notas)"


@dataclass(frozen=True)
class Cell:
    """One value of a row that tells of the person; `tied`: the row is of a finding or noticia of theirs."""

    tabla: str
    fila: int
    columna: str
    valor: str
    tied: bool


@dataclass(frozen=True)
class Subject:
    """Who it is about: rows of `personas`, every name they are known by, their findings and noticias.

    `archivos`: the capture files in which they stand; None: any.
    """

    ids: tuple[int, ...]
    forms: Forms
    folios: tuple[str, ...] = ()
    notas: tuple[int, ...] = field(default=())
    archivos: frozenset[str] | None = None


def tables(db: Database) -> dict[str, list[str]]:
    """Return table → its text columns, of every table with row numbers but the indexes and ours."""
    found = {}
    for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
        if name.startswith(OURS) or "_fts" in name or "WITHOUT ROWID" in sql.upper():
            continue
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})").fetchall() if row[2].upper() == "TEXT"]
        if columns:
            found[name] = columns
    return found


def gathered(db: Database, ids: Sequence[int], forms: Forms) -> Subject:
    """Return the person with their findings, and the noticias that name them or tell those findings."""
    _install(db, forms)
    marks = ", ".join("?" * len(ids))
    own = f"SELECT DISTINCT folio FROM victimas WHERE persona_id IN ({marks}) ORDER BY folio"
    folios = tuple(row[0] for row in db.execute(own, list(ids)).fetchall())
    _fill(db, "arco_folios", folios)
    naming = (
        "SELECT id FROM noticias WHERE arco_nombra(titulo) OR arco_nombra(texto) OR arco_nombra(autor)"
        " OR arco_nombra(etiquetas) OR arco_nombra(url)"
        " UNION SELECT noticia_id FROM noticias_versiones WHERE arco_nombra(titulo) OR arco_nombra(texto)"
        " UNION SELECT noticia_id FROM hallazgos_noticias WHERE folio IN (SELECT value FROM temp.arco_folios) ORDER BY 1"
    )
    notas = tuple(row[0] for row in db.execute(naming).fetchall())
    _fill(db, "arco_notas", notas)
    return Subject(tuple(ids), forms, folios, notas)


def of_notes(db: Database, forms: Forms, notas: Sequence[int]) -> Subject:
    """Return a person as some noticias alone name them, with the capture files in which these and their links were read."""
    _install(db, forms)
    _fill(db, "arco_folios", ())
    _fill(db, "arco_notas", notas)
    sql = f"SELECT captura FROM enlaces WHERE {NOTE_TIES.format('noticia_id')} AND captura LIKE '%#%'"
    found = {row[0] for row in db.execute(sql).fetchall()} | covering.references(db, notas)
    return Subject((), forms, (), tuple(notas), frozenset(one.partition("#")[0] for one in found))


def note_cells(db: Database) -> Iterator[Cell]:
    """Yield every cell of the noticias of `of_notes`, and of what hangs from them, that holds a word of the names."""
    for table, columns in tables(db).items():
        if table in NOTE_TABLES:
            yield from _cells_of(db, table, columns, tied_only=True)


def _install(db: Database, forms: Forms) -> None:
    whole, part = forms.whole, forms.part
    db.conn.create_function("arco_nombra", 1, lambda text: int(isinstance(text, str) and bool(whole.search(text))))
    db.conn.create_function("arco_toca", 1, lambda text: int(isinstance(text, str) and bool(part.search(text))))


def _fill(db: Database, name: str, values: Sequence[object]) -> None:
    db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (value PRIMARY KEY)")
    with db.atomic():  # else the transaction that these open would stay open
        db.execute(f"DELETE FROM temp.{name}")
        db.conn.executemany(f"INSERT INTO temp.{name} VALUES (?)", [(value,) for value in values])


def cells(db: Database, subject: Subject) -> Iterator[Cell]:
    """Yield every cell that holds a word of the person's names in their rows, or names them elsewhere."""
    for table, columns in tables(db).items():
        yield from _cells_of(db, table, columns)


def _cells_of(db: Database, table: str, columns: Sequence[str], *, tied_only: bool = False) -> Iterator[Cell]:
    everything = [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()]
    tie = _tie(table, everything)
    for column in columns:
        tied_word = f"({tie}) AND arco_toca({column})" if tie else "0"
        found = tied_word if tied_only else f"arco_nombra({column}) OR ({tied_word})"
        for number, value, tied in db.execute(
            f"SELECT rowid, {column}, {tie or 0} FROM {table} WHERE {column} <> '' AND ({found})"
        ).fetchall():
            yield Cell(table, number, column, value, bool(tied))


def hinted(db: Database, hints: Hints) -> Iterator[tuple[Cell, str]]:
    """Yield every cell that may mean the person without naming them, and why; what the machine makes of texts left out."""
    db.conn.create_function("arco_quiza", 1, lambda text: hints.why(text) if isinstance(text, str) else "")
    for table, columns in tables(db).items():
        for column in columns if table not in MADE else ():
            sql = f"SELECT rowid, {column}, arco_quiza({column}) AS porque FROM {table} WHERE {column} <> '' AND porque <> ''"
            for number, value, why in db.execute(sql).fetchall():
                yield Cell(table, number, column, value, tied=False), why


def _tie(table: str, columns: Sequence[str]) -> str:
    """Return the condition under which a row of a table is the person's; '' where single words never tell."""
    if table in TOLD_ONLY | BY_ITSELF | NOT_ALONE:
        return ""
    ways = [TIES["folio"]] if "folio" in columns else []
    ways += [NOTE_TIES.format("noticia_id")] if "noticia_id" in columns else []
    ways += [NOTE_TIES.format("id")] if table == "noticias" else []
    return " OR ".join(ways)


def covered_value(cell: Cell, forms: Forms) -> str:
    """Return what a cell holds once covered."""
    if cell.columna in ADDRESSES:
        if cell.valor.startswith(MARK):
            return cell.valor
        told = forms.cell(cell.valor, tied=cell.tied, fill=IN_ADDRESS)
        return cell.valor if told == cell.valor else stand_in(cell.valor, told)
    return forms.cell(cell.valor, tied=cell.tied, fill=COVER)


def spans(cell: Cell, forms: Forms) -> list[tuple[int, int]]:
    """Return where a cell names the person."""
    return [found.span() for found in re.finditer(forms.whole, cell.valor)]
