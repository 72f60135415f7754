"""What leaves the site as CSV or as a file: no formulas, nothing unwritten in `lecturas`, and only for who may."""

import csv
import io
import sqlite3
from pathlib import Path

import pytest
from datasette.app import Datasette
from sembrado import add_note, insert, seeded
from sitio import ask, rows
from sqlite_utils import Database

from pipeline.pages.serving import build_site

STARTS = ("=", "+", "-", "@", "\t", "\r")
FORMULAS = [f'{start}HYPERLINK("https://malo.ejemplo","x")' for start in STARTS]
ANALYST, ADMIN = ["analista"], ["administracion"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    """A registry whose titles, texts, names and places are formulas."""
    path = seeded(tmp_path_factory.mktemp("formulas") / "r.db", 3)
    db = Database(path)
    with db.atomic():
        for number, formula in enumerate(FORMULAS):
            add_note(db, 100 + number, title=formula, text=f'{formula}\nsegunda línea, con "comillas"')
            insert(db, "personas", nombre=formula, clave=formula, tipo="persona", genero="mujer", genero_origen="texto")
        db.execute("UPDATE hallazgos SET sitio = ?, longitud = -99.13", ["=1+1"])
        db.execute("UPDATE fuentes SET nombre = '=2+2' WHERE id = 'faro'")
    db.conn.close()
    return build_site(path, accounts=True)


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "path",
    [
        "/registro/noticias.csv",
        "/registro/noticias.csv?_stream=1",
        "/registro/noticias.csv?_labels=on&_size=max",
        "/registro/noticias.csv?_dl=1&_stream=1",
        "/registro/noticias/4.csv",
        "/registro/personas.csv",
        "/registro/hallazgos.csv",
        "/registro/v_hallazgos.csv",
        "/registro/corridas_fuentes.csv?_labels=on",
        '/registro.csv?sql=select+*,+"=1"+as+"=uno"+from+noticias',
        "/registro.csv?sql=select+nombre+from+personas&_stream=1",
    ],
)
def test_no_cell_of_any_csv_is_a_formula(site: Datasette, path: str) -> None:
    answer = ask(site, path, ADMIN)
    assert answer.status_code == 200
    found = cells(answer.text)
    assert len(found) > 1
    texts = [cell for row in found for cell in row if not is_number(cell)]
    assert [cell for cell in texts if cell.startswith(STARTS)] == []
    assert len({len(row) for row in found}) == 1


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_text_itself_is_kept_and_numbers_stay_numbers(site: Datasette) -> None:
    found = {
        row[0] for row in cells(ask(site, "/registro/personas.csv?_col=nombre&_size=max", ADMIN).text) for row in [row[1:]]
    }
    assert {f"'{formula}" for formula in FORMULAS} <= found
    text = ask(site, "/registro/hallazgos.csv?_col=longitud&_col=sitio", ADMIN).text
    assert {tuple(row[1:]) for row in cells(text)[1:]} == {("-99.13", "'=1+1")}
    assert ask(site, "/registro/hallazgos.json?_col=sitio&_shape=arrayfirst&_size=1", ADMIN).json()  # JSON is left as it is
    assert '"=1+1"' in ask(site, "/registro/hallazgos.json?_col=sitio", ADMIN).text


def test_the_list_of_tables_has_no_csv(site: Datasette) -> None:
    assert ask(site, "/registro.csv", ADMIN).status_code == 400


def readings(site: Datasette) -> list[tuple[str, str]]:
    return [(row["quien"], row["ruta"]) for row in rows(site, "SELECT quien, ruta FROM lecturas ORDER BY id")]


def test_what_is_asked_in_sql_is_written_down(tmp_path: Path) -> None:
    site = build_site(seeded(tmp_path / "r.db", 1))
    for path in ("/registro?sql=select+nombre+from+personas", "/registro.json?sql=select+1", "/registro.csv?sql=select+1"):
        assert ask(site, path, ANALYST).status_code == 403
    assert readings(site) == []
    for path in ("/registro?sql=select+nombre+from+personas", "/registro.json?sql=select+1", "/~72egistro.csv?sql=select+1"):
        assert ask(site, path, ADMIN).status_code == 200
    ask(site, "/registro", ADMIN)
    ask(site, "/registro.json?sql=delete+from+lecturas", ADMIN)
    assert readings(site) == [("ana", "/registro"), ("ana", "/registro.json"), ("ana", "/~72egistro.csv")]


def test_an_administrator_downloads_a_whole_copy_and_it_is_written_down(tmp_path: Path) -> None:
    site = build_site(seeded(tmp_path / "otro nombre.sqlite", 3))
    for roles in (None, ["lectura"], ANALYST):
        assert ask(site, "/registro.db", roles).status_code == 403
    assert readings(site) == []
    answer = ask(site, "/registro.db", ADMIN)
    assert (answer.status_code, answer.headers["content-disposition"]) == (200, 'attachment; filename="registro.db"')
    (tmp_path / "copia.db").write_bytes(answer.content)
    with sqlite3.connect(tmp_path / "copia.db") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM hallazgos").fetchone() == (3,)
        assert copy.execute("SELECT quien, ruta FROM lecturas").fetchall() == [("ana", "/registro.db")]
    assert not list(tmp_path.glob(".*"))


def test_the_accounts_are_in_no_download(tmp_path: Path) -> None:
    site = build_site(seeded(tmp_path / "r.db", 1))
    assert b"pbkdf2" not in ask(site, "/registro.db", ADMIN).content
    for path in ("/r.db.cuentas", "/registro.db.cuentas", "/registro/cuentas", "/estatico/../../r.db.cuentas", "/r.db.secreto"):
        assert ask(site, path, ADMIN).status_code in (403, 404), path


def test_a_message_that_waits_for_the_next_page_does_not_break_a_stream(site: Datasette) -> None:
    messages = {"Cookie": f"ds_messages={site.sign([['hola', 1]], 'messages')}"}
    assert ask(site, "/robots.txt", headers=messages).status_code == 200
    local = {"ds_messages": site.sign([["hola", 1]], "messages")}
    import asyncio

    from cuentas import session_cookies

    cookies = session_cookies(site, ADMIN) | local
    for path in ("/registro/noticias.csv", "/registro.csv?sql=select+1", "/registro.db"):
        assert asyncio.run(site.client.get(path, cookies=cookies)).status_code == 200, path
