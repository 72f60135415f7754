"""A finding linked to an open Base is told at once: once to each channel, in codes, and again only where nobody can know."""

import sqlite3

import pytest
from buzon import mailbox
from factories import NOW, registry, rows
from marchas import at, march, tell

from pipeline.bases.standing import Told, close_base, open_base
from pipeline.linking import link_pending
from pipeline.notices.bases import send_bases
from pipeline.notices.channels import channel
from pipeline.notices.send import NoticeOrder
from pipeline.review import Hand, acknowledge, correct, discard

LUZ = Hand("luz", NOW)
CODES = NoticeOrder()
NAMES = ("Irene", "Solano", "Ulises", "Nieves")


@pytest.fixture
def db(tmp_path, nlp):
    """A march with an open Base; the threat before it and the attack after it are linked."""
    with registry(tmp_path) as opened:
        march(opened)
        open_base(opened, 1, Told(), Hand("ana", at(13)))
        tell(opened, nlp, "amenaza", "noche")
        link_pending(opened, pause=0)
        yield opened


@pytest.fixture
def box():
    with mailbox() as opened:
        yield opened


def told(db, *addresses, order=CODES):
    return list(send_bases(db, [channel(one) for one in addresses], order, NOW))


def folio(db, fase):
    return rows(db, "SELECT folio FROM hallazgos WHERE fase = ?", fase)[0][0]


def test_it_is_told_once_to_each_channel_and_to_a_new_one_too(db, box, tmp_path):
    file = f"archivo:{tmp_path / 'avisos.txt'}"
    assert [one.reason for one in told(db, box.address)] == [""]
    body = box.body()
    assert box.messages[0]["subject"] == "hallazgos: 2 hallazgos en movilización con Base abierta"
    assert all(word in body for word in ("Marcha 8M:", "Antes · ", "Después · ", folio(db, "antes")))
    assert not any(name in body for name in NAMES)
    assert len(told(db, box.address, file)) == 1
    assert told(db, box.address, file) == []
    assert (tmp_path / "avisos.txt").read_text("utf-8").count("Después · ") == len(box.messages) == 1


def test_names_go_along_only_where_they_are_configured_and_are_noted(db, box):
    told(db, box.address, order=NoticeOrder("http://registro.ejemplo", "luz"))
    body = box.body()
    assert all(name in body for name in NAMES)
    assert f"http://registro.ejemplo/-/hallazgo/{folio(db, 'antes')}" in body
    assert rows(db, "SELECT quien, ruta FROM lecturas") == [("luz", "aviso --con-nombres")]


def test_what_a_channel_did_not_take_is_told_again(db, box):
    box.refuse = True
    assert told(db, box.address)[0].reason
    assert rows(db, "SELECT count(*) FROM avisos_base") == [(0,)]
    box.refuse = False
    assert [one.reason for one in told(db, box.address)] == [""]
    assert (len(box.messages), told(db, box.address)) == (1, [])


def test_a_crash_between_delivery_and_mark_repeats_it_rather_than_losing_it(db, box):
    db.execute("CREATE TRIGGER corte BEFORE INSERT ON avisos_base BEGIN SELECT RAISE(ABORT, 'corte'); END")
    with pytest.raises(sqlite3.IntegrityError):
        told(db, box.address)
    db.execute("DROP TRIGGER corte")
    told(db, box.address)
    assert (len(box.messages), box.body(0), told(db, box.address)) == (2, box.body(1), [])


def test_taking_note_of_a_danger_neither_silences_it_in_the_base_nor_repeats_it(db, box):
    acknowledge(db, folio(db, "antes"), LUZ)
    told(db, box.address)
    assert folio(db, "antes") in box.body()
    acknowledge(db, folio(db, "despues"), LUZ)
    assert told(db, box.address) == []


def test_what_a_person_links_is_told_and_what_is_discarded_or_unlinked_is_not(db, box, nlp):
    tell(db, nlp, "otra")
    link_pending(db, pause=0)
    ((other,),) = rows(db, "SELECT folio FROM hallazgos WHERE movilizacion_id IS NULL")
    threat, night = folio(db, "antes"), folio(db, "despues")
    correct(db, threat, "movilizacion_id", None, LUZ)
    discard(db, night, LUZ, motivo="no es de la labor")
    assert told(db, box.address) == []
    correct(db, other, "movilizacion_id", 1, LUZ)
    told(db, box.address)
    assert other in box.body() and threat not in box.body() and night not in box.body()


def test_a_closed_base_and_a_rehearsal_tell_nobody(db, box):
    rehearsal = told(db, box.address, order=NoticeOrder(dry_run=True))
    assert "Marcha 8M:" in rehearsal[0].message.body
    assert rows(db, "SELECT count(*) FROM avisos_base") == [(0,)]
    close_base(db, 1, Told(), Hand("ana", at(22)))
    assert (told(db, box.address), box.messages) == ([], [])
