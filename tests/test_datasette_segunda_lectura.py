"""`/-/segunda-lectura`: texts without any coding, a blank form that keeps what was typed, readings written down."""

import json
import re

import pytest
from aprendido import ANA, TEXT, decided
from cuentas import session_cookies
from datasette.app import Datasette
from factories import NOW
from sitio import ask, rows, send
from sqlite_utils import Database

from pipeline.pages.serving import build_site
from pipeline.review import Hand
from pipeline.review import second as reviewed_again
from pipeline.review.second import Sample

PAGE = "/-/segunda-lectura"
ANALYST = ["analista"]
FORM = {
    "relevante": "1",
    "clase": "agresion",
    "tipo_victima": "periodista",
    "modalidad": ["ataque_fisico", "amenaza"],
    "amenaza_digital": "1",
    "agresor": "fuerza_publica",
    "movilizacion": "0",
    "cdmx": "si",
    "alcaldia": "",
    "entidad": "cdmx",
    "fecha_hecho": "2026-05-09",
    "vinculo": "probable",
}


@pytest.fixture
def site(tmp_path) -> Datasette:
    """Ana decided on all; the case and the discarded column are to be read again."""
    made = decided(tmp_path)
    reviewed_again.ask(made.db, Sample(1.0), {"ana", "luis", "eva"}, Hand("direccion", NOW))
    made.db.execute("DELETE FROM segundas_lecturas WHERE folio = ?", [made.folio["oculto"]])
    made.db.execute("UPDATE segundas_lecturas SET id = id + 10")
    made.db.execute("UPDATE segundas_lecturas SET id = iif(folio = ?, 1, 2)", [made.folio["caso"]])
    made.db.close()
    return build_site(tmp_path / "registro.db")


def as_luis(site: Datasette, **form: object):
    return send(site, PAGE, ANALYST, "luis", data={"lectura": "1"} | form)


def opened(site: Datasette, path: str = PAGE) -> str:
    cookies = session_cookies(site, ANALYST, "luis")
    return ask(site, path, headers={"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}).text


def test_the_page_shows_titles_and_texts_and_nothing_of_what_was_coded(site: Datasette) -> None:
    text = opened(site)
    assert TEXT in text and "Nota detenidos" in text
    assert "<mark" not in text and "H-2026" not in text and "ataque físico contra" not in text.lower()
    assert "checked" not in text and "selected" not in text
    assert "2 lecturas le esperan" in text and f"{PAGE}?lectura=2" in text
    other = opened(site, f"{PAGE}?lectura=2")
    assert "Nota columna" in other and TEXT not in other


def test_who_decided_has_nothing_to_read_and_reads_the_agreement(site: Datasette) -> None:
    text = ask(site, PAGE, ANALYST).text
    assert "No tiene segundas lecturas por hacer" in text and TEXT not in text
    assert "Cuánto coinciden dos lecturas" in text
    assert rows(site, "SELECT count(*) AS n FROM lecturas") == [{"n": 0}]


def test_the_queue_tells_who_has_readings_waiting(site: Datasette) -> None:
    assert "2 segundas lecturas le esperan</a>" in opened(site, "/-/revision")
    assert "segundas lecturas le esperan" not in ask(site, "/-/revision", ANALYST).text


def test_opening_one_is_written_down(site: Datasette) -> None:
    opened(site)
    (line,) = rows(site, "SELECT quien, ruta, folios FROM lecturas")
    assert (line["quien"], line["ruta"], len(json.loads(line["folios"]))) == ("luis", PAGE, 1)


def test_a_whole_form_is_stored_and_leads_to_the_next(site: Datasette) -> None:
    answer = as_luis(site, **FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    (row,) = rows(site, "SELECT codigos, quien FROM segundas_lecturas WHERE id = 1")
    codes = json.loads(row["codigos"])
    assert (row["quien"], codes["modalidad"], codes["agresion"]) == (
        "luis",
        ["ataque_fisico", "amenaza"],
        ["fisica", "verbal", "digital"],
    )
    assert (codes["movilizacion"], codes["alcaldia"], codes["fecha_hecho"]) == (0, None, "2026-05-09")
    text = opened(site)
    assert "Nota columna" in text and "1 lectura le espera" in text
    assert re.search(r"¿Relata un caso\?</th>\s*<td[^>]*>1</td><td[^>]*>1</td><td[^>]*>1.0</td>", text)


def test_a_form_that_is_not_whole_keeps_what_was_typed(site: Datasette) -> None:
    answer = as_luis(site, **(FORM | {"clase": "", "agresor": []}))
    assert answer.status_code == 400
    assert "falta la clase; el agresor" in answer.text
    assert answer.text.count("checked") == 6  # yes, one kind of victim, two modalities, by digital means, no demonstration
    assert '<option value="cdmx" selected>' in answer.text and 'value="2026-05-09"' in answer.text
    assert rows(site, "SELECT codigos FROM segundas_lecturas WHERE id = 1") == [{"codigos": None}]


def test_the_second_to_store_is_told_who_did(site: Datasette) -> None:
    assert as_luis(site, relevante="0").status_code == 303
    answer = send(site, PAGE, ANALYST, "eva", data={"lectura": "1"} | FORM)
    assert answer.status_code == 409
    assert "ya la hizo luis" in answer.text
    assert json.loads(rows(site, "SELECT codigos FROM segundas_lecturas WHERE id = 1")[0]["codigos"])["relevante"] == 0


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"json": {"lectura": 1, "relevante": 0}}, 400),
        ({"data": {"lectura": "x", "relevante": "0"}}, 400),
        ({"data": {"relevante": "0"}}, 400),
        ({"data": {"lectura": "1"}}, 400),
        ({"data": {"lectura": "1", "relevante": "1", "clase": "<script>"}}, 400),
    ],
)
def test_what_is_no_form_of_ours_stores_nothing(site: Datasette, extra: dict, status: int) -> None:
    answer = send(site, PAGE, ANALYST, "luis", **extra)
    assert answer.status_code == status
    assert "<script>" not in answer.text.replace('<script type="module"', "")
    assert rows(site, "SELECT count(*) AS n FROM segundas_lecturas WHERE codigos IS NOT NULL") == [{"n": 0}]


