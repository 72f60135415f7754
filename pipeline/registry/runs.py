"""Runs and sources: a run is opened, closed or found dead; the catalogue is laid into `fuentes`."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from crawlers.fuente import Fuente
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day

SOURCE_COLUMNS = ("id", "nombre", "tipo", "sitio", "rss", "seccion_url", "sitemap", "alta")


def sync_sources(db: Database, fuentes: Sequence[Fuente], now: datetime) -> None:
    """Lay the catalogue over `fuentes`: what left it stays, switched off; `alta` and what readings stored are kept."""
    names = ", ".join(SOURCE_COLUMNS)
    marks = ", ".join("?" for _ in SOURCE_COLUMNS)
    updates = ", ".join(f"{name} = excluded.{name}" for name in SOURCE_COLUMNS[1:-1])
    with writing(db):
        db.execute("UPDATE fuentes SET activa = 0")
        for fuente in fuentes:
            values = [getattr(fuente, name) for name in SOURCE_COLUMNS[:-1]]
            db.execute(
                f"INSERT INTO fuentes ({names}, activa, verificada_en) VALUES ({marks}, ?, ?)"
                f" ON CONFLICT (id) DO UPDATE SET {updates}, activa = excluded.activa,"
                " etag = iif(rss = excluded.rss, etag, NULL),"
                " ultima_modificacion = iif(rss = excluded.rss, ultima_modificacion, NULL),"
                " verificada_en = coalesce(excluded.verificada_en, verificada_en)",
                [*values, fuente.alta or mexico_day(now).isoformat(), int(fuente.activa), fuente.verificada_en or None],
            )


def open_run(db: Database, now: datetime, *, mode: str, version: str) -> int:
    """Open a run (`completo`, `solo_feeds` or `solo_fuentes`); earlier ones still `en_curso` are of dead processes."""
    with writing(db):
        db.execute("UPDATE corridas SET estado = 'interrumpida' WHERE estado = 'en_curso'")
        row = db.execute(
            "INSERT INTO corridas (inicio, dia, modo, version) VALUES (?, ?, ?, ?) RETURNING id",
            [utc_text(now), mexico_day(now).isoformat(), mode, version],
        ).fetchone()
    return int(row[0])


def close_run(db: Database, run_id: int, now: datetime, *, expected: Sequence[str] | None, findings: int) -> str:
    """Close a run and return its state: `completa` when every expected source was closed in it, failed ones too.

    `expected` is None for a run that was cut short.
    """
    rows = db.execute("SELECT fuente_id FROM corridas_fuentes WHERE corrida_id = ? AND cerrada = 1", [run_id])
    closed = {row[0] for row in rows.fetchall()}
    state = "completa" if expected is not None and set(expected) <= closed else "interrumpida"
    with writing(db):
        db.execute(
            "UPDATE corridas SET fin = ?, estado = ?, hallazgos_nuevos = ? WHERE id = ?",
            [utc_text(now), state, findings, run_id],
        )
    return state
