"""When a page says it was published: read off what the page states, in falling order of trust; nothing is guessed.

Dates of modification, copyright years, dates inside the story and today's date never count. A bare day stays a bare day.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import html as lxml_html

from crawlers import jsonld
from crawlers.date_text import MONTHS, believed, parse_date
from crawlers.fechas import MEXICO
from crawlers.page_meta import heading_place, meta, read_canonical
from crawlers.text import squeeze

Moment = datetime | date
META_KEYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published",
    "publishdate", "publish-date", "publish_date", "published_date", "publication_date", "pubdate", "date.published",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dc.date.created", "article.published", "date", "fecha", "pub_date",
)  # fmt: skip
_ASIDE = "self::aside or self::footer or self::nav"
_DATED_CLASS = re.compile(
    r"(?:^|[-_\s])(?:date|dates|datetime|fecha|fechas|published|publish|pubdate|publicado|publicacion|time|hora|timestamp|"
    r"posted|entrydate|postdate|articledate|fechapub|fechanota)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"actualiza|modifica|updated|modified|[uú]ltima edici", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|&copy;|copyright|derechos reservados", re.IGNORECASE)
_RELATED = re.compile(r"relat|relacion|recomen|sidebar|widget|latest|popular|most|ultimas|mas-le|footer|comment", re.IGNORECASE)
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)"
    r"|/((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?=[/_-])"
)
_WRITTEN = re.compile(
    r"\d{1,2}\s*(?:de\s+|[/.-]\s*)?[a-záéíóú]{3,10}\.?\s*(?:del?\s+|[/.,-]\s*)?\d{4}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}"
    r"|[a-záéíóú]{3,10}\.?\s+\d{1,2},?\s+\d{4}",
    re.IGNORECASE,
)
DATE_WORDS = MONTHS.keys() | {
    "publicado", "publicada", "publicación", "actualizado", "actualizada", "actualización", "última", "modificado", "creado",
    "fecha", "hora", "el", "la", "de", "del", "a", "las", "los", "h", "hr", "hrs", "horas", "am", "pm", "m", "p", "y",
    "hace", "min", "minutos", "días", "por", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
    "gmt", "cst",
}  # fmt: skip
MAX_DATE_TEXT = 140  # characters of an element that is still a date line, not a paragraph


def read_date(
    tree: lxml_html.HtmlElement, found: list[dict[str, Any]], url: str, title: str, now: datetime | None
) -> Moment | None:
    """Return the publication date the page gives, or None. An hour given elsewhere for the same day completes a bare day."""
    stated = [_bare_midnight(moment) for moment in _candidates(tree, found, url, title) if believed(moment, now) is not None]
    first = next(iter(stated), None)
    if isinstance(first, datetime):
        return _right_zone(first, stated)
    hours = (moment for moment in stated if isinstance(moment, datetime) and _day(moment) == first)
    return next(hours, first)


def _right_zone(first: datetime, stated: list[Moment]) -> datetime:
    """Return the twin of `first` with the same clock in Mexico City's offset of that day: a stale summer time is usual."""
    clock = first.replace(tzinfo=None)
    twins = [other for other in stated if isinstance(other, datetime) and other.tzinfo and other.replace(tzinfo=None) == clock]
    return next((other for other in twins if other.utcoffset() == clock.replace(tzinfo=MEXICO).utcoffset()), first)


def _candidates(tree: lxml_html.HtmlElement, found: list[dict[str, Any]], url: str, title: str) -> Iterator[Moment]:
    """Yield every date the page states as its own, the most trusted first."""
    pages = [node for node in found if jsonld.kinds(node) & {"webpage", "itempage"}]
    for node in (*jsonld.article_nodes(found, title), *pages):
        yield from _read(jsonld.text_of(node.get("datePublished")) or jsonld.text_of(node.get("dateCreated")))
    for key in META_KEYS:
        yield from _read(meta(tree, key))
    yield from _itemprops(tree)
    yield from _near_heading(tree, title)
    yield from url_day(url)
    yield from url_day(read_canonical(tree, url) or "")


