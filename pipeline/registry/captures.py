"""Which captures the rows name, listed aside in a temporary table on disk: a whole store is checked in little memory."""

from sqlite_utils import Database

FILE, OFFSET = "substr({0}, 1, instr({0}, '#') - 1)", "CAST(substr({0}, instr({0}, '#') + 1) AS INTEGER)"
NAMED_BY = ("noticias", "noticias_versiones", "enlaces", "custodia")


def list_named(db: Database) -> None:
    """List every capture that a row names; nothing of the registry itself is written."""
    db.execute("DROP TABLE IF EXISTS temp.nombradas")
    db.execute("CREATE TEMP TABLE nombradas (nombre TEXT, lugar INTEGER, PRIMARY KEY (nombre, lugar)) WITHOUT ROWID")
    with db.atomic():
        for table in NAMED_BY:
            db.execute(
                f"INSERT OR IGNORE INTO temp.nombradas SELECT {FILE.format('captura')}, {OFFSET.format('captura')}"
                f" FROM {table} WHERE captura LIKE '%#%'"
            )


def named_in(db: Database, file: str) -> set[int]:
    """Return the offsets in a capture file (its path as rows have it) that `list_named` found."""
    return {row[0] for row in db.execute("SELECT lugar FROM temp.nombradas WHERE nombre = ?", [file])}


def is_named(db: Database, file: str, offset: int) -> bool:
    """Tell whether a row names that capture."""
    return bool(db.execute("SELECT 1 FROM temp.nombradas WHERE nombre = ? AND lugar = ?", [file, offset]).fetchone())


def untold(db: Database) -> list[tuple[str, int, int]]:
    """Return (folio, noticia, version) of the captures of findings of which the log of custody tells nothing."""
    of_finding = (
        "SELECT hn.folio, n.id, {version} FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id {join}"
    )
    nothing = "NOT EXISTS (SELECT 1 FROM custodia AS c WHERE c.noticia_id = n.id AND c.version = {version})"
    current = (
        f"{of_finding.format(version='n.version', join='')} WHERE n.captura <> '' AND {nothing.format(version='n.version')}"
    )
    join = "JOIN noticias_versiones AS v ON v.noticia_id = n.id"
    earlier = f"{of_finding.format(version='v.n', join=join)} WHERE v.captura <> '' AND {nothing.format(version='v.n')}"
    return [tuple(row) for row in db.execute(f"{current} UNION ALL {earlier} ORDER BY 2, 3").fetchall()]


def told_otherwise(db: Database) -> list[tuple[str, int, int]]:
    """Return (folio, noticia, version) of the captures of findings whose digest is not the one that the log says it has."""
    told = (
        "SELECT c.folio, c.noticia_id, c.version FROM custodia AS c JOIN {row} WHERE c.sha256 <> ''"
        " AND c.accion IN ('inventario', 'ingreso', 'version') AND {digest} <> c.sha256"
        " AND NOT EXISTS (SELECT 1 FROM custodia AS t WHERE t.noticia_id = c.noticia_id AND t.version = c.version"
        " AND t.id > c.id AND t.accion IN ('supresion', 'bloqueo', 'desbloqueo') AND t.sha256 = {digest})"
    )
    current = told.format(row="noticias AS n ON n.id = c.noticia_id AND n.version = c.version", digest="n.sha256")
    join = "noticias_versiones AS v ON v.noticia_id = c.noticia_id AND v.n = c.version"
    earlier = told.format(row=join, digest="v.sha256")
    return [tuple(row) for row in db.execute(f"{current} UNION {earlier} ORDER BY 2, 3").fetchall()]


def known_runs(db: Database) -> frozenset[int]:
    """Return the numbers of the runs that the registry knows; 0 stands for what is captured outside runs."""
    return frozenset(row[0] for row in db.execute("SELECT id FROM corridas")) | {0}
