"""The captures that rows rest on: found, checked, copied for findings."""

import shutil
import stat
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from factories import etiquetas, noticia, registry, rows, tagged

from crawlers.article import VERSION_EXTRACTOR, extract
from crawlers.capture import Captures, Exchange, read_record
from nlp.etiquetas import Etiquetas
from pipeline.cli import hallazgos
from pipeline.errores import ErrorDeUso
from pipeline.evidence import keep_evidence, kept
from pipeline.evidence_check import problems
from pipeline.incidents import group_pending
from pipeline.registry.noticias import replace_noticia

BODY = "<html><p>Un cuerpo con acentos: cámara.</p></html>".encode() * 3000
MOMENT = datetime(2026, 5, 10, 12, tzinfo=UTC)


def captured(captures, url, body=BODY):
    """Write one answer; return what a row says of it."""
    exchange = Exchange(url, 200, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body)
    reference = captures.write_exchange(exchange, MOMENT)
    return {"captura": reference, "sha256": read_record(captures.folder, reference).sha256}


@pytest.fixture
def db(tmp_path):
    """A finding (noticia 1, with an earlier version) and an ordinary noticia (2)."""
    captures = Captures(tmp_path, 1)
    with registry(tmp_path) as opened:
        tagged(opened, noticia("uno", **captured(captures, "https://faro.ejemplo/uno")), etiquetas("Ana Ruiz"))
        ordinary = captured(captures, "https://faro.ejemplo/dos", b"otra")
        tagged(opened, noticia("dos", texto="Otra.", **ordinary), Etiquetas())
        group_pending(opened, pause=0)
        with opened.atomic():
            edited = noticia("uno", texto="Corregida.", **captured(captures, "https://faro.ejemplo/uno", BODY + b"!"))
            replace_noticia(opened, 1, edited)
        captures.close()
        yield opened


def command(db, tmp_path, *args):
    return CliRunner().invoke(hallazgos, ["evidencia", *args, "--registro", str(tmp_path / "registro.db")])


def test_captures_of_findings_are_copied_once_record_by_record(db, tmp_path):
    assert keep_evidence(db, tmp_path) == []
    copies = sorted((tmp_path / "evidencia").rglob("*.warc.gz"))
    assert [path.parent.name for path in copies] == ["H-2026-000001"] * 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in copies} == {0o600}
    written = [path.stat().st_mtime_ns for path in copies]
    for one in kept(db, ["H-2026-000001"]):
        assert read_record(tmp_path, one.copy).sha256 == one.sha256
        assert read_record(tmp_path, one.copy).body == read_record(tmp_path, one.captura).body
    assert keep_evidence(db, tmp_path) == []
    assert [path.stat().st_mtime_ns for path in copies] == written


def test_the_copy_lasts_when_the_runs_captures_are_gone(db, tmp_path):
    keep_evidence(db, tmp_path)
    shutil.rmtree(tmp_path / "captura")
    shown = command(db, tmp_path, "ver", "H-2026-000001")
    assert shown.exit_code == 0
    assert "https://faro.ejemplo/uno" in shown.output
    gone = command(db, tmp_path, "ver", "2")
    assert gone.exit_code == 2
    assert "no está el archivo de captura" in gone.output


def test_a_capture_that_cannot_be_read_is_told_and_not_copied(db, tmp_path):
    shutil.rmtree(tmp_path / "captura")
    assert [one.noticia_id for one in keep_evidence(db, tmp_path)] == [1, 1]
    assert not (tmp_path / "evidencia").exists()


def test_all_well_is_status_0(db, tmp_path):
    keep_evidence(db, tmp_path)
    checked = command(db, tmp_path, "verificar", "--todo")
    assert checked.exit_code == 0
    assert "Todo coincide." in checked.output


