"""What the finding's page gathers: values in force beside computed ones, suggestions, sources, related findings, rights."""

import json
from pathlib import Path

import pytest
from factories import NOW, etiquetas, noticia, registry, rows, tagged
from sembrado import CANARIES, seeded
from sitio import ask
from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.incidents import group_pending
from pipeline.pages.finding import FindingPage, Sight, gather, shown_fields
from pipeline.pages.finding_fields import WHAT, as_values, options, words
from pipeline.pages.finding_map import city_map
from pipeline.pages.serving import build_site
from pipeline.pages.wording import folios_linked

ALL = Sight(names=True, tables=True, review=True)
CODES = Sight(names=False, tables=False, review=False)
LONG = (
    "La reportera fue golpeada por policías en el centro de la ciudad mientras cubría una protesta de vecinas por el agua. "
    "Según contó después, tres agentes la rodearon, le arrebataron el teléfono y la empujaron contra una reja."
)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return registry(tmp_path)


def grouped(db: Database, *notes: tuple[str, str, str, dict[str, object]]) -> str:
    """Store and group notes (name, source, text, changed tags); return the folio of the first."""
    for name, source, text, changes in notes:
        tagged(db, noticia(name, source, texto=text), etiquetas("Renata Olmedo Prieto", **changes))
    group_pending(db, pause=0)
    return str(rows(db, "SELECT folio FROM hallazgos ORDER BY id")[0][0])


def page_of(db: Database, folio: str, sight: Sight = ALL) -> FindingPage:
    page = gather(db, folio, sight)
    assert page is not None
    return page


def field_of(page: FindingPage, campo: str):
    return next(field for group in page.fields.values() for field in group if field.spec.campo == campo)


def correct(db: Database, folio: str, campo: str, valor: object) -> None:
    db.execute(
        "INSERT INTO correcciones (folio, campo, valor, quien, cuando) VALUES (?, ?, ?, 'ana', ?)",
        [folio, campo, json.dumps(valor), utc_text(NOW)],
    )


def test_a_corrected_field_stands_beside_the_computed_value(db: Database) -> None:
    folio = grouped(db, ("uno", "faro", LONG, {}))
    correct(db, folio, "alcaldia", None)
    correct(db, folio, "modalidad", ["amenaza", "censura"])
    page = page_of(db, folio)
    place, acts = field_of(page, "alcaldia"), field_of(page, "modalidad")
    assert (place.valores, place.palabras, place.calculado) == ((), "Sin dato", "Cuauhtémoc")
    assert (acts.palabras, acts.calculado) == ("Amenaza, Censura", "Ataque físico")
    assert [one.valor for one in acts.opciones if one.elegida] == ["amenaza", "censura"]
    assert field_of(page, "clase").correccion is None


def test_what_a_minority_of_notes_says_is_suggested_with_the_whole_value_it_would_fix(db: Database) -> None:
    other = {"modalidad": ("ataque_fisico", "amenaza"), "fecha_hecho": "2026-05-08"}
    same = ("Otra nota breve del mismo hecho, con palabras propias y de otra casa editorial.", {})
    third = ("Un portal más cuenta la agresión con otras frases suyas, sin añadir datos.", {})
    folio = grouped(db, ("uno", "faro", LONG, {}), ("dos", "voz", same[0], other), ("tres", "voz", third[0], {}))
    page = page_of(db, folio)
    assert len(page.news) == 3
    (extra,) = field_of(page, "fecha_hecho").sugerencias
    assert (extra.etiqueta, extra.valores) == ("8 may 2026", ("2026-05-08",))
    correct(db, folio, "modalidad", ["ataque_fisico"])
    (extra,) = field_of(page_of(db, folio), "modalidad").sugerencias
    assert (extra.etiqueta, extra.valores) == ("Amenaza", ("ataque_fisico", "amenaza"))
    assert extra.apoyo == "lo dice 1 noticia"


def test_copies_of_one_text_stand_as_one_source(db: Database) -> None:
    other = "Un medio distinto lo cuenta a su manera: policías la golpearon y le quitaron la cámara, dijo su editora."
    folio = grouped(db, ("uno", "faro", LONG, {}), ("dos", "voz", LONG + " Con información de la agencia.", {}))
    assert [(len(source.notas), source.copias) for source in page_of(db, folio).sources] == [(2, True)]
    db.execute("UPDATE noticias SET texto = ?, huella = 'otra' WHERE fuente_id = 'voz'", [other])
    assert [(len(source.notas), source.copias) for source in page_of(db, folio).sources] == [(1, False), (1, False)]


def test_a_finding_of_the_same_person_and_one_merged_here_stand_beside_it(db: Database) -> None:
    folio = grouped(db, ("uno", "faro", LONG, {}))
    victim = rows(db, "SELECT persona_id FROM victimas WHERE folio = ?", folio)[0][0]
    for number, state, into in (("H-2026-000800", "validado", None), ("H-2026-000900", "fusionado", folio)):
        db.execute(
            "INSERT INTO hallazgos (folio, fecha_registro, clase, estado, fusionado_en)"
            " VALUES (?, '2026-01-01', 'riesgo', ?, ?)",
            [number, state, into],
        )
        db.execute("INSERT INTO victimas (folio, persona_id, tipo) VALUES (?, ?, 'periodista')", [number, victim])
    related = page_of(db, folio).related
    assert related is not None
    assert [row["otro"] for row in related.personas] == ["H-2026-000800"]
    assert related.fusionados == ["H-2026-000900"]


