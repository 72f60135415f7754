"""Replay: a folder of captures, a WARC file, and a run's own evidence answer in place of the network."""

import gzip
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from harvest_process import run
from memory_ledger import MemoryLedger
from press import Page, article, press, rss, sitemap
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.capture import Captures, Exchange
from crawlers.fuente import Fuente
from crawlers.replay import NOT_THERE, ReplayError, open_archive

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)


def source(name, **given):
    return Fuente(id=name, nombre=name, tipo="medio_local", sitio="https://diario.ejemplo", **given)


def folder_of(path, *rows, header="url,archivo,tipo,estado"):
    path.mkdir(exist_ok=True)
    (path / "indice.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def test_a_folder_answers_by_address_and_404_for_the_rest(tmp_path):
    (tmp_path / "canal.xml").write_bytes(b"<rss/>")
    (tmp_path / "nota.html.gz").write_bytes(gzip.compress(b"<html>"))
    archive = open_archive(
        folder_of(
            tmp_path,
            "https://diario.ejemplo/rss,canal.xml,,",
            "https://diario.ejemplo/a?id=1,nota.html.gz,text/html; charset=latin-1,",
            "https://diario.ejemplo/caida,,,503",
            "https://diario.ejemplo/vieja,https://diario.ejemplo/a?id=1,,301",
        )
    )
    feed = archive.answer("https://diario.ejemplo/rss")
    assert (feed.status, feed.body, feed.headers) == (200, b"<rss/>", (("Content-Type", "application/xml"),))
    page = archive.answer("https://diario.ejemplo/a/?utm_source=x&id=1#arriba")
    assert (page.body, page.headers[0][1]) == (b"<html>", "text/html; charset=latin-1")
    assert archive.answer("https://diario.ejemplo/caida").status == 503
    moved = archive.answer("https://diario.ejemplo/vieja")
    assert (moved.status, moved.headers) == (301, (("Location", "https://diario.ejemplo/a?id=1"),))
    assert archive.answer("https://diario.ejemplo/robots.txt") == NOT_THERE


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        (["diario.ejemplo/a,a.html,,"], "url,archivo,tipo,estado", "línea 2, columna url"),
        (
            ["https://d.ejemplo/,a.html,,", "https://d.ejemplo/a,falta.html,,"],
            "url,archivo,tipo,estado",
            "línea 3, columna archivo",
        ),
        (["https://d.ejemplo/a,a.html,,doscientos"], "url,archivo,tipo,estado", "línea 2, columna estado"),
        (["https://d.ejemplo/a,../../fuera.html,,"], "url,archivo,tipo,estado", "línea 2, columna archivo"),
        (["https://d.ejemplo/a,a.html,,,,"], "url,archivo,tipo,estado", "línea 2, columna estado"),
        (["https://d.ejemplo/a"], "url,tipo", "línea 1, columna archivo"),
        (["https://d.ejemplo/a,a.html", 'https://d.ejemplo/b,"a.html'], "url,archivo", "línea 3, columna 1"),
        (["https://d.ejemplo/a,a\0.html,,"], "url,archivo,tipo,estado", "línea 2, columna 2"),
        (["https://d.ejemplo/a,,,301"], "url,archivo,tipo,estado", "línea 2, columna archivo"),
    ],
)
def test_a_wrong_index_is_told_by_file_line_and_column(tmp_path, rows, header, message):
    (tmp_path / "a.html").write_bytes(b"")
    with pytest.raises(ReplayError, match=message) as told:
        open_archive(folder_of(tmp_path, *rows, header=header))
    assert str(tmp_path / "indice.csv") in str(told.value)


@pytest.mark.parametrize("name", ["vacia", "no-esta", "no-es.warc"])
def test_what_is_no_capture_is_refused(tmp_path, name):
    (tmp_path / "vacia").mkdir()
    (tmp_path / "no-es.warc").write_bytes(b"esto no es un WARC")
    with pytest.raises(ReplayError):
        open_archive(tmp_path / name)


def test_the_last_good_answer_of_a_warc_counts(tmp_path):
    captures = Captures(tmp_path, 1)
    for status, body in ((200, b"primera"), (200, b"segunda"), (503, b"")):
        captures.write_exchange(Exchange("https://diario.ejemplo/a", status, (("ETag", '"x"'),), body), NOW)
    captures.close()
    for place in (captures.path, tmp_path / "captura"):
        assert open_archive(place).answer("https://diario.ejemplo/a").body == b"segunda"


