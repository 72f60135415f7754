"""The page of personal data in a real browser, in all its states: nothing against it by axe, nothing to scroll sideways."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cuentas import add_account, log_in
from invadido import NAME, invaded
from navegador import chromium, served, violations
from playwright.sync_api import Browser, Page
from sqlite_utils import Database

pytestmark = pytest.mark.navegador
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = invaded(tmp_path_factory.mktemp("arco") / "registro.db")
    with closing(Database(path)) as db, db.atomic():
        db.execute("UPDATE trabajos SET estado = 'hecho'")
    add_account(path, "eva", ["administracion"])
    with served(path) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def check(page: Page, state: str) -> None:
    """What axe has against the page, every part of it open, and whether it fits a phone."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(page) == [], state
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), state


def ends(page: Page, title: str) -> None:
    """Wait until the page itself shows that a request ended."""
    page.get_by_role("heading", name=f"{title}").filter(has_text="hecho").wait_for(timeout=20_000)


def test_every_state_is_clean_and_shows_how_far_it_has_come(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport=NARROW)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    log_in(page, address, "eva")
    page.goto(f"{address}-/arco")
    check(page, "vacía")
    page.get_by_label("Nombre completo").fill(NAME)
    page.get_by_role("button", name="Buscar").click()
    ends(page, "1. Buscar")
    check(page, "hallada")
    page.get_by_label("1. Zulema").check()
    page.get_by_role("button", name="Ver qué hay de ella").click()
    ends(page, "2. Ver qué hay")
    check(page, "lo que hay")
    page.get_by_label("Motivo, sin nombres").first.fill("acceso")
    page.get_by_role("button", name="Exportar").first.click()
    ends(page, "3. Exportar")
    with page.expect_download() as handed:
        page.get_by_role("button", name="Descargar documento").click()
    assert NAME in Path(handed.value.path()).read_text("utf-8")
    page.goto(f"{address}-/arco")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.get_by_label("Motivo, sin nombres").first.fill("oposición")
    page.get_by_role("button", name="Bloquear").first.click()
    ends(page, "4. Bloquear")
    check(page, "bloqueada")
    assert "Zulema" not in page.content()
    page.get_by_role("button", name="Devolver lo apartado").click()  # the browser asks for the reason
    page.get_by_label("Motivo, sin nombres").first.fill("retiró su petición")
    page.get_by_role("button", name="Devolver lo apartado").click()
    ends(page, "5. Devolver lo apartado")
    page.set_viewport_size(WIDE)
    check(page, "devuelta")
    assert errors == []
