"""Files taken out on a page: the shell's own bytes, names only for who may see them, and each such file written down."""

import json

import pytest
from aprendido import NAME, decided
from click.testing import CliRunner
from datasette.app import Datasette
from sitio import ask, rows

from pipeline.cli import hallazgos
from pipeline.pages.serving import build_site

FORMS = ("csv", "xlsx", "json")
ANALYST, READER = ["analista"], ["lectura"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    folder = tmp_path_factory.mktemp("exportar")
    decided(folder).db.close()
    return build_site(folder / "registro.db", accounts=True)


def shell(site: Datasette, path, *args: str) -> bytes:
    registro = site.get_database("registro").path
    done = CliRunner().invoke(hallazgos, ["exportar", *args, "--registro", registro, "-o", str(path)])
    assert done.exit_code == 0, done.output
    return path.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_page_gives_the_bytes_that_the_shell_writes(site: Datasette, tmp_path, form: str) -> None:
    for asked, args in (
        (f"comparativo.{form}?anio=2026", ("comparativo", "--anio", "2026")),
        (f"comparativo.{form}?anio=2026&contra=2024", ("comparativo", "--anio", "2026", "--contra", "2024")),
        (f"hallazgos.{form}?periodo=2026-05", ("hallazgos", "--periodo", "2026-05")),
    ):
        answer = ask(site, f"/-/exportar/{asked}", READER)
        assert (answer.status_code, answer.headers["content-disposition"][:10]) == (200, "attachment")
        assert answer.content == shell(site, tmp_path / f"a.{form}", *args), asked
        assert NAME.encode() not in answer.content


@pytest.mark.parametrize("form", FORMS)
def test_names_go_to_who_may_see_them_and_that_is_written_down(site: Datasette, tmp_path, form: str) -> None:
    address = f"/-/exportar/hallazgos.{form}?periodo=2026&nombres=1"
    before = rows(site, "SELECT count(*) AS n FROM lecturas")[0]["n"]
    assert ask(site, address, READER).status_code == 403
    assert rows(site, "SELECT count(*) AS n FROM lecturas")[0]["n"] == before
    answer = ask(site, address, ANALYST)
    (line,) = rows(site, "SELECT quien, ruta, folios FROM lecturas ORDER BY id DESC LIMIT 1")
    assert (line["quien"], line["ruta"]) == ("ana", f"/-/exportar/hallazgos.{form}")
    assert len(json.loads(line["folios"])) == rows(site, "SELECT count(*) AS n FROM hallazgos")[0]["n"]
    assert answer.content == shell(site, tmp_path / f"a.{form}", "hallazgos", "--periodo", "2026", "--con-nombres")
    assert form == "xlsx" or NAME.encode() in answer.content


@pytest.mark.parametrize("asked", ["comparativo.csv", "comparativo.csv?anio=2026&contra=2027", "hallazgos.csv?periodo=mayo"])
def test_what_is_no_year_or_period_is_told(site: Datasette, asked: str) -> None:
    answer = ask(site, f"/-/exportar/{asked}", ANALYST)
    assert (answer.status_code, answer.headers["content-type"][:9]) == (400, "text/html")


def test_the_pages_offer_names_to_who_may_see_them(site: Datasette) -> None:
    for path in ("/-/indicadores?periodo=2026-05", "/-/tablero?periodo=2026-05"):
        assert "hallazgos.xlsx?periodo=2026-05" in ask(site, path, READER).text
        assert ("nombres=1" in ask(site, path, READER).text, "nombres=1" in ask(site, path, ANALYST).text) == (False, True)