@pytest.mark.parametrize("name", ["ajeno.warc", "ajeno.warc.gz"])
def test_a_warc_of_another_tool_is_decoded(tmp_path, name):
    """Bodies lie there as they travelled: compressed and in chunks."""
    packed = gzip.compress(b"<html>hola</html>")
    chunked = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("ETag", '"e"')]
    with (tmp_path / name).open("wb") as stream:
        writer = WARCWriter(stream, gzip=name.endswith(".gz"))
        for kind, status in (("response", "200 OK"), ("revisit", "304 Not Modified")):
            told = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            body = io.BytesIO(chunked)
            writer.write_record(
                writer.create_warc_record("https://diario.ejemplo/a", kind, body, length=len(chunked), http_headers=told)
            )
    found = open_archive(tmp_path / name).answer("https://diario.ejemplo/a")
    assert (found.status, found.body) == (200, b"<html>hola</html>")
    assert dict(found.headers) == {"Content-Type": "text/html", "ETag": '"e"'}


def set_up(one, two):
    one.publish("/a", "/b", etag='"v1"')
    one.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /b\n", "text/plain")
    two.publish("/x", "/mudada", "/pago")
    two.pages["/mudada"] = Page(status=301, headers=(("Location", two.url("/aqui")),))
    two.pages["/aqui"] = Page(article("Mudada", canonical=two.url("/canonica")))
    two.pages["/pago"] = Page(b"", status=402)
    two.pages["/mapa.xml"] = Page(sitemap([two.url("/mapa1.xml")], index=True), "application/xml")
    two.pages["/mapa1.xml"] = Page(sitemap([two.url("/m")]), "application/xml")
    two.pages["/m"] = Page(article("Del mapa"))


def stripped(ledger):
    """Return the noticias without where their evidence lies (the offsets differ)."""
    return {key: replace(noticia, captura="") for key, noticia in ledger.noticias.items()}


def test_a_runs_own_evidence_gives_the_same_noticias(tmp_path):
    with press("uno", "dos") as (one, two):
        set_up(one, two)
        sources = [
            source("uno", rss=one.url("/rss.xml")),
            source("dos", rss=two.url("/rss.xml"), sitemap=two.url("/mapa.xml")),
        ]
        first = run(sources, tmp_path / "1")
        two_seen = len(two.seen)
        again = run(sources, tmp_path / "2", first.ledger)
        asked = [path for _, path in one.seen + two.seen[two_seen:]]
    assert first.ledger.count("uno") == {"nueva": 1, "rechazada": 1}
    assert first.ledger.count("dos") == {"nueva": 4}
    assert again.ledger.noticias == first.ledger.noticias
    assert again.ledger.readings[-3:][0].estado in (200, 304)
    assert asked.count("/a") == 1
    assert not {"/x", "/m", "/aqui"} & set(asked)
    replayed = run(sources, tmp_path / "3", replay=first.summary.captures, allow_local=False)
    assert stripped(replayed.ledger) == stripped(first.ledger)
    assert replayed.ledger.fates == first.ledger.fates
    assert replayed.ledger.fate(two.url("/pago")) == ("nueva", "")


def test_a_replay_answers_conditional_requests_and_waits_for_nobody(tmp_path):
    captures = Captures(tmp_path, 1)
    url = "https://diario.ejemplo/rss.xml"
    feed = rss([(f"https://diario.ejemplo/{n}", f"Nota {n}") for n in range(20)])
    captures.write_exchange(Exchange(url, 200, (("ETag", '"v1"'), ("Content-Type", "application/rss+xml")), feed), NOW)
    for n in range(20):
        page = Exchange(f"https://diario.ejemplo/{n}", 200, (("Content-Type", "text/html"),), article(f"Nota {n}"))
        captures.write_exchange(page, NOW)
    captures.close()
    unchanged = MemoryLedger(etags={"dos": ('"v1"', None)})
    sources = [source("uno", rss=url), source("dos", rss=url)]
    found = run(sources, tmp_path / "r", unchanged, replay=captures.path, delay=5.0, allow_local=False)
    assert found.ledger.count("uno") == {"nueva": 20}
    assert [(r.fuente_id, r.estado) for r in found.ledger.readings if r.fuente_id == "dos"] == [("dos", 304)]
    assert found.seconds < 5


def test_redirects_and_304_of_a_folder_may_come_with_a_body_or_without(tmp_path):
    (tmp_path / "aviso.html").write_bytes(b"<html>se fue")
    archive = open_archive(folder_of(tmp_path, "https://d.ejemplo/a,aviso.html,,301", "https://d.ejemplo/b,,,304"))
    moved, unchanged = archive.answer("https://d.ejemplo/a"), archive.answer("https://d.ejemplo/b")
    assert (moved.status, moved.body, moved.headers) == (301, b"<html>se fue", (("Content-Type", "text/html"),))
    assert (unchanged.status, unchanged.body) == (304, b"")


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_is_no_warc_is_refused_without_noise(tmp_path, capfd, packed):
    text = b"import algo\nfrom otro import cosa\n" * 40
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(text) if packed else text)
    with pytest.raises(ReplayError, match="no es un archivo WARC"):
        open_archive(tmp_path / "x.warc.gz")
    assert capfd.readouterr() == ("", "")
