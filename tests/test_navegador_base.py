"""The Base's page on a phone: network off and on again, an ended session, no storage; and the form that never had a network."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from datasette.app import Datasette
from instalada import exported, hand, installed, sent, uuid
from navegador import chromium, violations
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from sitio_vivo import cookie, served

from crawlers.fechas import utc_text
from pipeline.bases.entries import Sender, take
from pipeline.bases.files import offline_form
from pipeline.bases.received import read_content, receive
from pipeline.pages.serving import build_site
from pipeline.registry.bases import base
from pipeline.registry.connection import open_registry

pytestmark = pytest.mark.navegador
PHONE = {"width": 390, "height": 844}
LARGEST = 30_000  # bytes
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
STORED = "SELECT uuid, tipo, texto, tipo_persona, iniciales, quien, anoto, entrada FROM registros_base ORDER BY id"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path) -> Datasette:
    """A Base that opened two hours ago."""
    installed(tmp_path, datetime.now(UTC) - timedelta(hours=2)).conn.close()
    return build_site(tmp_path / "registro.db")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def made(**options: object) -> BrowserContext:
        context = browser.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, timezone_id="America/Mexico_City", accept_downloads=True, **options
        )
        context.set_default_timeout(8000)
        opened.append(context)
        return context

    yield made
    for context in opened:
        context.close()


def write(page: Page, text: str, kind: str = "Agresión", person: str = "Periodista", initials: str = "ML") -> None:
    page.get_by_role("group", name="Qué pasa").get_by_text(kind, exact=True).tap()
    page.get_by_label("Qué pasó").fill(text)
    page.get_by_role("group", name="De quién se trata").get_by_text(person, exact=True).tap()
    page.get_by_label("Iniciales", exact=True).fill(initials)
    page.get_by_role("button", name="Anotar").tap()


def rows(site: Datasette, sql: str) -> list[dict]:
    with open_registry(Path(site.get_database("registro").path)) as db:
        return list(db.query(sql))


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_the_page_weighs_little_with_a_long_log_and_serves_a_thumb(site, phone, tmp_path):
    long = [sent(number, hora=utc_text(datetime.now(UTC)), texto="Señaló agresión " * 120) for number in range(1, 61)]
    with open_registry(tmp_path / "registro.db") as db:
        take(db, 1, long, hand(datetime.now(UTC)), Sender())
    with served(site) as address:
        context = phone(service_workers="block")  # what it keeps for later it asks for once more, once
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        answers: list[Response] = []

        def note(answer: Response) -> None:
            answers.append(answer)

        page.on("response", note)
        page.goto(f"{address}-/base/1")
        expect(page.locator("#registros li")).to_have_count(10)
        page.wait_for_load_state("networkidle")
        weights = [len(answer.body()) + sum(len(k) + len(v) + 4 for k, v in answer.headers.items()) for answer in answers]
        assert (len(weights) == 5, 10_000 < sum(weights) <= LARGEST) == (True, True), weights
        assert violations(page) == []
        assert fits(page)
        small = "[...document.querySelectorAll('main button, .tecla, input[type=text], input[type=time], textarea')]"
        heights: list[float] = page.evaluate(f"{small}.map(e => e.getBoundingClientRect().height).filter(h => h)")
        assert min(heights) >= 44
        bar = page.get_by_role("button", name="Anotar").bounding_box()
        assert bar is not None
        assert PHONE["height"] * 0.8 < bar["y"] + bar["height"] <= PHONE["height"]


def test_without_network_the_queue_waits_shows_its_number_survives_a_reload_and_sends_itself_once(site, phone):
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/base/1")
        write(page, "Con red.")
        expect(page.locator("#registros li")).to_have_count(1)
        expect(page.locator("#estado")).to_have_text("1 en la bitácora.")
        page.wait_for_function("caches.open('hallazgos-base').then(k => k.keys()).then(k => k.length === 4)")
        context.set_offline(True)
        write(page, "Sin red, primera.")
        write(page, "Sin red, segunda.", "Riesgo", "Defensora", "a. b.")
        expect(page.get_by_text("Por enviar: 2")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("Sin red")
        assert violations(page) == []
        page.reload()
        expect(page.get_by_text("Por enviar: 2")).to_be_visible()
        expect(page.locator("#registros li")).to_have_count(0)
        write(page, "Sin red, tercera.")
        expect(page.get_by_text("Por enviar: 3")).to_be_visible()
        context.set_offline(False)
        expect(page.get_by_text("Por enviar: 0")).to_be_visible()
        expect(page.locator("#cola li")).to_have_count(0)
        assert page.evaluate("Object.keys(localStorage)") == []
    found = [(row["texto"], row["iniciales"]) for row in rows(site, STORED)]
    assert found == [("Con red.", "ML"), ("Sin red, primera.", "ML"), ("Sin red, segunda.", "AB"), ("Sin red, tercera.", "ML")]


def opened(context: BrowserContext, address: str) -> Page:
    """The Base's page once its log was read and its guard is in control: requests go one way from here on."""
    page = context.new_page()
    page.goto(f"{address}-/base/1")
    expect(page.locator("#estado")).to_contain_text("en la bitácora")
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def lose_first_answer(page: Page) -> list[str]:
    """Let the first entry reach the registry and its answer go lost; return where it was sent, once it was."""
    lost: list[str] = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch()
            return route.abort()
        return route.continue_()

    page.route("**/-/base/1", lose)
    return lost


