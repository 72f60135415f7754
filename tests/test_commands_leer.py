"""`hallazgos leer`: files, addresses, kinds and formats, and one clear line when there is nothing to read."""

import csv
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from press import Page, press

from pipeline.cli import hallazgos

DATA = Path(__file__).parent / "data"
NOTA = DATA / "pages" / "nota.html"


def leer(*args: object) -> Result:
    return CliRunner().invoke(hallazgos, ["leer", "--hoy", "2026-11-24", *map(str, args)])


def test_a_page_prints_one_object():
    result = leer(NOTA, "--url", "https://pregonero.ejemplo/ciudad/x?utm_source=y")
    told = json.loads(result.stdout)
    assert list(told) == ["url", "titulo", "texto", "autor", "publicada_en", "fecha_precision", "motivo"]
    assert told["url"] == "https://pregonero.ejemplo/ciudad/fotografa-denuncia-amenazas"
    assert (told["publicada_en"], told["fecha_precision"], told["motivo"]) == ("2026-11-23T16:20:30Z", "hora", "")
    assert result.exit_code == 0


def test_a_page_without_text_says_why():
    told = json.loads(leer(DATA / "pages" / "muro.html").stdout)
    assert (told["texto"], told["motivo"]) == ("", "muro de pago")


def test_a_file_that_tells_its_address_needs_no_url(tmp_path):
    path = tmp_path / "n.html"
    path.write_text(
        '<html><head><link rel="canonical" href="https://a.ejemplo/2026/11/20/nota"></head><body><p>x</p></body></html>'
    )
    told = json.loads(leer(path).stdout)
    assert (told["url"], told["publicada_en"]) == ("https://a.ejemplo/2026/11/20/nota", "2026-11-20")


def test_a_gz_file_is_unpacked(tmp_path):
    path = tmp_path / "nota.html.gz"
    path.write_bytes(gzip.compress(NOTA.read_bytes()))
    assert json.loads(leer(path).stdout)["titulo"].startswith("Fotógrafa denuncia")


@pytest.mark.parametrize(
    ("name", "count"),
    [("feeds/medio.rss", 6), ("feeds/organizacion.json", 1), ("feeds/videos.atom", 1), ("sitemaps/noticias.xml", 3)],
)
def test_lists_are_told_apart_by_what_they_hold(name, count):
    items = json.loads(leer(DATA / name, "--url", "https://pregonero.ejemplo/", "--json").stdout)
    assert len(items) == count
    assert {item["tipo"] for item in items} == {"nota"}


def test_an_index_lists_its_maps(tmp_path):
    path = tmp_path / "indice.xml"
    path.write_text("<sitemapindex><sitemap><loc>https://a.ejemplo/1.xml</loc></sitemap></sitemapindex>")
    (item,) = json.loads(leer(path, "--formato", "json").stdout)
    assert (item["tipo"], item["url"]) == ("mapa", "https://a.ejemplo/1.xml")


def test_a_section_is_read_as_one_when_asked():
    result = leer(
        DATA / "sections" / "ciudad.html", "--como", "seccion", "--url", "https://pregonero.ejemplo/ciudad/", "--formato", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["titulo"] for row in rows][:2] == [
        "Reportera denuncia hostigamiento en la alcaldía",
        "Cierran avenida por obras de drenaje",
    ]


def test_a_wrong_kind_gives_an_empty_list_and_the_reason():
    result = leer(NOTA, "--como", "feed", "--json")
    assert (json.loads(result.stdout), result.exit_code) == ([], 0)
    assert "no es un canal: HTML" in result.stderr


def test_the_table_is_for_people():
    result = leer(DATA / "feeds" / "medio.rss", "--url", "https://pregonero.ejemplo/")
    assert "Sin enlace, con guid permanente" in result.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [("nada.html", "no existe el archivo"), ("", "es una carpeta"), ("vacio.html", "el archivo está vacío")],
)
def test_nothing_to_read_is_one_line_and_status_2(tmp_path, name, words):
    (tmp_path / "vacio.html").touch()
    result = leer(tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def capture(folder: Path) -> Path:
    (folder / "nota.html").write_bytes(NOTA.read_bytes())
    (folder / "indice.csv").write_text(
        "url,archivo,tipo,estado\n"
        "https://pregonero.ejemplo/n,nota.html,text/html,200\n"
        "https://pregonero.ejemplo/vieja,https://pregonero.ejemplo/n,,301\n"
    )
    return folder


def test_an_address_is_answered_from_captures_redirects_followed(tmp_path):
    told = json.loads(leer("https://pregonero.ejemplo/vieja", "--reproducir", capture(tmp_path)).stdout)
    assert told["titulo"].startswith("Fotógrafa denuncia")


@pytest.mark.parametrize(
    ("url", "words"), [("https://pregonero.ejemplo/otra", "HTTP 404"), ("http://usuaria@[roto", "dirección")]
)
def test_an_address_that_gives_nothing_is_one_line(tmp_path, url, words):
    result = leer(url, "--reproducir", capture(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "pipeline.cli", "leer", *args], capture_output=True, text=True, check=False)


def test_an_address_is_fetched_with_the_guards_of_a_crawl():
    with press("pregonero") as (outlet,):
        outlet.pages["/nota"] = Page(NOTA.read_bytes())
        url = outlet.url("/nota")
        refused, read = run(url), run(url, "--permitir-locales")
    assert refused.returncode == 2
    assert outlet.asked("/nota") == 1
    assert json.loads(read.stdout)["titulo"].startswith("Fotógrafa denuncia"), read.stderr


def test_a_section_is_read_with_the_patterns_of_its_source(tmp_path):
    path = tmp_path / "lista.html"
    names = ("agreden-a-fotografa-en-la-marcha", "asi-quedo-el-torneo-de-ajedrez")
    path.write_text(
        "".join(
            f"<h2><a href='/{kind}/2026/{name}/'>{name}</a></h2>"
            for kind, name in zip(("cdmx", "deportes"), names, strict=True)
        ),
        "utf-8",
    )
    catalogue = tmp_path / "f.csv"
    header = "id,nombre,tipo,sitio,rss,seccion_url,sitemap,activa,alta,verificada_en,notas,incluir,excluir"
    row = "uno,Uno,medio_local,https://uno.ejemplo,,https://uno.ejemplo/hoy/,,1,,,,,/deportes/"
    catalogue.write_text(f"{header}\n{row}\n", "utf-8")
    asked = (path, "--como", "seccion", "--url", "https://uno.ejemplo/hoy", "--json", "--fuentes", catalogue)
    assert [item["titulo"] for item in json.loads(leer(*asked).stdout)] == [names[0]]
    everything = leer(*asked[:4], "https://uno.ejemplo/otra", "--json", "--fuentes", catalogue)
    assert [item["titulo"] for item in json.loads(everything.stdout)] == list(names)
    assert leer(NOTA, "--fuentes", tmp_path / "no-hay.csv").exit_code == 2


def test_a_title_that_is_a_formula_stays_a_text_in_the_csv(tmp_path):
    feed = tmp_path / "canal.xml"
    feed.write_text(
        "<rss version='2.0'><channel><title>Canal</title><item><title>=1+1</title><link>https://faro.ejemplo/n/1</link></item>"
        "</channel></rss>",
        "utf-8",
    )
    out = CliRunner().invoke(hallazgos, ["leer", str(feed), "--como", "feed", "--formato", "csv"])
    assert (out.exit_code, "'=1+1" in out.output, ",=1+1" in out.output) == (0, True, False), out.output
