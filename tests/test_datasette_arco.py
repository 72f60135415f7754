"""The administrator's page of personal data: what it asks for is done by the pages' other process; nobody else may open it."""

import asyncio
import shutil
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cuentas import session_cookies
from datasette.app import Datasette
from huellas import told, traces
from invadido import NAME, invaded
from muertes import killed_at
from sitio import rows
from sqlite_utils import Database

from pipeline.jobs.start import asked_file
from pipeline.jobs.waiting import do_waiting
from pipeline.pages.serving import build_site
from pipeline.privacy import desk
from pipeline.privacy.desk_work import do_desk
from pipeline.reloj import clock


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = invaded(tmp_path_factory.mktemp("arco") / "registro.db")
    with closing(Database(path)) as db, db.atomic():
        db.execute("UPDATE trabajos SET estado = 'hecho'")
    return path


@pytest.fixture
def registro(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model.parent, tmp_path / "datos")
    return tmp_path / "datos" / "registro.db"


@pytest.fixture
def site(registro: Path) -> Datasette:
    return build_site(registro, accounts=True, jobs_apart=True)


def ask(site: Datasette, path: str, role: str = "administracion", **form: object) -> httpx.Response:
    cookies = session_cookies(site, [role], f"con-{role}")

    async def answered() -> httpx.Response:
        if not form:
            return await site.client.get(path, cookies=cookies)
        page = await site.client.get("/-/arco", cookies=cookies)
        token = page.cookies.get("ds_csrftoken") or ""
        sent = {**form, "csrftoken": token}
        return await site.client.post(path, data=sent, cookies={**cookies, "ds_csrftoken": token})

    return asyncio.run(answered())


def asked(site: Datasette, registro: Path, **form: object) -> str:
    """Ask, have it done, and return the page as it is then."""
    answer = ask(site, "/-/arco", **form)
    assert answer.status_code == 200 and 'data-espera="1"' in answer.text
    assert asked_file(registro).exists()
    assert do_waiting(registro) == 1
    return ask(site, "/-/arco").text


def test_only_who_administers_opens_it(site: Datasette) -> None:
    assert [ask(site, "/-/arco", role).status_code for role in ("lectura", "analista", "administracion")] == [403, 403, 200]


def test_a_person_is_found_handed_over_rectified_and_blocked(site: Datasette, registro: Path) -> None:
    found = asked(site, registro, accion="buscar", nombre="sulema tlacuilo")
    assert 'name="persona" value="1"' in found and NAME in found
    seen = asked(site, registro, accion="ver", persona="1")
    assert "Copias de páginas" in seen and "Comentarios" in seen
    ready = asked(site, registro, accion="exportar", persona="1", motivo="acceso")
    assert "Descargar JSON" in ready
    handed = ask(site, "/-/arco", accion="json", pedido="3")
    assert handed.headers["content-disposition"].startswith("attachment")
    assert handed.json()["tablas"]["comentarios"]["filas"]
    assert NAME in ask(site, "/-/arco", accion="html", pedido="3").text
    assert "Rectificado" in ask(site, "/-/arco", accion="rectificar", persona="1", motivo="así", medio="Radio Nueva").text
    assert ask(site, "/-/arco", accion="bloquear", persona="1").status_code == 400
    blocked = asked(site, registro, accion="bloquear", persona="1", motivo="oposición")
    assert "se testaron" in blocked and NAME not in blocked  # what was asked before names her: it is gone
    assert told(registro) == []
    assert rows(site, "SELECT count(*) AS n FROM v_hallazgos")[0]["n"] == 2
    trail = rows(site, "SELECT * FROM bitacora WHERE accion = 'bloquear'")
    assert (trail[0]["clave"], trail[0]["quien"]) == ("1", "con-administracion") and "lacuilo" not in str(trail)
    assert "devuelto" in asked(site, registro, accion="desbloquear", solicitud="3", motivo="retiró su petición")
    assert "no se hizo" in asked(site, registro, accion="liberar", solicitud="3", motivo="otra vez")
    assert all("lacuilo" not in row["ruta"] for row in rows(site, "SELECT ruta FROM lecturas"))


def test_who_has_no_row_is_asked_for_by_the_name(site: Datasette, registro: Path) -> None:
    other = "Pedro Ensayo"
    assert 'name="por_nombre" value="1"' in asked(site, registro, accion="buscar", nombre=other)
    wrong = ask(site, "/-/arco", accion="ver", motivo="")
    assert wrong.status_code == 400 and "Falta decir quién es" in wrong.text
    assert "Noticias" in asked(site, registro, accion="ver", por_nombre="1", pedido="1")


def test_what_is_asked_lies_private_beside_the_registry_and_goes(site: Datasette, registro: Path) -> None:
    asked(site, registro, accion="buscar", nombre=NAME)
    for path in (desk.tray(registro).parent, desk.tray(registro), *desk.tray(registro).iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) in (0o700, 0o600), path
    assert "lacuilo" not in str(rows(site, "SELECT * FROM trabajos WHERE tipo NOT LIKE 'nota%'"))
    assert "Quitado" in ask(site, "/-/arco", accion="quitar", pedido="1").text
    assert desk.errands(registro) == []
    asked(site, registro, accion="buscar", nombre=NAME)
    desk.drop_old(registro, datetime.now(UTC) + timedelta(days=31))
    assert not list(desk.tray(registro).iterdir())


@pytest.mark.parametrize("function", ["captures.rewrite", "arco.apply_request", "finish.forget"])
def test_a_killed_process_s_order_is_taken_up_by_the_next(site: Datasette, registro: Path, function: str) -> None:
    ask(site, "/-/arco", accion="suprimir", persona="1", motivo="a petición suya")
    assert killed_at(function, 1, lambda: do_desk(registro, clock()))
    assert "se está haciendo" in ask(site, "/-/arco").text
    assert do_desk(registro, clock()) == 1
    page = ask(site, "/-/arco").text
    assert "Suprimir (persona 1): hecho" in page and "a medias" not in page
    registro.with_name("registro.db.cuentas").unlink()
    assert traces(registro.parent) == []


def test_an_order_that_keeps_dying_is_given_up(site: Datasette, registro: Path) -> None:
    ask(site, "/-/arco", accion="bloquear", persona="1", motivo="oposición")
    for _ in range(3):
        assert killed_at("erasing.apply", 1, lambda: do_desk(registro, clock()))
    do_desk(registro, clock())
    page = ask(site, "/-/arco").text
    assert "se interrumpió varias veces" in page and "a medias" in page
