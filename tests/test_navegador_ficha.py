"""A finding's page in a real browser: correct, merge, split, undo, conflict, hand over, add a note; with script and without.

With `HALLAZGOS_IMAGENES=CARPETA` the pictures of the analyst's guide are written there.
"""

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from casos_ficha import NAME, registered
from datasette.app import Datasette
from navegador import chromium, violations
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sitio_vivo import cookie, served

from pipeline.pages.serving import build_site

pytestmark = pytest.mark.navegador
PICTURES = os.environ.get("HALLAZGOS_IMAGENES")
EARLIER, CASE, DOUBLE = "H-2026-000001", "H-2026-000002", "H-2026-000003"
PAPER = {"width": 1100, "height": 660}  # of the guide's pictures: 120 kB at most
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path) -> Datasette:
    return build_site(registered(tmp_path))


@pytest.fixture
def opened(browser: Browser, site: Datasette) -> Iterator[Callable[..., Page]]:
    """Opens a finding's page as somebody; the browser may ask nobody but the site, and no page may complain."""
    contexts: list[BrowserContext] = []
    said: list[str] = []
    with served(site) as address:

        def visit(folio: str = CASE, who: str = "ana", *, script: bool = True, roles: tuple[str, ...] = ("analista",)) -> Page:
            context = browser.new_context(viewport=DESK, java_script_enabled=script)
            contexts.append(context)
            context.set_default_timeout(8000)
            context.add_cookies([cookie(site, address, who, roles)])
            context.route(
                lambda url: not url.startswith(address), lambda route: (said.append(route.request.url), route.abort())
            )
            page = context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"{address}-/hallazgo/{folio}")
            return page

        yield visit
        for context in contexts:
            context.close()
    assert [line for line in said if "409" not in line] == []


def rows(site: Datasette, sql: str) -> list[dict[str, object]]:
    """Return what the registry holds now (the browser's driver runs a loop here: `sitio.rows` cannot)."""
    with closing(sqlite3.connect(site.get_database("registro").path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql)]


def picture(page: Page, name: str, place: Locator | None = None) -> None:
    """Write a picture for the guide when pictures are asked for."""
    if not PICTURES:
        return
    size = page.viewport_size or DESK
    if size == DESK and place is None:
        page.set_viewport_size(PAPER)
    (place or page).screenshot(path=Path(PICTURES) / f"{name}.png", animations="disabled")
    page.set_viewport_size(size)


def field(page: Page, campo: str) -> Locator:
    """Return the row of a code, its form opened."""
    row = page.locator(f"#campo-{campo}")
    if row.locator("details").get_attribute("open") is None:
        row.locator("summary").click()
    return row


def save(page: Page, button: str) -> None:
    """Press a form's button and wait until the page shows the finding as that left it."""
    before = page.locator("[data-version]").get_attribute("data-version") or ""
    page.get_by_role("button", name=button).click()
    expect(page.locator("[data-version]")).not_to_have_attribute("data-version", before)


def unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).first.click()


def test_the_queue_leads_to_the_page_and_back(opened) -> None:
    page = opened()
    page.locator(".migas").get_by_role("link", name="Revisión").click()
    picture(page, "cola")
    page.locator(f"#{CASE}").get_by_role("link", name="Abrir").click()
    expect(page.locator("[data-folio]").first).to_have_attribute("data-folio", CASE)


def test_a_code_is_corrected_and_given_back_to_the_machine(opened, site) -> None:
    page = opened()
    row = field(page, "modalidad")
    row.get_by_label("Amenaza").check()
    row.get_by_label("Censura").check()
    picture(page, "codigo", row)
    row.get_by_role("button", name="Guardar").click()
    expect(page.locator("#campo-modalidad .valor")).to_contain_text("Censura")
    expect(page.locator("#campo-modalidad")).to_contain_text("Lo fijó ana")
    expect(page.locator(".avisos")).to_contain_text("corregido")
    assert rows(site, "SELECT valor FROM correcciones WHERE campo = 'modalidad'") == [
        {"valor": '["ataque_fisico", "amenaza", "censura"]'}
    ]
    page.locator("#campo-modalidad").get_by_role("button", name="Volver al valor calculado").click()
    expect(page.locator("#campo-modalidad .valor")).not_to_contain_text("Censura")
    assert rows(site, "SELECT * FROM correcciones WHERE campo = 'modalidad'") == []


