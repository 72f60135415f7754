"""The whole store checked both ways: rows, captures, copies, purges, the log of custody."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from factories import etiquetas, noticia, registry, rows, run_id, tagged

from crawlers.article import VERSION_EXTRACTOR
from crawlers.capture import Captures, Exchange, read_record
from nlp.etiquetas import Etiquetas
from pipeline import purge
from pipeline.cli import hallazgos
from pipeline.custody.breaks import read_log
from pipeline.custody.store import check_store
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending

THEN = datetime(2026, 5, 10, 12, tzinfo=UTC)
PAGE = b"<html><p>Una pagina de prueba sobre la plaza.</p></html>" * 40


def written(captures, url, body=PAGE):
    reference = captures.write_exchange(Exchange(url, 200, (("Content-Type", "text/html"),), body), THEN)
    return {"captura": reference, "sha256": read_record(captures.folder, reference).sha256}


@pytest.fixture
def db(tmp_path):
    """Run 1: a feed that no row names, a finding's noticia (1) and an ordinary one (2); copies made."""
    with registry(tmp_path) as opened:
        captures = Captures(tmp_path, run_id(opened))
        written(captures, "https://faro.ejemplo/rss.xml", b"<rss/>")
        tagged(opened, noticia("uno", **written(captures, "https://faro.ejemplo/uno")), etiquetas("Ana Ruiz"))
        tagged(opened, noticia("dos", **written(captures, "https://faro.ejemplo/dos", PAGE + b"!")), Etiquetas())
        captures.close()
        group_pending(opened, lambda: THEN, pause=0)
        assert keep_evidence(opened, tmp_path) == []
        yield opened


def checked(db, folder):
    said = []
    done = check_store(db, folder, said.append)
    return {kind: count for kind, count in done.counts.items() if count}, said


def command(folder, *args):
    return CliRunner().invoke(hallazgos, ["evidencia", "verificar", *args, "--registro", str(folder / "registro.db")])


def only(folder, name):
    return next((folder / name).rglob("*.warc.gz"))


FINE = {"comprobadas": 2, "archivos": 2, "sin_fila": 1, "custodia": 1}


def test_a_store_in_order(db, tmp_path):
    assert checked(db, tmp_path) == (FINE, [])
    told = command(tmp_path, "--todo", "--json")
    assert told.exit_code == 0
    assert {row["clave"]: row["cuantos"] for row in json.loads(told.stdout) if row["cuantos"]} == FINE
    assert rows(db, "SELECT accion, folio, noticia_id, detalle FROM custodia ORDER BY id DESC LIMIT 1") == [
        ("verificacion", "", None, "comprobadas 2, con atención 0")
    ]
    head = command(tmp_path, "--todo").output.split()[-1]
    assert command(tmp_path, "--todo", "--cabeza", head).exit_code == 0
    assert command(tmp_path, "--todo", "--cabeza", f"1:{'0' * 64}").exit_code == 1


def test_a_row_without_its_capture(db, tmp_path):
    shutil.rmtree(tmp_path / "captura")
    counts, said = checked(db, tmp_path)
    assert counts["sin_captura"] == 2
    assert "noticia 2, versión 1: no está el archivo de captura" in said[1]
    shutil.rmtree(tmp_path / "evidencia")
    assert checked(db, tmp_path)[0]["sin_copia"] == 1


def test_a_capture_and_a_copy_without_a_row(db, tmp_path):
    foreign = Captures(tmp_path, 77)
    written(foreign, "https://faro.ejemplo/otra")
    foreign.close()
    copy = only(tmp_path, "evidencia")
    shutil.copy(copy, copy.with_name("corrida-000001-20260510T120000Z-9999999.warc.gz"))
    counts, said = checked(db, tmp_path)
    assert {key: counts[key] for key in ("sin_corrida", "copias_sin_fila")} == {"sin_corrida": 1, "copias_sin_fila": 1}
    assert len(said) == 2


