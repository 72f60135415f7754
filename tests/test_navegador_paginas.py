"""The pages in a real browser, served by the very command: accessible, readable on a phone, and asking nobody outside."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sembrado import seeded

pytestmark = pytest.mark.navegador
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
OPTIONS = (
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],"
    " resultTypes: ['violations'], iframes: false, preload: PRELOAD}"
)
WIDTHS = {"escritorio": 1280, "telefono": 390}
FINDING = "-/hallazgo/H-2026-000003"
PAGES = {
    "inicio": "",
    "tablas": "registro",
    "hallazgos": "registro/v_hallazgos?_size=9",
    "todas": "registro/v_hallazgos?_todas=1&clase=agresion&_size=5",
    "hallazgo": FINDING,
    "buscar": "-/buscar?q=coyoacan",
    "indicadores": "-/indicadores",
    "mensual": "registro/v_indicador_mensual",
    "fuentes": "registro/v_salud_fuentes",
    "fuentes_todas": "registro/v_salud_fuentes?_todas=1",
    "ritmo": "registro/v_ritmo_fuentes",
    "ambito": "registro/v_indicador_ambito?_size=9",
    "noticias": "registro/noticias?_size=4",
    "noticia": "registro/noticias/1",
    "error": "nada",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`hallazgos servir` on a seeded registry, under a base path; ended with Ctrl-C's signal."""
    folder = tmp_path_factory.mktemp("navegador")
    port = free_port()
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "servir", "--base-url", "/monitor"]
    options = ["--registro", str(seeded(folder / "r.db", 24)), "--puerto", str(port)]
    server = subprocess.Popen([*command, *options], cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/monitor/"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(url)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url
    server.send_signal(2)
    assert server.wait(10) in (0, 130, -2)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """The addresses outside this machine that pages asked for."""
    return []


@pytest.fixture(scope="module")
def context(browser: Browser, address: str, asked: list[str]) -> Iterator[BrowserContext]:
    """The one context, whose pages cannot leave this machine."""
    context = browser.new_context(viewport={"width": WIDTHS["escritorio"], "height": 800})

    def close_network(route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", close_network)
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, asked: list[str]) -> Iterator[Page]:
    """A new page."""
    asked.clear()
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture(params=WIDTHS)
def sized(request: pytest.FixtureRequest, page: Page) -> Page:
    """The page on a desk's screen, and on a phone's."""
    page.set_viewport_size({"width": WIDTHS[request.param], "height": 800})
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_styled_accessible_on_both_screens_and_asks_nobody(
    name: str, page: Page, address: str, asked: list[str]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + PAGES[name])
    if name == "error":
        assert len(said) == 1  # that the page answered 404
        said.clear()
    # the page's policy lets its own style through
    assert page.evaluate("getComputedStyle(document.querySelector('.cabecera')).backgroundColor") == "rgb(23, 56, 74)"
    page.evaluate(AXE)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        # the style sheet, which axe reads for one rule, is the same on both screens
        assert violations(page, preload=width == WIDTHS["escritorio"]) == [], width
    assert (said, asked) == ([], [])


def violations(page: Page, *, preload: bool) -> list[list[str]]:
    """Return what axe, put in by hand, has against the page: (rule, the first element)."""
    told = "found.violations.map(each => [each.id, each.nodes[0].html.slice(0, 120)])"
    options = OPTIONS.replace("PRELOAD", str(preload).lower())
    found: list[list[str]] = page.evaluate(f"axe.run(document, {options}).then(found => {told})")
    return found


def test_an_analyst_goes_from_the_first_page_to_a_finding_by_keyboard_and_search(sized: Page, address: str) -> None:
    page = sized
    page.goto(address)
    page.get_by_role("searchbox").fill("coyoacan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/-/buscar?q=coyoacan")
    page.get_by_role("link", name="H-2026-000003").first.click()
    page.wait_for_url(f"**/{FINDING}")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Policías golpearon")
    assert page.locator("mark").count() >= 3
    assert page.get_by_role("link", name="Leer en la fuente").get_attribute("rel") == "noopener noreferrer external"


def test_facets_narrow_the_list(sized: Page, address: str) -> None:
    page = sized
    page.goto(address + PAGES["hallazgos"])
    page.get_by_role("region", name="Clase").get_by_role("link", name="Agresión").click()
    page.wait_for_url("**clase=agresion**")
    assert page.get_by_role("status").inner_text().startswith("8 filas donde clase es «Agresión»")
    page.get_by_role("link", name="Agresión, elegida: quitar").click()
    assert page.get_by_role("status").inner_text().startswith("24 filas")


def test_a_filter_can_be_set_with_the_form(sized: Page, address: str) -> None:
    page = sized
    page.goto(address + PAGES["hallazgos"])
    page.get_by_text("Filtrar y ordenar").click()
    page.get_by_label("Columna del nuevo filtro").select_option("alcaldia")
    page.get_by_label("Valor del nuevo filtro").fill("coyoacan")
    page.get_by_role("button", name="Aplicar").click()
    page.wait_for_url("**alcaldia__exact=coyoacan**")
    assert "donde alcaldía es «Coyoacán»" in page.get_by_role("status").inner_text()


def test_a_printed_finding_keeps_its_codes_and_leaves_the_menus(sized: Page, address: str) -> None:
    page = sized
    page.goto(address + FINDING)
    page.emulate_media(media="print")
    assert page.get_by_role("banner").first.is_hidden()
    assert page.get_by_role("heading", name="Qué pasó").is_visible()
    assert page.get_by_role("heading", name="Dónde", exact=True).is_visible()
