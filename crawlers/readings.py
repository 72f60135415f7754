"""What one answer of a source gives when it is read: links in the document's order, or the reason why there are none."""

from dataclasses import dataclass
from datetime import date, datetime

from crawlers.date_text import believed
from crawlers.fechas import stored
from crawlers.noticia import Enlace, Precision

VERSION_LECTOR = "1"  # rises when the same bytes may give other links
MAX_LINKS = 2_000  # of one feed or listing: the busiest outlet seen has 1,900 notes a week
# What libraries raise on bytes that are not what they take them for (seen in fuzzing); a reader turns it into a reason.
PARSER_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class FeedResult:
    """Links of a feed or a listing page. `motivo` is '' for a good read (an empty feed is one), else one line in Spanish."""

    enlaces: tuple[Enlace, ...] = ()
    motivo: str = ""


@dataclass(frozen=True)
class SitemapResult:
    """Links of a sitemap, newest first, and the child sitemaps of an index (`mapas`), newest first."""

    enlaces: tuple[Enlace, ...] = ()
    motivo: str = ""
    mapas: tuple[str, ...] = ()


def dated(moment: datetime | date | None, now: datetime | None) -> tuple[str | None, Precision]:
    """Return (`fecha`, `fecha_precision`) of a date as read; one in the future is not believed."""
    try:
        return stored(believed(moment, now))
    except OverflowError:
        return None, Precision.NINGUNA
