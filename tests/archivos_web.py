"""Small web archives of invented outlets, and a team of workers inside the test."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

from factories import NOW, fuente
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.archive import plan, work
from pipeline.archive.asked import Asked
from pipeline.archive.team import Team

CASE = (
    "Golpean policías a la reportera {name} en la alcaldía Tlalpan",
    (
        "La reportera {name}, del diario El Faro, fue golpeada ayer por policías en la alcaldía Tlalpan de la capital, "
        "cuando cubría un desalojo en la colonia Isidro Fabela.",
        "Los agentes le quitaron la cámara y la amenazaron para que borrara las fotografías, según contó la propia periodista.",
        "La organización que acompaña a la prensa exigió una investigación y protección para la reportera y su familia.",
    ),
)
ORDINARY = (
    "Abre el museo del barrio una muestra de carteles",
    (
        "El museo del barrio abrió una muestra de carteles de cine que podrá verse todo el mes, de martes a domingo.",
        "La entrada es libre y habrá visitas guiadas los sábados por la mañana para las escuelas de la zona y sus familias.",
        "Quien quiera participar en el taller de grabado puede anotarse en el módulo que está junto a la biblioteca.",
        "El barrio espera la temporada de lluvias con las coladeras limpias, y los comercios abrirán hasta las ocho.",
        "La orquesta de la escuela de música tocará valses y danzones en el patio; habrá sillas para doscientas personas.",
        "En la cocina del mercado prepararán café de olla, pan de yema y atole de guayaba desde las seis de la tarde.",
        "La bibliotecaria contó que los carteles llegaron de tres colecciones y que el más viejo es de un teatro de carpa.",
        "Para el mes que viene se anuncia otra muestra, de juguetes de madera, con piezas de talleres de todo el valle.",
    ),
)
ENGLISH = (
    "The museum opens a new show",
    (
        "The museum of the old town opened a new show of film posters that will be there until the end of the month.",
        "The entrance is free and there will be guided tours on Saturday mornings for the schools of the area.",
    ),
)


def page(
    story: tuple[str, Sequence[str]], *, day: str = "2019-03-04", lang: str = "es", name: str = "Renata Olmedo Prieto"
) -> bytes:
    """A page with its date in its metadata."""
    title, paragraphs = story[0].format(name=name), [text.format(name=name) for text in story[1]]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    dated = f'<meta property="article:published_time" content="{day}T10:00:00-06:00">' if day else ""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{dated}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


class Archive:
    """Writes an archive record by record; `places` are where its answers begin."""

    def __init__(self, path: Path) -> None:
        self.path, self.out, self.places = path, path.open("wb"), []
        self.writer = WARCWriter(self.out, gzip=path.suffix == ".gz")
        self.writer.write_record(self.writer.create_warcinfo_record(path.name, {"software": "prueba"}))

    def add(
        self, url: str, body: bytes, *, status: str = "200 OK", moment: str = "2019-03-05T12:00:00Z", **headers: str
    ) -> "Archive":
        told = [
            (name.replace("_", "-"), value) for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items()
        ]
        self.places.append(self.out.tell())
        self.writer.write_record(
            self.writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders(status, told, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": moment},
            )
        )
        return self

    def close(self) -> Path:
        self.out.close()
        return self.path


def archive(path: Path, cases: int = 1, ordinary: int = 1, **told: str) -> Path:
    """An archive of some cases of different people, and ordinary notes."""
    made = Archive(path)
    for number in range(cases):
        who = ("Renata Olmedo Prieto", "Amalia Robredo Cruz", "Irene Balcázar Nava", "Noemí Carranco Díaz")[number % 4]
        made.add(f"https://faro.ejemplo/2019/03/04/caso-{path.stem}-{number}", page(CASE, name=who, **told))
    for number in range(ordinary):
        made.add(f"https://faro.ejemplo/2019/03/04/nota-{path.stem}-{number}", page(ORDINARY, **told))
    return made.close()


def order(folder: Path, **asked: object) -> work.Order:
    return work.Order(folder / "datos" / "registro.db", Asked(**asked), (fuente("faro"),), lambda: NOW, pause=0)


def here(workers: int = 1) -> nullcontext[Team]:
    """Workers that are threads of the test's own process: the tagger is loaded once."""
    return nullcontext(Team(lambda: ThreadPoolExecutor(workers), workers))


def fill(folder: Path, *paths: Path, **asked: object) -> work.Outcome:
    """Read archives into the registry of a folder."""
    return work.backfill(order(folder, **asked), plan.sources(paths), here())