def test_an_answer_that_was_lost_on_its_way_doubles_nothing(site, phone):
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = opened(context, address)
        lost = lose_first_answer(page)
        write(page, "Llegó y no se supo.")
        # It is sent again by itself, after 5 s and, if that fails too, after 10 s more.
        expect(page.locator("#registros li")).to_have_count(1, timeout=30_000)
        expect(page.get_by_text("Por enviar: 0")).to_be_visible()
    assert len(lost) == 1
    assert len(rows(site, STORED)) == 1


def test_what_the_log_already_tells_is_listed_once_when_its_lost_answer_comes(site, phone):
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = opened(context, address)
        lose_first_answer(page)
        write(page, "Llegó y no se supo.")
        expect(page.get_by_role("alert")).to_contain_text("Sin red")
        page.get_by_role("button", name="Ver lo anotado").tap()
        expect(page.get_by_text("Por enviar: 0")).to_be_visible()
        expect(page.locator("#registros li")).to_have_count(1)
        expect(page.locator("#estado")).to_have_text("1 en la bitácora.")


def test_a_session_that_ended_loses_nothing_and_says_where_to_enter(site, phone):
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/base/1")
        expect(page.locator("#estado")).to_contain_text("en la bitácora")
        context.clear_cookies()
        write(page, "Con la sesión terminada.")
        expect(page.get_by_role("alert")).to_contain_text("La sesión terminó")
        expect(page.get_by_text("Por enviar: 1")).to_be_visible()
        page.get_by_role("link", name="Entre de nuevo").tap()
        page.get_by_label("Cuenta").wait_for()
        log_in_here(page)
        expect(page.get_by_text("Por enviar: 0")).to_be_visible()
    assert [row["texto"] for row in rows(site, STORED)] == ["Con la sesión terminada."]


def log_in_here(page: Page) -> None:
    page.get_by_label("Cuenta").fill("ana")
    page.get_by_label("Contraseña").fill("tres tristes tinteros")
    page.get_by_role("button", name="Entrar").tap()


def test_what_another_person_left_on_the_phone_is_sent_under_both_names(site, phone):
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/base/1")
        expect(page.locator("#estado")).to_contain_text("en la bitácora")
        context.clear_cookies()
        write(page, "De Ana.")
        expect(page.get_by_role("alert")).to_contain_text("La sesión terminó")
        context.add_cookies([cookie(site, address, "luis")])
        page.reload()
        expect(page.get_by_text("Por enviar: 0")).to_be_visible()
    assert [(row["quien"], row["anoto"]) for row in rows(site, STORED)] == [("luis", "ana")]


