"""The dossier of a finding: opened as whoever receives it would, byte by byte."""

import hashlib
import io
import json
import stat
import zipfile
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from factories import etiquetas, noticia, registry, rows, run_id, tagged
from revisado import ANA
from sitio import ask, send
from warcio.archiveiterator import ArchiveIterator

from crawlers.capture import Captures, Exchange, read_record
from pipeline.cli import hallazgos
from pipeline.custody.dossier import dossier
from pipeline.errores import ErrorDeUso
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending
from pipeline.pages.serving import build_site
from pipeline.registry.chain import Line
from pipeline.registry.noticias import replace_noticia
from pipeline.review import comment, validate

THEN = datetime(2026, 5, 10, 12, tzinfo=UTC)
FOLIO = "H-2026-000001"
SCRIPT = "<script>alert(1)</script>"


def written(captures, url, body):
    reference = captures.write_exchange(Exchange(url, 200, (("Content-Type", "text/html"),), body), THEN)
    return {"captura": reference, "sha256": read_record(captures.folder, reference).sha256}


@pytest.fixture
def db(tmp_path):
    """A finding of one note in two versions, of Ana Ruiz; another finding of Eva Solís."""
    with registry(tmp_path) as opened:
        captures = Captures(tmp_path, run_id(opened))
        first = written(captures, "https://faro.ejemplo/uno", b"<p>Primera</p>")
        tagged(opened, noticia("uno", titulo=f"Golpean a Ana Ruiz {SCRIPT}", **first), etiquetas("Ana Ruiz"))
        other = written(captures, "https://voz.ejemplo/otra", b"<p>Otra</p>")
        tagged(opened, noticia("otra", "voz", titulo="Eva", **other), etiquetas("Eva Canaria", fecha_hecho="2026-01-02"))
        group_pending(opened, lambda: THEN, pause=0)
        with opened.atomic():
            second = written(captures, "https://faro.ejemplo/uno", b"<p>Segunda</p>")
            replace_noticia(opened, 1, noticia("uno", titulo="Golpean a Ana Ruiz", texto=f"Ana Ruiz {SCRIPT}", **second))
        captures.close()
        validate(opened, FOLIO, ANA)
        yield opened


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def command(folder, *args):
    return CliRunner().invoke(hallazgos, ["evidencia", "expediente", *args, "--registro", str(folder / "registro.db")])


