"""The invented outlets and their articles, as `data/medios.csv` and `data/articulos.jsonl` declare them."""

import csv
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

DATA = Path(__file__).parent / "data"
MEXICO = ZoneInfo("America/Mexico_City")
TRACKING = "?utm_source=rss&utm_medium=feed&utm_campaign=nacional"


@dataclass(frozen=True)
class Article:
    """One invented article. `moment` is its publication, aware; `gold` the whole record as the guide codes it."""

    id: str
    medio_id: str
    url: str
    titulo: str
    resumen: str
    parrafos: tuple[str, ...]
    autor: str
    seccion: str
    moment: datetime
    adornos: frozenset[str]
    gold: dict[str, Any]


@dataclass(frozen=True)
class Outlet:
    """One invented outlet: how it looks (`diseno`), how it announces (`lector`, `canal`) and its oddities (`rasgos`)."""

    id: str
    nombre: str
    sitio: str
    lector: str
    canal: str
    diseno: str
    codificacion: str
    lema: str
    rasgos: frozenset[str]

    def link(self, article: Article) -> str:
        """Return the address by which the outlet's feed or listing links the article."""
        if "canonica" in self.rasgos:
            return f"{self.sitio}/movil{urlsplit(article.url).path}"
        return article.url + TRACKING if "utm" in self.rasgos else article.url


def read_outlets() -> list[Outlet]:
    """Return the outlets in the order of `data/medios.csv`."""
    with (DATA / "medios.csv").open(encoding="utf-8", newline="") as stream:
        return [Outlet(rasgos=frozenset(row.pop("rasgos").split()), **row) for row in csv.DictReader(stream)]


def read_articles() -> list[Article]:
    """Return the articles in the order of `data/articulos.jsonl`."""
    lines = (DATA / "articulos.jsonl").read_text("utf-8").splitlines()
    return [_article(json.loads(line)) for line in lines]


def _article(record: dict[str, Any]) -> Article:
    moment = datetime.fromisoformat(f"{record['fecha_publicacion']}T{record['hora']}:00").replace(tzinfo=MEXICO)
    return Article(
        moment=moment,
        parrafos=tuple(record["texto"].split("\n\n")),
        adornos=frozenset(record["adornos"]),
        gold=record,
        **{name: record[name] for name in ("id", "medio_id", "url", "titulo", "resumen", "autor", "seccion")},
    )
