"""What people said of the sampled notes that the machine refused: rows of `muestra_rechazadas`."""

from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text


def answered(db: Database, noticia_id: int) -> tuple[bool, str, str] | None:
    """Return what was said of a note of the sample (whether it was a finding, by whom, when), None while nobody has."""
    sql = "SELECT era_hallazgo, quien, cuando FROM muestra_rechazadas WHERE noticia_id = ? AND era_hallazgo IS NOT NULL"
    row = db.execute(sql, [noticia_id]).fetchone()
    return (bool(row[0]), row[1], row[2]) if row else None


def take_back(db: Database, noticia_id: int) -> None:
    """Forget a person's answer inside the caller's transaction: the note is asked again."""
    sql = "UPDATE muestra_rechazadas SET era_hallazgo = NULL, quien = NULL, cuando = NULL WHERE noticia_id = ?"
    db.execute(sql, [noticia_id])


def answer(db: Database, noticia_id: int, *, was_finding: bool, quien: str, now: datetime) -> bool:
    """Write a person's answer inside the caller's transaction; False when the note is not of the sample or was answered."""
    done = db.execute(
        "UPDATE muestra_rechazadas SET era_hallazgo = ?, quien = ?, cuando = ? WHERE noticia_id = ? AND era_hallazgo IS NULL"
        " RETURNING noticia_id",
        [int(was_finding), quien, utc_text(now), noticia_id],
    )
    return bool(done.fetchall())
