"""The demonstration press: what it must hold, that its gold follows the guide, and that it is written the same twice."""

import csv
import gzip
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demo.outlets import DATA, Article, read_articles, read_outlets
from demo.press import build

ARTICLES = read_articles()
OUTLETS = {outlet.id: outlet for outlet in read_outlets()}
FINDINGS = [item for item in ARTICLES if item.gold["relevante"]]
SOURCES = DATA.parent / "fuentes.csv"
MARCH = date(2026, 11, 22)
# The guide's table of modalities: the kind of aggression that each one is (`desplazamiento` is none by itself).
KIND = {
    "asesinato": "fisica", "tentativa_asesinato": "fisica", "ataque_fisico": "fisica", "desaparicion": "fisica",
    "privacion_libertad": "fisica", "tortura": "fisica", "violencia_sexual": "fisica", "amenaza": "verbal",
    "hostigamiento": "verbal", "estigmatizacion": "verbal", "obstruccion": "verbal", "danio_bienes": "fisica",
    "ataque_digital": "digital", "espionaje": "digital", "acoso_judicial": "institucional", "censura": "institucional",
    "desplazamiento": None,
}  # fmt: skip
BY_SCREEN = re.compile(r"WhatsApp|mensajes? |llamadas? |correo|redes sociales")
SHARED = {
    "id", "url", "medio", "fecha_publicacion", "titulo", "texto", "relevante", "nota", "clase", "victima", "agresion",
    "modalidad", "agresor", "movilizacion", "lugar", "victimas", "fecha_hecho",
}  # fmt: skip
EMPTY = {
    "nota": "sin_hecho", "clase": None, "victima": [], "agresion": [], "modalidad": [], "agresor": [], "movilizacion": False,
    "lugar": {"cdmx": "indeterminado", "alcaldia": None, "entidad": None}, "victimas": [], "fecha_hecho": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prensa")
    build(folder)
    return folder


def index(folder: Path) -> list[dict[str, str]]:
    with (folder / "indice.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def values(field: str) -> set[str]:
    return {value for item in FINDINGS for value in item.gold[field]}


def each(articles: list[Article]) -> list:
    return [pytest.param(article, id=article.id) for article in articles]


def test_there_are_enough_outlets_articles_and_findings():
    assert len(OUTLETS) >= 8
    assert len(ARTICLES) >= 60
    assert 0.3 <= len(FINDINGS) / len(ARTICLES) <= 0.4
    assert {item.medio_id for item in ARTICLES} == {outlet.id for outlet in OUTLETS.values() if "caido" not in outlet.rasgos}
    assert len({item.url for item in ARTICLES}) == len({item.id for item in ARTICLES}) == len(ARTICLES)


def test_most_articles_are_of_the_length_of_news():
    lengths = [len(item.gold["texto"]) for item in ARTICLES]
    assert sum(900 <= length <= 2500 for length in lengths) > len(lengths) * 0.75
    assert any(len(item.parrafos) == 1 for item in FINDINGS), "no two-sentence brief among the findings"


def test_every_article_is_of_the_four_days():
    assert {item.moment.date() for item in ARTICLES} == {MARCH + timedelta(days=n) for n in (-2, -1, 0, 1)}


def test_the_findings_show_every_value_of_the_vocabulary():
    assert values("modalidad") == set(KIND)
    assert values("agresion") == {"fisica", "verbal", "digital", "institucional"}
    assert values("victima") == {"periodista", "defensora"}
    assert values("agresor") == {"fuerza_publica", "autoridad_civil", "crimen_organizado", "particular", "no_identificado"}
    assert {item.gold["clase"] for item in FINDINGS} == {"riesgo", "agresion", "privacion_vida"}
    assert {item.gold["nota"] for item in FINDINGS} == {"hecho_nuevo", "seguimiento"}
    assert {item.gold["lugar"]["cdmx"] for item in FINDINGS} == {"si", "no", "indeterminado"}


def test_most_findings_are_of_the_city_and_of_several_boroughs():
    city = [item for item in FINDINGS if item.gold["lugar"]["cdmx"] == "si"]
    assert len(city) > len(FINDINGS) / 2
    assert len({item.gold["lugar"]["alcaldia"] for item in city}) >= 6
    assert len({item.gold["lugar"]["entidad"] for item in FINDINGS} - {"cdmx", None}) >= 3


def test_there_are_named_unnamed_and_collective_victims_and_an_urgent_case():
    people = [person for item in FINDINGS for person in item.gold["victimas"]]
    assert {(p["tipo"], p["genero"]) for p in people if p["genero"] == "colectivo"} == {
        ("periodista", "colectivo"),
        ("defensora", "colectivo"),
    }
    assert {"mujer", "hombre"} <= {person["genero"] for person in people}
    assert any(not item.gold["victimas"] for item in FINDINGS)
    assert any(group["cantidad"] > 1 for item in FINDINGS for group in item.gold["victimas_sin_nombre"])
    assert any(item.gold.get("urgente") for item in FINDINGS)


def test_several_events_are_told_by_several_outlets():
    tellers: dict[str, set[str]] = {}
    for item in FINDINGS:
        tellers.setdefault(item.gold["evento"], set()).add(item.medio_id)
    assert Counter(len(outlets) > 1 for outlets in tellers.values())[True] >= 4
    assert max(map(len, tellers.values())) == 4


def test_four_events_are_tied_to_the_demonstration():
    march = {item.gold["evento"] for item in FINDINGS if item.gold["movilizacion"]}
    assert len(march) >= 4
    assert {item.gold["fecha_hecho"] for item in FINDINGS if item.gold["evento"] in march} == {MARCH.isoformat()}


@pytest.mark.parametrize("article", each(ARTICLES))
def test_a_record_has_the_shape_of_the_corpus(article):
    assert article.gold.keys() >= SHARED
    assert article.gold["medio"] == OUTLETS[article.medio_id].nombre
    assert article.parrafos and all(paragraph.strip() == paragraph and paragraph for paragraph in article.parrafos)
    if not article.gold["relevante"]:
        assert {field: article.gold[field] for field in EMPTY} == EMPTY
        assert article.gold["evento"] is None


@pytest.mark.parametrize("article", each(FINDINGS))
def test_the_gold_of_a_finding_follows_the_guide(article):
    gold = article.gold
    derived = {KIND[name] for name in gold["modalidad"]} - {None}
    if "amenaza" in gold["modalidad"] and BY_SCREEN.search(gold["texto"]):
        derived.add("digital")
    assert set(gold["agresion"]) == derived
    assert gold["clase"] == expected_class(gold["modalidad"])
    assert {person["tipo"] for person in gold["victimas"] + gold["victimas_sin_nombre"]} == set(gold["victima"])
    assert gold["agresor"] and gold["evento"]
    place = gold["lugar"]
    assert (place["entidad"] == "cdmx") == (place["cdmx"] == "si")
    assert place["alcaldia"] is None or place["cdmx"] == "si"
    assert gold["fecha_hecho"] is None or gold["fecha_hecho"] <= gold["fecha_publicacion"]


def expected_class(modalities: list[str]) -> str:
    """The guide's rule for `clase`, where smear alone, displacement alone or nothing yet is `riesgo`."""
    if "asesinato" in modalities:
        return "privacion_vida"
    return "riesgo" if set(modalities) in ({"estigmatizacion"}, {"desplazamiento"}, set()) else "agresion"


@pytest.mark.parametrize("article", each(FINDINGS))
def test_every_named_victim_stands_in_the_text(article):
    for person in article.gold["victimas"]:
        assert person["nombre"] in article.gold["texto"]


def test_notes_of_one_event_agree_on_what_happened():
    by_event: dict[str, list[Article]] = {}
    for item in FINDINGS:
        by_event.setdefault(item.gold["evento"], []).append(item)
    for notes in by_event.values():
        for field in ("clase", "modalidad", "agresor", "movilizacion", "lugar", "fecha_hecho"):
            assert all(note.gold[field] == notes[0].gold[field] for note in notes), (notes[0].gold["evento"], field)


def test_every_address_is_under_the_invented_domain(press):
    rows = index(press) + read_table(SOURCES)
    urls = [value for row in rows for value in row.values() if value.startswith("http")]
    assert {urlsplit(url).hostname.rpartition(".")[2] for url in urls} == {"ejemplo"}


def test_the_designs_and_readers_differ():
    assert len({outlet.diseno for outlet in OUTLETS.values() if outlet.diseno}) >= 6
    readers = Counter(outlet.lector for outlet in OUTLETS.values())
    assert readers["rss"] >= 4 and readers["atom"] == 2 and readers["listado"] >= 1 and readers["mapa"] == 1
    oddities = {oddity for outlet in OUTLETS.values() for oddity in outlet.rasgos}
    assert oddities == {"contenido", "relativos", "enlace_roto", "utm", "canonica", "caido"}


def test_the_catalogue_lists_every_outlet_with_its_reader():
    column = {"rss": "rss", "atom": "rss", "listado": "seccion_url", "mapa": "sitemap"}
    rows = {row["id"]: row for row in read_table(SOURCES)}
    assert rows.keys() == OUTLETS.keys()
    for outlet in OUTLETS.values():
        row = rows[outlet.id]
        assert {name for name in ("rss", "seccion_url", "sitemap") if row[name]} == {column[outlet.lector]}
        assert (row["nombre"], row[column[outlet.lector]]) == (outlet.nombre, outlet.sitio + outlet.canal)


def test_every_row_of_the_index_has_its_file_and_every_file_a_row(press):
    rows = index(press)
    assert list(rows[0]) == ["url", "archivo", "tipo", "estado"]
    assert len({row["url"] for row in rows}) == len(rows)
    files = {path.relative_to(press).as_posix() for path in press.rglob("*") if path.is_file()}
    assert {row["archivo"] for row in rows} == files - {"indice.csv"}
    assert Counter(row["estado"] for row in rows).keys() == {"200", "403", "404", "503"}


def test_two_builds_are_equal(press, tmp_path):
    build(tmp_path)
    files = sorted(path.relative_to(press) for path in press.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert all((press / name).read_bytes() == (tmp_path / name).read_bytes() for name in files)


def test_the_paywall_shows_nothing_of_the_article(press):
    for item in ARTICLES:
        page = press / item.medio_id / f"{item.id}.html"
        text = page.read_text(OUTLETS[item.medio_id].codificacion)
        assert (item.titulo in text.replace("&quot;", '"')) == (item.medio_id != "balance"), item.id


def test_the_addresses_of_feeds_are_answered(press):
    known = {row["url"]: row for row in index(press)}
    for item in ARTICLES:
        link = OUTLETS[item.medio_id].link(item)
        assert known[link]["archivo"] == known[item.url]["archivo"]
    assert any("/movil/" in url for url in known) and any("utm_source" in url for url in known)


def test_the_news_sitemap_is_served_compressed_behind_an_index(press):
    child = next(row for row in index(press) if row["url"].endswith("sitemap-noticias.xml.gz"))
    body = gzip.decompress((press / child["archivo"]).read_bytes()).decode()
    assert all(item.url in body for item in ARTICLES if item.medio_id == "tribuna")
    assert child["url"] in (press / "tribuna" / "sitemap.xml").read_text("utf-8")


def test_the_old_feed_is_not_in_utf8(press):
    body = (press / "metropoli" / "canal.xml").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "Policía" in body.decode("windows-1252") or "policía" in body.decode("windows-1252")


def test_the_planned_review_names_findings_that_exist():
    rows = read_table(DATA / "revision.csv")
    city = {item.gold["evento"] for item in FINDINGS if item.gold["lugar"]["cdmx"] == "si"}
    urls = {(item.gold["evento"], item.url) for item in FINDINGS}
    assert all((row["evento"], row["url"]) in urls and row["motivo"] for row in rows)
    assert len({row["evento"] for row in rows}) == len(rows)
    decisions = Counter(row["decision"] for row in rows if row["evento"] in city)
    assert 9 <= decisions["validar"] <= 12 and 1 <= decisions["descartar"] <= 2


def test_the_totals_of_the_year_before_are_twelve_whole_months():
    rows = read_table(DATA / "totales_2025.csv")
    assert list(rows[0]) == ["anio", "mes", "total", "unidad", "fuente"]
    assert [(row["anio"], int(row["mes"])) for row in rows] == [("2025", month) for month in range(1, 13)]
    assert all(int(row["total"]) > 0 and row["unidad"] == "hallazgo" and row["fuente"] for row in rows)
