"""The registry's file, its shape, its runs and its articles."""

import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from factories import NOW, TAGGER, etiquetas, fuente, noticia, registry, rows, tagged

from nlp.etiquetas import Pasaje
from pipeline.errores import ErrorDeUso
from pipeline.registry import audit
from pipeline.registry.connection import connect, open_registry
from pipeline.registry.folios import next_folio
from pipeline.registry.noticias import replace_noticia, save_etiquetas, text_print
from pipeline.registry.runs import close_run, open_run, sync_sources
from pipeline.registry.schema import MIGRATIONS, RegistryTooNew
from pipeline.registry.transaction import writing


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path) as opened:
        yield opened


def test_a_new_registry_is_private_in_wal_mode_and_keeps_foreign_keys(tmp_path):
    path = tmp_path / "datos" / "registro.db"
    with closing(open_registry(path)) as db:
        assert rows(db, "PRAGMA journal_mode") == [("wal",)]
        with pytest.raises(sqlite3.IntegrityError), db.atomic():
            db.execute("INSERT INTO hallazgos_noticias VALUES ('H-2026-000001', 1, 'primera', '{}')")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


FIRST, SECOND = MIGRATIONS._migrations[0].name, MIGRATIONS._migrations[1].name


def first_version(path):
    """A registry as the first version left it, with a row; several migrations wait, however many there are by now."""
    with closing(connect(path)) as db:
        MIGRATIONS.apply(db, stop_before=SECOND)
        db.execute(
            "INSERT INTO fuentes (id, nombre, tipo, sitio) VALUES ('faro', 'El Faro', 'medio_local', 'https://faro.ejemplo/')"
        )
        db.conn.commit()
    return path


def test_an_older_registry_is_copied_aside_once_before_all_migrations(tmp_path):
    path = first_version(tmp_path / "registro.db")
    with closing(open_registry(path)) as db:
        assert not MIGRATIONS.pending(db)
    with closing(open_registry(path)):
        pass
    copies = [item for item in tmp_path.iterdir() if "antes-de" in item.name]
    assert [copy.name for copy in copies] == [f"registro.antes-de-{SECOND}.db"]
    assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("SELECT name FROM _sqlite_migrations").fetchall() == [(FIRST,)]
        assert copy.execute("SELECT id FROM fuentes").fetchall() == [("faro",)]


def test_a_migration_that_fails_changes_nothing_and_leaves_the_copy(tmp_path):
    path = first_version(tmp_path / "registro.db")
    with closing(connect(path)) as db:
        db.execute("ALTER TABLE noticias ADD COLUMN depurada_en TEXT")
        db.conn.commit()
        before = rows(db, "SELECT name, sql FROM sqlite_master ORDER BY name")
    with pytest.raises(ErrorDeUso, match="duplicate column"):
        open_registry(path)
    with closing(connect(path)) as db:
        assert rows(db, "SELECT name, sql FROM sqlite_master ORDER BY name") == before
    assert (tmp_path / f"registro.antes-de-{SECOND}.db").exists()


def test_no_migration_without_a_whole_copy(tmp_path):
    path = first_version(tmp_path / "registro.db")
    taken = tmp_path / f"registro.antes-de-{SECOND}.db"
    taken.mkdir()
    (taken / "algo").touch()
    with pytest.raises(ErrorDeUso, match="es una carpeta"):
        open_registry(path)
    with closing(connect(path)) as db:
        assert MIGRATIONS.pending(db)
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".")] == []


def test_a_registry_of_a_later_version_is_refused_and_untouched(tmp_path):
    path = tmp_path / "registro.db"
    with closing(open_registry(path)) as db, db.atomic():
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('hallazgos', 'm9999_futuro', '')")
    with pytest.raises(RegistryTooNew, match="versión posterior"):
        open_registry(path)


def foreign_with_migrations(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)")
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('otro', 'm0001')")


