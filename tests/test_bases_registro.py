"""The Base: opened once, changed by who saw it as it is, its log stored once whoever sends it; no text in the trail."""

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from factories import registry, rows
from instalada import EVENING, NOON, demonstration, exported, hand, installed, sent, uuid
from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.bases.care import Done, attend_in_base
from pipeline.bases.entries import Fate, Sender, Taken, initials, take
from pipeline.bases.files import offline_form, printed_log
from pipeline.bases.hours import moment
from pipeline.bases.log import gather
from pipeline.bases.received import MOST_BYTES, MOST_ENTRIES, read_content, receive
from pipeline.bases.standing import Told, change_base, close_base, open_base, reopen_base
from pipeline.registry.bases import base
from pipeline.registry.connection import open_registry
from pipeline.review.errors import Conflict, ReviewError


def fates(taken: list[Taken]) -> list[str]:
    return [one.estado.value for one in taken]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    with installed(tmp_path) as made:
        yield made


def trail(db: Database) -> list[tuple]:
    return rows(db, "SELECT accion, tabla, clave, campo, antes, despues FROM bitacora ORDER BY id")


def test_a_base_opens_changes_and_closes_each_with_its_line(db):
    version = change_base(db, 1, Told(personas_presentes=6), hand(version=1))
    close_base(db, 1, Told(fin="18:15"), hand(version=version))
    row = base(db, 1)
    assert (row["personas_presentes"], row["fin"], row["version"]) == (6, "2026-03-09T00:15:00Z", 3)
    assert trail(db) == [
        ("abrir", "bases", "1", "movilizacion_id", None, "1"),
        ("cambiar", "bases", "1", "personas_presentes", "4", "6"),
        ("cerrar", "bases", "1", "fin", None, '"2026-03-09T00:15:00Z"'),
    ]


def test_a_change_that_says_what_is_there_already_writes_nothing(db):
    assert change_base(db, 1, Told(sitio=" Hemiciclo  a Juárez "), hand(version=1)) == 1
    assert len(trail(db)) == 1


def test_of_two_who_close_at_once_the_second_is_told(db):
    close_base(db, 1, Told(), hand(version=1))
    with pytest.raises(Conflict) as told:
        close_base(db, 1, Told(), hand(version=1))
    assert told.value.version == 2
    with pytest.raises(ReviewError, match="ya está cerrada"):
        close_base(db, 1, Told(), hand())
    reopen_base(db, 1, hand())
    assert base(db, 1)["fin"] is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told(), "ya está abierta"),
        (Told(tipo="base_nueva"), "no es uno de"),
        (Told(tipo="base_ddhh", fin="11:00"), "antes de abrirse"),
        (Told(tipo="base_ddhh", inicio="19:30"), "todavía no llega"),
        (Told(tipo="base_ddhh", sitio="x" * 201), "más de 200"),
    ],
)
def test_a_base_that_cannot_be_is_refused(db, told, why):
    with pytest.raises(ReviewError, match=why):
        open_base(db, 1, told, hand(NOON))
    assert len(rows(db, "SELECT 1 FROM bases")) == 1


def test_no_base_for_a_demonstration_that_is_not_or_was_called_off(tmp_path):
    with registry(tmp_path) as db:
        demonstration(db, estado="cancelada")
        for number, why in ((1, "está cancelada"), (9, "no hay movilización 9")):
            with pytest.raises(ReviewError, match=why):
                open_base(db, number, Told(), hand())
        assert rows(db, "SELECT * FROM bases") == []


def test_both_bases_may_stand_for_one_demonstration(db):
    assert open_base(db, 1, Told(tipo="base_ddhh"), hand()) == 2


def test_an_entry_sent_twice_is_stored_once_and_another_of_its_uuid_is_refused(db):
    assert fates(take(db, 1, [sent(1)], hand(), Sender())) == ["guardada"]
    again = take(db, 1, [sent(1), sent(1, texto="Otra cosa."), sent(2)], hand(quien="luis"), Sender())
    assert fates(again) == ["ya_estaba", "rechazada", "guardada"]
    assert "distinta" in again[1].error
    assert rows(db, "SELECT uuid, quien, hora, iniciales FROM registros_base") == [
        (uuid(1), "ana", "2026-03-08T23:50:00Z", "ML"),
        (uuid(2), "luis", "2026-03-08T23:50:00Z", "ML"),
    ]


def test_nothing_of_an_entry_but_its_uuid_gets_into_the_trail(db):
    take(db, 1, [sent(1, texto="SECRETO", iniciales="QZX")], hand(), Sender())
    attend_in_base(db, 1, Done("atencion", "SECRETO DOS", a_quien="QZX", registro=uuid(1)), hand())
    told = json.dumps(rows(db, "SELECT * FROM bitacora"), ensure_ascii=False)
    assert uuid(1) in told
    assert "SECRETO" not in told
    assert "QZX" not in told


