"""The log of custody: a chained line for whatever happens to a finding's captures, in the transaction that does it."""

import sqlite3
from dataclasses import astuple, replace

import pytest
from factories import NOW, etiquetas, noticia, rows, tagged
from revisado import ANA, LUIS, ONE, THREE, TWO, findings

from pipeline.custody.breaks import noted_head, read_log
from pipeline.errores import ErrorDeUso
from pipeline.incidents import group_pending
from pipeline.registry import custody
from pipeline.registry.chain import Line, address_digest
from pipeline.registry.noticias import replace_noticia
from pipeline.review import HandNote, add_note_by_hand, merge, move_note, split, undo


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


def told(db, since=0):
    sql = "SELECT accion, folio, noticia_id, version, quien, detalle FROM custodia WHERE id > ? ORDER BY id"
    return rows(db, sql, since)


def last(db):
    return custody.head(db)[0]


def test_each_note_that_joins_a_finding_is_a_line(db):
    assert sorted(row[:4] for row in told(db)) == [
        ("ingreso", ONE, 1, 1),
        ("ingreso", ONE, 2, 1),
        ("ingreso", TWO, 3, 1),
        ("ingreso", TWO, 4, 1),
        ("ingreso", THREE, 5, 1),
    ]
    first = next(custody.lines(db, ONE))
    assert (first.sha256, first.captura, first.herramienta.split()[0]) == ("0" * 64, "captura/2026/x.warc.gz#100", "hallazgos")
    assert first.direccion == address_digest("https://medio0.ejemplo/a")
    assert read_log(db).ruptura is None


def test_what_people_move_is_told_with_who_did_it(db):
    since = last(db)
    merge(db, TWO, ONE, ANA)
    assert told(db, since) == [("traslado", ONE, note, 1, "ana", f"de {TWO}") for note in (3, 4)]
    since = last(db)
    undo(db, ONE, LUIS)
    assert told(db, since) == [("traslado", TWO, note, 1, "luis", f"de {ONE}") for note in (3, 4)]
    since = last(db)
    new = split(db, ONE, [2], ANA)
    move_note(db, 4, ONE, ANA)
    assert told(db, since) == [("traslado", new, 2, 1, "ana", f"de {ONE}"), ("traslado", ONE, 4, 1, "ana", f"de {TWO}")]
    assert read_log(db).ruptura is None


def test_an_edited_note_and_one_by_hand(db):
    since = last(db)
    with db.atomic():
        replace_noticia(db, 1, noticia("a", "medio0", texto="Otro texto.", captura="captura/2026/y.warc.gz#7", sha256="1" * 64))
    assert told(db, since) == [("version", ONE, 1, 2, "hallazgos", "")]
    assert rows(db, "SELECT captura, sha256 FROM custodia WHERE id = ?", since + 1) == [("captura/2026/y.warc.gz#7", "1" * 64)]
    since = last(db)
    add_note_by_hand(db, ONE, HandNote("Llamó una colega y lo contó con detalle."), ANA)
    assert told(db, since) == []  # no capture, no line
    tagged(db, noticia("nadie", "medio0"), etiquetas(relevante=False))
    group_pending(db, pause=0)
    assert told(db, since) == []


def test_what_is_rolled_back_leaves_no_line(db):
    before = custody.head(db)
    with pytest.raises(ZeroDivisionError), db.atomic():
        custody.joined(db, 1, now=NOW)
        raise ZeroDivisionError
    assert custody.head(db) == before


def test_the_log_only_grows_at_its_end(db):
    for sql in (
        "UPDATE custodia SET quien = 'otra' WHERE id = 2",
        "DELETE FROM custodia WHERE id = 5",
        "INSERT OR REPLACE INTO custodia SELECT * FROM custodia WHERE id = 5",
        "INSERT INTO custodia SELECT id + 9, cuando, accion, folio, noticia_id, version, captura, sha256, direccion, metodo,"
        " herramienta, quien, detalle, huella, huella FROM custodia WHERE id = 5",
        "INSERT INTO custodia SELECT id + 1, cuando, accion, folio, noticia_id, version, captura, sha256, direccion, metodo,"
        " herramienta, quien, detalle, anterior, huella FROM custodia WHERE id = 5",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="custodia"), db.atomic():
            db.execute(sql)


