"""Notes that a person adds: by hand, by their address, and those that the machine had refused."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import NOW, etiquetas, noticia, rows, tagged
from press import Page, press
from revisado import ANA, ONE, THREE, TWO, findings, page, partition, run_process, version

from crawlers.capture import read_record
from crawlers.options import HarvestOptions
from nlp.etiquetas import Etiquetas
from pipeline.errores import ErrorDeUso
from pipeline.evidence import keep_evidence, kept
from pipeline.evidence_check import problems
from pipeline.evidence_text import describe, show
from pipeline.incidents import group_pending
from pipeline.jobs import work
from pipeline.registry import jobs
from pipeline.registry.transaction import writing
from pipeline.review import (
    HandNote,
    ReviewError,
    accept_refused,
    add_note_by_hand,
    confirm_refused,
    discard,
    drop_job,
    merge,
    move_note,
    request_note_by_url,
    try_job_again,
    undo,
    validate,
)

CALL = (
    "Llamó la fotógrafa Renata Olmedo Prieto: policías la golpearon el sábado en la plaza de San Juan, en la alcaldía "
    "Cuauhtémoc, cuando cubría el desalojo de vendedores, y le quitaron la cámara."
)


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


@pytest.fixture
def do(db, nlp, tmp_path):
    """Do the waiting jobs in this process, from captures of `pages` (address: body)."""
    from nlp.tagger import tag_many

    def run(**pages):
        folder = tmp_path / "prensa"
        folder.mkdir(exist_ok=True)
        lines = ["url,archivo,tipo,estado"]
        for name, body in pages.items():
            (folder / f"{name}.html").write_bytes(body)
            lines.append(f"https://faro.ejemplo/{name},{name}.html,text/html,200")
        (folder / "indice.csv").write_text("\n".join(lines), "utf-8")
        options = HarvestOptions(tmp_path, 0, lambda: NOW, replay=folder, delay=0)
        return work.do_all(tmp_path / "registro.db", options, lambda: lambda note: next(tag_many(nlp, [note])))

    return run


def ended(db):
    return rows(db, "SELECT estado, mensaje, folio FROM trabajos ORDER BY id")


def test_a_call_is_stored_at_once_and_tagged_by_the_process(db, do):
    at = version(db, ONE)
    added = add_note_by_hand(db, ONE, HandNote(CALL, sha256="AB" * 32, autor="Guardia"), ANA)
    assert partition(db)[ONE] == [1, 2, added.noticia_id]
    assert version(db, ONE) == at
    stored = rows(db, "SELECT fuente_id, texto_origen, publicada_en, sha256, captura, estado FROM noticias WHERE id = 6")
    assert stored == [("manual", "manual", "2026-05-10", "ab" * 32, "", "capturada")]
    do()
    assert rows(db, "SELECT estado, relevante FROM noticias WHERE id = 6") == [("agrupada", 1)]
    assert ended(db) == [("hecho", f"la nota quedó en {ONE}", ONE)]
    assert rows(db, "SELECT quien, accion, despues FROM bitacora") == [("ana", "nota_a_mano", "6")]
    assert rows(db, "SELECT noticia_a, decision FROM decisiones_union ORDER BY 1") == [(1, "juntas"), (2, "juntas")]
    assert "Olmedo" not in str(rows(db, "SELECT * FROM bitacora"))


def test_a_free_note_joins_what_it_tells_or_opens_a_finding_by_hand(db, do):
    add_note_by_hand(db, None, HandNote(CALL, publicada_en="2026-05-09"), ANA)
    add_note_by_hand(db, None, HandNote("Vecinos avisan de un coche que ronda la redacción.", titulo="Aviso"), ANA)
    do()
    assert partition(db)[ONE] == [1, 2, 6]
    new = ended(db)[1][2]
    assert new not in (ONE, TWO, THREE)
    assert rows(db, "SELECT origen, estado, fecha_registro FROM hallazgos WHERE folio = ?", new) == [
        ("manual", "detectado", "2026-05-10")
    ]
    assert rows(db, "SELECT relevante FROM noticias WHERE id = 7") == [(1,)]
    assert rows(db, "SELECT origen FROM hallazgos WHERE folio = ?", ONE) == [("monitoreo",)]


def test_an_added_note_is_news_of_a_validated_finding_and_stays_at_undo(db, do):
    validate(db, ONE, ANA)
    add_note_by_hand(db, ONE, HandNote(CALL), replace(ANA, now=NOW + timedelta(hours=1)))
    do()
    assert rows(db, "SELECT folio FROM novedades WHERE noticia_id = 6") == [(ONE,)]
    undo(db, ONE, ANA)
    assert partition(db)[ONE] == [1, 2, 6]
    move_note(db, 6, TWO, ANA)


def test_a_note_without_capture_is_no_lost_evidence(db, do, tmp_path):
    add_note_by_hand(db, ONE, HandNote(CALL), ANA)
    do()
    assert [one.noticia_id for one in keep_evidence(db, tmp_path)] == [1, 2, 3, 4, 5]
    (kept_note,) = kept(db, ["6"])
    assert "la escribió una persona" in describe(tmp_path, kept_note)
    assert problems(db, tmp_path, kept_note) == []
    with pytest.raises(ErrorDeUso, match="no hay captura"):
        show(tmp_path / "registro.db", "6", tmp_path / "cuerpo")


@pytest.mark.parametrize(
    "note",
    [
        HandNote(" "),
        HandNote("corto"),
        HandNote("x" * 50_001),
        HandNote(CALL, sha256="abc"),
        HandNote(CALL, url="javascript:alert(1)"),
        HandNote(CALL, url="https://medio0.ejemplo/a"),
        HandNote(CALL, publicada_en="ayer"),
        HandNote(CALL, publicada_en="2026-05-11"),
    ],
)
def test_what_is_no_note_stores_nothing(db, note):
    with pytest.raises(ReviewError):
        add_note_by_hand(db, ONE, note, ANA)
    assert rows(db, "SELECT (SELECT count(*) FROM noticias), (SELECT count(*) FROM trabajos)") == [(5, 0)]


def test_a_note_by_its_address_is_captured_read_and_grouped(db, do, tmp_path):
    request_note_by_url(db, None, "https://faro.ejemplo/nota-larga-del-caso?utm_source=x", ANA)
    do(**{"nota-larga-del-caso": page()})
    ((state, _, folio),) = ended(db)
    assert (state, partition(db)[folio]) == ("hecho", [6])
    url, source, captura, digest, tags = rows(
        db, "SELECT url_canonica, fuente_id, captura, sha256, etiquetas FROM noticias WHERE id = 6"
    )[0]
    assert (url, source) == ("https://faro.ejemplo/nota-larga-del-caso", "manual")
    assert read_record(tmp_path, captura).sha256 == digest == hashlib.sha256(page()).hexdigest()
    assert "ataque_fisico" in json.loads(tags)["modalidad"]
    assert rows(db, "SELECT nombre FROM personas WHERE nombre LIKE 'Julia%'") == [("Julia Cano Ortega",)]
    assert rows(db, "SELECT origen FROM hallazgos WHERE folio = ?", folio) == [("manual",)]


def test_an_address_of_a_source_is_that_sources(db, do):
    with db.atomic():
        db.execute("UPDATE fuentes SET sitio = 'https://www.faro.ejemplo/' WHERE id = 'medio3'")
    request_note_by_url(db, TWO, "https://faro.ejemplo/caso", ANA)
    do(caso=page())
    assert rows(db, "SELECT fuente_id FROM noticias WHERE id = 6") == [("medio3",)]
    assert partition(db)[TWO] == [3, 4, 6]


def test_what_cannot_be_read_ends_as_failed_with_a_line(db, do):
    for address in ("https://faro.ejemplo/no-esta", "https://faro.ejemplo/vacia", "http://127.0.0.1:5432/"):
        request_note_by_url(db, ONE, address, ANA)
    do(vacia=b"<html><body><p>Hola</p></body></html>")
    states = ended(db)
    assert [state for state, _, _ in states] == ["fallido"] * 3
    assert "404" in states[0][1]
    assert "no da texto" in states[1][1]
    assert partition(db)[ONE] == [1, 2]


def test_a_known_address_is_not_stored_twice(db, do):
    tagged(db, noticia("sabida", "medio0", url_canonica="https://faro.ejemplo/sabida"), Etiquetas())
    tagged(db, noticia("otra", "medio0", url_canonica="https://faro.ejemplo/otra"), etiquetas("Renata Olmedo Prieto"))
    group_pending(db, pause=0)
    assert partition(db)[ONE] == [1, 2, 7]
    for folio, name in ((TWO, "sabida"), (ONE, "otra"), (TWO, "otra")):
        request_note_by_url(db, folio, f"https://faro.ejemplo/{name}", ANA)
    do(sabida=page(), otra=page())
    assert [(state, folio) for state, _, folio in ended(db)] == [("hecho", TWO), ("hecho", ONE), ("fallido", TWO)]
    assert "muévala" in ended(db)[2][1]
    assert partition(db) == {ONE: [1, 2, 7], TWO: [3, 4, 6], THREE: [5]}


def test_a_note_for_a_finding_that_was_merged_meanwhile_goes_to_the_other(db, do):
    request_note_by_url(db, ONE, "https://faro.ejemplo/caso", ANA)
    merge(db, ONE, TWO, ANA)
    do(caso=page())
    assert ended(db)[0][2] == TWO
    with pytest.raises(ReviewError, match="fusionado"):
        request_note_by_url(db, ONE, "https://faro.ejemplo/otro", ANA)


def test_a_job_left_by_a_dead_process_is_taken_up_once_more_then_given_up(db, tmp_path):
    request_note_by_url(db, ONE, "https://faro.ejemplo/caso", ANA)
    assert [job.datos["url"] for job in jobs.take_all(db, NOW)] == ["https://faro.ejemplo/caso"]
    assert len(jobs.take_all(db, NOW)) == 1
    assert jobs.take_all(db, NOW) == []
    ((state, message, _),) = ended(db)
    assert (state, "interrumpió" in message) == ("fallido", True)


def test_a_job_that_breaks_off_ends_as_failed(db, tmp_path, capsys):
    with writing(db):
        jobs.add_job(db, "nota_a_mano", None, {"noticia_id": 999}, quien="ana", now=NOW)
    with pytest.raises(TypeError):
        work.do_all(tmp_path / "registro.db", HarvestOptions(tmp_path, 0, lambda: NOW))
    ((state, message, _),) = ended(db)
    assert (state, "ya está guardada, no la agregue de nuevo" in message) == ("fallido", True)
    assert "trabajo 1: se interrumpió" in capsys.readouterr().err


def test_what_failed_is_tried_again_or_its_line_taken_off(db, do):
    number = request_note_by_url(db, ONE, "https://faro.ejemplo/nota-larga-del-caso", ANA)
    with pytest.raises(ReviewError, match="fallida"):
        try_job_again(db, ONE, number, ANA)
    jobs.finish(db, number, "fallido", "no hay red", NOW)
    with pytest.raises(ReviewError, match="fallida"):
        try_job_again(db, TWO, number, ANA)
    try_job_again(db, ONE, number, ANA)
    assert do(**{"nota-larga-del-caso": page()}) == [number]
    assert ended(db)[0] == ("hecho", f"la nota quedó en {ONE}", ONE)
    with pytest.raises(ReviewError, match="fallida"):
        drop_job(db, ONE, number, ANA)
    other = request_note_by_url(db, ONE, "https://faro.ejemplo/otro", ANA)
    jobs.finish(db, other, "fallido", "no hay red", NOW)
    drop_job(db, ONE, other, ANA)
    assert len(ended(db)) == 1
    assert [row[0] for row in rows(db, "SELECT accion FROM bitacora ORDER BY id")][-1] == "quitar_aviso"


def test_a_private_address_is_not_asked_for(db, tmp_path):
    with press("faro") as (faro,):
        faro.pages["/caso"] = Page(page())
        request_note_by_url(db, None, faro.url("/caso"), ANA)
        run_process(tmp_path)
        assert faro.seen == []
    assert ended(db)[0][0] == "fallido"
    assert "puerto" in ended(db)[0][1] or "privada" in ended(db)[0][1]


def sample(db, *ids):
    with db.atomic():
        for noticia_id in ids:
            db.execute(
                "INSERT INTO muestra_rechazadas (noticia_id, semana, poblacion) VALUES (?, '2026-05-04', 900)", [noticia_id]
            )


def test_a_refused_note_that_was_a_case_opens_a_finding(db):
    for name in ("f", "g"):
        tagged(db, noticia(name, "medio5", texto=f"Un caso que nadie vio, {name}."), Etiquetas())
    group_pending(db, pause=0)
    sample(db, 6, 7)
    folio = accept_refused(db, 6, ANA)
    assert partition(db)[folio] == [6]
    assert rows(db, "SELECT estado, origen FROM hallazgos WHERE folio = ?", folio) == [("detectado", "monitoreo")]
    confirm_refused(db, 7, ANA)
    assert rows(db, "SELECT noticia_id, era_hallazgo, quien FROM muestra_rechazadas ORDER BY 1") == [
        (6, 1, "ana"),
        (7, 0, "ana"),
    ]
    for act in (accept_refused, confirm_refused):
        with pytest.raises(ReviewError, match="ya se respondió"):
            act(db, 7, ANA)
    discard(db, folio, ANA, motivo="no es labor")
