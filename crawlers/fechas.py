"""Publication dates: what the registry stores and the Mexico City day it stands for. A missing date stays missing."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from crawlers.noticia import Precision

MEXICO = ZoneInfo("America/Mexico_City")


def utc_text(moment: datetime) -> str:
    """Return an aware `moment` as stored: UTC `AAAA-MM-DDTHH:MM:SSZ`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stored(moment: datetime | date | None) -> tuple[str | None, Precision]:
    """Return (`publicada_en`, `fecha_precision`) of a date as read; a naive hour is one of Mexico City, a bare day stays."""
    if moment is None:
        return None, Precision.NINGUNA
    if isinstance(moment, datetime):
        aware = moment if moment.tzinfo else moment.replace(tzinfo=MEXICO)
        return utc_text(aware), Precision.HORA
    return moment.isoformat(), Precision.DIA


def local_day(text: str | None) -> str | None:
    """Return the Mexico City day (`AAAA-MM-DD`) of a stored date: a bare day is not moved, an hour without zone is local."""
    if not text or len(text) == 10:
        return text or None
    moment = datetime.fromisoformat(text)
    return (moment.astimezone(MEXICO) if moment.tzinfo else moment).date().isoformat()
