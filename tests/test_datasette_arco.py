"""The administrator's page of personal data: a person is found, handed over and blocked; nobody else may open it."""

import asyncio
from pathlib import Path

import httpx
import pytest
from cuentas import session_cookies
from datasette.app import Datasette
from invadido import NAME, invaded
from sitio import rows

from pipeline.pages.serving import build_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    return build_site(invaded(tmp_path_factory.mktemp("arco") / "registro.db"), accounts=True)


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


def test_only_who_administers_opens_it(site: Datasette) -> None:
    assert [ask(site, "/-/arco", role).status_code for role in ("lectura", "analista", "administracion")] == [403, 403, 200]


def test_a_person_is_found_handed_over_and_blocked(site: Datasette) -> None:
    found = ask(site, "/-/arco", accion="buscar", nombre="sulema tlacuilo")
    assert found.status_code == 200 and 'name="persona" value="1"' in found.text and NAME in found.text
    seen = ask(site, "/-/arco", accion="ver", persona="1")
    assert "capturas" in seen.text and "comentarios" in seen.text
    handed = ask(site, "/-/arco", accion="json", persona="1", motivo="acceso")
    assert handed.headers["content-disposition"].startswith("attachment")
    assert handed.json()["tablas"]["comentarios"]["filas"]
    assert NAME in ask(site, "/-/arco", accion="html", persona="1", motivo="acceso").text
    assert ask(site, "/-/arco", accion="bloquear", persona="1").status_code == 400
    assert "se testaron" in ask(site, "/-/arco", accion="bloquear", persona="1", motivo="oposición").text
    pages = [
        "/-/hallazgo/H-2026-000001",
        "/registro/v_hallazgos_nombres",
        "/registro/personas.json",
        "/registro/noticias.csv?_stream=1",
    ]
    pages += ["/-/buscar?q=Tlacuilo", "/-/revision?q=Zulema", "/registro/victimas.json?_labels=on", "/registro/pasajes"]
    for path in pages:
        text = ask(site, path, "analista").text.replace("?q=Tlacuilo", "").replace('value="Tlacuilo"', "").lower()
        assert "quetzalli" not in text, path
    assert rows(site, "SELECT count(*) AS n FROM v_hallazgos")[0]["n"] == 2
    trail = rows(site, "SELECT * FROM bitacora WHERE accion = 'bloquear'")
    assert trail[0]["clave"] == "1" and "lacuilo" not in str(trail)


def test_names_are_not_in_addresses(site: Datasette) -> None:
    assert Path(site.get_database("registro").path).is_file()
    assert all("lacuilo" not in row["ruta"] for row in rows(site, "SELECT ruta FROM lecturas"))
