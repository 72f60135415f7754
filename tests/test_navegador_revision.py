"""The queue worked through in a real browser: a morning by keyboard with its keys counted, conflicts, failures, undo, phone."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from candidatos import add_candidate, morning
from cuentas import add_account, log_in
from navegador import chromium, served, violations
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlite_utils import Database

from pipeline.registry.connection import open_registry
from pipeline.reloj import clock
from pipeline.review import Hand, correct, discard

pytestmark = pytest.mark.navegador
QUEUE = "-/revision"
CURRENT = ".tarjeta[aria-current]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The morning as it begins, which nobody touches."""
    return morning(tmp_path_factory.mktemp("preparada") / "r.db", 60)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registry that the site serves; `registro` is the same with the morning in it."""
    path = tmp_path_factory.mktemp("revision") / "r.db"
    open_registry(path).conn.close()
    add_account(path, "ana")
    return path


@pytest.fixture(autouse=True)
def registro(prepared: Path, live: Path) -> Path:
    """Begin each test with the whole morning, whatever the one before it did."""
    with closing(sqlite3.connect(prepared)) as source, closing(sqlite3.connect(live)) as target:
        source.backup(target)
    return live


@pytest.fixture(scope="module")
def address(live: Path) -> Iterator[str]:
    with served(live) as url:
        yield url


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Ana, who has entered."""
    made = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    made.set_default_timeout(8000)
    page = made.new_page()
    log_in(page, address)
    page.close()
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page that must say nothing on the console."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.said = said
    yield page
    page.close()


def stored(registro: Path, sql: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(registro)) as db:
        return db.execute(sql, values).fetchall()


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def urgent(db: Database, number: int) -> str:
    """A candidate that stands before all others, the higher numbers first."""
    return add_candidate(db, number, urgente=1, fecha_publicacion="2026-11-24")


def current(page: Page) -> str:
    return page.locator(CURRENT).get_attribute("id") or ""


def painted(page: Page, url: str = "") -> None:
    """Go to `url`, or wait for where a key leads, until keys reach the page: before its first paint a browser drops them."""
    if url:
        page.goto(url)
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline and not page.evaluate("performance.getEntriesByType('paint').length"):
        page.wait_for_timeout(20)
    expect(page.locator(CURRENT)).to_have_count(1)


def saved(page: Page) -> None:
    expect(page.locator("#cola[aria-busy], .enviando")).to_have_count(0)


def test_a_morning_of_sixty_candidates_by_keyboard(page: Page, address: str, registro: Path) -> None:
    """Every third is discarded, every tenth corrected first, the others validated: as in an ordinary morning."""
    painted(page, address + QUEUE)
    expect(page.locator(".avance")).to_contain_text("0 de 60")
    keyboard, spent, decided = Keyboard(page), {}, {}
    for turn in range(60):
        expect(page.locator(f"{CURRENT}:not(.hecha, .enviando)")).to_have_count(1)  # keys may outrun the cards that follow
        folio, before = current(page), keyboard.pressed
        assert folio not in spent
        one_source = page.locator(CURRENT).get_attribute("data-fuentes") == "1"
        if turn % 10 == 9:
            keyboard.press("r", "v", "1")
        if turn % 3 == 2:
            keyboard.press("d", str(1 + turn % 6))
        elif one_source:
            keyboard.press("v", "3")
        else:
            keyboard.press("v")
        spent[folio] = keyboard.pressed - before
        decided[folio] = "descartado" if turn % 3 == 2 else "validado"
    saved(page)
    expect(page.locator(".avance")).to_contain_text("60 de 60")
    expect(page.locator("#quedan")).to_have_text("0")
    assert page.locator(".falla, .conflicto").count() == 0
    expect(page.locator("#fin")).to_be_visible()
    assert dict(stored(registro, "SELECT folio, estado FROM hallazgos WHERE folio <= 'H-2026-000060'")) == decided
    trail = stored(registro, "SELECT clave, motivo FROM bitacora WHERE accion = 'estado' AND quien = 'ana'")
    assert len(trail) == len(dict(trail)) == 60
    assert all(motivo for folio, motivo in trail if decided[folio] == "descartado")
    assert dict(trail)["H-2026-000007"] or decided["H-2026-000007"] == "validado"
    corrected = stored(registro, "SELECT count(*) FROM correcciones WHERE campo = 'vinculo' AND valor = '\"confirmado\"'")
    assert corrected == [(6,)]
    assert max(spent.values()) <= 5
    ordinary = [keys for turn, keys in enumerate(spent.values()) if turn % 10 != 9]
    assert max(ordinary) <= 2
    assert sum(spent.values()) / 60 <= 2
    assert page.said == []