def test_every_capture_is_a_valid_warc_of_its_own_and_the_manifest_holds(db, tmp_path):
    found = files(dossier(db, tmp_path, FOLIO).content)
    sums = dict(reversed(line.split("  ")) for line in found["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(found) - {"SHA256SUMS"}
    assert {name: hashlib.sha256(found[name]).hexdigest() for name in sums} == sums
    told = json.loads(found["capturas.json"])["capturas"]
    bodies = []
    for one in told:
        (record,) = list_records(found[one["archivo"]])
        assert hashlib.sha256(record).hexdigest() == one["sha256"]
        bodies.append(record)
    assert bodies == [b"<p>Primera</p>", b"<p>Segunda</p>"]
    assert [one["version"] for one in told] == [1, 2]


def list_records(content):
    bodies = []
    for record in ArchiveIterator(io.BytesIO(content), check_digests=True):
        assert record.rec_type == "response"
        bodies.append(record.content_stream().read())
        assert record.digest_checker.passed is True
    return bodies


def test_the_logs_go_along_and_each_line_of_custody_is_checked_by_itself(db, tmp_path):
    found = files(dossier(db, tmp_path, FOLIO).content)
    lines = [json.loads(line) for line in found["custodia.jsonl"].splitlines()]
    assert [line["accion"] for line in lines] == ["ingreso", "version"]
    for line in lines:
        said = json.dumps(
            [value for name, value in line.items() if name != "huella"], ensure_ascii=False, separators=(",", ":")
        )
        assert hashlib.sha256(said.encode()).hexdigest() == line["huella"] == Line(**line).digest()
    trail = [json.loads(line) for line in found["bitacora.jsonl"].splitlines()]
    assert [(line["accion"], line["quien"]) for line in trail] == [("estado", "ana")]


def test_the_copy_is_read_in_spanish_and_what_the_press_wrote_is_no_markup(db, tmp_path):
    found = files(dossier(db, tmp_path, FOLIO).content)
    page, text = found["expediente.html"].decode(), found["expediente.txt"].decode()
    for words in ("Ataque físico", "Ana Ruiz", "Fuerza pública", "cambió el estado", "ingreso", "https://faro.ejemplo/uno"):
        assert words in text, words
        assert words in page, words
    assert SCRIPT in text
    assert SCRIPT not in page
    assert "Canaria" not in "".join(content.decode("utf-8", "replace") for content in found.values())


def test_the_same_registry_gives_the_same_bytes_even_after_it_was_given(db, tmp_path):
    out = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for path in out:
        assert command(tmp_path, FOLIO.lower(), "-o", str(path)).exit_code == 0
    assert out[0].read_bytes() == out[1].read_bytes()
    assert stat.S_IMODE(out[0].stat().st_mode) == 0o600
    comment(db, FOLIO, "Falta llamar.", ANA)
    assert dossier(db, tmp_path, FOLIO).content != out[0].read_bytes()


def test_who_took_it_is_written_down_twice(db, tmp_path, monkeypatch):
    monkeypatch.setenv("HALLAZGOS_QUIEN", "luz")
    told = command(tmp_path, FOLIO, "-o", str(tmp_path / "a.zip"))
    digest = hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest()
    assert f"2 capturas, SHA-256 {digest}" in told.output
    assert rows(db, "SELECT quien, ruta, folios FROM lecturas") == [("luz", "hallazgos evidencia expediente", f'["{FOLIO}"]')]
    exported = rows(db, "SELECT version, quien, detalle FROM custodia WHERE accion = 'exportacion' ORDER BY id")
    assert exported == [(version, "luz", f"expediente sha256 {digest}") for version in (1, 2)]


def test_a_file_that_cannot_be_written_leaves_no_line(db, tmp_path):
    (tmp_path / "ocupado").write_text("")
    told = command(tmp_path, FOLIO, "-o", str(tmp_path / "ocupado" / "a.zip"))
    assert (told.exit_code, "no se puede escribir" in told.output) == (2, True)
    assert rows(db, "SELECT count(*) FROM lecturas") == [(0,)]
    assert rows(db, "SELECT count(*) FROM custodia WHERE accion = 'exportacion'") == [(0,)]


def test_a_capture_that_is_gone_is_told_and_the_copy_serves_for_one_whose_run_was_purged(db, tmp_path):
    assert keep_evidence(db, tmp_path) == []
    next((tmp_path / "captura").rglob("*.warc.gz")).unlink()
    assert dossier(db, tmp_path, FOLIO).missing == ()
    for path in sorted((tmp_path / "evidencia" / FOLIO).iterdir())[:1]:
        path.write_bytes(path.read_bytes()[:50])
    told = command(tmp_path, FOLIO, "-o", str(tmp_path / "a.zip"))
    assert (told.exit_code, "falta noticia 1, versión " in told.output) == (1, True)
    assert "No se pudieron leer" in files((tmp_path / "a.zip").read_bytes())["LEEME.txt"].decode()


def test_what_may_not_leave_is_refused(db, tmp_path):
    with pytest.raises(ErrorDeUso, match="no hay tal hallazgo"):
        dossier(db, tmp_path, "H-2026-000099")
    with db.atomic():
        db.execute("UPDATE victimas SET anonimato_solicitado = 1 WHERE folio = ?", [FOLIO])
        db.execute("UPDATE noticias SET url = 'https://faro.ejemplo/golpean-a-ana-ruiz' WHERE id = 1")
    found = files(dossier(db, tmp_path, FOLIO).content)
    assert "ruiz" not in (found["expediente.html"] + found["expediente.txt"]).decode().lower()
    with db.atomic():
        db.execute("UPDATE personas SET suprimida_en = '2026-05-11T00:00:00Z' WHERE nombre = 'Ana Ruiz'")
    with pytest.raises(ErrorDeUso, match="bloqueada"):
        dossier(db, tmp_path, FOLIO)


ADDRESS = f"/-/hallazgo/{FOLIO}/expediente"


@pytest.fixture
def site(db, tmp_path):
    return build_site(tmp_path / "registro.db", accounts=True)


@pytest.mark.parametrize("roles", [None, [], ["lectura"]], ids=["nadie", "sin papel", "lectura"])
def test_only_who_may_review_takes_it_from_the_page(site, db, roles):
    assert send(site, ADDRESS, roles).status_code == 403
    assert ask(site, ADDRESS, ["analista"]).status_code == 405
    assert rows(db, "SELECT count(*) FROM custodia WHERE accion = 'exportacion'") == [(0,)]


def test_the_page_gives_the_same_file_and_writes_it_down(site, db, tmp_path):
    expected = dossier(db, tmp_path, FOLIO)
    answer = send(site, ADDRESS, ["analista"], "ana")
    assert (answer.status_code, answer.content) == (200, expected.content)
    assert answer.headers["content-disposition"] == f'attachment; filename="expediente-{FOLIO}.zip"'
    assert answer.headers["cache-control"] == "no-store"
    assert rows(db, "SELECT quien, ruta FROM lecturas ORDER BY id DESC LIMIT 1") == [("ana", ADDRESS)]
    assert rows(db, "SELECT count(*), max(quien) FROM custodia WHERE accion = 'exportacion'") == [(2, "ana")]
    page = ask(site, f"/-/hallazgo/{FOLIO}", ["analista"])
    assert f'action="{ADDRESS}"' in page.text
    assert ADDRESS not in ask(site, f"/-/hallazgo/{FOLIO}", ["lectura"]).text


def test_what_the_page_may_not_give_sends_back_to_the_finding(site, db):
    with db.atomic():
        db.execute("UPDATE personas SET suprimida_en = '2026-05-11T00:00:00Z' WHERE nombre = 'Ana Ruiz'")
    answer = send(site, ADDRESS, ["analista"])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/-/hallazgo/{FOLIO}")
    assert rows(db, "SELECT count(*) FROM custodia WHERE accion = 'exportacion'") == [(0,)]
