"""What stands on the pages: in Spanish, whole, harmless, and working under another base path."""

import html
import re

import pytest
from datasette.app import Datasette
from sembrado import CANARIES, SUMMARIES, insert, seeded
from sitio import ask, rows

from pipeline.figures.m1 import MARKS
from pipeline.pages.records import plain_value, record_lines
from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry

FINDING = "/-/hallazgo/H-2026-000003"
PAGES = (
    "/",
    "/registro",
    "/registro/v_hallazgos",
    "/registro/v_hallazgos?_todas=1",
    FINDING,
    "/-/buscar?q=reportera",
    "/-/indicadores",
    "/registro/noticias",
    "/registro/noticias/1",
    "/registro/v_salud_fuentes",
    "/nada",
)
# words of the stock templates, none of which may be left
ENGLISH = (
    "rows",
    "Search:",
    "Apply",
    "Powered by",
    "This data as",
    "Advanced export",
    "remove filter",
    "Next page",
    "Links from other tables",
    "descending</label>",
    "Forbidden",
    "records",
    "Custom SQL",
    "hidden table",
    "View and edit",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    return build_site(seeded(tmp_path_factory.mktemp("paginas") / "r.db", 60))


@pytest.fixture(scope="module")
def based(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    return build_site(seeded(tmp_path_factory.mktemp("base") / "r.db", 3), base_url="/monitor/")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_spanish_with_the_last_run_in_its_header(site: Datasette, path: str) -> None:
    text = ask(site, path).text
    assert '<html lang="es-MX">' in text
    assert "Última corrida: 24 nov 2026, 06:00; 2 fuentes fallaron" in text
    assert [word for word in ENGLISH if word in text] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_an_address_of_others(site: Datasette, path: str) -> None:
    text = ask(site, path).text
    assert "<script" not in text
    assert "style=" not in text
    assert set(re.findall(r'(?:src|href)="(https?://[^"/]+)', text)) <= {"https://faro.ejemplo", "http://localhost"}


def test_an_empty_registry_says_that_there_was_no_run(tmp_path) -> None:
    open_registry(tmp_path / "r.db").conn.close()
    site = build_site(tmp_path / "r.db")
    for path in ("/", "/registro/v_hallazgos", "/-/indicadores", "/-/buscar?q=x"):
        answer = ask(site, path)
        assert answer.status_code == 200
        assert "Sin corridas" in answer.text


def test_findings_are_listed_newest_first_with_facets_in_words(site: Datasette) -> None:
    text = ask(site, "/registro/v_hallazgos").text
    dates = re.findall(r"<span>(\d+) nov 2026</span>", text)
    assert dates == sorted(dates, key=int, reverse=True)
    for word in ("Privación de la vida", "Cuauhtémoc", "Detectado", "Física"):
        assert word in text
    assert "https://faro.ejemplo" not in text
    counted = ask(site, "/registro/v_hallazgos.json?_size=0").json()["facet_results"]
    assert set(counted) == {"clase", "alcaldia", "estado", "agresion"}
    assert [(row["value"], row["count"]) for row in counted["agresion"]["results"]] == [("fisica", 60)]


def test_a_key_to_another_table_is_a_link_in_words_and_never_a_name(site: Datasette) -> None:
    assert '<a href="/registro/fuentes/faro">El Faro de Prueba</a>' in ask(site, "/registro/corridas_fuentes").text
    assert '<a href="/registro/personas/1">1</a>' in ask(site, "/registro/victimas").text


def test_a_filter_reads_in_spanish_and_can_be_taken_away(site: Datasette) -> None:
    text = ask(site, "/registro/v_hallazgos?clase=agresion&_search=coyoac%C3%A1n").text
    assert "el texto contiene «coyoacán»; clase es «Agresión»" in text
    assert "<strong>20 filas</strong>" in text
    assert "quitar filtros" in text


def test_the_finding_page_shows_codes_victims_notes_and_trail(site: Datasette) -> None:
    text = html.unescape(ask(site, FINDING).text)
    for words in (
        SUMMARIES[0],
        "Ataque físico",
        "Fuerza pública",
        "Ximena Canaria Prueba",
        "Persona que pidió anonimato",
        "3 personas sin nombre",
        "El Faro de Prueba",
        "23 nov 2026, 12:30",
        "Bitácora",
        "Hecho en la ciudad",
    ):
        assert words in text, words
    assert 'href="https://faro.ejemplo/nota/3" rel="noopener noreferrer external"' in text


def test_a_name_whose_owner_asked_for_anonymity_stands_only_in_the_press_text(site: Datasette) -> None:
    people = ask(site, FINDING).text.split('id="victimas"')[1]
    assert "Ximena Canaria Prueba" in people
    assert "Teófilo Canario Ensayo" not in people


def test_press_text_is_marked_and_harmless(site: Datasette) -> None:
    text = ask(site, FINDING).text
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;b&gt;detuvieron&lt;/b&gt;" in text
    marks = re.findall(r'<mark class="campo-(\w+)" title="([^"]+)">([^<]+)</mark>', text)
    assert ("modalidad", "modalidad: Ataque físico (regla golpes_pasiva)", "fue ") in marks
    assert any("golpes_pasiva" in title and "agente_por" in title for _, title, _ in marks)


@pytest.mark.parametrize("folio", ["H-2026-999999", "x", "H-2026-000003%27--"])
def test_an_unknown_folio_is_not_found(site: Datasette, folio: str) -> None:
    assert ask(site, f"/-/hallazgo/{folio}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("query", ["coyoacan", "COYOACÁN", "coyoac", '"plaza de coyoacán"', "plaza coyoacan"])
def test_search_finds_with_and_without_accents(site: Datasette, query: str) -> None:
    text = ask(site, "/-/buscar", params={"q": query}).text
    assert "H-2026-000003" in text
    assert ("<mark>" in text) is ('"' not in query)


@pytest.mark.parametrize(
    "query", ['"', "a OR", "NOT", "NEAR(", "resumen:x", "*", "()", "a-b", "'; drop table", "ñ" * 300, "\0", "-"]
)
def test_no_query_breaks_the_search(site: Datasette, query: str) -> None:
    assert ask(site, "/-/buscar", params={"q": query}).status_code == 200
    assert ask(site, "/registro/v_hallazgos", params={"_search": query}).status_code == 200


def test_a_query_is_shown_as_text(site: Datasette) -> None:
    text = ask(site, "/-/buscar", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script" not in text


def test_a_folio_leads_straight_to_its_page(site: Datasette) -> None:
    answer = ask(site, "/-/buscar?q=h-2026-3")
    assert (answer.status_code, answer.headers["location"]) == (302, FINDING)


def test_opening_names_or_texts_is_written_down(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HALLAZGOS_QUIEN", "berta")
    site = build_site(seeded(tmp_path / "r.db", 3))
    restricted = ["/registro/noticias?_search=Canaria", "/registro/noticias/1.json", "/-/buscar?q=reportera"]
    open_or_missing = [
        "/",
        "/registro/v_hallazgos",
        "/-/hallazgo/H-2026-999999",
        "/registro/corridas",
        "/registro/noticias/999",
    ]
    for path in [FINDING, *restricted, "/registro/victimas.csv", *open_or_missing]:
        ask(site, path)
    ask(site, FINDING, ["analista"])
    assert [(row["quien"], row["ruta"], row["folios"]) for row in rows(site, "select * from lecturas order by id")] == [
        ("berta", FINDING, '["H-2026-000003"]'),
        ("berta", "/registro/noticias", "[]"),
        ("berta", "/registro/noticias/1.json", "[]"),
        ("berta", "/-/buscar", '["H-2026-000001", "H-2026-000002", "H-2026-000003"]'),
        ("berta", "/registro/victimas.csv", "[]"),
        ("ana", FINDING, '["H-2026-000003"]'),
    ]


def test_reading_figures_leaves_no_name_behind(tmp_path) -> None:
    site = build_site(seeded(tmp_path / "r.db", 3))
    assert not any(word in ask(site, "/-/hallazgo/H-2026-000003", ["lectura"]).text for word in CANARIES)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_keeps_to_the_base_path(based: Datasette, path: str) -> None:
    text = ask(based, path).text
    links = {html.unescape(link) for link in re.findall(r'(?:href|action|src)="(/[^"]*|http://localhost[^"]*)"', text)}
    assert links
    local = {link.removeprefix("http://localhost") for link in links}
    assert {link for link in local if not link.startswith("/monitor/") or "monitor" in link[len("/monitor/") :]} == set()


def test_links_under_the_base_path_answer(based: Datasette) -> None:
    text = ask(based, "/").text
    for link in set(re.findall(r'href="(/monitor/[^"]*)"', text)):
        assert ask(based, html.unescape(link).removeprefix("/monitor")).status_code == 200, link


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/registro/corridas?_filter_column=dia&_filter_op=gt&_filter_value=2026", "registro/corridas?dia__gt=2026"),
        ("/registro/v_hallazgos?_sort=folio&_sort_by_desc=on", "registro/v_hallazgos?_sort_desc=folio"),
        ("/registro/", "registro"),
        ("/-/buscar?q=H-2026-000003", "-/hallazgo/H-2026-000003"),
    ],
)
def test_redirects_keep_to_the_base_path(based: Datasette, site: Datasette, path: str, target: str) -> None:
    assert ask(based, path).headers["location"] == f"/monitor/{target}"
    assert ask(site, path).headers["location"] == f"/{target}"


def test_errors_tell_nothing_of_what_is_inside(site: Datasette) -> None:
    answer = ask(site, "/registro/v_hallazgos?_sort=nada")
    assert answer.status_code in (400, 500)
    assert "nada" not in re.sub(r"<[^>]+>", "", answer.text)
    as_json = ask(site, "/registro/nada.json").json()
    assert (as_json["status"], as_json["title"]) == (404, "No se encontró")


def test_the_indicator_page_repeats_the_views_and_their_footing(tmp_path) -> None:
    path = seeded(tmp_path / "r.db", 6)
    db = open_registry(path)
    with db.atomic():
        db.execute("update corridas set dia = '2026-11-30'")
        insert(db, "lineas_base", anio=2025, mes=11, total=8, importada_en="2026-11-01T00:00:00Z")
    row = next(db.query("select * from v_comparativo_anual where tipo = 'mes'"))
    db.conn.close()
    text = html.unescape(re.sub(r"<[^>]+>", " ", ask(build_site(path), "/-/indicadores").text))
    text = " ".join(text.split())
    assert f"noviembre de 2026 {row['registros']} registros · {row['por_revisar']} por revisar" in text
    assert f"M1: {row['m1']} % = {row['registros_comparados']} ÷ {row['anterior_comparado']} × 100" in text
    footing = re.findall(r"M1: ([\d.,]+) % = ([\d,]+) ÷ ([\d,]+) × 100", text)
    assert len(footing) == 3
    assert all(abs(float(m1) - int(now) / int(before) * 100) < 0.1 for m1, now, before in footing)
    for mark in str(row["marcas"]).split("; "):
        assert f"{mark} : {MARKS[mark]}." in text


def test_the_indicator_page_shows_the_ambitos_apart_and_what_stands_outside(tmp_path) -> None:
    path = seeded(tmp_path / "r.db", 9)
    db = open_registry(path)
    with db.atomic():
        db.execute("update hallazgos set estado = 'validado', ambito = 'persona_en_cdmx' where folio > 'H-2026-000003'")
        db.execute("update hallazgos set ambito = 'fuera' where folio > 'H-2026-000007'")
        insert(db, "lineas_base", anio=2026, mes=1, total=8, importada_en="2026-11-01T00:00:00Z")
        db.execute("insert into corridas (inicio, dia, version) values ('', '2026-11-30', '0')")
    db.conn.close()
    table = ask(build_site(path), "/-/indicadores").text.split('<table class="rejilla ambitos">')[1].split("</table>")[0]
    lines = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
    assert lines == [
        "Hallazgos validados 2026 2026-T4 2026-11",
        "Hecho en la ciudad sin desglose 1 por revisar 1 1 por revisar 1 1 por revisar",
        "Persona en la ciudad sin desglose 0 por revisar 4 0 por revisar 4 0 por revisar",
        "A distancia sin desglose 0 por revisar 0 0 por revisar 0 0 por revisar",
        "Registros 13 1 por revisar 5 1 por revisar 5 1 por revisar",
        "Por determinar 0 0 por revisar 0 0 por revisar 0 0 por revisar",
        "Fuera de la ciudad 2 0 por revisar 2 0 por revisar 2 0 por revisar",
        "Antecedente 0 0 por revisar 0 0 por revisar 0 0 por revisar",
    ]


def test_a_note_s_tags_read_in_words(site: Datasette) -> None:
    tags = {
        "clase": "agresion",
        "agresor": ["fuerza_publica", "particular"],
        "lugar": {"alcaldia": "coyoacan", "entidad": None},
        "victimas": [{"nombre": "Ximena Canaria Prueba", "tipo": "periodista", "medio_u_organizacion": ""}],
        "fecha_hecho": "2026-11-22",
        "movilizacion": False,
    }
    assert list(record_lines(tags)) == [
        "clase: Agresión",
        "agresor: Fuerza pública, Particular",
        "alcaldía: Coyoacán",
        "víctimas: (Ximena Canaria Prueba, Periodista)",
        "fecha del hecho: 22 nov 2026",
        "movilización: No",
    ]
    assert '<span class="registro">relevante: Sí</span>' in ask(site, "/registro/noticias/1").text


def test_a_stored_value_stands_without_its_json_marks() -> None:
    stored = ('"detectado"', '["amenaza", "censura"]', "9", "null", "a medias")
    assert [plain_value(each) for each in stored] == ["detectado", "amenaza, censura", "9", "null", "a medias"]


def test_addresses_stand_last_in_a_table(site: Datasette) -> None:
    text = ask(site, "/registro/noticias").text
    headings = [re.sub(r"<[^>]+>|&nbsp;.", "", cell).strip() for cell in re.findall(r"<th scope.*?</th>", text, re.DOTALL)]
    assert headings[:3] == ["id", "título", "fuente"]
    assert headings[-5:] == ["URL", "URL canónica", "SHA-256", "captura", "huella"]
    first = re.findall(r"<td.*?</td>", text, re.DOTALL)
    assert "El Faro de Prueba" in first[2]
