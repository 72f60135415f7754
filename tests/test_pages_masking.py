"""The name of who asked for anonymity: covered in what pages quote, absent from the sheet that leaves the building."""

import html
from pathlib import Path

import pytest
from candidatos import add_candidate
from casos_ficha import NAME, WIRE, marks, tell
from datasette.app import Datasette
from factories import fuente, registry, rows
from sembrado import add_runs
from sitio import ask, send

from pipeline.incidents import group_pending
from pipeline.pages.masking import hidden_words, holds, masked
from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry

HIDDEN = hidden_words([{"nombre": "Renata Olmedo de la Luz", "anonimato_solicitado": 1, "suprimida_en": None}])
TITLE = "Golpean policías a Renata Olmedo en Coyoacán"
ADDRESS = "https://faro.ejemplo/renata-olmedo-golpeada"
WORDS = ("Renata", "Olmedo", "Prieto", "renata", "olmedo")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A Renata Olmedo, de la Luz", "A ██████ ██████, de la ███"),
        ("RENÁTA ólmedo", "██████ ██████"),
        ("#JusticiaParaRenata", "#██████████████████"),
        ("columna de lucha", "columna de lucha"),
        (None, ""),
    ],
)
def test_the_words_of_a_name_are_covered_letter_by_letter(text: str | None, shown: str) -> None:
    assert masked(text, HIDDEN) == shown
    assert holds(text or "", HIDDEN) == (shown != (text or ""))


@pytest.mark.parametrize(("asked", "erased", "hidden"), [(0, None, False), (1, None, True), (0, "2026-11-24T00:00:00Z", True)])
def test_only_who_asked_or_was_erased_is_covered(asked: int, erased: str | None, hidden: bool) -> None:
    words = hidden_words([{"nombre": NAME, "anonimato_solicitado": asked, "suprimida_en": erased}])
    assert bool(words) == hidden


@pytest.fixture
def site(tmp_path: Path) -> Datasette:
    db = registry(tmp_path, fuente("faro", nombre="El Faro del Centro"))
    passages = marks(
        WIRE, ("modalidad", "ataque_fisico", "fue golpeada por policías", "golpes"), ("victima", NAME, NAME, "nombre")
    )
    tell(db, "nota", "faro", TITLE, WIRE, pasajes=passages)
    db.execute("UPDATE noticias SET url = ?, autor = 'Renata Olmedo'", [ADDRESS])
    db.execute("UPDATE pasajes SET parte = 'texto'")
    group_pending(db, pause=0)
    db.execute("UPDATE victimas SET anonimato_solicitado = 1")
    assert rows(db, "SELECT folio FROM hallazgos") == [("H-2026-000001",)]
    db.close()
    return build_site(tmp_path / "registro.db")


def decided(site: Datasette, **fields: object) -> None:
    told = {"folio": "H-2026-000001", "version": 1, **fields}
    assert send(site, "/-/revision/decidir", ["analista"], json=told).status_code == 200


def test_the_sheet_that_is_handed_over_names_nobody_who_asked_for_anonymity(site: Datasette) -> None:
    decided(site, accion="turnar", area="Atención", nota="Llamar hoy a Renata Olmedo")
    sheet = html.unescape(ask(site, "/-/hallazgo/H-2026-000001/ficha", ["analista"]).text)
    assert "El Faro del Centro" in sheet
    assert "Persona que pidió anonimato" in sheet
    assert "Llamar hoy a ██████ ██████" in sheet
    assert "faro.ejemplo" not in sheet
    assert not [word for word in WORDS if word in sheet]


def test_the_page_names_them_only_in_the_closed_text_and_its_address(site: Datasette) -> None:
    decided(site, accion="comentar", texto="Habló Renata")
    page = html.unescape(ask(site, "/-/hallazgo/H-2026-000001", ["analista"]).text)
    before, _, rest = page.partition('<details><summary>Texto de la noticia</summary><div class="texto">')
    text, _, after = rest.partition("</div></details>")
    assert "Golpean policías a ██████ ██████ en Coyoacán" in before
    assert "Renata" in text
    assert 'title="víctima: Renata' not in text
    assert ADDRESS in after
    assert not [word for word in WORDS if word in before + after.replace(ADDRESS, "")]


def test_the_card_covers_them_everywhere(site: Datasette) -> None:
    decided(site, accion="comentar", texto="Habló Renata")
    card = html.unescape(ask(site, "/-/revision/tarjetas?folio=H-2026-000001", ["analista"]).text)
    assert "La reportera" in card
    assert "██████ ██████" in card
    assert not [word for word in WORDS if word in card]


def test_a_card_of_others_shows_them(tmp_path: Path) -> None:
    with open_registry(tmp_path / "r.db") as db, db.atomic():
        add_runs(db)
        add_candidate(db, 1)
    assert "█" not in ask(build_site(tmp_path / "r.db"), "/-/revision", ["analista"]).text