def test_a_possible_duplicate_stands_beside_it_until_a_person_has_said_that_they_are_two(db: Database) -> None:
    first = grouped(db, ("uno", "faro", LONG, {}))
    other = tagged(db, noticia("lejos", "voz", texto="Otra cosa."), etiquetas("Bruno Cárdenas Lira", fecha_hecho="2025-01-01"))
    group_pending(db, pause=0)
    second = rows(db, "SELECT folio FROM hallazgos_noticias WHERE noticia_id = ?", other)[0][0]
    db.execute("INSERT INTO posibles_duplicados (noticia_a, noticia_b, puntos) VALUES (1, ?, 9.5)", [other])
    for folio, beside in ((first, second), (second, first)):
        related = page_of(db, folio).related
        assert related is not None
        assert [row["otro"] for row in related.duplicados] == [beside]
    db.execute("INSERT INTO decisiones_union VALUES (1, ?, 'aparte', 'ana', ?)", [other, utc_text(NOW)])
    related = page_of(db, first).related
    assert related is not None
    assert related.duplicados == []


def test_who_may_see_codes_only_gets_no_row_of_a_restricted_table(db: Database) -> None:
    folio = grouped(db, ("uno", "faro", LONG, {}))
    page = page_of(db, folio, CODES)
    assert (page.victims, page.sources, page.trail, page.acts, page.related) == ([], [], [], [], None)
    assert not page.edits
    assert field_of(page, "modalidad").palabras == "Ataque físico"
    assert field_of(page, "modalidad").sugerencias == ()


def test_a_merged_finding_offers_no_change(db: Database) -> None:
    folio = grouped(db, ("uno", "faro", LONG, {}))
    assert page_of(db, folio).edits
    db.execute("UPDATE hallazgos SET estado = 'fusionado' WHERE folio = ?", [folio])
    assert not page_of(db, folio).edits


def test_an_unknown_folio_has_no_page(db: Database) -> None:
    assert gather(db, "H-2026-000999", ALL) is None


@pytest.mark.parametrize("spec", WHAT, ids=lambda spec: spec.campo)
def test_a_field_that_is_chosen_from_a_list_offers_its_whole_vocabulary(spec) -> None:
    offered = options(spec, ())
    assert bool(offered) == (spec.forma in ("lista", "uno", "si_no"))
    assert all(one.etiqueta for one in offered)


def test_values_of_every_kind_read_in_words() -> None:
    by_field = {spec.campo: spec for spec in WHAT}
    assert words(by_field["urgente"], as_values("urgente", 1)) == "Sí"
    assert words(by_field["modalidad"], as_values("modalidad", '["amenaza"]')) == "Amenaza"
    assert words(by_field["resumen"], as_values("resumen", "")) == "Sin dato"


def test_what_a_new_note_says_reads_in_words() -> None:
    told = [
        {"campo": "modalidad", "hay": [], "dice": ["amenaza"]},
        {"campo": "victimas", "hay": 1, "dice": 2},
        {"campo": "urgente", "hay": 0, "dice": 1},
    ]
    assert shown_fields(json.dumps(told)) == "modalidad: Amenaza; víctimas: nombra a 2 más; urgente: Sí"


def test_the_map_has_every_borough_once_and_places_the_city_centre_in_cuauhtemoc() -> None:
    drawn = city_map()
    assert len({one.slug for one in drawn.alcaldias}) == 16
    assert all(one.trazo.startswith("M") and one.nombre for one in drawn.alcaldias)
    across, down = drawn.marker(19.4326, -99.1332) or (0, 0)
    outline = next(one.trazo for one in drawn.alcaldias if one.slug == "cuauhtemoc")
    points = [tuple(map(float, pair.split(","))) for pair in outline.strip("MZ").split()]
    assert min(x for x, _ in points) < across < max(x for x, _ in points)
    assert min(y for _, y in points) < down < max(y for _, y in points)
    assert drawn.marker(None, -99.1) is None
    assert drawn.marker(25.0, -99.1) is None


def test_an_analyst_gets_a_form_with_the_version_for_everything_and_a_reader_none(tmp_path: Path) -> None:
    site = build_site(seeded(tmp_path / "r.db", 3))
    alone, text, told = (
        ask(site, "/-/hallazgo/H-2026-000003", role).text.split("<main")[1] for role in (None, ["analista"], ["lectura"])
    )
    assert text.count("<form") - 1 == text.count('name="version" value="1"') == text.count('name="volver"') > 25
    for readonly in (alone, told):
        assert "<form" not in readonly
        assert "<script" not in readonly


@pytest.mark.parametrize("path", ["", "/ficha"])
def test_a_reader_of_codes_sees_no_name_on_page_or_sheet(tmp_path: Path, path: str) -> None:
    site = build_site(seeded(tmp_path / "r.db", 3))
    text = ask(site, f"/-/hallazgo/H-2026-000003{path}", ["lectura"]).text
    assert not any(word in text for word in CANARIES)
    assert CANARIES[0] in ask(site, f"/-/hallazgo/H-2026-000003{path}", ["analista"]).text


def test_a_message_links_the_folios_in_it_and_nothing_else() -> None:
    told = folios_linked("<b>: las noticias forman H-2026-000012.")
    assert told == '&lt;b&gt;: las noticias forman <a class="folio" href="H-2026-000012">H-2026-000012</a>.'
