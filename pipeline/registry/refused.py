"""What people said of the sampled notes that the machine refused: rows of `muestra_rechazadas`."""

from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text


def answer(db: Database, noticia_id: int, *, was_finding: bool, quien: str, now: datetime) -> bool:
    """Write a person's answer inside the caller's transaction; False when the note is not of the sample or was answered."""
    done = db.execute(
        "UPDATE muestra_rechazadas SET era_hallazgo = ?, quien = ?, cuando = ? WHERE noticia_id = ? AND era_hallazgo IS NULL"
        " RETURNING noticia_id",
        [int(was_finding), quien, utc_text(now), noticia_id],
    )
    return bool(done.fetchall())
