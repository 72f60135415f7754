"""Rows and records for tests, with invented people and outlets: every function gives something whole, changed by keywords."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawlers.fuente import Fuente
from crawlers.noticia import Enlace, Lector, Lectura, Noticia, Precision, TextoOrigen
from nlp.etiquetas import Etiquetas, Lugar, Pasaje, Victima
from pipeline.registry.connection import open_registry
from pipeline.registry.noticias import insert_noticia, save_etiquetas
from pipeline.registry.runs import open_run, sync_sources

NOW = datetime(2026, 5, 10, 12, 0, tzinfo=UTC)  # 06:00 in Mexico City
TAGGER = "prueba-1"


class Ticking:
    """A clock that a test moves."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


def fuente(clave: str = "faro", **changes: object) -> Fuente:
    base = Fuente(
        id=clave,
        nombre=f"El {clave.title()}",
        tipo="medio_local",
        sitio=f"https://{clave}.ejemplo/",
        rss=f"https://{clave}.ejemplo/rss.xml",
    )
    return replace(base, **changes)


def registry(folder: Path, *fuentes: Fuente) -> Database:
    """A new registry with the sources (two by default) in it."""
    db = open_registry(folder / "registro.db")
    sync_sources(db, fuentes or (fuente("faro"), fuente("voz")), NOW)
    return db


def run_id(db: Database, now: datetime = NOW) -> int:
    return open_run(db, now, mode="completo", version="0")


def enlace(nombre: str = "uno", clave: str = "faro", **changes: object) -> Enlace:
    url = f"https://{clave}.ejemplo/{nombre}"
    base = Enlace(
        url=f"{url}?utm_source=canal",
        url_normalizada=url,
        fuente_id=clave,
        lector=Lector.FEED,
        titulo=f"Título {nombre}",
        resumen=f"Resumen de {nombre}",
        contenido="",
        fecha="2026-05-10T10:00:00Z",
        fecha_precision=Precision.HORA,
        captura="captura/2026/x.warc.gz#0",
    )
    return replace(base, **changes)


def lectura(*enlaces: Enlace, clave: str = "faro", **changes: object) -> Lectura:
    url = f"https://{clave}.ejemplo/rss.xml"
    base = Lectura(fuente_id=clave, lector=Lector.FEED, url=url, estado=200, enlaces=enlaces, etag='"a1"', huella="h1")
    return replace(base, **changes)


def noticia(nombre: str = "uno", clave: str = "faro", **changes: object) -> Noticia:
    base = Noticia(
        url=f"https://{clave}.ejemplo/{nombre}",
        url_canonica=f"https://{clave}.ejemplo/{nombre}",
        fuente_id=clave,
        titulo=f"Título {nombre}",
        texto=f"Texto de la noticia {nombre}.",
        texto_origen=TextoOrigen.PAGINA,
        autor="",
        publicada_en="2026-05-10T10:00:00Z",
        fecha_precision=Precision.HORA,
        capturada_en="2026-05-10T12:00:00Z",
        sha256="0" * 64,
        captura="captura/2026/x.warc.gz#100",
        version_extractor="prueba",
    )
    return replace(base, **changes)


def etiquetas(*nombres: str, **changes: object) -> Etiquetas:
    """Tags of a journalist beaten by police in the city; `nombres` are the victims."""
    base = Etiquetas(
        relevante=True,
        nota="hecho_nuevo",
        clase="agresion",
        victima=("periodista",),
        agresion=("fisica",),
        modalidad=("ataque_fisico",),
        agresor=("fuerza_publica",),
        lugar=Lugar("si", "cuauhtemoc", "cdmx"),
        victimas=tuple(Victima(nombre, "periodista", "indeterminado") for nombre in nombres),
        fecha_hecho="2026-05-09",
        confianza=0.9,
        vinculo="probable",
        ambito="hecho_en_cdmx",
        resumen="Ataque físico contra una periodista en Cuauhtémoc.",
        pasajes=(Pasaje("modalidad", "ataque_fisico", "texto", 0, 5, "Texto", "regla_golpes"),),
    )
    return replace(base, **changes)


def tagged(db: Database, nota: Noticia, tags: Etiquetas) -> int:
    """Store a tagged noticia; return its id."""
    with db.atomic():
        noticia_id = insert_noticia(db, nota)
    assert save_etiquetas(db, noticia_id, 1, tags, TAGGER)
    return noticia_id


def rows(db: Database, sql: str, *values: object) -> list[tuple]:
    return db.execute(sql, list(values)).fetchall()