def test_several_may_open_a_new_registry_at_once(tmp_path):
    path = tmp_path / "registro.db"
    gate = threading.Barrier(4)

    def opened(_number):
        gate.wait()
        with closing(open_registry(path)) as db:
            return rows(db, "SELECT count(*) FROM v_hallazgos")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(opened, range(4))) == [[(0,)]] * 4
    assert list(tmp_path.glob("*antes-de*")) == []


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.mkdir(), "es una carpeta"),
        (lambda path: path.write_text("esto no es una base de datos, sino un texto cualquiera"), "no es un archivo SQLite"),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE ajena (x)").connection.close(), "otro programa"),
        (foreign_with_migrations, "otro programa"),
    ],
    ids=["carpeta", "texto", "base ajena", "base ajena con migraciones"],
)
def test_what_is_no_registry_is_refused_in_one_line_and_left_as_it_is(tmp_path, make, said):
    path = tmp_path / "registro.db"
    make(path)
    before = None if path.is_dir() else path.read_bytes()
    with pytest.raises(ErrorDeUso, match=said) as refused:
        open_registry(path)
    assert refused.value.exit_code == 2
    assert "\n" not in refused.value.message
    assert before is None or path.read_bytes() == before


def test_a_write_that_fails_leaves_nothing_and_may_be_nested(db):
    with pytest.raises(ZeroDivisionError), writing(db):
        db.execute("UPDATE fuentes SET nombre = 'otra'")
        with writing(db):
            db.execute("UPDATE fuentes SET tipo = 'otra'")
        raise ZeroDivisionError
    assert rows(db, "SELECT nombre, tipo FROM fuentes WHERE id = 'faro'") == [("El Faro", "medio_local")]


def test_a_write_waits_for_another_instead_of_failing(tmp_path):
    with registry(tmp_path) as first, closing(connect(tmp_path / "registro.db")) as second:
        with writing(first):
            first.execute("UPDATE fuentes SET nombre = 'uno'")
            second.execute("PRAGMA busy_timeout = 10")
            with pytest.raises(sqlite3.OperationalError, match="locked"), writing(second):
                pass
        with writing(second):
            seen = rows(second, "SELECT DISTINCT nombre FROM fuentes")
            second.execute("UPDATE fuentes SET nombre = 'dos'")
    assert seen == [("uno",)]


def test_migrations_have_distinct_ordered_names():
    names = [migration.name for migration in MIGRATIONS._migrations]
    assert names == sorted(set(names))


def test_the_catalogue_is_laid_over_the_sources_and_keeps_what_readings_stored(db):
    with db.atomic():
        db.execute("UPDATE fuentes SET etag = 'x', ultima_lectura_buena = '2026-05-01T00:00:00Z', alta = '2020-01-01'")
    sync_sources(db, [replace(fuente("faro"), nombre="Faro nuevo")], NOW)
    assert rows(db, "SELECT id, nombre, activa, etag, ultima_lectura_buena, alta FROM fuentes ORDER BY id") == [
        ("faro", "Faro nuevo", 1, "x", "2026-05-01T00:00:00Z", "2020-01-01"),
        ("voz", "El Voz", 0, "x", "2026-05-01T00:00:00Z", "2020-01-01"),
    ]
    sync_sources(db, [replace(fuente("faro"), rss="https://faro.ejemplo/otro.xml")], NOW)
    assert rows(db, "SELECT etag FROM fuentes WHERE id = 'faro'") == [(None,)]


def test_a_run_is_of_the_mexico_city_day_on_which_it_began(db):
    run = open_run(db, datetime(2026, 5, 11, 5, 59, tzinfo=UTC), mode="completo", version="0")
    assert rows(db, "SELECT dia, estado FROM corridas WHERE id = ?", run) == [("2026-05-10", "en_curso")]


@pytest.mark.parametrize(
    ("closed", "expected", "state"),
    [
        (("faro", "voz"), ("faro", "voz"), "completa"),
        (("faro",), ("faro", "voz"), "interrumpida"),
        (("faro", "voz"), None, "interrumpida"),
    ],
)
def test_a_run_is_complete_when_every_source_was_closed_in_it(db, closed, expected, state):
    run = open_run(db, NOW, mode="completo", version="0")
    with db.atomic():
        for clave in ("faro", "voz"):
            db.execute(
                "INSERT INTO corridas_fuentes (corrida_id, fuente_id, cerrada) VALUES (?, ?, ?)", [run, clave, clave in closed]
            )
    assert close_run(db, run, NOW, expected=expected, findings=3) == state
    assert rows(db, "SELECT estado, hallazgos_nuevos FROM corridas") == [(state, 3)]


def test_a_run_that_died_is_found_interrupted_by_the_next(db):
    open_run(db, NOW, mode="completo", version="0")
    open_run(db, NOW, mode="solo_feeds", version="0")
    assert rows(db, "SELECT estado FROM corridas ORDER BY id") == [("interrumpida",), ("en_curso",)]


