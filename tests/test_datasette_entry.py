"""Entering and leaving the site: the password, the session, and who is out at once."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from cuentas import PASSWORD, add_account, session_cookies
from datasette.app import Datasette
from sembrado import seeded
from sitio import ask

from pipeline.accounts.file import accounts_path, changing
from pipeline.accounts.guesses import BY_ACCOUNT
from pipeline.cli import hallazgos
from pipeline.pages.serving import build_site

LOGIN = "/-/entrar"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Datasette]:
    yield build_site(seeded(tmp_path / "r.db", 3), accounts=True)


def registro(site: Datasette) -> Path:
    return Path(site.get_database("registro").path)


def talk(
    site: Datasette, *requests: tuple[str, str, Mapping[str, str] | None], base: str = "http://localhost", **headers: str
) -> list[httpx.Response]:
    """Send requests one after another as one browser would: it keeps its cookies, and its forms carry their token."""

    async def all_of_them() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=site.app())
        async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as browser:
            await site.invoke_startup()
            answers = [await browser.get(LOGIN)]
            for method, path, form in requests:
                token = browser.cookies.get("ds_csrftoken", "")
                data = None if form is None else {"csrftoken": token, **form}
                answers.append(await browser.request(method, path, data=data))
            return answers[1:]

    return asyncio.run(all_of_them())


def credentials(name: str = "ana", password: str = PASSWORD, **more: str) -> dict[str, str]:
    return {"cuenta": name, "clave": password, **more}


def test_one_enters_works_and_leaves(site: Datasette) -> None:
    add_account(registro(site), "ana", ["analista"])
    entered, page, left, after = talk(
        site,
        ("POST", LOGIN, credentials(volver="/registro/noticias?_size=1")),
        ("GET", "/registro/noticias", None),
        ("POST", "/-/salir", {}),
        ("GET", "/registro/noticias", None),
    )
    assert (entered.status_code, entered.headers["location"]) == (302, "/registro/noticias?_size=1")
    assert page.status_code == 200 and "Salir" in page.text and ">ana</a>" in page.text
    assert (left.status_code, left.headers["location"]) == (302, LOGIN)
    assert (after.status_code, "Contraseña" in after.text) == (403, True)


def test_the_sessions_cookie_is_closed_and_ends(site: Datasette, tmp_path: Path) -> None:
    add_account(registro(site))
    (entered,) = talk(site, ("POST", LOGIN, credentials()))
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith("ds_actor=") and "Secure" not in cookie
    assert {"HttpOnly", "SameSite=lax", "Max-Age=36000", "Path=/"} <= set(cookie.split("; "))
    behind = build_site(registro(site), https=True, base_url="/monitor/")
    (entered,) = talk(behind, ("POST", LOGIN, credentials()), base="https://monitor.ejemplo")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/monitor/"} <= set(entered.headers["set-cookie"].split("; "))


def test_every_other_cookie_is_closed_too(site: Datasette) -> None:
    behind = build_site(registro(site), accounts=True, https=True)
    cookie = ask(behind, LOGIN).headers["set-cookie"]
    assert cookie.startswith("ds_csrftoken=")
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_session_that_was_left_is_over_even_for_a_copy_of_its_cookie(site: Datasette) -> None:
    add_account(registro(site))
    entered, left = talk(site, ("POST", LOGIN, credentials()), ("POST", "/-/salir", {}))
    stolen = {"ds_actor": re.match(r"ds_actor=([^;]+)", entered.headers["set-cookie"])[1]}
    assert left.status_code == 302
    assert asyncio.run(site.client.get("/registro/noticias", cookies=stolen)).status_code == 403


def test_whoever_is_removed_demoted_or_given_another_password_is_so_at_once(site: Datasette) -> None:
    cookies = session_cookies(site, ["analista"])

    def status(path: str = "/registro/noticias") -> int:
        return asyncio.run(site.client.get(path, cookies=cookies)).status_code

    assert status() == 200
    add_account(registro(site), "ana", ["lectura"])
    assert (status(), status("/registro/v_hallazgos")) == (403, 200)
    with changing(accounts_path(registro(site))) as accounts:
        kept = accounts["ana"]
        accounts["ana"] = replace(kept, sello="otro")
    assert status("/registro/v_hallazgos") == 403
    with changing(accounts_path(registro(site))) as accounts:
        accounts["ana"] = kept
    assert status("/registro/v_hallazgos") == 200
    with changing(accounts_path(registro(site))) as accounts:
        del accounts["ana"]
    assert status("/registro/v_hallazgos") == 403


@pytest.mark.parametrize(
    ("name", "password"), [("ana", "otra"), ("nadie", PASSWORD), ("", ""), ("ana", ""), ("ANA ", "x" * 5000)]
)
def test_what_is_wrong_is_told_in_the_same_words(site: Datasette, name: str, password: str) -> None:
    add_account(registro(site))
    (answer,) = talk(site, ("POST", LOGIN, credentials(name, password)))
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert "La cuenta o la contraseña no son correctas." in answer.text


def test_the_accounts_name_may_be_typed_in_capitals(site: Datasette) -> None:
    add_account(registro(site))
    assert talk(site, ("POST", LOGIN, credentials(" Ana ")))[0].status_code == 302


@pytest.mark.parametrize("name", ["ana", "nadie"])
def test_guesses_are_limited_whether_or_not_there_is_such_an_account(site: Datasette, name: str) -> None:
    add_account(registro(site))
    wrong = ("POST", LOGIN, credentials(name, "otra"))
    answers = talk(site, *[wrong] * BY_ACCOUNT, ("POST", LOGIN, credentials(name)))
    assert [answer.status_code for answer in answers] == [401] * BY_ACCOUNT + [429]
    assert int(answers[-1].headers["retry-after"]) > 800
    assert (
        "Se podrá entrar de nuevo en 15 minutos, o antes si quien administra da otra contraseña a la cuenta."
        in answers[-1].text
    )


def test_another_password_lets_in_at_once_who_was_waiting(site: Datasette) -> None:
    add_account(registro(site))
    wrong = ("POST", LOGIN, credentials("ana", "otra"))
    assert talk(site, *[wrong] * BY_ACCOUNT, ("POST", LOGIN, credentials()))[-1].status_code == 429
    command = ["usuarios", "clave", "ana", "--registro", str(registro(site))]
    assert CliRunner().invoke(hallazgos, command, input="otra cosa distinta\n").exit_code == 0
    (entered,) = talk(site, ("POST", LOGIN, credentials("ana", "otra cosa distinta")))
    assert (entered.status_code, entered.headers["location"]) == (302, "/")


@pytest.mark.parametrize(
    "back", ["//malo.ejemplo/", "https://malo.ejemplo/", "/\\malo.ejemplo", "javascript:alert(1)", "", "/\n/x"]
)
def test_the_way_back_never_leads_out(site: Datasette, back: str) -> None:
    add_account(registro(site))
    (answer,) = talk(site, ("POST", LOGIN, credentials(volver=back)))
    assert (answer.status_code, answer.headers["location"]) == (302, "/")


def test_a_form_without_its_token_is_refused(site: Datasette) -> None:
    add_account(registro(site))
    without = credentials(csrftoken="")
    assert talk(site, ("POST", LOGIN, without))[0].status_code == 403
    naked = asyncio.run(site.client.post(LOGIN, data=credentials()))
    bearer = asyncio.run(site.client.post(LOGIN, data=credentials(), headers={"Authorization": "Bearer x"}))
    assert (naked.status_code, bearer.status_code) == (403, 403)


def test_a_form_sent_from_another_site_is_refused(site: Datasette) -> None:
    add_account(registro(site))
    request = ("POST", LOGIN, credentials())
    assert talk(site, request, **{"Sec-Fetch-Site": "cross-site"})[0].status_code == 403
    assert talk(site, request, **{"Sec-Fetch-Site": "same-origin"})[0].status_code == 302


def test_somebody_unknown_cannot_make_the_site_read_at_length(site: Datasette) -> None:
    assert talk(site, ("POST", LOGIN, credentials("x" * 10_000)))[0].status_code == 403


def test_nobody_posts_anything_without_having_entered(site: Datasette) -> None:
    for path in ("/-/salir", "/-/revision/decidir", "/registro/noticias", "/-/login", "/-/logout", "/-/password-tool", "/nada"):
        assert talk(site, ("POST", path, {}))[0].status_code == 403, path


@pytest.mark.parametrize("header", ["Basic YW5hOng=", "Basic !!!", "Basic", "Bearer x", "Basic \xff"])
def test_a_password_in_a_header_opens_nothing_and_breaks_nothing(site: Datasette, header: str) -> None:
    add_account(registro(site))
    answer = ask(site, "/registro/v_hallazgos", headers={"Authorization": header.encode("latin-1")})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "said", [{"a": {"id": "ana", "roles": ["administracion"]}}, {"id": "ana", "sello": "x", "sesion": "y", "hasta": 9**12}]
)
@pytest.mark.parametrize("namespace", ["actor", "sesion", "messages"])
def test_a_cookie_that_says_its_own_roles_or_another_seal_is_nobodys(site: Datasette, said: dict, namespace: str) -> None:
    add_account(registro(site))
    cookies = {"ds_actor": site.sign(said, namespace)}
    assert asyncio.run(site.client.get("/registro/v_hallazgos", cookies=cookies)).status_code == 403


def test_a_restart_logs_nobody_out(site: Datasette) -> None:
    cookies = session_cookies(site, ["lectura"])
    again = build_site(registro(site))
    assert asyncio.run(again.client.get("/registro/v_hallazgos", cookies=cookies)).status_code == 200


def test_without_accounts_a_site_tells_so_and_the_first_account_closes_it(tmp_path: Path) -> None:
    local = build_site(seeded(tmp_path / "r.db", 1))
    assert "Todavía no hay cuentas" in ask(local, LOGIN).text
    assert ask(local, "/registro/noticias").status_code == 200
    add_account(tmp_path / "r.db")
    assert ask(local, "/registro/noticias").status_code == 403


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/-/revision", "Para revisar hace falta una cuenta, y todavía no hay ninguna."),
        ("/-/acuse", "Para revisar hace falta una cuenta, y todavía no hay ninguna."),
        ("/-/segunda-lectura", "Para revisar hace falta una cuenta, y todavía no hay ninguna."),
        ("/-/cuenta", "Todavía no hay cuentas."),
        ("/-/usuarios", "Todavía no hay cuentas que administrar."),
    ],
)
def test_without_accounts_what_needs_one_says_how_the_first_is_made(tmp_path: Path, path: str, said: str) -> None:
    answer = ask(build_site(seeded(tmp_path / "r.db", 1), base_url="/monitor/"), f"/monitor{path}")
    assert (answer.status_code, f"<p>{said}</p>" in answer.text) == (403, True)
    assert "hallazgos usuarios alta NOMBRE --rol analista" in answer.text
    assert '<a href="/monitor/-/entrar">Entrar</a>' in answer.text


def test_whoever_may_not_review_is_told_what_is_missing(site: Datasette) -> None:
    for path in ("/-/revision", "/-/acuse", "/-/segunda-lectura"):
        text = ask(site, path, ["lectura"]).text
        assert "Hace falta una cuenta que pueda revisar." in text, path
        assert "usuarios alta" not in text
    assert "Hace falta una cuenta que administre las demás." in ask(site, "/-/usuarios", ["analista"]).text
    assert "no está permitida para quien la pide" in ask(site, "/registro/noticias", ["lectura"]).text


def test_a_cookie_is_worth_nothing_while_there_are_no_accounts(tmp_path: Path) -> None:
    local = build_site(seeded(tmp_path / "r.db", 1))
    cookies = {"ds_actor": local.sign({"a": {"id": "ana", "roles": ["administracion"]}}, "actor")}
    assert asyncio.run(local.client.get("/registro.json?sql=select+1", cookies=cookies)).status_code == 403


def test_whoever_has_not_entered_gets_the_form_with_the_way_back(site: Datasette) -> None:
    answer = ask(site, "/registro/noticias?_search=x")
    assert (answer.status_code, 'value="/registro/noticias?_search=x"' in answer.text) == (403, True)
    assert ask(site, "/registro/noticias.json").json()["status"] == 403


def test_leaving_takes_the_button(site: Datasette) -> None:
    assert ask(site, "/-/salir", ["lectura"]).status_code == 405


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({}, b"cuenta=\xff&clave=\xfe"),
        ({"x-csrftoken": "ñ".encode("latin-1")}, b"cuenta=a"),
        ({}, "csrftoken=ñ".encode()),
        ({"content-type": "text/plain"}, b"cuenta=a"),
    ],
)
def test_bytes_that_are_no_text_are_refused_in_a_page(site: Datasette, headers: dict, content: bytes) -> None:
    cookie = f"ds_csrftoken={site.sign('prueba', 'csrftoken')}"
    sent = {"cookie": cookie, "content-type": "application/x-www-form-urlencoded", **headers}
    answer = asyncio.run(site.client.post(LOGIN, content=content, headers=sent))
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize("cookie", [b"ds_actor=\xff\xfe", b"\xff", b'ds_actor="; ds_csrftoken=x', b"ds_actor=a.b.c; a=\x80"])
def test_a_cookie_that_is_no_text_is_nobodys(site: Datasette, cookie: bytes) -> None:
    assert asyncio.run(site.client.get("/registro/v_hallazgos", headers={"cookie": cookie})).status_code in (400, 403)


def test_failed_tries_are_told_without_what_was_typed(site: Datasette, caplog: pytest.LogCaptureFixture) -> None:
    add_account(registro(site))
    talk(site, ("POST", LOGIN, credentials("ana", "otra")), ("POST", LOGIN, credentials("mi contraseña secreta", "x")))
    assert [record.getMessage() for record in caplog.records if record.name == "hallazgos"] == [
        "entrada fallida: cuenta ana, equipo 127.0.0.1",
        "entrada fallida: cuenta ninguna, equipo 127.0.0.1",
    ]


def test_the_limit_by_address_follows_what_the_proxy_saw(site: Datasette) -> None:
    add_account(registro(site))
    wrong = [("POST", LOGIN, credentials(f"nadie{turn}", "x")) for turn in range(30)]
    through = {"X-Forwarded-For": "9.9.9.9, 10.0.0.7"}  # a proxy adds what it saw at the end
    assert talk(site, *wrong, ("POST", LOGIN, credentials()), **through)[-1].status_code == 429
    assert talk(site, ("POST", LOGIN, credentials()), **{"X-Forwarded-For": "9.9.9.9"})[0].status_code == 302


def test_many_guesses_at_once_are_limited_too(site: Datasette) -> None:
    add_account(registro(site))
    token = site.sign("prueba", "csrftoken")
    headers = {"cookie": f"ds_csrftoken={token}", "x-csrftoken": token}

    async def all_at_once() -> list[int]:
        transport = httpx.ASGITransport(app=site.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
            tries = [client.post(LOGIN, data=credentials("ana", f"intento {turn}")) for turn in range(40)]
            return [answer.status_code for answer in await asyncio.gather(*tries)]

    assert sorted(asyncio.run(all_at_once())) == [401] * BY_ACCOUNT + [429] * 30