@pytest.mark.parametrize(("roles", "status"), [(None, 403), (["lectura"], 403), (["administracion"], 200)])
def test_only_who_may_review_gets_in(site: Datasette, roles: list[str] | None, status: int) -> None:
    assert ask(site, PAGE, roles).status_code == status
    sent = send(site, PAGE, roles, "otra", data={"lectura": "1", "relevante": "0"})
    assert sent.status_code == (303 if status == 200 else 403)


def test_figures_of_agreement_are_open_to_who_reads_figures(site: Datasette) -> None:
    as_luis(site, **FORM)
    answer = ask(site, "/registro/v_acuerdo.json?_shape=array", ["lectura"])
    assert (answer.status_code, answer.json()[0]["leidas"]) == (200, 1)
    assert ANA.quien not in answer.text
    headings = ask(site, "/registro/v_acuerdo", ["lectura"]).text
    assert "leídas" in headings.lower()
    assert "proporción" in headings.lower()


CASE = "/-/hallazgo/"
CODES = ("Daño", "Ataque físico", "Fuerza pública", "Cuauhtémoc")


@pytest.mark.parametrize("path", [f"{CASE}%s", f"{CASE}%s/ficha", "/-/revision/tarjetas?folio=%s"])
def test_who_has_still_to_read_a_finding_is_led_to_the_reading_before_its_codes(site: Datasette, path: str) -> None:
    (row,) = rows(site, "SELECT folio FROM segundas_lecturas WHERE id = 1")
    text = opened(site, path % row["folio"])
    assert f"{PAGE}?lectura=1" in text and not [code for code in CODES if code in text]
    assert [code for code in CODES if code in ask(site, path % row["folio"], ANALYST).text]  # ana decided on it
    assert rows(site, "SELECT count(*) AS n FROM lecturas WHERE quien = 'luis'") == [{"n": 0}]
    assert as_luis(site, **FORM).status_code == 303
    assert [code for code in CODES if code in opened(site, path % row["folio"])]


def test_the_dossier_waits_for_the_reading_and_follow_ups_are_left_to_others(site: Datasette) -> None:
    (row,) = rows(site, "SELECT folio FROM segundas_lecturas WHERE id = 1")
    answer = send(site, f"{CASE}{row['folio']}/expediente", ANALYST, "luis")
    assert (answer.status_code, "lectura=1" in answer.text, answer.headers["content-type"][:9]) == (200, True, "text/html")
    queue = "/-/revision?pestania=seguimientos"
    with Database(site.get_database("registro").path).conn as db:
        noticed = "INSERT INTO novedades (folio, noticia_id, cuando) SELECT folio, min(noticia_id), '2026-05-24T10:00:00Z'"
        db.execute(f"{noticed} FROM hallazgos_noticias WHERE folio = ?", [row["folio"]])
    assert row["folio"] in ask(site, queue, ANALYST).text
    assert row["folio"] not in opened(site, queue)


def test_leaving_a_reading_shows_the_finding_and_is_written_down(site: Datasette) -> None:
    (row,) = rows(site, "SELECT folio FROM segundas_lecturas WHERE id = 1")
    form = {"accion": "dejar_lectura", "folio": row["folio"], "volver": CASE + row["folio"]}
    assert send(site, "/-/revision/decidir", ANALYST, "luis", data=form).status_code == 303
    page = opened(site, CASE + row["folio"])
    assert "dejó su segunda lectura" in page and [code for code in CODES if code in page]
    assert as_luis(site, **FORM).status_code == 400
    assert send(site, "/-/revision/decidir", ANALYST, "luis", data=form).status_code == 400  # once is enough
    (line,) = rows(site, "SELECT quien, clave FROM bitacora WHERE accion = 'dejar_segunda_lectura'")
    assert (line["quien"], line["clave"]) == ("luis", row["folio"])
    assert send(site, PAGE, ANALYST, "eva", data={"lectura": "1"} | FORM).status_code == 303
