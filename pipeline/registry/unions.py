"""Which notes tell which finding, as people say: notes moved between findings, and pairs decided together or apart."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry import custody
from pipeline.registry.findings import folio_of

TOGETHER, APART = "juntas", "aparte"
FIRST_SQL = """
SELECT hn.noticia_id FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
WHERE hn.folio = ? ORDER BY hn.papel <> 'primera', coalesce(n.publicada_en, n.capturada_en), n.url_canonica LIMIT 1
"""


def note_ids(db: Database, folio: str) -> list[int]:
    """Return the notes that tell the finding."""
    found = db.execute("SELECT noticia_id FROM hallazgos_noticias WHERE folio = ? ORDER BY noticia_id", [folio]).fetchall()
    return [row[0] for row in found]


def decide_pairs(db: Database, a: Iterable[int], b: Iterable[int], decision: str, *, quien: str, now: datetime) -> None:  # noqa: PLR0913 - a row's columns
    """Write that every note of `a` and every one of `b` belong `juntas` or `aparte`, inside the caller's transaction."""
    db.conn.executemany(
        "INSERT INTO decisiones_union (noticia_a, noticia_b, decision, quien, cuando) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (noticia_a, noticia_b) DO UPDATE SET decision = excluded.decision, quien = excluded.quien,"
        " cuando = excluded.cuando WHERE decision <> excluded.decision",
        [(min(one, two), max(one, two), decision, quien, utc_text(now)) for one, two in product(a, b) if one != two],
    )


def move_notes(  # noqa: PLR0913 - a line of custody says who and when
    db: Database, noticias: Sequence[int], into: str, *, decision: str, quien: str, now: datetime
) -> None:
    """Put notes into a finding inside the caller's transaction; their reasons say since then from where and by which decision.

    The one that opened the finding they leave is a replica in the other; both findings keep one `primera`.
    """
    left = {folio_of(db, noticia_id) for noticia_id in noticias}
    for noticia_id in noticias:
        sql = "SELECT folio, papel, razones FROM hallazgos_noticias WHERE noticia_id = ?"
        folio, papel, razones = db.execute(sql, [noticia_id]).fetchone()
        reasons = json.loads(razones) | {"decision": decision, "de": folio}
        db.execute(
            "UPDATE hallazgos_noticias SET folio = ?, papel = ?, razones = ? WHERE noticia_id = ?",
            [
                into,
                "replica" if papel == "primera" else papel,
                json.dumps(reasons, ensure_ascii=False),
                noticia_id,
            ],
        )
        custody.moved(db, [noticia_id], folio, quien=quien, now=now)
    for folio in (into, *left):
        ensure_first(db, str(folio))
    news_follow(db, noticias)


def news_follow(db: Database, noticias: Sequence[int]) -> None:
    """Let what notes told of their finding, seen or not, stand at the one that they tell now."""
    for noticia_id in noticias:
        db.execute(
            "UPDATE novedades SET folio = (SELECT folio FROM hallazgos_noticias WHERE noticia_id = :id) WHERE noticia_id = :id",
            {"id": noticia_id},
        )


def ensure_first(db: Database, folio: str) -> None:
    """Make the earliest note of a finding its `primera` when it has none."""
    first = db.execute(FIRST_SQL, [folio]).fetchone()
    if first:
        db.execute("UPDATE hallazgos_noticias SET papel = 'primera' WHERE noticia_id = ?", [first[0]])


def keep_earliest(db: Database, folio: str, into: str) -> None:
    """Give a finding the earlier `fecha_registro` of the two, inside the caller's transaction."""
    db.execute(
        "UPDATE hallazgos SET fecha_registro = min(fecha_registro, (SELECT fecha_registro FROM hallazgos WHERE folio = ?))"
        " WHERE folio = ?",
        [folio, into],
    )
