"""Checking the whole store and tagging it anew hold no more of a large registry in memory than of a small one."""

import tracemalloc
from datetime import UTC, datetime

import pytest
from factories import NOW, noticia, registry, rows, run_id, tagged

from crawlers.capture import Captures, Exchange, read_record
from nlp.etiquetas import Etiquetas
from pipeline.custody.store import check_store
from pipeline.registry import retag
from pipeline.retagging import work

THEN = datetime(2026, 5, 10, 12, tzinfo=UTC)
SMALL, LARGE = 500, 1_500  # a lot of the check is of 500
MOST = 1.3
PAGE = b"<html><p>Una pagina de prueba sobre la plaza.</p></html>" * 40
COPIED = "titulo, texto, texto_origen, fecha_precision, capturada_en, sha256, captura, version_extractor, huella, estado,"
SQL = f"""
WITH RECURSIVE n (k) AS (SELECT 2 UNION ALL SELECT k + 1 FROM n WHERE k < ?)
INSERT INTO noticias (url, url_canonica, fuente_id, {COPIED} relevante, etiquetas, version_etiquetador)
SELECT url || k, url_canonica || k, fuente_id, {COPIED} relevante, etiquetas, version_etiquetador FROM noticias, n
"""


@pytest.fixture(scope="module", params=["check", "retag"])
def peaks(request, tmp_path_factory):
    """The most bytes that each work held, by the number of noticias."""
    return {count: peak(request.param, tmp_path_factory.mktemp("acervo"), count) for count in (SMALL, LARGE)}


def peak(what, folder, count):
    with registry(folder) as db:
        captures = Captures(folder, run_id(db))
        reference = captures.write_exchange(
            Exchange("https://faro.ejemplo/1", 200, (("Content-Type", "text/html"),), PAGE), THEN
        )
        captures.close()
        digest = read_record(folder, reference).sha256
        tagged(db, noticia("1", captura=reference, sha256=digest), Etiquetas())
        with db.atomic():
            db.execute("UPDATE noticias SET estado = 'agrupada'")
            db.execute(SQL, [count])
        tracemalloc.start()
        try:
            done = checked(db, folder) if what == "check" else tagged_anew(db)
            held = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert done == count
    return held


def checked(db, folder):
    done = check_store(db, folder, lambda line: None, deep=False)
    assert done.attention() == 0
    return done.counts["comprobadas"]


def tagged_anew(db):
    def nothing(lots, _workers):
        for lot in lots:
            yield [Etiquetas() for _ in lot]

    done = work.retag_all(db, work.Order(None, None, lambda: NOW), nothing, pause=0)
    assert retag.waiting(db, retag.Span()) == 0
    assert rows(db, "SELECT DISTINCT estado FROM noticias") == [("agrupada",)]
    return done


def test_three_times_the_noticias_take_no_more_memory(peaks):
    assert peaks[LARGE] <= MOST * peaks[SMALL], peaks
