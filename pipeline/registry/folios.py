"""Folios `H-AAAA-NNNNNN`: from a counter a year, never reused; the year in it is a label that nothing parses."""

from sqlite_utils import Database


def next_folio(db: Database, year: int) -> str:
    """Return the next folio inside the caller's transaction; a rolled back one is given again, a stored one never."""
    if not db.conn.in_transaction:
        raise RuntimeError("a folio is given inside the transaction that stores its finding")
    row = db.execute(
        "INSERT INTO contadores (nombre, valor) VALUES (?, 1)"
        " ON CONFLICT (nombre) DO UPDATE SET valor = valor + 1 RETURNING valor",
        [f"folio-{year}"],
    ).fetchone()
    return f"H-{year}-{row[0]:06d}"
