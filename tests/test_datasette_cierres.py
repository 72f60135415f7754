"""The closed reports on their page: figures for whoever reads figures, the signed bytes for whoever reads tables."""

import re
from html import unescape

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro
from sitio import ask
from sqlite_utils import Database

from pipeline.cli import hallazgos
from pipeline.pages.serving import build_site

ANALYST, READER = ["analista"], ["lectura"]


def close(folder, number):
    target = folder / f"v{number}.html"
    words = ["informe", "--periodo", "2026-B5", "--cerrar", "-o", str(target), "--registro", str(folder / "registro.db")]
    out = CliRunner().invoke(hallazgos, [*words, "--hoy", f"2026-11-{20 + number}"])
    assert out.exit_code == 0, out.output
    return target.read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Version 1, a correction, version 2, and another correction that nobody signed."""
    folder = tmp_path_factory.mktemp("cierres")
    with registro(folder) as db:
        cubrir(db, "2025-09-01", "2025-10-31")
        cubrir(db, "2026-09-01", "2026-10-31")
        for dia in ("2025-09-02", "2025-10-30", "2026-09-05", "2026-10-06", "2026-10-31"):
            hallazgo(db, dia)
    close(folder, 1)
    for number in (2, 3):
        with Database(folder / "registro.db") as db:
            hallazgo(db, "2026-10-20", origen="manual")
        if number == 2:
            close(folder, 2)
    return folder


@pytest.fixture(scope="module")
def site(folder):
    return build_site(folder / "registro.db", accounts=True)


def told(text):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_every_version_with_its_digest_its_difference_and_the_figure_of_now(site):
    page = ask(site, "/-/cierres", READER)
    words = told(page.text)
    assert "Quinto bimestre de 2026" in words
    assert "Hoy el registro da otras cifras que la versión 2: 5 registros y M1 250.0 %; se firmaron 4 y 200.0 %." in words
    assert re.search(r" 2 22 nov 2026[^a-z]+31 oct 2026 4 2 200.0 0 ninguna [0-9a-f]{64} 1 21 nov 2026", words)
    assert "Qué cambió de la versión 1 a la 2" in words
    assert "Indicador 1.4 con su pie M1 Valor 150.0 % = 3 ÷ 2 × 100 200.0 % = 4 ÷ 2 × 100" in words
    assert "/-/cierres/2026-B5" not in page.text  # figures only: no link to a document


def test_the_document_goes_out_byte_for_byte_to_whoever_reads_tables(site, folder):
    links = re.findall(r'href="(/-/cierres/[^"]+)"', ask(site, "/-/cierres", ANALYST).text)
    assert links == [f"/-/cierres/2026-B5/{version}.{form}" for version in (2, 1) for form in ("html", "docx")]
    for version in (1, 2):
        sent = ask(site, f"/-/cierres/2026-B5/{version}.html", ANALYST)
        assert sent.content == (folder / f"v{version}.html").read_bytes()
        assert sent.headers["content-disposition"] == f'attachment; filename="informe-2026-B5-version-{version}.html"'
    assert ask(site, "/-/cierres/2026-B5/1.docx", ANALYST).content.startswith(b"PK")
    assert ask(site, "/-/cierres/2026-B5/1.html", READER).status_code == 403
    missing = ask(site, "/-/cierres/2026-B5/9.html", ANALYST)
    assert (missing.status_code, "no hay versión 9 de 2026-B5" in missing.text) == (404, True)


def test_without_closings_it_says_so_and_the_board_leads_there(tmp_path):
    registro(tmp_path).conn.close()
    empty = build_site(tmp_path / "registro.db")
    assert "Todavía no se ha cerrado ningún informe." in ask(empty, "/-/cierres").text
    assert 'href="/-/cierres"' in ask(empty, "/-/tablero").text