def test_what_a_note_says_is_taken_with_one_click(opened) -> None:
    page = opened()
    page.get_by_role("button", name="Agregar «Amenaza»").click()
    expect(page.locator("#campo-modalidad .valor")).to_contain_text("Amenaza")
    expect(page.get_by_role("button", name="Agregar «Amenaza»")).to_have_count(0)


def test_dates_hours_and_places_are_set_and_emptied(opened, site) -> None:
    page = opened()
    for campo, value, shown in (
        ("fecha_hecho", "2026-05-08", "8 may 2026"),
        ("hora_hecho", "21:30", "21:30"),
        ("fecha_hecho", "", "Sin dato"),
    ):
        row = field(page, campo)
        row.locator("[id$=-valor]").fill(value)
        row.get_by_role("button", name="Guardar").click()
        expect(page.locator(f"#campo-{campo} .valor")).to_have_text(shown)
    page.locator(".mapa path[data-valor=tlalpan]").click()
    expect(page.locator("#campo-alcaldia-valor")).to_have_value("tlalpan")
    page.locator("#campo-alcaldia").get_by_role("button", name="Guardar").click()
    expect(page.locator(".mapa .aqui")).to_have_attribute("data-valor", "tlalpan")
    assert rows(site, f"SELECT fecha_hecho, hora_hecho, alcaldia FROM v_hallazgos WHERE folio = '{CASE}'") == [
        {"fecha_hecho": None, "hora_hecho": "21:30", "alcaldia": "tlalpan"}
    ]


def test_discard_by_a_preset_and_reopen(opened) -> None:
    page = opened()
    unfold(page, "Descartar…")
    page.get_by_role("button", name="Sin relación con su labor").click()
    expect(page.locator(".encabezado")).to_contain_text("Descartado")
    page.get_by_role("button", name="Volver a «detectado»").click()
    expect(page.locator(".encabezado")).to_contain_text("Detectado")


def test_two_people_on_one_finding_the_second_is_told_and_keeps_what_was_typed(opened, site) -> None:
    mine, theirs = opened(), opened(who="berta")
    field(theirs, "sitio").locator("[id$=-valor]").fill("Plaza de la Conchita")
    theirs.locator("#campo-sitio").get_by_role("button", name="Guardar").click()
    expect(theirs.locator("#campo-sitio .valor")).to_have_text("Plaza de la Conchita")
    row = field(mine, "via")
    row.locator("[id$=-valor]").select_option("presencial")
    row.get_by_role("button", name="Guardar").click()
    expect(mine.get_by_role("alert")).to_contain_text("berta")
    expect(row.locator("[id$=-valor]")).to_have_value("presencial")
    assert rows(site, "SELECT campo FROM correcciones") == [{"campo": "sitio"}]
    picture(mine, "conflicto", row)
    mine.get_by_role("button", name="Aplicar lo mío").click()
    expect(mine.locator("#campo-via .valor")).to_have_text("Presencial")
    expect(mine.locator("#campo-sitio .valor")).to_have_text("Plaza de la Conchita")


def test_notes_are_split_off_and_undo_brings_them_back(opened, site) -> None:
    page = opened()
    page.get_by_label("Separar de este hallazgo").last.check()
    picture(page, "separar", page.locator("article.noticia").last)
    page.get_by_role("button", name="Separar las marcadas").click()
    expect(page.locator(".avisos")).to_contain_text("H-2026-000004")
    expect(page.locator(".avisos").get_by_role("link")).to_have_attribute("href", "H-2026-000004")
    expect(page.locator("article.noticia")).to_have_count(3)
    assert rows(site, "SELECT count(*) AS n FROM hallazgos_noticias WHERE folio = 'H-2026-000004'") == [{"n": 1}]
    page.get_by_role("button", name="Deshacer el último cambio").click()
    expect(page.locator("article.noticia")).to_have_count(4)


