"""Pages asked for again: another text is a new version beside the old one, a page that is gone a dated datum."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from factories import Ticking, fuente, noticia, registry, rows, run_id, tagged
from factories import etiquetas as tags
from press import article, press
from revisado import ANA

from crawlers.article import VERSION_EXTRACTOR, extract
from crawlers.capture import Captures, Exchange, read_record
from crawlers.options import HarvestOptions
from pipeline.custody.dossier import dossier
from pipeline.custody.recapture import Outcome, recapture
from pipeline.custody.store import check_store
from pipeline.errores import ErrorDeUso
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending
from pipeline.review import HandNote, add_note_by_hand

THEN, NOW = datetime(2026, 5, 10, 12, tzinfo=UTC), datetime(2026, 8, 1, 12, tzinfo=UTC)
FOLIO = "H-2026-000001"
NAMES = ("igual", "cambia", "falta", "portada")
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def url(name):
    return f"https://faro.ejemplo/nacional/2026/05/una-nota-que-{name}"


def page(name, words=""):
    return article(f"Golpean a una reportera en la plaza {name}{words}", url(name))


@pytest.fixture
def db(tmp_path):
    """A finding of four notes, each captured and read from its page."""
    with registry(tmp_path) as opened:
        captures = Captures(tmp_path, run_id(opened))
        for name in NAMES:
            reference = captures.write_exchange(Exchange(url(name), 200, HTML, page(name)), THEN)
            read = extract(page(name), url(name), content_type="text/html")
            row = noticia(name, url=url(name), url_canonica=url(name), titulo=read.titulo, texto=read.texto, captura=reference)
            row = replace(row, sha256=read_record(tmp_path, reference).sha256, version_extractor=VERSION_EXTRACTOR)
            tagged(opened, replace(row, publicada_en=read.publicada_en), tags("Ana Ruiz"))
        captures.close()
        group_pending(opened, lambda: THEN, pause=0)
        keep_evidence(opened, tmp_path)
        yield opened


@pytest.fixture
def today(tmp_path):
    """What the outlet answers now: one page the same, one changed, one gone, one sent to the front page."""
    captures = Captures(tmp_path / "hoy", 1)
    captures.write_exchange(Exchange(url("igual"), 200, HTML, page("igual")), NOW)
    captures.write_exchange(Exchange(url("cambia"), 200, HTML, page("cambia", ", dice la fiscalía")), NOW)
    captures.write_exchange(Exchange(url("falta"), 410, HTML, b"Ya no"), NOW)
    captures.write_exchange(Exchange(url("portada"), 302, (("Location", "https://faro.ejemplo/"),)), NOW)
    captures.write_exchange(Exchange("https://faro.ejemplo/", 200, HTML, b"<html><p>Portada</p></html>"), NOW)
    captures.close()
    return HarvestOptions(tmp_path, 0, Ticking(NOW), replay=tmp_path / "hoy")


def test_each_page_has_its_outcome_and_what_was_captured_before_stays(db, tmp_path, today):
    before = {path: path.read_bytes() for path in (tmp_path / "captura").rglob("*.gz")}
    found = recapture(tmp_path / "registro.db", FOLIO, today)
    assert [one.resultado for one in found] == [Outcome.SAME, Outcome.VERSION, Outcome.GONE, Outcome.NO_ARTICLE]
    assert {path: path.read_bytes() for path in before} == before
    told = rows(db, "SELECT noticia_id, accion, version, detalle, cuando FROM custodia WHERE accion <> 'ingreso' ORDER BY 1")
    when = "2026-08-01T12:00:00Z"
    assert told == [
        (1, "recaptura", 0, "igual", when),
        (2, "version", 2, "", when),
        (3, "ausencia", 0, "HTTP 410", when),
        (4, "recaptura", 0, "sin_nota", when),
    ]
    assert rows(db, "SELECT version, estado, titulo LIKE '%fiscalía' FROM noticias WHERE id = 2") == [(2, "capturada", 1)]
    assert rows(db, "SELECT n, titulo LIKE '%fiscalía' FROM noticias_versiones WHERE noticia_id = 2") == [(1, 0)]
    assert rows(db, "SELECT count(*) FROM noticias WHERE version = 1 AND estado = 'agrupada'") == [(3,)]


def test_what_was_captured_again_is_evidence_like_the_rest(db, tmp_path, today):
    recapture(tmp_path / "registro.db", FOLIO, today)
    assert len(list((tmp_path / "evidencia" / FOLIO).iterdir())) == 8
    said = []
    assert check_store(db, tmp_path, said.append).attention() == 0, said
    for reference, digest in rows(db, "SELECT captura, sha256 FROM custodia"):
        assert read_record(tmp_path, reference).sha256 == digest


def test_in_a_dossier_a_later_capture_is_told_by_its_day_and_answer(db, tmp_path, today):
    recapture(tmp_path / "registro.db", FOLIO, today)
    made = dossier(db, tmp_path, FOLIO)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        names, copy = archive.namelist(), archive.read("expediente.txt").decode()
    assert any(name.endswith("-recaptura.warc.gz") for name in names)
    assert "(HTTP 410)" in copy and "Recaptura, " in copy
    assert "versión 0" not in copy


def test_asking_twice_for_what_is_the_same_makes_no_version(db, tmp_path, today):
    recapture(tmp_path / "registro.db", FOLIO, today)
    again = recapture(tmp_path / "registro.db", "2", today)
    assert [(one.noticia_id, one.resultado) for one in again] == [(2, Outcome.SAME)]
    assert rows(db, "SELECT count(*) FROM noticias_versiones") == [(1,)]


def test_what_a_person_wrote_is_never_put_in_the_place_of(db, tmp_path, today):
    with db.atomic():
        db.execute("UPDATE noticias SET texto_origen = 'manual' WHERE id = 2")
    assert recapture(tmp_path / "registro.db", "2", today)[0].resultado == Outcome.SAME
    note = add_note_by_hand(db, FOLIO, HandNote("Lo contó por teléfono una colega suya."), ANA)
    with pytest.raises(ErrorDeUso, match="ninguna de sus noticias tiene dirección"):
        recapture(tmp_path / "registro.db", str(note.noticia_id), today)
    with pytest.raises(ErrorDeUso, match="no hay tal noticia"):
        recapture(tmp_path / "registro.db", "99", today)


def test_what_a_request_on_personal_data_covered_is_not_brought_back(db, tmp_path, today):
    with db.atomic():
        db.execute("INSERT INTO arco_solicitudes (id, tipo, motivo, quien, cuando) VALUES (1, 'suprimir', 'x', 'ana', 'x')")
        db.execute("INSERT INTO arco_noticias VALUES (2, 1)")
    assert [one.noticia_id for one in recapture(tmp_path / "registro.db", FOLIO, today)] == [1, 3, 4]
    with pytest.raises(ErrorDeUso, match="datos personales"):
        recapture(tmp_path / "registro.db", "2", today)


def command(folder, key, *args):
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "evidencia", "recapturar", key, "--registro", folder / "registro.db", *args],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_press_is_asked_with_manners_and_never_at_home_unless_it_is_allowed(tmp_path):
    with press("faro") as (faro,):
        with registry(tmp_path, fuente("faro")) as db:
            tagged(db, noticia("uno", url=faro.url("/una-nota-larga-de-prueba")), tags("Ana Ruiz"))
            group_pending(db, lambda: THEN, pause=0)
        refused = command(tmp_path, FOLIO)
        assert (refused.returncode, faro.seen) == (1, [])
        assert "no se pudo pedir" in refused.stdout
        asked = command(tmp_path, FOLIO, "--permitir-locales", "--json")
        assert (asked.returncode, '"ausencia"' in asked.stdout) == (0, True), asked.stderr
        assert [path for _, path in faro.seen] == ["/robots.txt", "/una-nota-larga-de-prueba"]
