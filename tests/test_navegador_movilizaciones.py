"""Demonstrations in a real browser, without script: a proposal accepted in one tap, a form refused and then stored."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from datasette.app import Datasette
from navegador import chromium, violations
from playwright.sync_api import Browser, Page, expect
from sembrado import seeded
from sitio_vivo import cookie, served

from crawlers.fechas import MEXICO
from pipeline.demonstrations import Draft, create
from pipeline.demonstrations.places import route
from pipeline.demonstrations.proposals import Offer, offer
from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry
from pipeline.registry.transaction import writing
from pipeline.review import Hand

pytestmark = pytest.mark.navegador
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
SOON = datetime.now(MEXICO).replace(minute=0, second=0, microsecond=0) + timedelta(hours=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path) -> Datasette:
    """Two findings, of which one is of a march of tomorrow; a proposal that the news made."""
    path = seeded(tmp_path / "registro.db", 2)
    points = route(["Ángel de la Independencia", "Zócalo"])
    with closing(open_registry(path)) as db:
        one = create(
            db, Draft("Marcha de los faroleros", SOON, recorrido=points, riesgo_esperado="alto"), Hand("ana", datetime.now(UTC))
        )
        create(db, Draft("Plantón de hace tiempo", date(2026, 1, 5)), Hand("ana", datetime.now(UTC)))
        with writing(db):
            db.execute("UPDATE hallazgos SET movilizacion_id = ?, fase = 'durante' WHERE folio = 'H-2026-000001'", [one.id])
            told = Offer(
                "Colectivo La Jacaranda",
                SOON.date(),
                "noticia",
                hora="23:30",
                sitio="Hemiciclo a Juárez",
                alcaldia="cuauhtemoc",
            )
            offer(db, told, datetime.now(UTC))
    return build_site(path, accounts=True)


@pytest.fixture
def opened(browser: Browser, site: Datasette) -> Iterator[Callable[..., Page]]:
    contexts = []
    with served(site) as address:

        def visit(path: str, size: dict[str, int] = DESK) -> Page:
            context = browser.new_context(viewport=size, java_script_enabled=False)
            contexts.append(context)
            context.set_default_timeout(8000)
            context.add_cookies([cookie(site, address, "ana")])
            page = context.new_page()
            page.goto(f"{address}{path}")
            return page

        yield visit
        for context in contexts:
            context.close()


def test_a_proposal_is_accepted_in_one_tap_and_a_demonstration_changed_on_a_phone(opened) -> None:
    page = opened("-/movilizaciones", PHONE)
    expect(page.get_by_text("Marcha de los faroleros")).to_be_visible()
    page.get_by_role("button", name="Aceptar Colectivo La Jacaranda").click()
    expect(page.get_by_text("es ahora la movilización 3")).to_be_visible()
    page.get_by_role("link", name="Colectivo La Jacaranda").click()
    expect(page.get_by_text("Hemiciclo a Juárez").first).to_be_visible()
    page.get_by_text("Cambiar los datos o las fuentes").click()
    page.get_by_label("Asistencia esperada").fill("300")
    page.get_by_label("Red de Ejemplo").check()
    page.get_by_label("Termina (vacío").fill("1999-01-01 10:00")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("alert")).to_contain_text("el fin tiene que ser después del inicio")
    expect(page.get_by_label("Asistencia esperada")).to_have_value("300")
    expect(page.get_by_label("Red de Ejemplo")).to_be_checked()
    page.get_by_label("Termina (vacío").fill("")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("300 personas")).to_be_visible()
    page.get_by_role("button", name="Cancelar la movilización").click()
    expect(page.locator(".ficha.estado-cancelada")).to_be_visible()


def test_a_new_one_is_entered_on_the_page(opened) -> None:
    page = opened("-/movilizaciones")
    page.get_by_text("Escribir los datos").click()
    page.get_by_label("Nombre").fill("Marcha de ensayo")
    page.get_by_label("Empieza").fill(f"{SOON:%Y-%m-%d} 10:00")
    page.get_by_label("Recorrido, un punto por línea").fill("Monumento a la Revolución\nZócalo")
    page.get_by_role("button", name="Dar de alta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marcha de ensayo")
    expect(page.get_by_text("Monumento a la Revolución → Zócalo")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_are_accessible_and_fit(browser: Browser, site: Datasette, size) -> None:
    with served(site) as address:
        context = browser.new_context(viewport=size)
        context.add_cookies([cookie(site, address, "ana")])
        page = context.new_page()
        for path in ("-/movilizaciones", "-/movilizacion/1"):
            page.goto(f"{address}{path}")
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        expect(page.get_by_text("Durante", exact=False).first).to_be_visible()
        context.close()