def test_a_note_moves_to_another_finding(opened, site) -> None:
    page = opened()
    note = page.locator("article.noticia").last
    note.locator("summary", has_text="Mover a otro").click()
    note.get_by_label("Folio").fill(DOUBLE.lower())
    note.get_by_role("button", name="Mover").click()
    expect(page.locator("article.noticia")).to_have_count(3)
    assert rows(site, f"SELECT count(*) AS n FROM hallazgos_noticias WHERE folio = '{DOUBLE}'") == [{"n": 2}]


def test_it_is_merged_into_another_and_undone(opened) -> None:
    page = opened(DOUBLE)
    picture(page, "otros", page.locator(".lado"))
    page.get_by_role("button", name=f"Fusionar éste en {CASE}").click()
    expect(page.locator(".encabezado")).to_contain_text(f"Fusionado en {CASE}")
    expect(page.locator("details.editar", has_text="Cambiar víctimas")).to_have_count(0)
    page.get_by_role("button", name="Deshacer el último cambio").click()
    expect(page.locator(".encabezado")).to_contain_text("Detectado")


def test_two_findings_that_look_alike_are_said_to_be_two(opened) -> None:
    page = opened()
    beside = page.locator(".otros li", has_text=DOUBLE)
    beside.get_by_role("button", name="Son dos hechos distintos").click()
    expect(beside).to_have_count(0)


def test_comments_stay_with_the_finding(opened) -> None:
    page = opened()
    page.get_by_label("Comentario para quienes revisan").fill("Pedir el parte médico.\n<b>Hoy</b>")
    page.get_by_role("button", name="Comentar").click()
    expect(page.locator(".comentarios")).to_contain_text("<b>Hoy</b>")


def test_everything_is_decided_without_script_and_a_conflict_keeps_what_was_typed(opened, site) -> None:
    page = opened(script=False)
    row = field(page, "modalidad")
    row.get_by_label("Amenaza").check()
    row.get_by_role("button", name="Guardar").click()
    expect(page.locator("#campo-modalidad .valor")).to_contain_text("Amenaza")
    expect(page.locator(".mensaje")).to_contain_text("corregido")
    other = opened(who="berta", script=False)
    field(page, "sitio").locator("[id$=-valor]").fill("Jardín Hidalgo")
    other.get_by_role("button", name="Validar").click()
    expect(other.locator(".encabezado")).to_contain_text("Validado")
    page.locator("#campo-sitio").get_by_role("button", name="Guardar").click()
    expect(page.locator("main")).to_contain_text("berta")
    expect(page.locator("main")).to_contain_text("Jardín Hidalgo")
    page.get_by_role("button", name="Aplicar lo mío").click()
    expect(page.locator("#campo-sitio .valor")).to_have_text("Jardín Hidalgo")
    expect(page.locator(".encabezado")).to_contain_text("Validado")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["escritorio", "telefono"])
def test_the_page_is_accessible_and_fits_with_every_form_open(opened, size) -> None:
    page = opened()
    page.set_viewport_size(size)
    if size is DESK:
        picture(page, "hallazgo")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []


def test_victims_are_named_counted_and_kept_anonymous(opened, site) -> None:
    page = opened()
    unfold(page, "Cambiar víctimas")
    new = page.locator("fieldset.nueva", has_text="Agregar una víctima")
    new.get_by_label("Cuántas").fill("3")
    new.get_by_label("Tipo").select_option("periodista")
    new.get_by_label("Relación").select_option("colaboradora")
    page.locator("fieldset.registro-fila").first.get_by_label("Pidió anonimato").check()
    save(page, "Guardar víctimas")
    expect(page.locator(".personas")).to_contain_text("3 personas sin nombre")
    expect(page.locator(".personas")).to_contain_text("Persona que pidió anonimato")
    expect(page.locator(".personas")).not_to_contain_text(NAME)
    picture(page, "victimas", page.locator("section:has(> #victimas)"))
    # saved with another change, the name that is not shown is still there
    unfold(page, "Cambiar víctimas")
    page.locator("fieldset.registro-fila", has=page.locator("legend", has_text="3 personas")).get_by_label("Cuántas").fill("4")
    save(page, "Guardar víctimas")
    people = rows(site, f"SELECT p.nombre FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id WHERE folio = '{CASE}'")
    assert people == [{"nombre": NAME}]
    unfold(page, "Cambiar víctimas")
    page.locator("fieldset.registro-fila", has=page.locator("legend", has_text="4 personas")).get_by_label("Quitar").check()
    save(page, "Guardar víctimas")
    expect(page.locator(".personas li")).to_have_count(1)


