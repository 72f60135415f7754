"""The pages in a real browser, served by the very command: accessible, readable on a phone, and asking nobody outside."""

from collections.abc import Iterator

import pytest
from navegador import chromium, served, violations
from playwright.sync_api import Browser, BrowserContext, Page
from sembrado import seeded

pytestmark = pytest.mark.navegador
WIDTHS = {"escritorio": 1280, "telefono": 390}
FINDING = "-/hallazgo/H-2026-000003"
PAGES = {
    "inicio": "",
    "tablas": "registro",
    "hallazgos": "registro/v_hallazgos?_size=9",
    "todas": "registro/v_hallazgos?_todas=1&clase=agresion&_size=5",
    "hallazgo": FINDING,
    "buscar": "-/buscar?q=coyoacan",
    "indicadores": "-/indicadores?periodo=2026&unidad=acto",
    "tablero": "-/tablero",
    "tablero_victimas": "-/tablero?unidad=victima&fecha=hecho",
    "cierres": "-/cierres",
    "plan": "-/plan",
    "mensual": "registro/v_indicador_mensual",
    "fuentes": "registro/v_salud_fuentes",
    "fuentes_todas": "registro/v_salud_fuentes?_todas=1",
    "ritmo": "registro/v_ritmo_fuentes",
    "ambito": "registro/v_indicador_ambito?_size=9",
    "noticias": "registro/noticias?_size=4",
    "noticia": "registro/noticias/1",
    "error": "nada",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(seeded(tmp_path_factory.mktemp("navegador") / "r.db", 24)) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


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
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        # the style sheet, which axe reads for one rule, is the same on both screens
        assert violations(page, preload=width == WIDTHS["escritorio"]) == [], width
    assert (said, asked) == ([], [])


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
