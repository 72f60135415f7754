"""Danger in force: told at once to a named person, again after an hour, and no more once somebody took note."""

import asyncio
import json
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from buzon import Mailbox, mailbox
from click.testing import CliRunner, Result
from cuentas import session_cookies
from factories import rows
from sembrado import CANARIES, insert, seeded
from sitio import ask, send

from pipeline.cli import hallazgos
from pipeline.notices.channels import channel
from pipeline.notices.send import NoticeOrder
from pipeline.notices.urgent import UrgentOrder, send_urgent, waiting
from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry

NOW = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def registro(tmp_path: Path) -> Path:
    """Six findings; only the second, in the city and detected, is urgent."""
    path = seeded(tmp_path / "registro.db", 6)
    with closing(open_registry(path)) as db, db.atomic():
        db.execute("UPDATE hallazgos SET urgente = folio = 'H-2026-000003', antecedente = 0")
        db.execute("UPDATE hallazgos SET estado = 'detectado', cdmx = 'si' WHERE folio = 'H-2026-000003'")
    return path


@pytest.fixture
def box():
    with mailbox() as opened:
        yield opened


def aviso(registro: Path, *args: str) -> Result:
    return CliRunner().invoke(hallazgos, ["aviso", "--registro", str(registro), "--hoy", "2026-11-24", *args])


def told(registro: Path, box: Mailbox, at: datetime, **order: str) -> list[str]:
    """Send what waits at a moment; return why it was not delivered, by channel."""
    urgent = UrgentOrder([channel(box.address)], "Guardia", HOUR)
    with closing(open_registry(registro)) as db:
        return [one.reason for one in send_urgent(db, urgent, NoticeOrder(**order), at)]


def test_the_command_tells_the_named_person_without_names(registro: Path, box: Mailbox):
    done = aviso(registro, "--urgente", box.address, "--responsable", "Guardia", "--direccion", "https://monitor.ejemplo")
    assert done.exit_code == 0, done.output
    assert box.messages[0]["subject"] == "hallazgos: 1 peligro vigente en la ciudad sin acuse"
    body = box.body()
    assert body.startswith("Guardia: Se repite hasta que alguien acuse recibo en https://monitor.ejemplo/-/acuse.")
    assert "https://monitor.ejemplo/-/hallazgo/H-2026-000003" in body
    assert not any(canary in body for canary in CANARIES)


def test_it_is_repeated_after_an_hour_and_not_before(registro: Path, box: Mailbox):
    assert told(registro, box, NOW) == [""]
    assert told(registro, box, NOW + timedelta(minutes=59)) == []
    assert told(registro, box, NOW + HOUR) == [""]
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT folio, veces FROM urgencias") == [("H-2026-000003", 2)]


def test_what_no_channel_took_is_told_at_the_next_try(registro: Path, box: Mailbox):
    box.refuse = True
    assert told(registro, box, NOW) != [""]
    box.refuse = False
    assert told(registro, box, NOW + timedelta(minutes=1)) == [""]


def test_names_go_only_where_asked_and_are_noted(registro: Path, box: Mailbox):
    told(registro, box, NOW, reader="ana")
    assert CANARIES[0] in box.body()
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT quien, folios FROM lecturas") == [("ana", '["H-2026-000003"]')]


@pytest.mark.parametrize(
    "change",
    ["estado = 'descartado'", "antecedente = 1", "cdmx = 'no', ambito = 'fuera'", "origen = 'importado'", "urgente = 0"],
)
def test_only_danger_in_force_in_the_city_is_told(registro: Path, change: str):
    with closing(open_registry(registro)) as db:
        assert len(waiting(db, NOW, HOUR)) == 1
        with db.atomic():
            db.execute(f"UPDATE hallazgos SET {change} WHERE folio = 'H-2026-000003'")
        assert waiting(db, NOW, HOUR) == []


