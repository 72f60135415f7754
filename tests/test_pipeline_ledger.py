"""The crawl's ledger: windows, second looks, retries, gaps, and fates that add up at every commit."""

from dataclasses import replace
from datetime import date

import pytest
from factories import NOW, Ticking, enlace, fuente, lectura, noticia, registry, rows, run_id
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.noticia import Destino, Lector, Precision, TextoOrigen
from pipeline.registry.ledger import RegistryLedger

FATES = [fate.value for fate in Destino]


@pytest.fixture
def now():
    return Ticking()


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path) as opened:
        yield opened


def ledger(db, now, **kwargs):
    return RegistryLedger(db, run_id(db, now()), now, **kwargs)


def counts(db, clave="faro"):
    """The last run's non-zero counts of a source; asserts that they add up."""
    row = rows(
        db,
        f"SELECT recibidos, {', '.join(FATES)} FROM corridas_fuentes WHERE fuente_id = ? ORDER BY corrida_id DESC LIMIT 1",
        clave,
    )[0]
    assert row[0] == sum(row[1:])
    return {name: n for name, n in zip(["recibidos", *FATES], row, strict=True) if n}


def test_new_links_become_rows_before_the_etag_counts(db, now):
    book = ledger(db, now)
    wanted = book.record_reading(lectura(enlace("uno"), enlace("dos"))).enlaces
    assert [e.url_normalizada for e in wanted] == ["https://faro.ejemplo/uno", "https://faro.ejemplo/dos"]
    assert counts(db) == {"recibidos": 2, "pendiente": 2}
    assert book.conditional("faro") == ('"a1"', None)
    assert rows(db, "SELECT destino, titulo, resumen FROM enlaces WHERE url_normalizada LIKE '%uno'") == [
        (None, "Título uno", "Resumen de uno")
    ]


def test_a_bad_reading_stores_no_etag_and_no_good_read(db, now):
    book = ledger(db, now)
    book.record_reading(lectura(enlace("uno"), motivo="no es un canal: HTML"))
    assert book.conditional("faro") == (None, None)
    assert rows(db, "SELECT ultima_lectura_buena FROM fuentes WHERE id = 'faro'") == [(None,)]


