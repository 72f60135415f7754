"""The publication date of a page: what counts, what never does, and how much of it is known."""

from datetime import UTC, datetime

import pytest

from crawlers.article import extract
from crawlers.noticia import Precision

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
URL = "https://pregonero.ejemplo/ciudad/nota-del-mercado"


def date_of(head: str = "", body: str = "<h1>Nota del mercado viejo</h1>", url: str = URL) -> tuple[str | None, Precision]:
    page = f"<html><head><title>Nota del mercado viejo</title>{head}</head><body>{body}<p>Texto.</p></body></html>"
    article = extract(page.encode(), url, now=NOW)
    return article.publicada_en, article.fecha_precision


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def published(value: str) -> str:
    return f'<meta property="article:published_time" content="{value}">'


def after_heading(inner: str) -> str:
    return f"<article><h1>Nota del mercado viejo</h1>{inner}</article>"


@pytest.mark.parametrize(
    "head",
    [
        ld('{"@type": "NewsArticle", "datePublished": "2026-11-23T10:00:00-06:00"}'),
        ld('{"@type": "NewsArticle", "datePublished": "2026-11-23T10:00:00"}'),  # no zone: Mexico City's
        ld('{"@type": ["Article"], "headline": "a\nb", "datePublished": "2026-11-23T16:00:00Z",}'),  # broken JSON
        ld('[{"@type": "WebSite"}, {"@graph": [{"@type": "NewsArticle", "datePublished": "2026-11-23T16:00:00Z"}]}]'),
        published("2026-11-23T16:00:00+00:00"),
        '<meta name="date" content="23/11/2026 10:00">',
        '<meta itemprop="datePublished" content="2026-11-23T10:00:00-0600">',
        '<meta name="pubdate" content="1795449600">',
    ],
)
def test_what_the_head_states(head):
    assert date_of(head) == ("2026-11-23T16:00:00Z", Precision.HORA)


@pytest.mark.parametrize(
    "body",
    [
        after_heading('<time datetime="2026-11-23T10:00:00-06:00">hace un día</time>'),
        after_heading("<time>23 de noviembre de 2026, 10:00 h</time>"),
        after_heading('<span class="fecha">Lunes 23 de noviembre de 2026 | 10:00 a. m.</span>'),
        after_heading('<p class="entry-date">Publicado: 23/11/2026 10:00 hrs. Actualizado: 24/11/2026 12:00</p>'),
        after_heading("<div class='x'>lunes 23 de noviembre de 2026, 10:00 h</div>"),
        after_heading("<font>Redacción | lunes 23 de noviembre de 2026, 10:00 horas</font>"),
        after_heading('<div itemprop="datePublished">2026-11-23 10:00</div>'),
    ],
)
def test_what_the_page_shows(body):
    assert date_of(body=body) == ("2026-11-23T16:00:00Z", Precision.HORA)


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        (published("2026-11-23"), "", URL),
        (published("2026-11-23T00:00:00-06:00"), "", URL),  # what a system writes when it knows only the day
        (published("2026-11-23T00:00:00Z"), "", URL),
        ("", after_heading('<span class="date">23 nov 2026</span>'), URL),
        ("", "", "https://pregonero.ejemplo/2026/11/23/nota-del-mercado"),
        ("", "", "https://pregonero.ejemplo/ciudad/20261123/nota"),
        ('<link rel="canonical" href="https://pregonero.ejemplo/2026/11/23/nota">', "", URL),
    ],
)
def test_a_bare_day_stays_a_bare_day(head, body, url):
    assert date_of(head, body, url) == ("2026-11-23", Precision.DIA)


def test_an_hour_elsewhere_completes_the_day_and_only_that_day():
    shown = after_heading('<time datetime="2026-11-23T10:00:00-06:00">ayer</time>')
    assert date_of(published("2026-11-23"), shown) == ("2026-11-23T16:00:00Z", Precision.HORA)
    assert date_of(published("2026-11-22"), shown) == ("2026-11-22", Precision.DIA)


def test_a_stale_summer_time_gives_way_to_the_same_clock_in_mexico_city():
    head = ld('[{"@type": "NewsArticle", "datePublished": "2026-07-06T12:34:38-05:00"},'
              ' {"@type": "WebPage", "datePublished": "2026-07-06T12:34:38-06:00"}]')  # fmt: skip
    assert date_of(head) == ("2026-07-06T18:34:38Z", Precision.HORA)


def test_of_several_articles_the_one_with_the_pages_title_counts():
    head = ld('{"@graph": [{"@type": "NewsArticle", "headline": "Otra cosa muy distinta", "datePublished": "2026-01-01"},'
              ' {"@type": "NewsArticle", "headline": "Nota del mercado viejo", "datePublished": "2026-11-23"}]}')  # fmt: skip
    assert date_of(head) == ("2026-11-23", Precision.DIA)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ('<meta property="article:modified_time" content="2026-11-23T10:00:00-06:00">', ""),
        (ld('{"@type": "NewsArticle", "dateModified": "2026-11-23"}'), ""),
        (published("2031-11-23T10:00:00-06:00"), ""),  # the future
        (published("hoy"), ""),
        ("", "<h1>Nota del mercado viejo</h1><footer>© 2026 El Pregonero, 23 de noviembre de 2026</footer>"),
        ("", "<div id='hoy'>Martes 24 de noviembre de 2026</div><h1>Nota del mercado viejo</h1>"),
        ("", "<h1>Nota del mercado viejo</h1><p>El 23 de noviembre de 2026 abrió el mercado.</p>"),
        ("", after_heading('<p class="updated date">23 de noviembre de 2026</p>')),
        ("", after_heading('<p class="date">Actualizado el 23 de noviembre de 2026</p>')),
        ("", after_heading('<aside><time datetime="2026-11-23">otra nota</time></aside>')),
        ("", after_heading('<div class="relacionadas"><time datetime="2026-11-23">otra nota</time></div>')),
    ],
)
def test_a_date_that_the_page_does_not_give_stays_missing(head, body):
    assert date_of(head, body or "<h1>Nota del mercado viejo</h1>") == (None, Precision.NINGUNA)


def test_a_future_date_gives_way_to_the_next_one():
    shown = after_heading('<time datetime="2026-11-23T10:00:00-06:00">ayer</time>')
    assert date_of(published("2062-11-23T10:00:00-06:00"), shown) == ("2026-11-23T16:00:00Z", Precision.HORA)
