"""The page «Fuentes»: who needs a person first, in words, for every reader; and the same state in a run's closing table."""

import re
from datetime import date

import pytest
from historias import Lectura, falla, fuente, monitor
from rich.console import Console
from sitio import ask

from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry
from pipeline.run_summary import summarise
from pipeline.run_text import as_table

PAGE = "/registro/v_salud_fuentes"
LAST = date(2026, 5, 30)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("salud")
    with monitor(folder, LAST) as db:
        fuente(db, "faro", lambda when: 5)
        fuente(db, "lira", lambda when: Lectura(2, "sección: HTTP 404"))
        fuente(db, "voz", lambda when: falla("canal: HTTP 403") if when > date(2026, 5, 27) else 5)
        fuente(db, "eco", lambda when: 5 * (when < date(2026, 5, 20)))
    return folder / "registro.db"


@pytest.fixture(scope="module")
def site(path):
    return build_site(path)


def lines(text: str) -> list[str]:
    body = text.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]


def test_the_page_reads_from_the_worst_to_the_well(site):
    assert lines(ask(site, PAGE).text) == [
        "El eco Responde sin nada nuevo desde el 2026-05-19 (días: 11) Callada 19 may 2026 35 0 bien 30 may 2026: 0 enlaces,"
        " 0 nuevas",
        "El voz No se puede leer desde el 2026-05-28 (corridas: 3): canal: HTTP 403 Bloqueada 27 may 2026 35 0 falló"
        " 30 may 2026: 0 enlaces, 0 nuevas",
        "El faro Activa 30 may 2026 35 0 bien 30 may 2026: 5 enlaces, 5 nuevas",
        "El lira sección: HTTP 404 Activa 30 may 2026 14 0 con aviso 30 may 2026: 2 enlaces, 2 nuevas",
    ]


def test_it_is_narrowed_to_those_that_need_a_person(site):
    text = ask(site, PAGE).text
    assert f'href="{PAGE}?atencion=1"' in text
    assert [line.split()[1] for line in lines(ask(site, f"{PAGE}?atencion=1").text)] == ["eco", "voz"]
    assert [line.split()[1] for line in lines(ask(site, f"{PAGE}?estado=activa").text)] == ["faro", "lira"]
    assert "Ninguna fuente" in ask(site, f"{PAGE}?estado=desbordada").text


def test_every_column_is_one_click_away(site):
    text = ask(site, f"{PAGE}?_todas=1").text
    assert "Ver lo principal" in text
    assert "situacion-con-aviso" in text  # one class: `aviso` alone is another thing


def test_a_reader_of_figures_sees_it_and_nobody_from_outside(path):
    closed = build_site(path, accounts=True)
    assert ask(closed, PAGE, ["lectura"]).status_code == 200
    assert ask(closed, "/registro/v_ritmo_fuentes", ["lectura"]).status_code == 200
    assert ask(closed, PAGE).status_code == 403


def test_the_closing_table_of_a_run_says_the_state_beside_the_fates(path):
    db = open_registry(path)
    summary = summarise(db, 56)
    db.conn.close()
    console = Console(width=120)
    with console.capture() as told:
        console.print(as_table(summary))
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in told.get().splitlines() if line.startswith("│")]
    assert [row[:2] for row in rows[:4]] == [
        ["El eco", "callada"],
        ["El faro", "activa"],
        ["El lira", "activa"],
        ["El voz", "bloqueada"],
    ]
    assert [source.fuente_id for source in summary.fuentes if source.atencion] == ["eco", "voz"]
