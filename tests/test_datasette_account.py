"""One's own account, everybody's for who administers, and the feed behind its key."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cuentas import PASSWORD, add_account, session_cookies
from datasette.app import Datasette
from sembrado import CANARIES, seeded
from sitio import ask, rows, send

from pipeline.accounts.file import Account, accounts_path, read_accounts
from pipeline.accounts.passwords import matches
from pipeline.pages.access import ROLES
from pipeline.pages.serving import build_site

OWN, ALL, FEED = "/-/cuenta", "/-/usuarios", "/-/hallazgos.atom"
ADMIN = ["administracion"]
ROLE_SHOWN = {"lectura": "Lectura", "analista": "Analista", "administracion": "Administración"}
ENTRY = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(tmp_path: Path) -> Datasette:
    return build_site(seeded(tmp_path / "r.db", 4), accounts=True)


def accounts(site: Datasette) -> dict[str, Account]:
    return read_accounts(accounts_path(Path(site.get_database("registro").path)))


def trail(site: Datasette) -> list[tuple[str, str, str]]:
    found = rows(site, "SELECT quien, accion, clave FROM bitacora WHERE tabla = 'cuentas' ORDER BY id")
    return [(row["quien"], row["accion"], row["clave"]) for row in found]


def new_password(site: Datasette, **changed: str):
    form = {"accion": "clave", "actual": PASSWORD, "nueva": "otra cosa distinta", "otra_vez": "otra cosa distinta"}
    return send(site, OWN, ["lectura"], data=form | changed)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_has_a_page_of_their_own_account(site: Datasette, role: str) -> None:
    text = ask(site, OWN, [role]).text
    assert "Mi cuenta: ana" in text and f"<strong>{ROLE_SHOWN[role]}</strong>" in text
    assert ("Administrar las cuentas" in text) is (role == "administracion")


def test_ones_own_password_is_changed_and_only_this_session_goes_on(site: Datasette) -> None:
    elsewhere = session_cookies(site, ["lectura"])
    answer = new_password(site)
    assert (answer.status_code, "Se cambió la contraseña" in answer.text) == (200, True)
    assert matches("otra cosa distinta", accounts(site)["ana"].clave)
    fresh = {"ds_actor": answer.cookies["ds_actor"]}
    assert [ask_with(site, cookies) for cookies in (elsewhere, fresh)] == [403, 200]
    assert trail(site) == [("ana", "clave", "ana")]


def ask_with(site: Datasette, cookies: dict[str, str]) -> int:
    import asyncio

    return asyncio.run(site.client.get("/registro/v_hallazgos", cookies=cookies)).status_code


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"actual": "no era ésta"}, "La contraseña actual no es correcta"),
        ({"otra_vez": "otra cosa"}, "no son iguales"),
        ({"nueva": "corta", "otra_vez": "corta"}, "al menos 12"),
        ({"nueva": "hallazgos2026", "otra_vez": "hallazgos2026"}, "más usadas"),
    ],
)
def test_a_password_that_is_refused_changes_nothing(site: Datasette, changed: dict, said: str) -> None:
    session_cookies(site, ["lectura"])
    before = accounts(site)
    answer = new_password(site, **changed)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert (accounts(site), trail(site)) == (before, [])


def test_guessing_the_present_password_from_an_open_session_is_limited(site: Datasette) -> None:
    for _ in range(10):
        new_password(site, actual="no")
    assert "Demasiados intentos" in new_password(site).text


def test_the_other_sessions_are_closed(site: Datasette) -> None:
    elsewhere = session_cookies(site, ["analista"])
    answer = send(site, OWN, ["analista"], data={"accion": "cerrar"})
    assert ask_with(site, elsewhere) == 403
    assert ask_with(site, {"ds_actor": answer.cookies["ds_actor"]}) == 200


@pytest.mark.parametrize("role", ROLES)
def test_the_feed_tells_codes_without_a_name_whatever_the_role(site: Datasette, role: str) -> None:
    text = send(site, OWN, [role], data={"accion": "canal"}).text
    address = re.search(r"http://localhost(/-/hallazgos\.atom\?clave=[\w-]{40,})", text)
    assert address
    answer = ask(site, address[1])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    assert not any(word in answer.text for word in CANARIES)
    root = ElementTree.fromstring(answer.content)
    entries = root.findall(f"{ENTRY}entry")
    assert [entry.findtext(f"{ENTRY}id") for entry in entries] == [
        f"urn:hallazgos:{row['folio']}"
        for row in rows(
            site,
            "SELECT folio FROM v_hallazgos WHERE estado IN ('detectado', 'validado') ORDER BY fecha_registro DESC, id DESC",
        )
    ]
    assert entries[0].find(f"{ENTRY}link").get("href").startswith("http://localhost/-/hallazgo/H-2026-")
    assert {each.get("term") for each in entries[0].findall(f"{ENTRY}category")} >= {"ataque_fisico", "periodista"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.findtext(f"{ENTRY}updated")) for entry in entries)
    assert address[1].rpartition("=")[2] not in accounts_path(Path(site.get_database("registro").path)).read_text("utf-8")


def test_the_feed_is_closed_without_its_key_and_when_it_is_taken_back(site: Datasette) -> None:
    for path in (FEED, f"{FEED}?clave=", f"{FEED}?clave=x", f"{FEED}?clave=%ED%A0%80"):
        assert (ask(site, path).status_code, ask(site, path, ADMIN).status_code) == (403, 403)
    text = send(site, OWN, ["lectura"], data={"accion": "canal"}).text
    path = re.search(r"/-/hallazgos\.atom\?clave=[\w-]+", text)[0]
    assert ask(site, path).status_code == 200
    send(site, OWN, ["lectura"], data={"accion": "revocar"})
    assert ask(site, path).status_code == 403
    text = send(site, OWN, ["lectura"], data={"accion": "canal"}).text
    path = re.search(r"/-/hallazgos\.atom\?clave=[\w-]+", text)[0]
    add_account(Path(site.get_database("registro").path), "ana", [])
    assert ask(site, path).status_code == 403  # an account without a role sees nothing here either


def test_behind_a_proxy_with_tls_the_addresses_are_its_own(site: Datasette) -> None:
    headers = {"Host": "monitor.ejemplo", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1"}
    text = send(site, OWN, ["lectura"], data={"accion": "canal"}).text
    path = re.search(r"/-/hallazgos\.atom\?clave=[\w-]+", text)[0]
    assert "https://monitor.ejemplo/-/hallazgo/" in ask(site, path, headers=headers).text


@pytest.mark.parametrize("roles", [["lectura"], ["analista"]])
def test_only_who_administers_sees_and_changes_accounts(site: Datasette, roles: list[str]) -> None:
    assert ask(site, ALL, roles).status_code == 403
    assert send(site, ALL, roles, data={"accion": "alta", "nombre": "eva", "rol": "administracion"}).status_code == 403
    assert "eva" not in accounts(site)


def test_an_administrator_makes_changes_and_removes_accounts(site: Datasette) -> None:
    made = send(site, ALL, ADMIN, data={"accion": "alta", "nombre": "luz", "rol": "lectura"}).text
    password = re.search(r'class="secreto">([^<]+)<', made)[1]
    assert matches(password, accounts(site)["luz"].clave)
    page = ask(site, ALL, ADMIN).text
    assert password not in page
    assert ('<span class="ficha">Lectura</span>' in page, ">administracion<" in page) == (True, False)
    changed = send(site, ALL, ADMIN, data={"accion": "rol", "nombre": "luz", "rol": "analista"}).text
    assert "«luz» tiene ahora el rol Analista." in changed
    assert accounts(site)["luz"].roles == ("analista",)
    send(site, ALL, ADMIN, data={"accion": "clave", "nombre": "luz"})
    assert not matches(password, accounts(site)["luz"].clave)
    assert send(site, ALL, ADMIN, data={"accion": "baja", "nombre": "luz"}).status_code == 400
    send(site, ALL, ADMIN, data={"accion": "baja", "nombre": "luz", "seguro": "1"})
    assert list(accounts(site)) == ["ana"]
    assert trail(site) == [("ana", action, "luz") for action in ("alta", "rol", "clave", "baja")]


@pytest.mark.parametrize(
    "form",
    [
        {"accion": "baja", "nombre": "ana", "seguro": "1"},
        {"accion": "rol", "nombre": "ana", "rol": "lectura"},
        {"accion": "clave", "nombre": "ana"},
        {"accion": "alta", "nombre": "luz", "rol": "jefa"},
        {"accion": "alta", "nombre": '<b>x</b>"', "rol": "lectura"},
        {"accion": "rol", "nombre": "nadie", "rol": "lectura"},
        {"accion": "volar", "nombre": "luz"},
        {},
    ],
)
def test_what_is_refused_is_said_and_changes_nothing(site: Datasette, form: dict) -> None:
    session_cookies(site, ADMIN)
    before = accounts(site)
    answer = send(site, ALL, ADMIN, data=form)
    assert (answer.status_code, 'role="alert"' in answer.text, "<b>" in answer.text) == (400, True, False)
    assert (accounts(site), trail(site)) == (before, [])


def test_no_page_shows_a_hash_or_a_seal(site: Datasette) -> None:
    send(site, OWN, ADMIN, data={"accion": "canal"})
    account = accounts(site)["ana"]
    for path in (OWN, ALL, "/", "/registro.json", "/-/metadata.json", "/-/config", "/-/plugins.json", "/-/databases.json"):
        text = ask(site, path, ADMIN).text
        assert not any(secret in text for secret in (account.clave, account.sello, account.canal, "pbkdf2")), path


def test_without_accounts_there_are_no_such_pages(tmp_path: Path) -> None:
    local = build_site(seeded(tmp_path / "r.db", 1))
    assert {ask(local, path).status_code for path in (OWN, ALL, FEED)} == {403}
