"""What the crawl passes on: links seen in a source, the article behind a link, and the fates a link can have."""

from dataclasses import dataclass
from enum import StrEnum

UNCHANGED = 304  # the HTTP status


class Destino(StrEnum):
    """The fate of a link in a run: exactly one each, counted in `corridas_fuentes` (design, principle 7)."""

    NUEVA = "nueva"
    VERSION = "version"
    CONOCIDA = "conocida"
    SIN_TEXTO = "sin_texto"
    FUERA_DE_FECHA = "fuera_de_fecha"
    RECHAZADA = "rechazada"
    ERROR = "error"
    PENDIENTE = "pendiente"


class TextoOrigen(StrEnum):
    """Where a noticia's text comes from; `feed` and `titulo` stand in where the page gives none (principle 9)."""

    PAGINA = "pagina"
    FEED = "feed"
    TITULO = "titulo"
    MANUAL = "manual"


class Precision(StrEnum):
    """How much of a publication date is known: `hora` (UTC second), `dia` (the bare day as printed), `ninguna`."""

    HORA = "hora"
    DIA = "dia"
    NINGUNA = "ninguna"


class Lector(StrEnum):
    """Which of a source's readers gave a link."""

    FEED = "feed"
    SECCION = "seccion"
    MAPA = "mapa"


@dataclass(frozen=True)
class Enlace:
    """A link as a source's reader gave it.

    `fecha` follows `fecha_precision`: UTC `AAAA-MM-DDTHH:MM:SSZ`, the bare day, or None. `resumen` and `contenido` are plain
    text. `captura` is the WARC reference (`RUTA#OFFSET`) of the answer that brought the link. `revision` marks the second
    look at an article already stored; `intentos` counts the failed fetches of earlier runs.
    """

    url: str
    url_normalizada: str
    fuente_id: str
    lector: Lector
    titulo: str = ""
    resumen: str = ""
    contenido: str = ""
    autor: str = ""
    fecha: str | None = None
    fecha_precision: Precision = Precision.NINGUNA
    modificada: str | None = None
    captura: str | None = None
    intentos: int = 0
    revision: bool = False


@dataclass(frozen=True)
class Noticia:
    """One article. `sha256` is the hex digest of the captured body; `captura` its WARC reference (`RUTA#OFFSET`)."""

    url: str
    url_canonica: str
    fuente_id: str
    titulo: str
    texto: str
    texto_origen: TextoOrigen
    autor: str
    publicada_en: str | None
    fecha_precision: Precision
    capturada_en: str
    sha256: str
    captura: str
    version_extractor: str


@dataclass(frozen=True)
class Lectura:
    """What one answer of a reader gave: its links, in order, and what tells a later answer that is the same.

    `estado` is the HTTP status (304 also for an answer that was not read, being the same as before). `motivo` is empty for a
    good read, else one line in Spanish. `huella` is empty for an answer that must be read even if it comes back the same.
    """

    fuente_id: str
    lector: Lector
    url: str
    estado: int
    enlaces: tuple[Enlace, ...] = ()
    etag: str | None = None
    ultima_modificacion: str | None = None
    huella: str = ""
    captura: str | None = None
    motivo: str = ""


@dataclass(frozen=True)
class Pedido:
    """The ledger's reply to a reading: the links to fetch now, and whether the feed may have rolled by (`hueco`)."""

    enlaces: tuple[Enlace, ...] = ()
    hueco: bool = False
