"""A second reading in a real browser, without script: from the queue to the form, refused once, stored; desktop and phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aprendido import TEXT, decided
from datasette.app import Datasette
from factories import NOW
from navegador import chromium, violations
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sitio_vivo import cookie, served

from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry
from pipeline.review import Hand
from pipeline.review.second import Sample, ask

pytestmark = pytest.mark.navegador
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path) -> Datasette:
    """Ana decided on everything; the whole of it is to be read again by Luis."""
    made = decided(tmp_path)
    ask(made.db, Sample(1.0, para="luis"), {"ana", "luis"}, Hand("direccion", NOW))
    made.db.execute("UPDATE segundas_lecturas SET id = id + 10")
    made.db.execute("UPDATE segundas_lecturas SET id = 1 WHERE folio = ?", [made.folio["caso"]])
    made.db.close()
    return build_site(tmp_path / "registro.db")


@pytest.fixture
def opened(browser: Browser, site: Datasette) -> Iterator[Callable[..., Page]]:
    """Opens a page as Luis; the browser may ask nobody but the site, and no page may complain."""
    contexts: list[BrowserContext] = []
    said: list[str] = []
    with served(site) as address:

        def visit(path: str, size: dict[str, int] = DESK, *, script: bool = False) -> Page:
            context = browser.new_context(viewport=size, java_script_enabled=script)
            contexts.append(context)
            context.set_default_timeout(8000)
            context.add_cookies([cookie(site, address, "luis")])
            context.route(
                lambda url: not url.startswith(address), lambda route: (said.append(route.request.url), route.abort())
            )
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"{address}{path}")
            return page

        yield visit
        for context in contexts:
            context.close()
    assert [line for line in said if "400" not in line] == []


def test_a_reading_goes_from_the_queue_to_the_form_and_is_stored_without_script(opened, tmp_path: Path) -> None:
    page = opened("-/revision")
    page.get_by_role("link", name="3 segundas lecturas le esperan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Segunda lectura 1")
    expect(page.get_by_text(TEXT[:60]).first).to_be_visible()
    assert page.locator("mark").count() == 0
    form = page.get_by_role("form", name="Sus códigos")
    form.get_by_label("Sí", exact=True).first.check()
    form.get_by_label("Clase").select_option("agresion")
    form.get_by_label("Periodista").check()
    form.get_by_label("Ataque físico").check()
    form.get_by_label("Daño a bienes").check()
    form.get_by_role("group", name="Movilización").get_by_label("No").check()
    form.get_by_label("En la Ciudad de México").select_option("si")
    form.get_by_label("Alcaldía").select_option("cuauhtemoc")
    form.get_by_label("Fecha del hecho").fill("2026-05-08")
    form.get_by_role("button", name="Guardar la lectura").click()
    expect(page.get_by_role("alert")).to_contain_text("falta el agresor (puede ser «No identificado»); el vínculo con la labor")
    expect(form.get_by_label("Ataque físico")).to_be_checked()
    expect(form.get_by_label("Fecha del hecho")).to_have_value("2026-05-08")
    form.get_by_label("Fuerza pública").check()
    form.get_by_label("Vínculo con la labor").select_option("probable")
    form.get_by_role("button", name="Guardar la lectura").click()
    expect(page.get_by_role("status")).to_contain_text("Lectura 1 guardada")
    expect(page.get_by_text("2 lecturas le esperan")).to_be_visible()
    row = page.get_by_role("row", name="Modalidad")
    assert row.get_by_role("cell").all_inner_texts() == ["1", "1", "1.0", "–", "1.0"]
    with open_registry(tmp_path / "registro.db") as db:
        assert list(db.query("SELECT quien FROM segundas_lecturas WHERE codigos IS NOT NULL")) == [{"quien": "luis"}]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["escritorio", "teléfono"])
def test_nothing_is_wider_than_the_screen_and_axe_has_nothing_against_it(opened, size: dict[str, int]) -> None:
    page = opened("-/segunda-lectura", size, script=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert violations(page) == []