def tampered(db, *changes):
    """Change the log as somebody would who holds the file: the triggers go first."""
    with db.atomic():
        for name in ("custodia_no_cambia", "custodia_no_se_borra", "custodia_sigue"):
            db.execute(f"DROP TRIGGER {name}")
        for sql in changes:
            db.execute(sql)
    return read_log(db).ruptura


def test_a_changed_line_is_named_with_what_it_said(db):
    found = tampered(db, f"UPDATE custodia SET sha256 = '{'f' * 64}' WHERE id = 3")
    assert (found.linea, found.que) == (3, f"sha256 dice {'f' * 64} y lo que se firmó es {'0' * 64}")


def test_a_changed_column_that_the_registry_does_not_know_is_named_by_its_line(db):
    found = tampered(db, "UPDATE custodia SET quien = 'otra' WHERE id = 2")
    assert found.linea == 2
    assert "alguna columna se cambió" in found.que


def test_a_missing_line_and_a_line_made_up_anew_are_the_first_break(db):
    found = tampered(db, "DELETE FROM custodia WHERE id = 4")
    assert (found.linea, "sigue el 5" in found.que) == (4, True)


def test_lines_in_another_order_are_named_with_the_place_they_were_signed_for(db):
    swap = "UPDATE custodia SET id = CASE id WHEN 2 THEN -3 ELSE -2 END WHERE id IN (2, 3)"
    found = tampered(db, swap, "UPDATE custodia SET id = -id WHERE id < 0")
    assert (found.linea, "se firmó como renglón 3" in found.que) == (2, True)


def test_a_line_put_in_between_breaks_at_the_one_that_it_moved(db):
    second = next(line for line in custody.lines(db) if line.id == 2)
    forged = replace(second, id=3, quien="otra", anterior=second.huella)
    forged = replace(forged, huella=forged.digest())
    room = ("UPDATE custodia SET id = -id - 1 WHERE id > 2", "UPDATE custodia SET id = -id WHERE id < 0")
    values = ", ".join("NULL" if value is None else repr(value) for value in astuple(forged))
    found = tampered(db, *room, f"INSERT INTO custodia VALUES ({values})")
    assert (found.linea, "se firmó como renglón 3" in found.que) == (4, True)


def test_a_line_signed_anew_breaks_at_the_next(db):
    line = next(line for line in custody.lines(db) if line.id == 2)
    forged = Line(**{**vars(line), "quien": "otra"}).digest()
    found = tampered(db, f"UPDATE custodia SET quien = 'otra', huella = '{forged}' WHERE id = 2")
    assert (found.linea, f"la huella del renglón 2 es {forged}" in found.que) == (3, True)


def test_a_shortened_log_is_known_by_what_was_noted_outside(db):
    number, digest = custody.head(db)
    assert read_log(db, noted_head(f"{number}:{digest}")).ruptura is None
    assert read_log(db, (2, "0" * 64)).ruptura.linea == 2
    tampered(db, f"DELETE FROM custodia WHERE id = {number}")
    assert read_log(db).ruptura is None  # a chain cannot tell by itself that its end is gone
    assert read_log(db, (number, digest)).ruptura.linea == number
    with pytest.raises(ErrorDeUso, match="N:HUELLA"):
        noted_head("5")


def test_stock_is_taken_once_of_what_was_there_before(db):
    with db.atomic():
        db.execute("DROP TRIGGER custodia_no_se_borra")
        db.execute("DELETE FROM custodia")
        assert custody.take_stock(db, NOW) == 5
        assert custody.take_stock(db, NOW) == 0
    assert {row[0] for row in told(db)} == {"inventario"}
    assert read_log(db).lineas == 5