def test_tags_replace_the_passages_of_earlier_ones(db):
    noticia_id = tagged(db, noticia(), etiquetas("Ana Ruiz"))
    other = etiquetas("Ana Ruiz", pasajes=(Pasaje("clase", "agresion", "titulo", 0, 6, "Título", "otra_regla"),))
    assert save_etiquetas(db, noticia_id, 1, other, "prueba-2")
    assert rows(db, "SELECT campo, parte, regla, version_etiquetador FROM pasajes") == [
        ("clase", "titulo", "otra_regla", "prueba-2")
    ]
    assert rows(db, "SELECT estado, relevante, confianza, etiquetas ->> '$.victimas[0].nombre' FROM noticias") == [
        ("etiquetada", 1, 0.9, "Ana Ruiz")
    ]


def test_tags_of_a_text_that_was_edited_meanwhile_are_not_stored(db):
    noticia_id = tagged(db, noticia(), etiquetas())
    with db.atomic():
        replace_noticia(db, noticia_id, noticia(texto="Otro."))
    assert rows(db, "SELECT estado, etiquetas, relevante FROM noticias") == [("capturada", None, None)]
    assert rows(db, "SELECT count(*) FROM pasajes") == [(0,)]
    assert not save_etiquetas(db, noticia_id, 1, etiquetas(), TAGGER)
    assert rows(db, "SELECT estado FROM noticias") == [("capturada",)]


def test_a_version_without_a_date_keeps_the_known_one(db):
    noticia_id = tagged(db, noticia(), etiquetas())
    with db.atomic():
        replace_noticia(db, noticia_id, noticia(texto="Otro.", publicada_en=None, fecha_precision="ninguna"))
    assert rows(db, "SELECT publicada_en, fecha_precision FROM noticias") == [("2026-05-10T10:00:00Z", "hora")]


def test_search_finds_words_without_their_accents_after_an_edit(db):
    noticia_id = tagged(db, noticia(titulo="Detención en Coyoacán"), etiquetas())
    found = "SELECT rowid FROM noticias_fts WHERE noticias_fts MATCH ?"
    assert rows(db, found, "detencion coyoacan") == [(noticia_id,)]
    with db.atomic():
        replace_noticia(db, noticia_id, noticia(titulo="Libertad en Tlalpan"))
    assert rows(db, found, "coyoacan") == []
    assert rows(db, found, "TLALPAN") == [(noticia_id,)]


def test_the_print_of_a_text_ignores_spacing_case_and_punctuation():
    assert text_print("Uno, dos.\n Tres") == text_print("uno dos tres") != text_print("uno dos")


def test_folios_follow_each_other_by_year_and_need_a_transaction(db):
    with db.atomic():
        assert [next_folio(db, 2026), next_folio(db, 2026), next_folio(db, 2027)] == [
            "H-2026-000001",
            "H-2026-000002",
            "H-2027-000001",
        ]
    with pytest.raises(RuntimeError):
        next_folio(db, 2026)


def test_the_audit_trail_only_grows(db):
    with db.atomic():
        audit.record(
            db, audit.Change("corregir", "hallazgos", "H-2026-000001", "clase", "riesgo", "agresion"), quien="ana", now=NOW
        )
    assert rows(db, "SELECT quien, antes, despues FROM bitacora") == [("ana", '"riesgo"', '"agresion"')]
    over = "INSERT OR REPLACE INTO bitacora (id, cuando, quien, accion, tabla, clave) VALUES (1, '', '', '', '', '')"
    for sql in ("UPDATE bitacora SET quien = 'otra'", "DELETE FROM bitacora", over):
        with pytest.raises(sqlite3.IntegrityError, match="bitácora"), db.atomic():
            db.execute(sql)


@pytest.mark.parametrize("table", ["victimas", "personas", "actos", "claves_union", "hallazgos_noticias", "pasajes"])
def test_no_deletion_of_grouping_reads_a_whole_table(db, table):
    key = {"personas": "id", "pasajes": "noticia_id"}.get(table, "folio")
    plan = [row[3] for row in rows(db, f"EXPLAIN QUERY PLAN DELETE FROM {table} WHERE {key} = 'x'")]
    assert [step for step in plan if step.startswith("SCAN")] == []