def test_what_was_done_can_be_undone_and_is_counted_back(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        begun = urgent(db, 201)
    painted(page, address + QUEUE)
    done = page.locator(".avance").inner_text()
    page.keyboard.press("v")
    page.keyboard.press("u")  # at once, while the first is under way
    saved(page)
    expect(page.locator(".avance")).to_contain_text(done)
    expect(page.locator(CURRENT)).to_have_id(begun)
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", begun) == [("detectado",)]
    page.keyboard.press("d")
    page.keyboard.press("2")
    expect(page.locator(f"#{begun} .estado")).to_contain_text("descartado")
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(f"#{begun}")).not_to_have_class(re.compile("hecha"))
    saved(page)
    actions = stored(registro, "SELECT accion FROM bitacora WHERE clave = ? ORDER BY id", begun)
    assert [row[0] for row in actions] == ["estado", "deshacer", "estado", "deshacer"]
    page.keyboard.press("p")
    page.keyboard.press("1")
    saved(page)
    assert stored(registro, "SELECT count(*) FROM v_cola WHERE folio = ? AND pospuesto_hasta > '2000'", begun) == [(1,)]
    page.keyboard.press("u")
    saved(page)
    expect(page.locator(CURRENT)).to_have_id(begun)
    assert stored(registro, "SELECT pospuesto_hasta FROM cola WHERE folio = ?", begun) == [(None,)]
    page.keyboard.press("u")
    expect(page.locator("#aviso")).to_contain_text("lo anterior se deshace en la página de cada hallazgo")
    assert page.said == []


def test_undo_takes_back_what_came_last_on_whatever_card(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        first, second = (urgent(db, number) for number in (241, 240))
    painted(page, address + QUEUE)
    mine = int(page.locator("#cuantos-mios").inner_text())
    for key in ("d", "2", "r", "t", "1", "a", "1", "c"):
        page.keyboard.press(key)
    page.keyboard.type("Falta hablar con su medio")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("#cuantos-mios")).to_have_text(str(mine + 1))
    page.keyboard.press("u")
    expect(page.locator("#aviso")).to_have_text(f"{second}: un comentario no se quita. Otra vez u deshace lo de antes.")
    page.keyboard.press("u")
    saved(page)
    expect(page.locator("#cuantos-mios")).to_have_text(str(mine))
    assert stored(registro, "SELECT asignado_a FROM cola WHERE folio = ?", second) == [(None,)]
    corrected = "SELECT campo FROM correcciones WHERE folio = ?"
    assert stored(registro, corrected, second) == [("antecedente",)]
    page.keyboard.press("u")
    saved(page)
    assert stored(registro, corrected, second) == []
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", first) == [("descartado",)]
    page.keyboard.press("u")
    saved(page)
    expect(page.locator(CURRENT)).to_have_id(first)
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", first) == [("detectado",)]
    assert page.said == []


