"""Old ordinary news lets go of its text and captures; identity, fate, evidence and every figure stay."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import NOW, enlace, etiquetas, lectura, noticia, registry, rows, run_id, tagged

from crawlers.capture import Captures, Exchange, read_record
from crawlers.fechas import utc_text
from nlp.etiquetas import Etiquetas
from pipeline.cli import hallazgos
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending
from pipeline.lock import crawl_lock, upkeep_lock
from pipeline.registry.connection import open_registry
from pipeline.registry.ledger import RegistryLedger
from pipeline.registry.noticias import insert_noticia, replace_noticia, save_etiquetas
from pipeline.views import ORDER

ROOT = Path(__file__).parents[1]
OLD, YOUNG, TODAY = NOW, NOW + timedelta(days=60), "2026-07-20"
ENOUGH = ("--dias", "30", "--hoy", TODAY)


def write(captures, nombre, when):
    url = f"https://faro.ejemplo/{nombre}"
    reference = captures.write_exchange(Exchange(url, 200, body=nombre.encode() * 50), when)
    sha256 = read_record(captures.folder, reference).sha256
    text = f"Vocablo {nombre} irrepetible. " * 300
    return noticia(nombre, texto=text, captura=reference, sha256=sha256, capturada_en=utc_text(when))


def run_files(folder):
    return sorted(path.name for path in (folder / "captura").rglob("*.warc.gz"))


@pytest.fixture
def folder(tmp_path):
    """Three runs: an old one with a finding (1) and two ordinary noticias (2, edited, and 3), a second old one, a young one."""
    with registry(tmp_path) as db:
        first = Captures(tmp_path, 1)
        tagged(db, write(first, "caso", OLD), etiquetas("Ana Ruiz"))
        edited = tagged(db, write(first, "parque", OLD), Etiquetas())
        with db.atomic():
            replace_noticia(db, edited, write(first, "parque", OLD))
        assert save_etiquetas(db, edited, 2, Etiquetas(), "prueba-1")
        tagged(db, write(first, "futbol", OLD), Etiquetas())
        second = Captures(tmp_path, 2)
        tagged(db, write(second, "cine", OLD + timedelta(days=1)), Etiquetas())
        third = Captures(tmp_path, 3)
        tagged(db, write(third, "mercado", YOUNG), Etiquetas())
        group_pending(db, pause=0)
        with db.atomic():
            db.execute("UPDATE hallazgos SET estado = 'validado'")
        for captures in (first, second, third):
            captures.close()
        assert keep_evidence(db, tmp_path) == []
        ledger = RegistryLedger(db, run_id(db, OLD), lambda: OLD, folder=tmp_path)
        ledger.record_reading(lectura(enlace("parque")))
        ledger.save_noticia(enlace("parque"), noticia("parque"))
        db.conn.close()
    return tmp_path


def run(*args):
    return CliRunner().invoke(hallazgos, [str(arg) for arg in args])


def purge(folder, *args):
    return run("depurar", "--registro", folder / "registro.db", *ENOUGH, *args)


def ask(folder, sql, *values):
    with closing(open_registry(folder / "registro.db")) as db:
        return rows(db, sql, *values)


def figures(folder):
    return {view: ask(folder, f"SELECT * FROM {view}") for view in ORDER}


def tree(folder):
    """Digest of every file but the database's own; the rows of every table."""
    with closing(sqlite3.connect(folder / "registro.db")) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        content = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    files = [path for path in folder.rglob("*") if path.is_file() and "registro" not in path.name]
    return content, {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_dry_run_counts_and_changes_nothing(folder):
    before = tree(folder)
    shown = purge(folder, "--json")
    assert shown.exit_code == 0, shown.output
    counts = {row["que"]: row["cantidad"] for row in json.loads(shown.output)}
    assert list(counts.values()) == [3, 1, 0, 2, 0]
    assert "repita la orden con --aplicar" in purge(folder).output
    assert tree(folder) == before


def test_texts_go_and_identity_fate_and_figures_stay(folder):
    columns = "id, url, url_canonica, fuente_id, titulo, publicada_en, capturada_en, sha256, captura, estado, relevante"
    identity, fate = f"SELECT {columns} FROM noticias", "SELECT url_normalizada, destino, noticia_id FROM enlaces"
    before, known, links = figures(folder), ask(folder, identity), ask(folder, fate)
    assert before["v_registros"] and before["v_hallazgos"]
    done = purge(folder, "--aplicar")
    assert (done.exit_code, "Se quitó" in done.output) == (0, True), done.output
    assert figures(folder) == before
    assert ask(folder, identity) == known
    assert ask(folder, fate) == links != []
    assert ask(folder, "SELECT id, texto = '', depurada_en FROM noticias ORDER BY id") == [
        (1, 0, None),
        (2, 1, "2026-07-20T12:00:00Z"),
        (3, 1, "2026-07-20T12:00:00Z"),
        (4, 1, "2026-07-20T12:00:00Z"),
        (5, 0, None),
    ]
    assert ask(folder, "SELECT texto FROM noticias_versiones") == [("",)]
    trail = "SELECT clave, despues ->> '$.noticias', despues ->> '$.capturas' FROM bitacora WHERE accion = 'depurar'"
    assert ask(folder, trail) == [("2026-06-20T06:00:00Z", 3, 2)]


def test_search_forgets_the_texts_and_keeps_the_titles(folder):
    purge(folder, "--aplicar")
    found = "SELECT rowid FROM noticias_fts WHERE noticias_fts MATCH ? ORDER BY rowid"
    assert ask(folder, found, "irrepetible") == [(1,), (5,)]
    assert ask(folder, found, "futbol") == [(3,)]  # its title
    with closing(open_registry(folder / "registro.db")) as db, db.atomic():
        db.execute("INSERT INTO noticias_fts (noticias_fts, rank) VALUES ('integrity-check', 1)")
    with closing(sqlite3.connect(folder / "registro.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = (folder / "registro.db").read_bytes()
    assert (b"Vocablo futbol" in raw, b"Vocablo caso" in raw) == (False, True)


def test_evidence_is_whole_afterwards_and_a_purged_noticia_says_so(folder):
    purge(folder, "--aplicar")
    assert run_files(folder) == ["corrida-000003-20260709T120000Z.warc.gz"]
    checked = run("evidencia", "verificar", "--todo", "--registro", folder / "registro.db")
    assert "2 capturas comprobadas, 0 noticias con problemas.\n" in checked.output
    assert "3 noticias depuradas no tienen captura que comprobar.\n" in checked.output
    assert checked.exit_code == 0
    shown = run("evidencia", "ver", "H-2026-000001", "--registro", folder / "registro.db")
    assert (shown.exit_code, "queda la copia" in shown.output) == (0, True)
    refused = run("evidencia", "ver", "3", "--registro", folder / "registro.db")
    assert (refused.exit_code, "se depuró el 2026-07-20" in refused.output) == (2, True)
    removed = ask(folder, "SELECT archivo, bytes > 0, length(sha256) FROM capturas_depuradas ORDER BY 1")
    assert [row[1:] for row in removed] == [(1, 64), (1, 64)]
    with closing(open_registry(folder / "registro.db")) as db:
        assert keep_evidence(db, folder) == []


def test_a_lost_copy_is_found_out_when_the_capture_was_removed(folder):
    purge(folder, "--aplicar")
    for path in (folder / "evidencia").rglob("*.warc.gz"):
        path.unlink()
    checked = run("evidencia", "verificar", "--todo", "--registro", folder / "registro.db")
    assert (checked.exit_code, "noticia 1" in checked.output) == (1, True)


def test_a_finding_that_took_another_number_keeps_its_evidence(folder):
    purge(folder, "--aplicar")
    (folder / "evidencia" / "H-2026-000001").rename(folder / "evidencia" / "H-2026-000009")
    with closing(open_registry(folder / "registro.db")) as db:
        assert keep_evidence(db, folder) == []
    assert run("evidencia", "verificar", "--todo", "--registro", folder / "registro.db").exit_code == 0


def execute(folder, sql, *values):
    with closing(open_registry(folder / "registro.db")) as db, db.atomic():
        db.execute(sql, list(values))


@pytest.mark.parametrize(
    "need",
    [
        "UPDATE enlaces SET destino = NULL, noticia_id = NULL, captura = (SELECT captura FROM noticias WHERE id = 4)",
        "UPDATE noticias SET relevante = NULL WHERE id = 4",
        "UPDATE noticias SET relevante = 1 WHERE id = 4",
        "UPDATE noticias SET captura = (SELECT captura FROM noticias WHERE id = 4) WHERE id = 5",
        "INSERT INTO noticias_versiones SELECT 5, 1, '', 'x', sha256, captura, capturada_en FROM noticias WHERE id = 4",
        "UPDATE hallazgos_noticias SET noticia_id = 4",
    ],
    ids=["enlace pendiente", "sin etiquetar", "relevante sin hallazgo", "noticia joven", "versión de una joven", "sin copia"],
)
def test_a_capture_file_stays_while_something_needs_it(folder, need):
    execute(folder, need)
    purge(folder, "--aplicar")
    assert "corrida-000002-20260511T120000Z.warc.gz" in run_files(folder)
    assert json.loads(purge(folder, "--json").output)[-1]["cantidad"] >= 1


def test_a_damaged_copy_does_not_count(folder):
    (copy,) = (folder / "evidencia").rglob("*.warc.gz")
    copy.write_bytes(copy.read_bytes()[:-20])
    purge(folder, "--aplicar")
    assert "corrida-000001-20260510T120000Z.warc.gz" in run_files(folder)


@pytest.mark.parametrize(
    ("kept", "noticia_id"),
    [
        ("UPDATE noticias SET relevante = 0", 1),
        ("UPDATE noticias SET relevante = NULL", 3),
        ("UPDATE noticias SET estado = 'etiquetada' WHERE id = 3", 3),
        ("UPDATE enlaces SET destino = NULL", 2),
    ],
    ids=["de un hallazgo", "sin etiquetar", "sin agrupar", "con enlace pendiente"],
)
def test_a_noticia_keeps_its_text_while_it_is_more_than_old_ordinary_news(folder, kept, noticia_id):
    execute(folder, kept)
    purge(folder, "--aplicar")
    assert ask(folder, "SELECT texto <> '', depurada_en FROM noticias WHERE id = ?", noticia_id) == [(1, None)]


def test_files_of_others_stay(folder):
    year = folder / "captura" / "2026"
    (year / "mia.warc.gz").write_bytes(b"x")
    (year / "corrida-000009-20260101T000000Z.warc.gz").symlink_to(year / "mia.warc.gz")
    purge(folder, "--aplicar")
    assert {"mia.warc.gz", "corrida-000009-20260101T000000Z.warc.gz"} < set(run_files(folder))


def test_what_was_purged_is_known_and_never_fetched_or_filled_again(folder):
    purge(folder, "--aplicar")
    now = datetime(2026, 7, 20, 13, tzinfo=UTC)
    with closing(open_registry(folder / "registro.db")) as db:
        ledger = RegistryLedger(db, run_id(db, now), lambda: now, folder=folder)
        again = enlace("parque", titulo="Otro título", fecha="2026-07-20T10:00:00Z")
        assert not ledger.brings_news([again])
        assert ledger.record_reading(lectura(again)).enlaces == ()
        new = enlace("parque-amp", fecha="2026-07-20T10:00:00Z")
        assert ledger.record_reading(lectura(new)).enlaces == (new,)
        db.execute("UPDATE noticias SET texto_origen = 'feed' WHERE id = 2")
        db.conn.commit()
        assert ledger.save_noticia(new, noticia("parque", texto="Otra vez entera.")) == "conocida"
        assert rows(db, "SELECT texto, version, estado FROM noticias WHERE id = 2") == [("", 2, "agrupada")]


def test_a_purge_waits_for_no_run_and_no_backup(folder):
    for lock, said in ((crawl_lock, "otra corrida"), (upkeep_lock, "un respaldo")):
        code = (
            f"import sys; from pathlib import Path; from pipeline.lock import {lock.__name__}\n"
            f"with {lock.__name__}(Path(sys.argv[1])): print(flush=True); sys.stdin.read()"
        )
        command = [sys.executable, "-c", code, str(folder / "registro.db")]
        holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        try:
            holder.stdout.readline()
            busy = purge(folder, "--aplicar")
            assert (busy.exit_code, said in busy.output) == (4, True), busy.output
            assert purge(folder).exit_code == 0  # looking is free
        finally:
            holder.kill()
            holder.communicate()
    assert ask(folder, "SELECT count(*) FROM noticias WHERE depurada_en IS NOT NULL") == [(0,)]


def test_killed_in_the_middle_the_next_purge_goes_on(folder):
    with closing(open_registry(folder / "registro.db")) as db, db.atomic():
        for number in range(4000):
            insert_noticia(db, noticia(f"n{number}", capturada_en="2026-05-10T13:00:00Z", captura=""))
        db.execute("UPDATE noticias SET estado = 'agrupada', relevante = 0 WHERE estado = 'capturada'")
    gone = "SELECT count(*) FROM noticias WHERE depurada_en IS NOT NULL"
    command = [sys.executable, "-m", "pipeline.cli", "depurar", "--registro", str(folder / "registro.db"), *ENOUGH, "--aplicar"]
    process, deadline = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE), time.monotonic() + 30
    with closing(sqlite3.connect(folder / "registro.db")) as db:
        while not db.execute(gone).fetchone()[0] and time.monotonic() < deadline:
            time.sleep(0.001)
        process.kill()
        process.communicate()
        done = db.execute(gone).fetchone()[0]
    assert 0 < done < 4003
    assert len(run_files(folder)) == 3  # rows first, then files
    listed = "captura/2026/corrida-000002-20260511T120000Z.warc.gz"
    execute(folder, "INSERT INTO capturas_depuradas VALUES (?, 1, 'x', 'y')", listed)
    assert purge(folder, "--aplicar").exit_code == 0
    assert ask(folder, gone) == [(4003,)]
    assert len(run_files(folder)) == 1  # a file listed as removed by a purge that died before removing it goes too
    assert run("evidencia", "verificar", "--todo", "--registro", folder / "registro.db").exit_code == 0
    assert ask(folder, "SELECT count(*) FROM bitacora WHERE accion = 'depurar'") == [(2,)]


def test_a_purge_with_nothing_to_do_leaves_no_trace(folder):
    purge(folder, "--aplicar")
    before = tree(folder)
    assert purge(folder, "--aplicar").exit_code == 0
    assert tree(folder) == before


def test_days_are_asked_for(folder):
    refused = run("depurar", "--registro", folder / "registro.db")
    assert (refused.exit_code, "--dias" in refused.output) == (2, True)
    assert run("depurar", "--dias", "0", "--registro", folder / "registro.db").exit_code == 2