def test_a_full_name_is_refused_with_the_reason_and_what_the_registry_refuses_can_be_mended(site, phone):
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/base/1")
        expect(page.locator("#estado")).to_contain_text("en la bitácora")
        write(page, "Algo.", initials="María López")
        expect(page.get_by_role("alert")).to_contain_text("un nombre completo pone en riesgo")
        expect(page.get_by_text("Por enviar: 0")).to_be_visible()
        write(page, "Algo.", initials="MARIA")
        expect(page.locator("#cola .mal")).to_contain_text("sólo iniciales")
        page.get_by_role("button", name="Corregir").tap()
        expect(page.get_by_label("Qué pasó")).to_have_value("Algo.")
        page.get_by_label("Iniciales", exact=True).fill("M")
        page.get_by_role("button", name="Anotar").tap()
        expect(page.locator("#registros li")).to_have_count(1)
        page.get_by_role("link", name="Atender").tap()
        page.get_by_label("Qué fue").select_option("acompanamiento")
        page.get_by_label("Qué se hizo").fill("Se le acompañó.")
        assert violations(page) == []
        assert fits(page)
        page.get_by_role("button", name="Guardar").tap()
        expect(page.get_by_text("Acompañamiento: guardado.")).to_be_visible()
    (done,) = rows(site, "SELECT a.base_id, r.iniciales FROM atenciones a JOIN registros_base r ON r.uuid = a.registro_base")
    assert done == {"base_id": 1, "iniciales": "M"}


def test_a_phone_that_stores_nothing_says_so_and_still_sends(site, phone):
    with served(site) as address:
        context = phone(service_workers="block")
        context.add_init_script(NO_STORAGE)
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/base/1")
        expect(page.locator("#estado")).to_contain_text("en la bitácora")
        context.set_offline(True)
        write(page, "En la memoria.")
        expect(page.get_by_text("Por enviar: 1")).to_be_visible()
        context.set_offline(False)
        expect(page.get_by_text("Por enviar: 0")).to_be_visible()
    assert [row["texto"] for row in rows(site, STORED)] == ["En la memoria."]


def test_without_script_an_entry_is_stored_all_the_same(site, phone):
    with served(site) as address:
        context = phone(java_script_enabled=False)
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/base/1")
        write(page, "Sin guiones.", initials="Juana Pérez")
        expect(page.get_by_role("alert").first).to_contain_text("sólo iniciales")
        write(page, "Sin guiones.")
        expect(page.get_by_text("1 anotación guardada.")).to_be_visible()
    assert [row["texto"] for row in rows(site, STORED)] == ["Sin guiones."]


def test_a_base_is_opened_closed_and_printed_on_the_pages(site, phone, tmp_path):
    with open_registry(tmp_path / "registro.db") as db:
        db.execute("UPDATE movilizaciones SET dia = ?", [datetime.now(UTC).date().isoformat()])
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/bases")
        page.get_by_label("Movilización").select_option("1")
        page.get_by_label("Cuál").select_option("base_ddhh")
        assert violations(page) == []
        assert fits(page)
        page.get_by_role("button", name="Abrir la Base").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("Base de Derechos Humanos 2")
        page.get_by_role("link", name="Datos y cierre").tap()
        page.get_by_label("Personas presentes").fill("7")
        assert violations(page) == []
        assert fits(page)
        page.get_by_role("button", name="Cerrar la Base").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bitácora de la Base de Derechos Humanos 2")
        assert violations(page) == []
        assert fits(page)
    assert rows(site, "SELECT personas_presentes, fin IS NOT NULL AS cerrada FROM bases WHERE id = 2") == [
        {"personas_presentes": 7, "cerrada": 1}
    ]
    assert [row["ruta"] for row in rows(site, "SELECT ruta FROM lecturas")][-1] == "/-/base/2/bitacora"