def test_of_an_archive_only_what_the_press_of_the_day_tells_too_is_told(registro: Path):
    with closing(open_registry(registro)) as db, db.atomic():
        db.execute("UPDATE hallazgos SET origen = 'archivo' WHERE folio = 'H-2026-000003'")
        told = [row[0] for row in db.execute("SELECT noticia_id FROM hallazgos_noticias WHERE folio = 'H-2026-000003'")]
        assert len(waiting(db, NOW, HOUR)) == 1
        archive = insert(
            *(db, "archivos"),
            ruta="a.warc.gz",
            bytes=1,
            huella="0",
            lectura="0",
            empezado_en="x",
            version_extractor="0",
            version_etiquetador="0",
        )
        for note in told:
            insert(db, "noticias_archivo", noticia_id=note, archivo_id=archive, lugar=0, registro="r", sha256="0")
        assert waiting(db, NOW, HOUR) == []


def test_a_person_may_say_that_it_is_or_is_no_danger(registro: Path):
    with closing(open_registry(registro)) as db, db.atomic():
        for folio, value in (("H-2026-000003", 0), ("H-2026-000001", 1)):
            insert(db, "correcciones", folio=folio, campo="urgente", valor=json.dumps(value), quien="ana", cuando="x")
        db.execute("UPDATE hallazgos SET estado = 'validado', cdmx = 'si' WHERE folio = 'H-2026-000001'")
    with closing(open_registry(registro)) as db:
        assert [one.folio for one in waiting(db, NOW, HOUR)] == ["H-2026-000001"]


def test_taking_note_on_the_page_ends_the_notices(registro: Path, box: Mailbox):
    site = build_site(registro, accounts=True)
    page = ask(site, "/-/acuse", ["analista"]).text
    assert "H-2026-000003" in page and not any(canary in page for canary in CANARIES)
    assert "1 peligro vigente" in ask(site, "/-/revision", ["analista"]).text
    done = send(
        site, "/-/revision/decidir", ["analista"], data={"accion": "acusar", "folio": "H-2026-000003", "volver": "/-/acuse"}
    )
    assert done.status_code == 303, done.text
    assert "Nada espera acuse" in ask(site, "/-/acuse", ["analista"]).text
    assert told(registro, box, NOW) == []


def test_who_may_not_review_is_turned_away(registro: Path):
    site = build_site(registro, accounts=True)
    assert ask(site, "/-/acuse", ["lectura"]).status_code == 403
    assert ask(site, "/-/acuse").status_code in (302, 303, 403)


def test_a_danger_that_nobody_was_told_of_yet_is_taken_note_of_on_its_own_page(registro: Path):
    site = build_site(registro, accounts=True)
    page = "/-/hallazgo/H-2026-000003"
    assert "Acusar recibo de la urgencia" in ask(site, page, ["analista"]).text
    assert "Acusar recibo de la urgencia" not in ask(site, "/-/hallazgo/H-2026-000001", ["analista"]).text
    order = {"folio": "H-2026-000003", "version": 1}
    said = send(site, "/-/revision/decidir", ["analista"], json={"accion": "validar", **order}).json()["mensaje"]
    assert said == "H-2026-000003: validado. Es un peligro vigente y nadie ha acusado recibo."
    send(site, "/-/revision/decidir", ["analista"], json={"accion": "acusar", **order})
    after = ask(site, page, ["analista"]).text
    assert "Acusar recibo de la urgencia" not in after and "acusó recibo de la urgencia" in after


def test_what_was_done_is_told_where_it_was_done(registro: Path):
    site = build_site(registro, accounts=True)
    done = send(
        site, "/-/revision/decidir", ["analista"], data={"accion": "acusar", "folio": "H-2026-000003", "volver": "/-/acuse"}
    )
    note = done.cookies["ds_messages"]
    person = session_cookies(site, ["analista"])
    shown = asyncio.run(site.client.get("/-/acuse", cookies={**person, "ds_messages": note}))
    assert "H-2026-000003: recibido." in shown.text