WRONG = [
    ({"uuid": "uno"}, "identificador"),
    ({"tipo": "chisme"}, "falta qué pasa"),
    ({"tipo": 3}, "«tipo» no es un texto"),
    ({"texto": "  \x00 "}, "falta qué pasó"),
    ({"texto": "x" * 2001}, "más de 2000"),
    ({"tipo_persona": "gobierno"}, "periodista o defensora"),
    ({"tipo_persona": ""}, "hay iniciales"),
    ({"iniciales": "María López"}, "sólo iniciales"),
    ({"iniciales": "MARIA"}, "sólo iniciales"),
    ({"iniciales": "QWERTYU"}, "sólo iniciales"),
    ({"iniciales": "M1"}, "sólo iniciales"),
    ({"hora": "2026-03-09T01:00:00Z"}, "todavía no llega"),
    ({"hora": "ayer"}, "no es una hora"),
    ({"hora": "9999-12-31T23:59:59-14:00"}, "no es una hora"),
    ({"hora": "2026-03-01T10:00:00Z"}, "no es de los días"),
    ({"folio": "X-1"}, "no es un folio"),
    ({"folio": "77"}, "no hay hallazgo H-2026-000077"),
]


@pytest.mark.parametrize(("changes", "why"), WRONG)
def test_an_entry_that_cannot_be_is_refused_by_its_number_and_keeps_no_other_out(db, changes, why):
    taken = take(db, 1, [sent(1), sent(2, **changes), sent(3)], hand(), Sender())
    assert fates(taken) == ["guardada", "rechazada", "guardada"]
    assert (taken[1].numero, why in taken[1].error) == (2, True), taken[1].error


@pytest.mark.parametrize("given", ["texto", None, 3, [], [[]]])
def test_what_is_no_entry_is_refused(db, given):
    assert fates(take(db, 1, [given], hand(), Sender())) == ["rechazada"]


def test_halves_of_characters_and_control_characters_are_no_text_to_store(db):
    assert fates(take(db, 1, [sent(1, texto="a\ud800b\x07c\r\nd")], hand(), Sender())) == ["guardada"]
    assert rows(db, "SELECT texto FROM registros_base") == [("a b c\nd",)]


@pytest.mark.parametrize(("typed", "kept"), [("m. l.", "ML"), ("mlr", "MLR"), ("A.N.A.", "ANA"), ("Ñ Á", "ÑÁ"), ("", "")])
def test_initials_are_kept_plain(typed, kept):
    assert initials(typed) == kept


@pytest.mark.parametrize(
    ("typed", "now", "found"),
    [
        ("18:20", EVENING, "2026-03-09T00:20:00Z"),
        ("18:35", EVENING, "2026-03-09T00:35:00Z"),
        ("23:50", EVENING + timedelta(hours=6), "2026-03-09T05:50:00Z"),
        ("2026-03-08T17:00", EVENING, "2026-03-08T23:00:00Z"),
        ("2026-03-08T17:00:00-06:00", EVENING, "2026-03-08T23:00:00Z"),
    ],
)
def test_an_hour_is_of_today_or_of_last_night(typed, now, found):
    assert utc_text(moment(typed, now)) == found


def test_what_waited_on_a_phone_arrives_after_the_close(db):
    close_base(db, 1, Told(), hand(NOON + timedelta(hours=6)))
    assert fates(take(db, 1, [sent(1)], hand(EVENING + timedelta(hours=5)), Sender())) == ["guardada"]


def test_two_phones_at_once_lose_nothing_and_double_nothing(tmp_path):
    installed(tmp_path).conn.close()
    shared = [sent(number) for number in range(1, 6)]

    def phone(first: int) -> None:
        with open_registry(tmp_path / "registro.db") as db:
            for entry in [*shared, *(sent(number) for number in range(first, first + 20))]:
                take(db, 1, [entry], hand(quien=f"p{first}"), Sender())

    threads = [threading.Thread(target=phone, args=(first,)) for first in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_registry(tmp_path / "registro.db") as db:
        assert rows(db, "SELECT count(*), count(DISTINCT uuid) FROM registros_base") == [(45, 45)]


def test_an_attention_comes_from_an_entry_or_from_the_base(db):
    take(db, 1, [sent(1)], hand(), Sender())
    attend_in_base(db, 1, Done("acompanamiento", "Se le acompañó al ministerio público.", registro=uuid(1)), hand())
    attend_in_base(db, 1, Done("evaluacion_medidas", "Sin medidas que ajustar."), hand())
    found = rows(db, "SELECT tipo, base_id, registro_base, folio FROM atenciones ORDER BY id")
    assert found == [("acompanamiento", 1, uuid(1), None), ("evaluacion_medidas", 1, None, None)]


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (Done("turno", "x"), "no es uno de"),
        (Done("atencion", "  "), "falta decir"),
        (Done("atencion", "x", registro=uuid(9)), "no es de esta Base"),
        (Done("atencion", "x", folio="9"), "no hay tal hallazgo"),
        (Done("atencion", "x" * 4001), "más de 4000"),
    ],
)
def test_an_attention_that_cannot_be_is_refused(db, done, why):
    with pytest.raises(ReviewError, match=why):
        attend_in_base(db, 1, done, hand())
    assert rows(db, "SELECT * FROM atenciones") == []


