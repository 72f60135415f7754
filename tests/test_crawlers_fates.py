"""Whatever sites answer, every link that is asked for is told to the ledger once: one fate, one failure, or left for later."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_ledger import MemoryLedger
from press import article

from crawlers.capture import Captures, Exchange, read_record
from crawlers.evidence import Evidence
from crawlers.fetch import Fetcher
from crawlers.fuente import Fuente
from crawlers.guards import Failed, Refused
from crawlers.noticia import Destino, Enlace, Lector
from crawlers.options import HarvestOptions
from crawlers.pool import Pool
from crawlers.source import Kit, SourceRun

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
ANSWERS = [
    (200, HTML, article("Una nota")),
    (200, HTML, b""),
    (200, HTML, b"<html><body><script>app()</script></body></html>"),
    (200, (("Content-Type", "application/pdf"),), b"%PDF-1.7"),
    (204, (), b""),
    (301, (("Location", "/"),), b""),
    (302, (("Location", "/otra"),), b""),
    (302, (("Location", "http://10.0.0.1/"),), b""),
    (401, (), b""),
    (403, HTML, b"no"),
    (404, HTML, b"no"),
    (429, (("Retry-After", "900"),), b""),
    (503, (), b""),
    Failed("conexión interrumpida"),
    Refused("documento más grande de lo admitido"),
    LookupError("una falta nuestra"),
]
LINKS = st.lists(
    st.tuples(st.sampled_from(ANSWERS), st.booleans(), st.sampled_from(["", "Título"]), st.sampled_from(["", "Contenido."])),
    max_size=7,
)


@pytest.fixture(scope="module")
def pool():
    opened = Pool(1, 20.0)
    yield opened
    opened.close()


class CountingLedger(MemoryLedger):
    """Counts what it is told of each link."""

    def __init__(self):
        super().__init__()
        self.told = Counter()

    def save_noticia(self, enlace, noticia):
        self.told[enlace.url] += 1
        return super().save_noticia(enlace, noticia)

    def record_fate(self, enlace, destino, motivo):
        assert motivo
        assert destino in (Destino.RECHAZADA, Destino.ERROR, Destino.SIN_TEXTO, Destino.CONOCIDA, Destino.PENDIENTE)
        self.told[enlace.url] += 1
        super().record_fate(enlace, destino, motivo)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=LINKS, pages=st.integers(0, 8))
def test_every_link_is_told_once(pool, tmp_path_factory, drawn, pages):
    folder = tmp_path_factory.mktemp("destinos")
    hosts = [f"https://diario{n}.ejemplo/nota" for n in range(len(drawn))]
    answers = {url: item[0] for url, item in zip(hosts, drawn, strict=True)}
    links = [
        Enlace(url, url, "diario", Lector.FEED, titulo=title, contenido=content, captura="captura/x#1", revision=revision)
        for url, (_, revision, title, content) in zip(hosts, drawn, strict=True)
    ]

    async def download(url, headers, _most):
        found = answers.get(url, (200, HTML, article("Otra")) if url.endswith(("/", "/otra")) else (404, (), b""))
        if isinstance(found, Exception):
            raise found
        return Exchange(url, *found, headers)

    options = HarvestOptions(folder=folder, run_id=1, now=lambda: NOW, source_pages=pages)
    ledger, captures = CountingLedger(), Captures(folder, 1)

    async def whole():
        fetcher = Fetcher(download, options)
        evidence = Evidence(captures, fetcher.rules, options.now)
        run = SourceRun(
            Fuente("diario", "D", "medio_local", "https://diario.ejemplo"), Kit(fetcher, evidence, pool, ledger, options)
        )
        await run.fetch(links)
        return run

    run = asyncio.run(whole())
    captures.close()
    assert ledger.told == Counter(hosts[:pages])
    assert bool(run.reasons) == (len(hosts) > pages)
    for noticia in ledger.noticias.values():
        assert noticia.texto
        assert noticia.captura == "captura/x#1" or read_record(folder, noticia.captura).sha256 == noticia.sha256