def test_a_row_whose_digest_is_not_the_captures_is_named(db, tmp_path):
    with db.atomic():
        db.execute("UPDATE noticias SET sha256 = ? WHERE id = 2", ["f" * 64])
    checked = command(db, tmp_path, "verificar", "2")
    assert checked.exit_code == 1
    assert "noticia 2, versión 1" in checked.output
    assert command(db, tmp_path, "verificar", "1").exit_code == 1  # its copies were never made


def test_a_file_that_was_tampered_with_is_found_out(db, tmp_path):
    other = Captures(tmp_path, 2)
    false = captured(other, "https://faro.ejemplo/dos", b"falsa")["captura"]
    other.close()
    with db.atomic():
        db.execute("UPDATE noticias SET captura = ? WHERE id = 2", [false])
    one = next(iter(kept(db, ["2"])))
    assert problems(db, tmp_path, one) == [f"{false}: la huella del contenido no es la de la fila"]


def test_the_body_is_written_out_as_it_was_captured(db, tmp_path):
    out = tmp_path / "pagina.html"
    assert command(db, tmp_path, "ver", "2", "-o", str(out)).exit_code == 0
    assert out.read_bytes() == b"otra"
    several = command(db, tmp_path, "ver", "1", "-o", str(out))
    assert several.exit_code == 2
    assert "varias capturas" in several.output


def test_unknown_keys_are_named(db, tmp_path):
    with pytest.raises(ErrorDeUso, match="H-2026-000009"):
        list(kept(db, ["H-2026-000009"]))
    assert command(db, tmp_path, "verificar").exit_code == 2
    assert rows(db, "SELECT count(*) FROM noticias") == [(2,)]


PAGE = (
    '<html><head><meta property="article:published_time" content="2026-05-10T06:00:00-06:00"></head><body><article>'
    "<h1>Golpean a una reportera en la plaza</h1>"
    + "<p>Una reportera fue golpeada por agentes cuando cubría un desalojo en la plaza, denunció su medio.</p>" * 3
    + "</article></body></html>"
).encode()


@pytest.fixture
def read(tmp_path):
    """A noticia as the reader made it of its page, which is no finding."""
    captures = Captures(tmp_path, 1)
    kept_as = captured(captures, "https://faro.ejemplo/plaza", PAGE)
    captures.close()
    article = extract(PAGE, "https://faro.ejemplo/plaza", content_type="text/html")
    with registry(tmp_path) as opened:
        row = noticia(
            "plaza", titulo=article.titulo, texto=article.texto, publicada_en=article.publicada_en,
            version_extractor=VERSION_EXTRACTOR, **kept_as,
        )  # fmt: skip
        tagged(opened, row, Etiquetas())
        yield opened


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("texto", "Otro texto."),
        ("titulo", "Otro título"),
        ("publicada_en", "2026-05-09T12:00:00Z"),
        ("capturada_en", "2026-05-09T12:00:00Z"),
    ],
)
def test_a_row_that_was_changed_is_named_with_its_field(read, tmp_path, column, value):
    assert command(read, tmp_path, "verificar", "--todo").exit_code == 0
    with read.atomic():
        read.execute(f"UPDATE noticias SET {column} = ?", [value])
    checked = command(read, tmp_path, "verificar", "1")
    assert checked.exit_code == 1
    assert f"noticia 1, versión 1: la fila no dice lo que su captura: {column}" in checked.output


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


def test_a_changed_byte_is_found_wherever_it_lies(db, tmp_path):
    keep_evidence(db, tmp_path)
    capture, copy = (next((tmp_path / name).rglob("*.warc.gz")) for name in ("captura", "evidencia"))
    for path, at in ((capture, 60), (capture, capture.stat().st_size // 2), (copy, 7), (copy, copy.stat().st_size - 6)):
        whole = path.read_bytes()
        flip(path, at)
        checked = command(db, tmp_path, "verificar", "--todo")
        assert (checked.exit_code, path.name in checked.output) == (1, True), at
        path.write_bytes(whole)
    capture.write_bytes(capture.read_bytes()[:-20])  # what a killed run leaves: the rows' own records are whole
    assert command(db, tmp_path, "verificar", "--todo").exit_code == 0