def _read(text: str) -> Iterator[Moment]:
    """Yield the date of a text, if it is one; seconds since 1970 too."""
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        yield datetime.fromtimestamp(int(text[:10]), UTC)
    elif moment := parse_date(text):
        yield moment


def _bare_midnight(moment: Moment) -> Moment:
    """Return the bare day of a moment written 00:00:00, in whatever zone: systems write it when they know only the day."""
    if isinstance(moment, datetime) and not (moment.hour or moment.minute or moment.second):
        return moment.date()
    return moment


def _day(moment: datetime) -> date:
    """Return the Mexico City day, or the day as written when there is no zone."""
    return moment.astimezone(MEXICO).date() if moment.tzinfo else moment.date()


def _itemprops(tree: lxml_html.HtmlElement) -> Iterator[Moment]:
    """Yield `itemprop="datePublished"` that stands on something else than a `<meta>`."""
    for element in tree.xpath("//*[@itemprop='datePublished' and not(self::meta)]")[:3]:
        yield from _read(element.get("datetime") or element.get("content") or squeeze(element.text_content())[:MAX_DATE_TEXT])


def _short(element: lxml_html.HtmlElement) -> str:
    """Return an element's text if it can be a date line, else '' (read no further than it must be)."""
    pieces, size = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > MAX_DATE_TEXT * 2:
            return ""
    text = squeeze(" ".join(pieces))
    return text if len(text) <= MAX_DATE_TEXT else ""


def is_date_line(text: str, others: int = 5) -> bool:
    """Tell whether a line is a written date with its usual words, and at most `others` capitalised ones more (the byline).

    True: `sábado 21 de noviembre de 2026, 21:50 h`, `Redacción | viernes 20 de noviembre de 2026`. False: a sentence.
    """
    if len(text) > MAX_DATE_TEXT or not _WRITTEN.search(text):
        return False
    rest = [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() not in DATE_WORDS]
    return len(rest) <= others and not any(word[0].islower() for word in rest)


def _kept_apart(element: lxml_html.HtmlElement) -> bool:
    """Tell whether the element stands in something that is not the article: an aside, a footer, a list of other notes."""
    for up in (element, *element.iterancestors()):
        if up.tag in ("aside", "footer", "nav", "li") or _RELATED.search(f"{up.get('class') or ''} {up.get('id') or ''}"):
            return up.tag not in ("body", "html", "article", "main")
    return False


def _near_heading(tree: lxml_html.HtmlElement, title: str) -> Iterator[Moment]:
    """Yield the dates of the lines around the article's heading: `<time>`, or an element whose class says date."""
    order = list(tree.iter("*"))
    heading = heading_place(order, title)
    if heading is None:
        return
    near = order[max(0, heading - 40) : heading + 120]
    under = set(order[heading + 1 : heading + 16])
    near.sort(key=lambda element: element.tag != "time")
    for element in near:
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        dated = element.tag == "time" or _DATED_CLASS.search(label)
        if not dated and element not in under:
            continue
        text = _short(element)
        if not dated and not is_date_line(text):
            continue
        if not (text or element.tag == "time") or _CHANGED.search(label) or _COPYRIGHT.search(text) or _kept_apart(element):
            continue
        yield from _line(element, text)


def _line(element: lxml_html.HtmlElement, text: str) -> Iterator[Moment]:
    """Yield the date of one date line: its `datetime`, else what is written before any word of updating."""
    before = _CHANGED.split(text)[0]
    if element.tag == "time" and element.get("datetime") and (before or not text):
        yield from _read(element.get("datetime") or "")
    elif written := _WRITTEN.search(before):
        yield from _read(before[written.start() :])


def url_day(url: str) -> Iterator[date]:
    """Yield the day in the address: `/2026/11/23/`, `/2026-11-23/`, `/20261123/`."""
    match = _URL_DAY.search(urlsplit(url).path)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            yield date(year, month, day)
        except ValueError:
            return
