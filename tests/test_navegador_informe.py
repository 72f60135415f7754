"""The report in a browser: what axe-core has against it, its phone, its letter paper."""

import re

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro
from navegador import chromium, violations

from pipeline.cli import hallazgos

pytestmark = pytest.mark.navegador


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("informe")
    with registro(folder) as db:
        cubrir(db, "2025-09-01", "2025-10-31")
        cubrir(db, "2026-09-01", "2026-10-30", fuentes=("faro",))
        for dia in ("2025-09-02", "2025-10-30", "2026-09-05", "2026-10-06"):
            hallazgo(db, dia, alcaldia="coyoacan", resumen="Golpearon a una reportera.")
        hallazgo(db, "2026-10-07", estado="detectado")
        told = "Ataque físico y obstrucción contra dos periodistas que cubrían la marcha, por elementos de la fuerza pública."
        db.execute("INSERT INTO movilizaciones (uid, nombre, dia, inicio, vigilar_desde, vigilar_hasta, origen, quien, cuando)"
                   " VALUES ('u', 'Marcha', '2026-10-02', '2026-10-02T22:00:00Z', '2026-10-02T12:00:00Z',"
                   " '2026-10-03T02:00:00Z', 'a_mano', 'ana', '')")  # fmt: skip
        db.execute(
            "UPDATE hallazgos SET movilizacion_id = 1, fase = 'durante', resumen = ? WHERE fecha_registro > '2026'", [told]
        )
    command = ["informe", "--periodo", "2026-B5", "-o", folder / "i.html", "--anexo", folder / "a.html"]
    out = CliRunner().invoke(hallazgos, [*map(str, command), "--registro", str(folder / "registro.db"), "--hoy", "2026-11-24"])
    assert out.exit_code == 0, out.output
    page = CliRunner().invoke(hallazgos, ["movilizacion", "informe", "1", "--registro", str(folder / "registro.db")])
    assert page.exit_code == 0, page.output
    (folder / "m.html").write_text(page.output, "utf-8")
    return folder


@pytest.mark.parametrize(("name", "paper"), [("i.html", 665), ("m.html", 710)])
def test_no_table_is_wider_than_the_printed_letter_page(folder, name, paper):
    with chromium() as browser:
        page = browser.new_page(viewport={"width": paper, "height": 900})  # letter less its margins, in pixels
        page.emulate_media(media="print")
        page.goto((folder / name).as_uri())
        assert (
            page.evaluate(
                "[...document.querySelectorAll('table')].filter(t => t.offsetWidth > t.parentElement.clientWidth).length"
            )
            == 0
        )
        assert page.locator("table").count() >= 2


@pytest.mark.parametrize("name", ["i.html", "a.html"])
def test_axe_has_nothing_against_the_report_nor_the_annex_on_a_desk_or_a_phone(folder, name):
    with chromium() as browser:
        for width in (1280, 390):
            page = browser.new_page(viewport={"width": width, "height": 900})
            asked = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto((folder / name).as_uri())
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
            assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0 && image.alt)")


def test_the_report_prints_on_letter_paper_and_the_annex_on_lying_letter(folder):
    with chromium() as browser:
        page = browser.new_page()
        for name, size in (("i.html", (612, 792)), ("a.html", (792, 612))):
            page.goto((folder / name).as_uri())
            content = page.pdf(prefer_css_page_size=True)
            boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+ [\d.]+)\]", content)}
            assert boxes == {size}
            sheets = len(re.findall(rb"/Type /Page\b", content))
            page.evaluate("document.querySelector('main').remove()")
            cover = page.pdf(prefer_css_page_size=True)
            assert (sheets > 1, len(re.findall(rb"/Type /Page\b", cover)) <= 2) == (True, True)
