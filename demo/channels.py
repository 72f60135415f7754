"""How the outlets announce their articles: RSS 2.0, Atom, a listing page, a news sitemap behind an index."""

import gzip
from email.utils import format_datetime
from html import entities, escape

from demo.outlets import Article, Outlet
from demo.pages import listing_page

BROKEN_LINK = "/2026/11/23/galeria-la-lluvia-del-domingo/"
BROKEN_TITLE = "Galería: la lluvia del domingo en doce fotografías"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{title}</title>
<link>{site}/</link>
<description>{motto}</description>
<language>es-mx</language>
{items}
</channel>
</rss>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es-MX">
<title>{title}</title>
<subtitle>{motto}</subtitle>
<id>{site}/</id>
<link rel="self" href="{site}{channel}"/>
<updated>{updated}</updated>
{items}
</feed>
"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{items}
</urlset>
"""
INDEX = """<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{child}</loc></sitemap>
</sitemapindex>
"""
LETTERS = {code: f"&{name};" for code, name in entities.codepoint2name.items() if code > 127}


def feed(outlet: Outlet, articles: list[Article]) -> bytes:
    """Return the outlet's feed, newest first, in its encoding."""
    if outlet.lector == "atom":
        return _atom(outlet, articles)
    items = [_rss_item(outlet, article) for article in articles]
    if "enlace_roto" in outlet.rasgos:
        items.insert(1, f"<item><title>{BROKEN_TITLE}</title><link>{BROKEN_LINK}</link></item>")
    text = RSS.format(
        encoding=outlet.codificacion, title=outlet.nombre, site=outlet.sitio, motto=outlet.lema, items="\n".join(items)
    )
    return text.encode(outlet.codificacion)


def _rss_item(outlet: Outlet, article: Article) -> str:
    link, title = outlet.link(article), escape(article.titulo, quote=False)
    summary = escape(article.resumen, quote=False)
    if "relativos" in outlet.rasgos:  # such feeds also escape twice: the accents come as entities of HTML
        link = link.removeprefix(outlet.sitio)
        title, summary = (escape(text.translate(LETTERS), quote=False) for text in (article.titulo, article.resumen))
    content = ""
    if "contenido" in outlet.rasgos:
        body = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in article.parrafos)
        content = f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    return (
        f'<item><title>{title}</title><link>{escape(link)}</link><guid isPermaLink="false">{article.id}</guid>'
        f"<pubDate>{format_datetime(article.moment)}</pubDate><dc:creator>{escape(article.autor)}</dc:creator>"
        f"<category>{escape(article.seccion)}</category><description>{summary}</description>{content}</item>"
    )


def _atom(outlet: Outlet, articles: list[Article]) -> bytes:
    entries = [
        f"<entry><title>{escape(article.titulo, quote=False)}</title><id>{article.url}</id>"
        f'<link rel="alternate" type="text/html" href="{article.url}"/>'
        f"<published>{article.moment.isoformat()}</published><updated>{article.moment.isoformat()}</updated>"
        f"<author><name>{escape(article.autor)}</name></author>"
        f'<summary type="html">{escape(escape(article.resumen, quote=False))}</summary></entry>'
        for article in articles
    ]
    updated = articles[0].moment.isoformat() if articles else ""
    site = {"title": outlet.nombre, "motto": outlet.lema, "site": outlet.sitio, "channel": outlet.canal}
    return ATOM.format(updated=updated, items="\n".join(entries), **site).encode()


def listing(outlet: Outlet, articles: list[Article]) -> bytes:
    """Return the page that lists the outlet's articles among links of other kinds."""
    return listing_page(outlet, articles)


def sitemaps(outlet: Outlet, articles: list[Article]) -> tuple[bytes, str, bytes]:
    """Return the sitemap index, the address of its only child, and the child: a news sitemap, compressed."""
    child = f"{outlet.sitio}/sitemap-noticias.xml.gz"
    items = [
        f"<url><loc>{article.url}</loc><lastmod>{article.moment.isoformat()}</lastmod><news:news><news:publication>"
        f"<news:name>{outlet.nombre}</news:name><news:language>es</news:language></news:publication>"
        f"<news:publication_date>{article.moment.isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.titulo, quote=False)}</news:title></news:news></url>"
        for article in articles
    ]
    body = SITEMAP.format(items="\n".join(items)).encode()
    return INDEX.format(child=child).encode(), child, gzip.compress(body, mtime=0)