def test_acts_name_who_did_what_to_whom(opened, site) -> None:
    page = opened()
    page.get_by_role("button", name="Agregar «Amenaza»").click()
    expect(page.locator("#campo-modalidad .valor")).to_contain_text("Amenaza")
    unfold(page, "Cambiar actos")
    page.locator("fieldset.registro-fila", has=page.locator("legend", has_text="Amenaza")).get_by_label("Confirmado").check()
    new = page.locator("fieldset.nueva", has_text="Agregar un acto")
    new.get_by_label("Modalidad").select_option("ataque_fisico")
    new.get_by_label("Por").select_option("fuerza_publica")
    save(page, "Guardar actos")
    expect(page.locator(".actos")).to_contain_text("confirmado")
    expect(page.locator(".actos li")).to_have_count(3)
    acts = rows(
        site, f"SELECT modalidad, confirmado, victima_id FROM actos WHERE folio = '{CASE}' ORDER BY modalidad, victima_id"
    )
    assert [(act["modalidad"], act["confirmado"], act["victima_id"] is None) for act in acts] == [
        ("amenaza", 1, False),
        ("ataque_fisico", 0, True),
        ("ataque_fisico", 0, False),
    ]


def test_it_is_handed_over_printed_on_one_page_and_answered(opened) -> None:
    page = opened()
    unfold(page, "Turnar a atención…")
    form = page.locator("form.decision", has=page.get_by_role("button", name="Turnar", exact=True))
    form.get_by_label("Área").fill("Atención a víctimas")
    form.get_by_label("Persona que recibe").fill("Licenciada Ejemplo")
    form.get_by_label("Qué se pide").fill("Llamar hoy y ofrecer acompañamiento.")
    form.get_by_role("button", name="Turnar", exact=True).click()
    expect(page.locator(".atenciones")).to_contain_text("Atención a víctimas")
    unfold(page, "Anotar qué se hizo…")
    answer = page.locator("form.decision", has=page.get_by_role("button", name="Anotar"))
    answer.get_by_label("Qué fue").select_option("canalizacion")
    answer.get_by_label("A quién").fill("Mecanismo de protección")
    answer.get_by_label("Nota").fill("Se envió oficio.")
    answer.get_by_role("button", name="Anotar").click()
    expect(page.locator(".atenciones li")).to_have_count(2)
    picture(page, "atencion", page.locator("section:has(> #atencion)"))
    page.get_by_role("link", name="Ficha para imprimir").click()
    expect(page.locator("h1")).to_have_text("Ficha de turno a atención")
    expect(page.locator(".hoja")).to_contain_text(NAME)
    assert violations(page) == []
    page.emulate_media(media="print")
    picture(page, "ficha", page.locator(".hoja"))
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == 1


def test_a_note_is_added_by_hand_with_the_digest_of_a_file(opened, site, tmp_path: Path) -> None:
    proof = tmp_path / "captura.png"
    proof.write_bytes(b"lo que se vio en la pantalla")
    page = opened()
    unfold(page, "Agregar una noticia…")
    form = page.locator("form.decision", has=page.get_by_role("button", name="Agregar la noticia"))
    form.get_by_label("Título").fill("Llamada de la redacción")
    form.get_by_label("Texto").fill("La editora confirmó por teléfono que la reportera está a salvo y que denunciará.")
    form.locator(".archivo-huella").set_input_files(proof)
    expect(form.locator(".huella")).to_have_value(hashlib.sha256(proof.read_bytes()).hexdigest())
    form.get_by_role("button", name="Agregar la noticia").click()
    expect(page.locator("article.noticia")).to_have_count(5)
    expect(page.locator("#noticias ~ article, article.noticia").filter(has_text="Llamada de la redacción")).to_contain_text(
        "manual"
    )
