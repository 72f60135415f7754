"""Pages as heavy as those of the press: five designs of the demonstration with the furniture that real sites carry."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from bench.texts import Story
from demo.outlets import Article, Outlet
from demo.pages import article_page

# Design, and the bytes that its pages weigh: the median of the five is 60 kB.
DESIGNS = (("tabla", 28_000), ("br", 42_000), ("wordpress", 60_000), ("semantico", 85_000), ("cajas", 140_000))
RELATED = 6
SCRIPT_SHARE, STYLE_SHARE = 0.45, 0.15  # of a page's furniture; the rest is menus and lists of other notes
PUBLISHED_EVERY = timedelta(minutes=20)  # so that a hundred notes lie within a day and a half


@dataclass(frozen=True)
class Site:
    """One outlet of the press: its articles in the order of its feed, newest first."""

    outlet: Outlet
    weight: int
    articles: tuple[Article, ...]


def sites(origins: Sequence[str], stories: Sequence[Story], now: datetime) -> list[Site]:
    """Return one outlet for each origin, the stories dealt out evenly among them."""
    per_outlet = len(stories) // len(origins)
    return [
        _site(number, origin, stories[number * per_outlet : (number + 1) * per_outlet], now)
        for number, origin in enumerate(origins)
    ]


def _site(number: int, origin: str, stories: Sequence[Story], now: datetime) -> Site:
    design, weight = DESIGNS[number % len(DESIGNS)]
    key = f"medio{number:02d}"
    outlet = Outlet(key, f"Diario Ensayo {number}", origin, "feed", "rss", design, "utf-8", "Prensa inventada", frozenset())
    articles = tuple(_article(outlet, place, story, now) for place, story in enumerate(stories))
    return Site(outlet, weight, articles)


def _article(outlet: Outlet, place: int, story: Story, now: datetime) -> Article:
    moment = (now - PUBLISHED_EVERY * (place + 1)).replace(microsecond=0)
    return Article(
        id=f"{outlet.id}-{place:04d}",
        medio_id=outlet.id,
        url=f"{outlet.sitio}/ciudad/nota-de-la-edicion-{outlet.id}-{place:04d}.html",
        titulo=story.titulo,
        resumen=story.parrafos[0][:180],
        parrafos=story.parrafos,
        autor="Redacción",
        seccion="Ciudad",
        moment=moment,
        adornos=frozenset({"lee_tambien", "pie_de_foto"}),
        gold={},
    )


def feed(site: Site) -> bytes:
    """Return the outlet's RSS feed."""
    items = "".join(
        f"<item><title>{escape(one.titulo)}</title><link>{one.url}</link><guid>{one.url}</guid>"
        f"<description>{escape(one.resumen)}</description><pubDate>{format_datetime(one.moment)}</pubDate></item>"
        for one in site.articles
    )
    head = f"<title>{escape(site.outlet.nombre)}</title><link>{site.outlet.sitio}/</link>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def page(site: Site, place: int) -> bytes:
    """Return the page of one article with its furniture, about as heavy as the outlet's design asks."""
    count = len(site.articles)
    others = [site.articles[(place + step) % count] for step in range(1, RELATED + 1)]
    bare = article_page(site.outlet, site.articles[place], others).decode()
    chance = random.Random(f"{site.outlet.id}-{place}")
    room = max(0, site.weight - len(bare))
    head = _style(int(room * STYLE_SHARE)) + _script(int(room * SCRIPT_SHARE), chance)
    lists = int(room * (1 - STYLE_SHARE - SCRIPT_SHARE))
    start, _, rest = bare.partition("</head>")
    body, _, end = rest.rpartition("</body>")
    return f"{start}{head}</head>{body}{_lists(lists, site, chance)}</body>{end}".encode()


def _style(size: int) -> str:
    rules = "".join(
        f".bloque-{n} .caja{{margin:{n % 9}px auto;padding:{n % 5}px;color:#{n % 4096:03x}}}\n" for n in range(size // 55 + 1)
    )
    return f"<style>{rules[:size]}</style>"


def _script(size: int, chance: random.Random) -> str:
    """Return scripts as sites carry them: half the state of the page as JSON, half code."""
    state = [{"id": chance.randrange(10**9), "seccion": "ciudad", "visto": False} for _ in range(size // 110)]
    code = "".join(f"window.capa.push(function(a){{return a+{chance.randrange(10**6)}}});\n" for _ in range(size // 100))
    return f"<script>window.estado={json.dumps(state)};</script>\n<script>{code}</script>"


def _lists(size: int, site: Site, chance: random.Random) -> str:
    """Return menus and lists of other notes in the markup of a widget each."""
    pieces, length = [], 0
    while length < size:
        other = chance.choice(site.articles)
        link = f'<a href="{other.url.removeprefix(site.outlet.sitio)}" class="enlace">{escape(other.titulo)}</a>'
        piece = (
            f'<li class="widget-item"><div class="miniatura"><img src="/img/{other.id}-300x200.jpg" width="300" height="200"'
            f' loading="lazy" alt=""></div><h4 class="widget-titulo">{link}</h4><span class="etiqueta">Ciudad</span></li>\n'
        )
        pieces.append(piece)
        length += len(piece)
    return f'<div class="sidebar widget-area"><ul class="relacionadas">{"".join(pieces)}</ul></div>'