def test_a_card_shown_anew_takes_no_words_from_the_comment_being_written(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        folio = urgent(db, 245)
    painted(page, address + QUEUE)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/tarjetas?folio=*", hold)
    page.keyboard.press("a")
    page.keyboard.press("1")
    saved(page)
    page.keyboard.press("c")
    page.keyboard.type("Falta hablar ")
    while not held:
        page.wait_for_timeout(20)
    with page.expect_response("**/tarjetas?folio=*"):
        held[0].continue_()
    expect(page.locator(f"#{folio} .ficha", has_text="A cargo de ana")).to_have_count(1)
    page.keyboard.type("con su medio")
    page.keyboard.press("Enter")
    saved(page)
    assert stored(registro, "SELECT texto FROM comentarios WHERE folio = ?", folio) == [("Falta hablar con su medio",)]


def test_what_somebody_else_changed_since_is_not_undone_from_here(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        folio = urgent(db, 242)
    painted(page, address + QUEUE)
    assert current(page) == folio
    for key in ("r", "t", "1"):
        page.keyboard.press(key)
    saved(page)
    with open_registry(registro) as db:
        correct(db, folio, "movilizacion", 1, Hand("beto", clock()()))
    page.keyboard.press("v")
    told = page.locator(f"#{folio} .estado")
    expect(told).to_contain_text("beto corrigió un campo (movilización)")
    expect(told).to_contain_text("vuelva a verlo y decida. Su cambio")
    assert page.get_by_role("alert").inner_text().count(folio) == 1
    page.keyboard.press("u")
    expect(page.locator("#aviso")).to_contain_text("otra persona lo cambió después; se deshace en su página")
    assert stored(registro, "SELECT count(*) FROM correcciones WHERE folio = ?", folio) == [(2,)]


def test_a_correction_tells_the_present_value_and_saving_it_again_corrects_nothing(
    page: Page, address: str, registro: Path
) -> None:
    with open_registry(registro) as db, db.atomic():
        folio = urgent(db, 244)
    painted(page, address + QUEUE)
    page.keyboard.press("r")
    expect(page.locator(f"#{folio} .menu")).to_contain_text("vínculo: Probable")
    expect(page.locator(f"#{folio} .menu")).to_contain_text("urgente: Sí")
    page.keyboard.press("v")
    same = page.locator(f"#{folio} .menu button", has_text="lo que dice ahora")
    expect(same).to_have_count(1)
    same.click()
    expect(page.locator("#aviso")).to_have_text(f"{folio}: vínculo ya dice eso; no se corrigió nada.")
    assert stored(registro, "SELECT count(*) FROM correcciones WHERE folio = ?", folio) == [(0,)]
    for key in ("r", "v", "1"):
        page.keyboard.press(key)
    expect(page.locator(f"#{folio} .dice")).to_contain_text("vínculo confirmado")
    page.keyboard.press("r")
    expect(page.locator(f"#{folio} .menu")).to_contain_text("vínculo: Confirmado")
    page.keyboard.press("Escape")


def test_modalities_and_aggressors_are_ticked_by_key_and_saved_with_enter(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        folio = urgent(db, 246)
    painted(page, address + QUEUE)
    before = json.loads(page.locator(f"#{folio}").get_attribute("data-codigos"))["modalidad"]
    keys = Keyboard(page)
    keys.press("r", "o")
    expect(page.locator(f"#{folio} .menu input:checked")).to_have_count(len(before))
    assert violations(page) == []
    new = page.locator(f"#{folio} .menu label:not(:has(:checked))").first
    value, key = new.locator("input").get_attribute("value"), new.locator("kbd").inner_text()
    keys.press(key, "Enter")
    saved(page)
    assert keys.pressed == 4
    (valor,) = stored(registro, "SELECT valor FROM correcciones WHERE folio = ? AND campo = 'modalidad'", folio)[0]
    assert set(json.loads(valor)) == {*before, value}
    page.keyboard.press("r")
    page.keyboard.press("g")
    page.keyboard.press("Enter")
    expect(page.locator("#aviso")).to_have_text(f"{folio}: agresor ya dice eso; no se corrigió nada.")
    page.keyboard.press("u")
    saved(page)
    assert stored(registro, "SELECT count(*) FROM correcciones WHERE folio = ?", folio) == [(0,)]
    assert page.said == []


def test_coming_back_to_the_queue_tells_what_arrived(page: Page, address: str, registro: Path) -> None:
    painted(page, address + QUEUE)
    with open_registry(registro) as db, db.atomic():
        folios = [urgent(db, 247), urgent(db, 248)]
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#llegaron")).to_be_hidden()  # a minute has not gone by
    page.evaluate("document.querySelector('#cola').dataset.cada = 0")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#llegaron")).to_contain_text("Llegaron 2 nuevos.")
    page.locator("#llegaron a").click()
    painted(page)
    assert current(page) == folios[1]


def test_colleagues_with_an_account_that_may_review_are_offered(page: Page, address: str, registro: Path) -> None:
    add_account(registro, "carla", ["administracion"])
    add_account(registro, "lector", ["lectura"])
    painted(page, address + QUEUE)
    page.keyboard.press("a")
    offered = page.locator(f"{CURRENT} .menu button").all_inner_texts()
    assert [one.split(maxsplit=1)[1] for one in offered] == ["A mí", "A nadie", "carla"]


def test_no_reason_is_chosen_by_itself(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        folio = add_candidate(db, 243, sources=1, urgente=1, fecha_publicacion="2026-11-24")
    painted(page, address + QUEUE)
    assert current(page) == folio
    for key in ("v", "d"):
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        saved(page)
        expect(page.locator(f"#{folio} .menu")).to_be_visible()
        assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", folio) == [("detectado",)]
        page.keyboard.press("Escape")
    for key in ("d", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    saved(page)
    trail = stored(registro, "SELECT motivo FROM bitacora WHERE clave = ? AND campo = 'estado'", folio)
    assert trail == [("La víctima no es periodista ni persona defensora",)]


def test_the_second_of_two_analysts_is_told_and_sees_what_there_is(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        folio = urgent(db, 203)
    painted(page, address + QUEUE)
    assert current(page) == folio
    with open_registry(registro) as db:
        discard(db, folio, Hand("beto", clock()()), motivo="Sin relación con su labor")
    done = page.locator("#hechos").inner_text()
    page.keyboard.press("v")
    card = page.locator(f"#{folio}")
    expect(card).to_have_class(re.compile("conflicto"))
    expect(card.locator(".estado")).to_contain_text("beto cambió el estado")
    expect(card.locator(".estado")).to_contain_text("Su cambio no se guardó")
    expect(card.locator(".cuerpo .datos")).to_contain_text("Descartado")
    expect(page.get_by_role("alert")).to_contain_text(folio)
    assert page.locator("#hechos").inner_text() == done
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", folio) == [("descartado",)]
    page.keyboard.press("i")
    assert current(page) == folio
    page.keyboard.press("v")  # perhaps pressed before the conflict was seen: not taken at once
    expect(page.locator("#alerta")).to_contain_text("otra vez la misma tecla")
    page.keyboard.press("v")  # now on purpose, over what beto said
    expect(card).to_have_class(re.compile("hecha"))
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", folio) == [("validado",)]


def test_a_request_that_fails_never_shows_as_done_and_no_later_key_is_lost(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        first, second, third = (urgent(db, number) for number in (206, 205, 204))
    painted(page, address + QUEUE)
    assert current(page) == first
    held = []
    page.route("**/decidir", lambda route: route.continue_() if held else held.append(route))
    for key in ("r", "v", "1", "v", "v", "d", "1"):
        page.keyboard.press(key)
    held[0].fulfill(status=503, body="")  # the correction: the validation that followed on its card must not be sent
    saved(page)
    states = "SELECT folio, estado FROM hallazgos WHERE folio IN (?, ?, ?)"
    expected = {first: "detectado", second: "validado", third: "descartado"}
    expect(page.locator(f"#{third}")).to_have_class(re.compile("hecha"))
    assert dict(stored(registro, states, first, second, third)) == expected
    card = page.locator(f"#{first}")
    expect(card).to_have_class(re.compile("falla"))
    expect(card.locator(".estado")).to_contain_text("no lo guardó (503)")
    page.keyboard.press("i")
    assert current(page) == first
    page.keyboard.press("v")  # perhaps pressed before the failure was seen: it is not taken at once
    expect(page.locator("#alerta")).to_contain_text("otra vez la misma tecla")
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", first) == [("detectado",)]
    page.keyboard.press("3")  # nobody leaves without knowing
    expect(page.locator("#alerta")).to_contain_text("Hay cambios sin guardar")
    card.get_by_role("button", name="Intentar otra vez").click()
    saved(page)
    expect(card.locator(".estado")).to_be_hidden()
    assert stored(registro, "SELECT valor FROM correcciones WHERE folio = ?", first) == [('"confirmado"',)]
    expect(card.locator(".dice")).to_contain_text("vínculo confirmado")
    page.keyboard.press("v")
    saved(page)
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", first) == [("validado",)]


def test_several_are_chosen_and_discarded_assigned_and_commented(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        folios = [urgent(db, number) for number in (213, 212, 211, 210)]
    painted(page, address + QUEUE)
    for key in ("x", "j", "x", "j", "x", "a", "1"):
        page.keyboard.press(key)
    expect(page.locator(".ficha", has_text="A cargo de ana")).to_have_count(3)
    page.keyboard.press("c")
    page.keyboard.type("Falta hablar con su medio")
    page.keyboard.press("Enter")
    expect(page.locator(CURRENT)).to_contain_text("Falta hablar con su medio")
    for key in ("x", "k", "x", "d", "3"):
        page.keyboard.press(key)
    saved(page)
    states = [
        row[1]
        for row in stored(
            registro,
            "SELECT folio, estado FROM hallazgos WHERE folio BETWEEN 'H-2026-000210' AND 'H-2026-000213' ORDER BY 1 DESC",
        )
    ]
    assert states == ["detectado", "descartado", "descartado", "detectado"]
    assert current(page) == folios[3]
    page.goto(f"{address}{QUEUE}?de=mios")
    expect(page.locator(".tarjeta")).to_have_count(1)


def test_a_possible_duplicate_is_merged_once_confirmed(page: Page, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        older, newer = (add_candidate(db, number, urgente=1) for number in (220, 221))
        notes = [
            db.execute("SELECT min(noticia_id) FROM hallazgos_noticias WHERE folio = ?", [folio]).fetchone()[0]
            for folio in (older, newer)
        ]
        db.execute("INSERT INTO posibles_duplicados (noticia_a, noticia_b, puntos) VALUES (?, ?, 30)", notes)
    painted(page, address + QUEUE)
    page.locator(f"#{newer}").click(position={"x": 300, "y": 12})
    expect(page.locator(f"#{newer} .al-lado").first).to_contain_text("la periodista")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    saved(page)
    assert stored(registro, "SELECT estado FROM hallazgos WHERE folio = ?", newer) == [("detectado",)]
    page.keyboard.press("s")
    saved(page)
    assert stored(registro, "SELECT estado, fusionado_en FROM hallazgos WHERE folio = ?", newer) == [("fusionado", older)]
    expect(page.locator(f"#{older} .notas li")).to_have_count(4)
    assert page.locator(f"#{older}").get_by_text("Posible duplicado").count() == 0


def test_tabs_follow_ups_and_the_sample_of_refused_notes_by_keyboard(page: Page, address: str, registro: Path) -> None:
    painted(page, address + QUEUE)
    page.keyboard.press("4")
    page.wait_for_url("**pestania=seguimientos**")
    painted(page)
    expect(page.locator(CURRENT)).to_contain_text("volvió a amenazar")
    page.keyboard.press("v")
    saved(page)
    assert stored(registro, "SELECT vista_por FROM novedades") == [("ana",)]
    page.keyboard.press("2")
    page.wait_for_url("**pestania=sin_determinar**")
    painted(page)
    while page.locator(CURRENT).get_attribute("data-tipo") != "rechazada":
        page.keyboard.press("j")
    for key in ("d", "u", "d", "v"):  # the first was rightly refused, after all too; the second was a finding
        page.keyboard.press(key)
    saved(page)
    expect(page.locator(".rechazada.hecha")).to_have_count(2)
    said = stored(registro, "SELECT era_hallazgo, quien FROM muestra_rechazadas ORDER BY noticia_id")
    assert said == [(0, "ana"), (1, "ana")]
    page.reload()
    expect(page.locator(".calidad")).to_contain_text("de 2 noticias rechazadas leídas, 1 era hallazgo: se estima que en")


def test_keys_are_shown_and_the_finding_is_opened_and_come_back_to(page: Page, address: str) -> None:
    painted(page, address + QUEUE)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Validar")
    page.keyboard.press("v")  # a key under the help does nothing
    page.keyboard.press("Escape")
    expect(page.locator(".hecha, .enviando")).to_have_count(0)
    page.keyboard.press("j")
    folio = current(page)
    page.keyboard.press("e")
    page.wait_for_url(f"**/-/hallazgo/{folio}")
    page.go_back()
    expect(page.locator(CURRENT)).to_have_id(folio)


def test_without_its_script_the_queue_says_first_where_to_decide_and_shows_no_dead_button(
    browser: Browser, context: BrowserContext, address: str
) -> None:
    plain = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = plain.new_page()
    page.goto(address + QUEUE)
    warning, card = page.locator("noscript p"), page.locator(".tarjeta").first
    assert warning.bounding_box()["y"] < card.bounding_box()["y"]
    expect(page.locator("main button:visible")).to_have_count(0)
    expect(card.get_by_role("link", name="Abrir")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("tab", ["ciudad", "sin_determinar", "seguimientos"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_queue_is_accessible_and_fits_on_both_screens(page: Page, address: str, tab: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{QUEUE}?pestania={tab}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    if tab == "ciudad":
        page.keyboard.press("d")
        assert page.evaluate("document.activeElement.closest('.menu') !== null")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.tarjeta[aria-current]')")
    assert page.said == []


def test_a_finger_decides_on_a_phone(browser: Browser, address: str, registro: Path) -> None:
    with open_registry(registro) as db, db.atomic():
        folio = add_candidate(db, 230, urgente=1, sources=1)
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    log_in(page, address)
    painted(page, address + QUEUE)
    card = page.locator(f"#{folio}")
    for button in card.locator(".mando button, .mando .boton").all():
        assert button.bounding_box()["height"] >= 44
    card.get_by_role("button", name="Validar").tap()
    card.get_by_role("button", name="La nota cita a la víctima").tap()
    expect(card.locator(".estado")).to_contain_text("validado")
    assert stored(registro, "SELECT motivo FROM bitacora WHERE clave = ?", folio) == [
        ("La nota cita a la víctima o a una autoridad",)
    ]
    context.close()
