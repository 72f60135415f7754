"""The press of an invented 8 March as a folder of captures that grows while the day goes on."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from marchas import EVERY
from prensa_minima import write

from crawlers.fuente import Fuente, write_catalogue

PAGE = """<html lang="es"><head><title>{title}</title><link rel="canonical" href="{url}">
<meta property="article:published_time" content="{moment}"></head>
<body><article><h1>{title}</h1><p>{text}</p><p>{filler}</p></article></body></html>"""
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{host}</title><link>https://{host}/</link>
{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{url}</link><pubDate>{moment}</pubDate></item>"
HOSTS = ("faro.ejemplo", "voz.ejemplo")


@dataclass
class Press8M:
    """Two outlets; `off` cuts the network: every address answers as a machine without it would, 404."""

    folder: Path
    items: dict[str, list[str]] = field(default_factory=lambda: {host: [] for host in HOSTS})
    index: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def captures(self) -> Path:
        """The folder that `--reproducir` is given."""
        return self.folder / "prensa"

    @property
    def sources(self) -> list[Fuente]:
        """The outlets as the catalogue has them."""
        return [
            Fuente(host[:4].rstrip("."), host, "medio_local", f"https://{host}/", rss=f"https://{host}/rss.xml")
            for host in HOSTS
        ]

    def publish(self, host: str, name: str, when: datetime) -> None:
        """Put a note of `EVERY` on an outlet."""
        _, title, text = EVERY[name]
        url = f"https://{host}/{name}"
        page = PAGE.format(
            title=title, url=url, moment=when.isoformat(), text=text, filler=f"Así lo contó {host} en su edición de ese día."
        )
        self.captures.mkdir(parents=True, exist_ok=True)
        (self.captures / f"{host}-{name}.html").write_text(page, "utf-8")
        self.index.append((url, f"{host}-{name}.html", "text/html; charset=utf-8", "200"))
        self.items[host].insert(0, ITEM.format(title=title, url=url, moment=format_datetime(when)))
        self.on()

    def on(self) -> None:
        """Answer what was published."""
        rows = list(self.index)
        for host, items in self.items.items():
            (self.captures / f"{host}.xml").write_text(RSS.format(host=host, items="".join(items)), "utf-8")
            rows.append((f"https://{host}/rss.xml", f"{host}.xml", "application/rss+xml", "200"))
        write(self.captures / "indice.csv", [("url", "archivo", "tipo", "estado"), *rows])

    def off(self) -> None:
        """Answer nothing."""
        write(self.captures / "indice.csv", [("url", "archivo", "tipo", "estado")])

    def catalogue(self) -> Path:
        """Write the catalogue; return its path."""
        path = self.folder / "fuentes.csv"
        write_catalogue(path, self.sources)
        return path
