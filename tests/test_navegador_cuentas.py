"""Accounts in a real browser, served by the very command: enter, own account, everybody's accounts, the feed, leave."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from cuentas import PASSWORD, add_account, log_in
from navegador import chromium, served, violations
from playwright.sync_api import Browser, BrowserContext, Page
from sembrado import CANARIES, seeded

from pipeline.accounts.file import accounts_path, read_accounts
from pipeline.plan.changes import load_plan
from pipeline.plan.goals import SHIPPED, read_goals
from pipeline.plan.sheet import arrival
from pipeline.registry.connection import open_registry
from pipeline.review.changes import Hand

pytestmark = pytest.mark.navegador
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def registro(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = seeded(tmp_path_factory.mktemp("cuentas") / "r.db", 6)
    for name, role in (("ana", "analista"), ("luz", "lectura"), ("eva", "administracion")):
        add_account(path, name, [role])
    with closing(open_registry(path)) as db:
        load_plan(db, 2026, read_goals(), arrival("metas", SHIPPED), Hand("eva", datetime(2026, 1, 2, tzinfo=UTC)))
    return path


@pytest.fixture(scope="module")
def address(registro: Path) -> Iterator[str]:
    with served(registro) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def person(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A new person's browser; with script or without."""
    contexts: list[BrowserContext] = []

    def sits_down(*, script: bool = True) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=script)
        context.set_default_timeout(8000)
        contexts.append(context)
        return context.new_page()

    yield sits_down
    for context in contexts:
        context.close()


def is_well(page: Page) -> None:
    """Hold a page to the rules of accessibility, and to its width, on both screens."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        assert violations(page) == [], width
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})


def test_a_wrong_password_is_told_and_the_right_one_leads_where_one_wanted_to_go(address: str, person: Callable) -> None:
    page = person()
    page.goto(f"{address}registro/noticias?_size=2")
    assert page.get_by_role("navigation", name="Principal").count() == 0
    page.get_by_label("Cuenta").fill("ana")
    page.get_by_label("Contraseña").fill("no es ésta")
    page.keyboard.press("Enter")
    assert "no son correctas" in page.get_by_role("alert").inner_text()
    is_well(page)
    page.get_by_label("Cuenta").fill("ana")
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/registro/noticias?_size=2")
    assert page.get_by_role("heading", level=1).inner_text() == "Noticias"
    is_well(page)
    page.get_by_role("button", name="Salir").click()
    page.wait_for_url("**/-/entrar")
    page.goto(f"{address}registro/noticias")
    assert page.get_by_role("heading", level=1).inner_text() == "Entrar"
    page.go_back()
    assert CANARIES[0] not in page.content()  # nothing of it was kept by the browser


def test_a_reader_of_figures_finds_no_name_on_the_way(address: str, person: Callable) -> None:
    page = person()
    log_in(page, address, "luz")
    for path in ("", "registro", "-/buscar?q=reportera", "registro/v_hallazgos", "-/hallazgo/H-2026-000003", "-/indicadores"):
        page.goto(address + path)
        assert not any(word in page.content() for word in CANARIES), path
    page.goto(f"{address}registro/noticias")
    assert "Sin permiso" in page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_ones_own_password_closes_the_other_sessions(address: str, registro: Path, person: Callable, script: bool) -> None:
    name = f"bea{int(script)}"
    add_account(registro, name, ["analista"])
    here, elsewhere = person(script=script), person()
    for page in (here, elsewhere):
        log_in(page, address, name)
    here.get_by_role("link", name=name).click()
    if script:
        is_well(here)
    here.get_by_label("Contraseña actual").fill(PASSWORD)
    here.get_by_label("Nueva, de doce").fill("cuatro palabras sin relación")
    here.get_by_label("La nueva otra vez").fill("cuatro palabras sin relación")
    here.get_by_role("button", name="Cambiar", exact=True).click()
    assert "Se cambió la contraseña" in here.get_by_role("status").inner_text()
    elsewhere.goto(f"{address}registro/v_hallazgos")
    assert elsewhere.get_by_role("heading", level=1).inner_text() == "Entrar"
    here.goto(f"{address}registro/v_hallazgos")
    assert here.get_by_role("heading", level=1).inner_text() == "Hallazgos"


def test_who_administers_gives_and_takes_accounts(address: str, registro: Path, person: Callable) -> None:
    admin, newcomer = person(), person()
    log_in(admin, address, "eva")
    admin.get_by_role("link", name="eva").click()
    admin.get_by_role("link", name="Administrar las cuentas").click()
    admin.get_by_label("Nombre:").fill("noe.nuevo")
    admin.get_by_label("Rol").first.select_option("lectura")
    admin.get_by_role("button", name="Hacer la cuenta").click()
    password = admin.locator(".secreto").inner_text()
    is_well(admin)
    log_in(newcomer, address, "noe.nuevo", password)
    entry = admin.get_by_role("listitem").filter(has_text="noe.nuevo")
    entry.get_by_role("checkbox").check()
    entry.get_by_role("button", name="Quitar la cuenta").click()
    assert "Se quitó la cuenta" in admin.get_by_role("status").inner_text()
    newcomer.goto(address)
    assert newcomer.get_by_role("heading", level=1).inner_text() == "Entrar"
    assert "noe.nuevo" not in read_accounts(accounts_path(registro))


def test_what_was_reached_of_the_plan_is_said_in_a_form_that_anybody_can_use(address: str, person: Callable) -> None:
    page = person()
    log_in(page, address, "ana")
    page.goto(f"{address}-/plan?trimestre=2026-T1")
    is_well(page)  # with every form open
    assert page.locator("details form:visible").count() > 10


def test_the_feeds_address_is_asked_for_and_read(address: str, person: Callable) -> None:
    page = person()
    log_in(page, address, "luz")
    page.goto(f"{address}-/cuenta")
    page.get_by_role("button", name="Pedir la dirección").click()
    feed = page.locator(".secreto").inner_text()
    assert feed.startswith(f"{address}-/hallazgos.atom?clave=")
    answer = httpx.get(feed)
    assert (answer.status_code, f'href="{address}-/hallazgo/H-2026-000001"' in answer.text) == (200, True)
    page.get_by_role("button", name="Quitar la dirección").click()
    page.get_by_role("status").wait_for()
    assert httpx.get(feed).status_code == 403


def test_who_administers_asks_in_sql(address: str, person: Callable) -> None:
    page = person()
    log_in(page, address, "eva")
    page.goto(f"{address}registro")
    is_well(page)
    page.get_by_label("Consulta SQL").fill("select folio, clase from v_hallazgos order by folio")
    page.get_by_role("button", name="Consultar").click()
    assert page.get_by_role("status").inner_text() == "6 filas"
    is_well(page)
    with page.expect_download() as told:
        page.goto(f"{address}registro")
        page.get_by_role("link", name="Descargar una copia").click()
    assert told.value.suggested_filename == "registro.db"