def test_a_cut_file_is_told_where_a_row_needs_what_is_gone(db, tmp_path):
    capture, copy = only(tmp_path, "captura"), only(tmp_path, "evidencia")
    whole = capture.read_bytes()
    capture.write_bytes(whole[:-20])  # the end of a request that no row names: what a killed run leaves
    assert checked(db, tmp_path) == (FINE | {"cortados": 1}, [])
    offset = int(rows(db, "SELECT captura FROM noticias WHERE id = 2")[0][0].partition("#")[2])
    capture.write_bytes(whole[: offset + 40])
    counts, said = checked(db, tmp_path)
    assert (counts["cortados"], counts["sin_captura"]) == (1, 1)
    assert said[0].startswith("noticia 2, versión 1: no hay un registro íntegro")
    capture.write_bytes(whole)
    copy.write_bytes(copy.read_bytes()[:-5])
    assert checked(db, tmp_path)[0]["danados"] == 1
    copy.write_bytes(copy.read_bytes()[:-60])
    assert checked(db, tmp_path)[0]["sin_copia"] == 1


def test_a_changed_byte_is_told(db, tmp_path):
    for name in ("captura", "evidencia"):
        path = only(tmp_path, name)
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :])
        assert any(path.name in line for line in checked(db, tmp_path)[1]), name
        path.write_bytes(whole)
    assert checked(db, tmp_path) == (FINE, [])


def test_what_was_purged_is_known_as_purged_and_the_log_tells_it(db, tmp_path):
    later = THEN + timedelta(days=400)
    purge.apply(tmp_path / "registro.db", 30, later)
    assert rows(db, "SELECT accion, folio, noticia_id, cuando FROM custodia WHERE accion = 'depuracion'") == [
        ("depuracion", "H-2026-000001", 1, later.strftime("%Y-%m-%dT%H:%M:%SZ"))
    ]
    counts, said = checked(db, tmp_path)
    assert (counts, said) == ({"comprobadas": 1, "depuradas": 1, "archivos": 1, "custodia": 2}, [])
    removed = tmp_path / rows(db, "SELECT archivo FROM capturas_depuradas")[0][0]
    removed.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(only(tmp_path, "evidencia"), removed)
    assert checked(db, tmp_path)[0]["por_quitar"] == 1


@pytest.mark.parametrize("value", ["ayer", "2026-05-10", b"\x00"])
def test_a_moment_that_is_none_is_told_and_the_check_goes_on(db, tmp_path, value):
    with db.atomic():
        db.execute("UPDATE noticias SET capturada_en = ?, version_extractor = ? WHERE id = 1", [value, VERSION_EXTRACTOR])
    (only(tmp_path, "captura").parent / "carpeta.warc.gz").mkdir()
    counts, said = checked(db, tmp_path)
    assert (counts["distintas"], counts["danados"], counts["custodia"]) == (1, 1, 1)
    assert said[0].endswith("la fila no dice lo que su captura: capturada_en")
    assert said[1].endswith("carpeta.warc.gz: no se puede leer: es una carpeta")


def test_a_line_with_bytes_in_it_is_a_break_like_any_other(db):
    with db.atomic():
        db.execute("DROP TRIGGER custodia_no_cambia")
        db.execute("UPDATE custodia SET detalle = x'00ff' WHERE id = 1")
    assert read_log(db).ruptura.linea == 1


def test_options_of_the_whole_store_are_not_taken_in_silence(db, tmp_path):
    for words in (["--rapido"], ["--cabeza", f"1:{'0' * 64}"]):
        told = command(tmp_path, "H-2026-000001", *words)
        assert (told.exit_code, "van con --todo" in told.output) == (2, True)
    assert command(tmp_path, "h-2026-000001").exit_code == 0


def test_the_log_is_held_against_the_rows(db, tmp_path):
    with db.atomic():
        db.execute("UPDATE noticias SET sha256 = ? WHERE id = 1", ["f" * 64])
    assert checked(db, tmp_path)[0]["custodia_distinta"] == 1
    with db.atomic():
        db.execute("UPDATE hallazgos_noticias SET noticia_id = 2")
    counts, said = checked(db, tmp_path)
    assert counts["sin_custodia"] == 1
    assert any("la custodia no dice nada" in line for line in said)


def test_a_break_in_the_chain_is_status_1_and_named(db, tmp_path):
    with db.atomic():
        db.execute("DROP TRIGGER custodia_no_cambia")
        db.execute("UPDATE custodia SET cuando = '2020-01-01T00:00:00Z' WHERE id = 1")
    told = command(tmp_path, "--todo")
    assert told.exit_code == 1
    assert "custodia, renglón 1: su contenido no da su huella" in told.output