@pytest.fixture
def form(site: Datasette, tmp_path: Path) -> str:
    with open_registry(tmp_path / "registro.db") as db:
        (tmp_path / "F.html").write_text(offline_form(base(db, 1) or {}), "utf-8")
    return (tmp_path / "F.html").as_uri()


def opened_alone(context: BrowserContext, form: str) -> tuple[Page, list[str]]:
    """The form with every network closed; the list gets whatever it asks for or complains of."""
    said: list[str] = []
    context.set_offline(True)
    context.route(lambda url: url.startswith("http"), lambda route: (said.append(route.request.url), route.abort()))
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(form)
    return page, said


def exported_by(page: Page, folder: Path) -> Path:
    with page.expect_download() as waited:
        page.get_by_role("button", name="Guardar el archivo").tap()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def test_the_form_without_network_writes_exports_is_received_and_wipes(site, phone, form, tmp_path):
    page, said = opened_alone(phone(), form)
    write(page, "Desde un archivo.")
    write(page, "Otra.", "Canalización", "Defensora", "Q")
    write(page, "Con nombre.", initials="Juana Pérez")
    expect(page.get_by_role("alert")).to_contain_text("pone en riesgo")
    expect(page.get_by_text("Anotadas: 2")).to_be_visible()
    assert violations(page) == []
    assert fits(page)
    page.reload()
    expect(page.get_by_text("Anotadas: 2")).to_be_visible()
    page.get_by_label("Iniciales de quien anota").fill("RT")
    path = exported_by(page, tmp_path)
    with open_registry(tmp_path / "registro.db") as db:
        fates = [
            [one.estado.value for one in receive(db, read_content(path.read_bytes()), hand(datetime.now(UTC)))] for _ in "ab"
        ]
    assert fates == [["guardada"] * 2, ["ya_estaba"] * 2]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Borrar todo de este teléfono").tap()
    expect(page.get_by_text("Anotadas: 0")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    assert said == []
    found = [(row["texto"], row["iniciales"], row["anoto"], row["entrada"]) for row in rows(site, STORED)]
    assert found == [("Desde un archivo.", "ML", "RT", "formulario"), ("Otra.", "Q", "RT", "formulario")]


def test_the_form_without_network_or_storage_still_exports(phone, form, tmp_path):
    context = phone()
    context.add_init_script(NO_STORAGE)
    page, said = opened_alone(context, form)
    write(page, "Sólo en la memoria.")
    expect(page.get_by_role("alert")).to_contain_text("Este teléfono no guarda nada")
    assert [one["texto"] for one in json.loads(exported_by(page, tmp_path).read_text("utf-8"))["registros"]] == [
        "Sólo en la memoria."
    ]
    assert said == []


def test_a_file_is_received_on_the_page(site, phone, tmp_path):
    hour = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entry = {"uuid": uuid(1), "hora": hour, "tipo": "riesgo", "texto": "Del archivo."}
    (tmp_path / "t.json").write_text(json.dumps(exported(entry, {**entry, "uuid": "x"})), "utf-8")
    with served(site) as address:
        context = phone()
        context.add_cookies([cookie(site, address)])
        page = context.new_page()
        page.goto(f"{address}-/base/1/recibir")
        page.get_by_label("Archivo que guardó el formulario").set_input_files(tmp_path / "t.json")
        expect(page.get_by_label("Su contenido")).to_have_value((tmp_path / "t.json").read_text("utf-8"))
        page.get_by_role("button", name="Recibir").tap()
        expect(page.get_by_role("status")).to_contain_text("1 anotación guardada; 0 ya estaban; 1 rechazada")
        expect(page.get_by_text("Anotación 2: le falta el identificador")).to_be_visible()
        assert violations(page) == []
        assert fits(page)