def test_an_unchanged_answer_keeps_the_etag_and_is_a_good_read(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    now.forward(days=5)
    book = ledger(db, now)
    book.record_reading(lectura(estado=304, etag=None))
    assert book.conditional("faro") == ('"a1"', None)
    assert rows(db, "SELECT ultima_lectura_buena FROM fuentes WHERE id = 'faro'") == [("2026-05-15T12:00:00Z",)]


def test_a_saved_article_settles_its_link_and_empties_the_feeds_words(db, now):
    book = ledger(db, now)
    link = book.record_reading(lectura(enlace("uno", contenido="Todo el texto"))).enlaces[0]
    assert book.save_noticia(link, noticia("uno")) == Destino.NUEVA
    assert counts(db) == {"recibidos": 1, "nueva": 1}
    assert rows(db, "SELECT destino, resumen, contenido, noticia_id FROM enlaces") == [("nueva", "", "", 1)]


def test_one_article_behind_two_links_is_one_noticia(db, now):
    book = ledger(db, now)
    first, second = book.record_reading(lectura(enlace("uno"), enlace("uno-amp"))).enlaces
    assert book.save_noticia(first, noticia("uno")) == Destino.NUEVA
    assert book.save_noticia(second, noticia("uno")) == Destino.CONOCIDA
    assert rows(db, "SELECT count(*), count(DISTINCT noticia_id) FROM enlaces WHERE noticia_id = 1") == [(2, 1)]


def test_a_known_link_is_not_given_again(db, now):
    book = ledger(db, now)
    book.save_noticia(book.record_reading(lectura(enlace("uno"))).enlaces[0], noticia("uno"))
    book = ledger(db, now)
    assert book.record_reading(lectura(enlace("uno"))).enlaces == ()
    assert counts(db) == {"recibidos": 1, "conocida": 1}


def test_two_readers_of_a_source_give_a_link_once(db, now):
    book = ledger(db, now)
    assert len(book.record_reading(lectura(enlace("uno"))).enlaces) == 1
    section = enlace("uno", lector=Lector.SECCION, titulo="Otro rótulo", fecha=None, fecha_precision=Precision.NINGUNA)
    assert book.record_reading(lectura(section, lector=Lector.SECCION)).enlaces == ()
    assert counts(db) == {"recibidos": 1, "pendiente": 1}


def test_a_link_of_another_source_is_known_there(db, now):
    book = ledger(db, now)
    book.record_reading(lectura(enlace("uno")))
    assert book.record_reading(lectura(replace(enlace("uno"), fuente_id="voz"), clave="voz")).enlaces == ()
    assert counts(db, "voz") == {"recibidos": 1, "conocida": 1}
    assert counts(db, "faro") == {"recibidos": 1, "pendiente": 1}


def test_a_link_pending_at_a_source_that_was_switched_off_passes_to_the_next(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    with db.atomic():
        db.execute("UPDATE fuentes SET activa = 0 WHERE id = 'faro'")
    taken = ledger(db, now).record_reading(lectura(replace(enlace("uno"), fuente_id="voz"), clave="voz")).enlaces
    assert [e.fuente_id for e in taken] == ["voz"]


@pytest.mark.parametrize(
    ("fecha", "precision", "wanted"),
    [
        ("2026-05-07T12:00:00Z", Precision.HORA, True),
        ("2026-05-07T11:59:59Z", Precision.HORA, False),
        ("2026-05-07", Precision.DIA, True),
        ("2026-05-06", Precision.DIA, False),
        ("2027-01-01T00:00:00Z", Precision.HORA, True),
        (None, Precision.NINGUNA, True),
    ],
)
def test_the_window_is_three_days_at_least(db, now, fecha, precision, wanted):
    book = ledger(db, now)
    given_back = book.record_reading(lectura(enlace("uno", fecha=fecha, fecha_precision=precision))).enlaces
    assert bool(given_back) is wanted
    assert counts(db) == {"recibidos": 1, "pendiente" if wanted else "fuera_de_fecha": 1}


def test_the_window_reaches_back_to_the_sources_last_good_read(db, now):
    ledger(db, now).record_reading(lectura())
    now.forward(days=20)
    book = ledger(db, now)
    reading = lectura(
        enlace("despues", fecha="2026-05-10T12:00:01Z"),
        enlace("antes", fecha="2026-05-10T11:00:00Z"),
    )
    assert [e.titulo for e in book.record_reading(reading).enlaces] == ["Título despues"]
    assert len(book.record_reading(lectura(enlace("otra", fecha="2026-05-12T00:00:00Z"), lector=Lector.MAPA)).enlaces) == 1


def test_a_link_out_of_date_is_judged_again_when_the_window_widens(db, now):
    old = enlace("viejo", fecha="2026-04-01T00:00:00Z")
    assert ledger(db, now).record_reading(lectura(old)).enlaces == ()
    assert ledger(db, now).record_reading(lectura(old)).enlaces == ()
    assert counts(db) == {"recibidos": 1, "fuera_de_fecha": 1}
    book = ledger(db, now, since=date(2026, 4, 1))
    assert book.record_reading(lectura(old)).enlaces == ()  # 18:00 of 31 March in Mexico City
    book = ledger(db, now, since=date(2026, 3, 31))
    assert len(book.record_reading(lectura(old)).enlaces) == 1
    assert counts(db) == {"recibidos": 1, "pendiente": 1}


def test_an_undated_link_is_judged_by_its_page_once(db, now):
    undated = enlace("sin-fecha", fecha=None, fecha_precision=Precision.NINGUNA)
    book = ledger(db, now)
    link = book.record_reading(lectura(undated)).enlaces[0]
    page = noticia("sin-fecha", publicada_en="2026-01-15", fecha_precision=Precision.DIA)
    assert book.save_noticia(link, page) == Destino.FUERA_DE_FECHA
    assert ledger(db, now).record_reading(lectura(undated)).enlaces == ()
    wider = ledger(db, now, since=date(2026, 1, 1))
    assert len(wider.record_reading(lectura(undated)).enlaces) == 1


def test_an_edited_article_becomes_a_version_of_the_same_noticia(db, now):
    book = ledger(db, now)
    book.save_noticia(book.record_reading(lectura(enlace("uno"))).enlaces[0], noticia("uno"))
    now.forward(hours=2)
    book = ledger(db, now)
    again = book.record_reading(lectura(enlace("uno", titulo="Título corregido"))).enlaces[0]
    assert again.revision
    assert counts(db) == {"recibidos": 1, "pendiente": 1}
    assert book.save_noticia(again, noticia("uno", titulo="Título corregido", texto="Otro texto.")) == Destino.VERSION
    assert rows(db, "SELECT titulo, version, estado FROM noticias") == [("Título corregido", 2, "capturada")]
    assert rows(db, "SELECT n, titulo FROM noticias_versiones") == [(1, "Título uno")]
    assert counts(db) == {"recibidos": 1, "version": 1}


def test_second_looks_are_two_at_most_and_within_two_days(db, now):
    book = ledger(db, now)
    book.save_noticia(book.record_reading(lectura(enlace("uno"))).enlaces[0], noticia("uno"))
    for n in (1, 2):
        book = ledger(db, now)
        again = book.record_reading(lectura(enlace("uno", titulo=f"Cambio {n}"))).enlaces[0]
        assert book.save_noticia(again, noticia("uno")) == Destino.CONOCIDA
    assert ledger(db, now).record_reading(lectura(enlace("uno", titulo="Cambio 3"))).enlaces == ()


def test_a_later_lastmod_asks_for_a_second_look_until_two_days_after_capture(db, now):
    book = ledger(db, now)
    mapped = enlace("uno", lector=Lector.MAPA)
    book.save_noticia(book.record_reading(lectura(mapped, lector=Lector.MAPA)).enlaces[0], noticia("uno"))
    changed = replace(mapped, modificada="2026-05-10T15:00:00Z")
    assert ledger(db, now).record_reading(lectura(changed, lector=Lector.MAPA)).enlaces[0].revision
    now.forward(hours=49)
    assert ledger(db, now).record_reading(lectura(changed, lector=Lector.MAPA)).enlaces == ()


def test_a_second_look_that_fails_or_is_not_done_leaves_the_link_known(db, now):
    book = ledger(db, now)
    book.save_noticia(book.record_reading(lectura(enlace("uno"))).enlaces[0], noticia("uno"))
    book = ledger(db, now)
    again = book.record_reading(lectura(enlace("uno", titulo="Cambio"))).enlaces[0]
    book.record_fate(again, Destino.ERROR, "HTTP 500")
    assert counts(db) == {"recibidos": 1, "conocida": 1}
    book = ledger(db, now)
    assert book.record_reading(lectura(enlace("uno", titulo="Otro cambio"))).enlaces[0].revision
    book.close_source("faro", "se agotó el tiempo")
    assert counts(db) == {"recibidos": 1, "conocida": 1}
    assert rows(db, "SELECT destino FROM enlaces") == [("nueva",)]


def test_a_stand_in_is_replaced_by_the_page_when_it_can_be_read(db, now):
    book = ledger(db, now)
    first, second = book.record_reading(lectura(enlace("uno"), enlace("dos"))).enlaces
    book.save_noticia(first, noticia("uno", texto="Resumen", texto_origen=TextoOrigen.TITULO))
    assert book.save_noticia(second, noticia("uno", texto="El texto entero.")) == Destino.VERSION
    assert rows(db, "SELECT texto, texto_origen FROM noticias") == [("El texto entero.", "pagina")]


def test_failures_are_retried_with_growing_pauses_then_closed_with_the_feeds_words(db, now):
    book = ledger(db, now)
    link = book.record_reading(lectura(enlace("uno"))).enlaces[0]
    book.record_fate(link, Destino.ERROR, "HTTP 503")
    assert counts(db) == {"recibidos": 1, "pendiente": 1}
    assert ledger(db, now).pending("faro") == []
    assert counts(db) == {"recibidos": 1, "pendiente": 1}
    tries = 1
    while not rows(db, "SELECT destino FROM enlaces")[0][0]:
        now.forward(minutes=5)
        book = ledger(db, now)
        for due in book.pending("faro"):
            tries += 1
            assert due.intentos == tries - 1
            book.record_fate(due, Destino.ERROR, "HTTP 503")
        counts(db)
        if tries > 20:
            pytest.fail("never closed")
        now.forward(minutes=115)
    assert tries == 8
    assert (now() - NOW).days == 3
    assert rows(db, "SELECT destino, motivo, intentos FROM enlaces") == [("error", "HTTP 503", 8)]
    assert rows(db, "SELECT titulo, texto, texto_origen FROM noticias") == [("Título uno", "Resumen de uno", "titulo")]
    assert counts(db) == {"recibidos": 1, "error": 1}


def test_a_link_whose_site_is_never_to_be_asked_waits_three_days_then_ends_with_the_feeds_words(db, now):
    reason, runs = "robots.txt no disponible por ahora (HTTP 500)", 0
    ledger(db, now).record_reading(lectura(enlace("uno")))
    while not rows(db, "SELECT destino FROM enlaces")[0][0]:
        book, runs = ledger(db, now), runs + 1
        (due,) = book.pending("faro")
        book.record_fate(due, Destino.PENDIENTE, reason)
        assert runs < 20, "never closed"
        now.forward(hours=8)
    assert runs == 10
    assert rows(db, "SELECT destino, motivo, intentos FROM enlaces") == [("error", reason, 0)]
    assert rows(db, "SELECT titulo, texto, texto_origen FROM noticias") == [("Título uno", "Resumen de uno", "titulo")]
    assert counts(db) == {"recibidos": 1, "error": 1}


def test_a_link_that_failed_while_the_clock_stood_years_ahead_is_tried_again_and_given_up_in_time(db, now):
    now.forward(days=2000)
    book = ledger(db, now)
    book.record_fate(book.record_reading(lectura(enlace("uno", fecha=None))).enlaces[0], Destino.ERROR, "HTTP 503")
    now.forward(days=-2000)
    for _ in range(5):
        book = ledger(db, now)
        for due in book.pending("faro"):
            book.record_fate(due, Destino.ERROR, "HTTP 503")
        now.forward(hours=25)
    assert rows(db, "SELECT destino FROM enlaces") == [("error",)]


def test_pending_links_of_earlier_runs_come_first_and_are_not_given_twice(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    book = ledger(db, now)
    assert [e.url_normalizada for e in book.pending("faro")] == ["https://faro.ejemplo/uno"]
    assert book.record_reading(lectura(enlace("uno"), enlace("dos"))).enlaces == (enlace("dos"),)
    assert counts(db) == {"recibidos": 2, "pendiente": 2}


def test_a_feed_that_shares_nothing_with_its_last_read_is_a_gap(db, now):
    assert not ledger(db, now).record_reading(lectura(enlace("uno"), enlace("dos"))).hueco
    assert not ledger(db, now).record_reading(lectura(enlace("dos"), enlace("tres"))).hueco
    assert not ledger(db, now).record_reading(lectura()).hueco
    assert ledger(db, now).record_reading(lectura(enlace("cuatro"))).hueco
    assert rows(db, "SELECT hueco FROM corridas_fuentes ORDER BY corrida_id") == [(0,), (0,), (0,), (1,)]


def test_a_section_never_makes_a_gap(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    other = enlace("dos", lector=Lector.SECCION)
    assert not ledger(db, now).record_reading(lectura(other, lector=Lector.SECCION)).hueco


def test_a_source_that_could_not_be_read_is_failed_with_its_reason(db, now):
    book = ledger(db, now)
    book.record_reading(lectura(estado=500, motivo="HTTP 500"))
    book.close_source("faro", "HTTP 500")
    book.record_reading(lectura(clave="voz"))
    book.close_source("voz", "")
    assert rows(db, "SELECT fuente_id, fallida, cerrada, motivo FROM corridas_fuentes ORDER BY 1") == [
        ("faro", 1, 1, "HTTP 500"),
        ("voz", 0, 1, ""),
    ]


def test_a_failed_transaction_leaves_memory_as_the_file(db, now):
    book = ledger(db, now)
    broken = replace(enlace("dos"), titulo=object())
    with pytest.raises(Exception, match="type"):
        book.record_reading(lectura(enlace("uno"), broken))
    assert rows(db, "SELECT count(*) FROM enlaces") == [(0,)]
    assert len(book.record_reading(lectura(enlace("uno"))).enlaces) == 1
    assert counts(db) == {"recibidos": 1, "pendiente": 1}


LINKS = st.builds(
    lambda n, clave, titulo, fecha, lector: enlace(
        f"n{n}",
        clave,
        titulo=titulo,
        fecha=fecha,
        lector=lector,
        fecha_precision=Precision.HORA if fecha else Precision.NINGUNA,
        # links of both sources share addresses, as when an aggregator gives another outlet's article
        url_normalizada=f"https://comun.ejemplo/n{n}",
    ),
    st.integers(0, 5),
    st.sampled_from(["faro", "voz"]),
    st.sampled_from(["Uno", "Dos"]),
    st.sampled_from([None, "2026-05-10T10:00:00Z", "2026-03-01T10:00:00Z"]),
    st.sampled_from(list(Lector)),
)
STEPS = st.one_of(
    st.tuples(st.just("leer"), st.lists(LINKS, max_size=6), st.sampled_from(["faro", "voz"])),
    st.tuples(st.just("guardar"), st.integers(0, 9), st.sampled_from(["2026-05-10", "2026-01-01", None])),
    st.tuples(st.just("destino"), st.integers(0, 9), st.sampled_from(list(Destino))),
    st.tuples(st.just("pendientes"), st.sampled_from(["faro", "voz"])),
    st.tuples(st.just("cerrar"), st.sampled_from(["faro", "voz"])),
    st.tuples(st.just("morir"), st.integers(0, 60)),
)


def play(db, now, steps):
    """Drive a ledger through `steps`; every row of every run must add up after each."""
    book, asked = ledger(db, now), []
    for step in steps:
        match step:
            case ("leer", links, clave):
                asked += book.record_reading(lectura(*(replace(e, fuente_id=clave) for e in links), clave=clave)).enlaces
            case ("guardar", n, fecha) if asked:
                precision = Precision.DIA if fecha else Precision.NINGUNA
                link = asked[n % len(asked)]
                name = link.url_normalizada.rsplit("/", 1)[1]
                book.save_noticia(link, noticia(name, titulo=link.titulo, publicada_en=fecha, fecha_precision=precision))
            case ("destino", n, fate) if asked:
                book.record_fate(asked[n % len(asked)], fate, "motivo")
            case ("pendientes", clave):
                asked += book.pending(clave)
            case ("cerrar", clave):
                book.close_source(clave, "")
            case ("morir", hours):  # the process is killed here; a later run begins
                now.forward(hours=hours)
                book, asked = ledger(db, now), []
        total = " + ".join(FATES)
        assert rows(db, f"SELECT * FROM corridas_fuentes WHERE recibidos <> {total} OR min({', '.join(FATES)}) < 0") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=30))
def test_whatever_is_called_the_fates_add_up_at_every_commit(tmp_path_factory, steps):
    with registry(tmp_path_factory.mktemp("libro"), fuente("faro"), fuente("voz")) as db:
        play(db, Ticking(), steps)


@pytest.mark.parametrize(
    ("motivo", "failed"), [("interrumpida", 0), ("se agotó el tiempo de la corrida", 0), ("canal: HTTP 500", 1)]
)
def test_a_source_that_the_run_had_no_time_for_did_not_fail(db, now, motivo, failed):
    ledger(db, now).close_source("faro", motivo)
    assert rows(db, "SELECT fallida, motivo FROM corridas_fuentes") == [(failed, motivo)]