def test_a_file_is_received_once_however_often_it_comes(db):
    content = json.dumps(exported(sent(1), sent(2, hora="mañana"))).encode()
    first, second = (receive(db, read_content(content), hand()) for _ in range(2))
    assert (fates(first), fates(second)) == (["guardada", "rechazada"], ["ya_estaba", "rechazada"])
    assert rows(db, "SELECT entrada, anoto, quien FROM registros_base") == [("formulario", "RT", "ana")]


GARBAGE = [
    (b"", "no es un archivo"),
    (b"\xff\xfe\x00", "no es un archivo"),
    (b"[" * 100_000, "no es un archivo"),
    (b"[]", "no es un archivo"),
    (b'{"formato": "otro"}', "no es un archivo"),
    (json.dumps(exported(version=2)).encode(), "otra versión"),
    (json.dumps(exported(base=True)).encode(), "incompleto"),
    (json.dumps(exported(base=-1)).encode(), "incompleto"),
    (json.dumps(exported(registros="x")).encode(), "incompleto"),
    (json.dumps(exported(registros=[0] * (MOST_ENTRIES + 1))).encode(), "más de 2000 anotaciones"),
    (b" " * (MOST_BYTES + 1), "pasa de 2 MB"),
]


@pytest.mark.parametrize(("content", "why"), GARBAGE)
def test_garbage_is_refused_whole(content, why):
    with pytest.raises(ReviewError, match=why):
        read_content(content)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"base": 7}, "no hay Base 7"), ({"movilizacion": "otra@ejemplo"}, "otro registro"), ({"base": 2**50}, "no hay Base")],
)
def test_a_file_of_another_base_or_another_registry_is_refused(db, changes, why):
    with pytest.raises(ReviewError, match=why):
        receive(db, read_content(json.dumps(exported(sent(1), **changes)).encode()), hand())
    assert rows(db, "SELECT * FROM registros_base") == []


def test_the_printed_log_holds_the_hours_of_the_city_what_was_done_and_what_came_late(db):
    late = sent(2, hora="2026-03-08T19:00:00Z", texto="<b>Encapsulamiento</b>", tipo="riesgo", tipo_persona="", iniciales="")
    take(db, 1, [sent(1)], hand(EVENING - timedelta(minutes=35)), Sender())
    take(db, 1, [late], hand(), Sender("formulario", "RT"))
    attend_in_base(db, 1, Done("canalizacion", "Se canalizó.", registro=uuid(1)), hand())
    attend_in_base(db, 1, Done("atencion", "Agua y orientación."), hand())
    log = gather(db, 1)
    assert [(row["uuid"], row["tarde"], len(row["atenciones"])) for row in log.entries] == [
        (uuid(2), True, 0),
        (uuid(1), False, 1),
    ]
    page = printed_log(log, "2026-03-09T00:30:00Z")
    for told in (
        "17:50",
        "13:00",
        "RT",
        "envió ana",
        "&lt;b&gt;",
        "Se canalizó.",
        "Agua y orientación.",
        "riesgo 1; agresión 1",
    ):
        assert told in page
    assert "http" not in page


def test_the_form_without_network_asks_nothing_outside_and_imports_nothing(db):
    row = base(db, 1) | {"movilizacion": "</script><script>alert(1)</script>"}
    page = offline_form(row)
    assert "</script><script>alert" not in page
    code = page[page.index('<script type="module">') :]
    assert not [line for line in code.splitlines() if line.startswith(("import ", "export "))]
    assert "http:" not in page
    assert "https:" not in page
    assert "8m@registro.ejemplo" in page


def test_fates_are_what_the_phone_reads():
    assert [fate.value for fate in Fate] == ["guardada", "ya_estaba", "rechazada"]
