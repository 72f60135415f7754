"""`hallazgos fuentes …`: listing, trying, finding and exchanging sources; only the operator's own catalogue is written."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawlers.fuente import Fuente, read_catalogue, shipped_catalogue, write_catalogue
from pipeline.cli import hallazgos

SITE = "https://pregonero.ejemplo"
FEED = f"""<rss version='2.0'><channel><title>El Pregonero</title>
  <item><title>Marcha de fotógrafas</title><link>{SITE}/a</link><pubDate>2026-11-23T10:00:00Z</pubDate></item>
  <item><title>Cierran avenida</title><link>{SITE}/b</link></item></channel></rss>"""
HOME = f"""<html><head><title>El Pregonero</title>
  <link rel="alternate" type="application/rss+xml" href="{SITE}/rss.xml"></head></html>"""
INDEX = f"<sitemapindex><sitemap><loc>{SITE}/mapa-1.xml</loc></sitemap></sitemapindex>"
MAP = f"<urlset><url><loc>{SITE}/ciudad/nota</loc><lastmod>2026-11-22</lastmod></url></urlset>"
PAGES = {
    f"{SITE}/": ("portada.html", HOME),
    f"{SITE}/rss.xml": ("rss.xml", FEED),
    f"{SITE}/indice.xml": ("mapas.xml", INDEX),
    f"{SITE}/mapa-1.xml": ("mapa.xml", MAP),
}
GOOD = Fuente("pregonero", "El Pregonero", "medio_local", SITE, f"{SITE}/rss.xml", sitemap=f"{SITE}/indice.xml")
BAD = Fuente("callado", "El Callado", "medio_local", SITE, f"{SITE}/no-existe.xml")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that runs `fuentes …` in an empty folder, over captures of an invented outlet."""
    captures = tmp_path / "capturas"
    captures.mkdir()
    lines = ["url,archivo,tipo,estado"]
    for url, (name, text) in PAGES.items():
        (captures / name).write_text(text, "utf-8")
        lines.append(f"{url},{name},,200")
    (captures / "indice.csv").write_text("\n".join(lines), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HALLAZGOS_CONFIG", raising=False)

    def run(*args: object, replay: bool = False) -> Result:
        extra = ["--hoy", "2026-11-24", "--reproducir", str(captures)] if replay else []
        return CliRunner().invoke(hallazgos, ["fuentes", *map(str, args), *extra])

    return run


def test_lista_shows_every_source_and_how_many_are_verified(desk):
    result = desk("lista")
    assert "La Jornada – Capital" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("verificadas.")
    ids = [row["id"] for row in csv.DictReader(io.StringIO(desk("lista", "--formato", "csv").stdout))]
    assert ids == [fuente.id for fuente in read_catalogue(shipped_catalogue())]


def test_lista_of_one_catalogue_as_json(desk, tmp_path):
    write_catalogue(tmp_path / "mio.csv", [GOOD])
    (row,) = json.loads(desk("lista", "--fuentes", "mio.csv", "--json").stdout)
    assert (row["id"], row["lectores"], row["activa"]) == ("pregonero", "canal, mapa", True)


def test_revisar_says_what_it_would_read_and_notes_the_day(desk, tmp_path):
    write_catalogue(tmp_path / "mio.csv", [GOOD, BAD])
    result = desk("revisar", "--fuentes", "mio.csv", "--json", replay=True)
    feed, sitemap, silent = json.loads(result.stdout)
    assert (feed["lector"], feed["notas"], feed["mas_reciente"], feed["primera"]) == (
        "canal",
        2,
        "2026-11-23T10:00:00Z",
        "Marcha de fotógrafas",
    )
    assert (sitemap["lector"], sitemap["notas"], sitemap["mas_reciente"]) == ("mapa", 1, "2026-11-22")
    assert (silent["notas"], silent["motivo"]) == (0, "HTTP 404")
    assert [fuente.verificada_en for fuente in read_catalogue(tmp_path / "mio.csv")] == ["2026-11-24", ""]
    assert result.exit_code == 0


def test_revisar_copies_what_it_verified_into_the_own_catalogue(desk, tmp_path):
    write_catalogue(tmp_path / "propio.csv", [GOOD, BAD])
    (tmp_path / "hallazgos.toml").write_text('catalogo = "propio.csv"\n')
    shipped = shipped_catalogue().read_bytes()
    assert desk("revisar", "pregonero", replay=True).exit_code == 0
    assert [fuente.verificada_en for fuente in read_catalogue(tmp_path / "propio.csv")] == ["2026-11-24", ""]
    assert shipped_catalogue().read_bytes() == shipped


def test_revisar_fails_with_3_when_every_source_failed(desk, tmp_path):
    write_catalogue(tmp_path / "mio.csv", [BAD])
    before = (tmp_path / "mio.csv").read_bytes()
    result = desk("revisar", "--fuentes", "mio.csv", replay=True)
    assert result.exit_code == 3
    assert "0 de 1 fuentes responden. Fallaron: callado." in result.stdout
    assert (tmp_path / "mio.csv").read_bytes() == before


def test_revisar_names_an_unknown_source(desk):
    result = desk("revisar", "no_hay", replay=True)
    assert (result.exit_code, "«no_hay»" in result.stderr) == (2, True)


def test_a_broken_catalogue_is_one_line_and_status_2(desk, tmp_path):
    (tmp_path / "mio.csv").write_text("id,nombre\n")
    result = desk("lista", "--fuentes", "mio.csv")
    assert result.exit_code == 2
    assert "mio.csv: línea 1, columna tipo: falta esta columna" in result.stderr


def test_agregar_proposes_a_row_and_writes_nothing(desk, tmp_path):
    result = desk("agregar", f"{SITE}/", replay=True)
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["id"], row["rss"], row["activa"], row["alta"]) == ("el_pregonero", f"{SITE}/rss.xml", "1", "2026-11-24")
    assert not (tmp_path / "fuentes-propias.csv").exists()
    assert result.exit_code == 0


def test_agregar_with_guardar_appends_to_the_own_catalogue(desk, tmp_path):
    arguments = ("agregar", f"{SITE}/", "--guardar", "--id", "pregon", "--tipo", "medio_local")
    assert desk(*arguments, replay=True).exit_code == 0
    (fuente,) = read_catalogue(tmp_path / "fuentes-propias.csv")
    assert (fuente.id, fuente.tipo, fuente.nombre) == ("pregon", "medio_local", "El Pregonero")
    again = desk(*arguments, replay=True)
    assert again.exit_code == 2
    assert "Ya está en el catálogo como «pregon»" in again.stderr
    assert any(row["id"] == "pregon" for row in json.loads(desk("lista", "--json").stdout))


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("agregar", "pregonero.ejemplo"), 2, "no es una dirección"),
        (("agregar", f"{SITE}/", "--tipo", "diario"), 2, "no es un tipo de fuente"),
        (("agregar", "https://callado.ejemplo/"), 1, "no se halló con qué leerlo"),
    ],
)
def test_agregar_says_what_is_wrong(desk, arguments, status, words):
    result = desk(*arguments, replay=True)
    assert result.exit_code == status
    assert words in result.stderr


def test_opml_goes_out_and_comes_in_once(desk, tmp_path):
    write_catalogue(tmp_path / "mio.csv", [GOOD, BAD])
    assert "2 canales" in desk("opml-exportar", "lista.opml", "--fuentes", "mio.csv").stdout
    assert "2 canales, 2 nuevos" in desk("opml-importar", "lista.opml", "--tipo", "medio_local").stdout
    assert "2 canales, 0 nuevos" in desk("opml-importar", "lista.opml").stdout
    own = read_catalogue(tmp_path / "fuentes-propias.csv")
    assert [(fuente.nombre, fuente.rss, fuente.tipo) for fuente in own] == [
        ("El Pregonero", f"{SITE}/rss.xml", "medio_local"),
        ("El Callado", f"{SITE}/no-existe.xml", "medio_local"),
    ]


def test_opml_that_is_none_is_one_line(desk, tmp_path):
    (tmp_path / "mala.opml").write_text("nada")
    result = desk("opml-importar", "mala.opml")
    assert (result.exit_code, len(result.stderr.strip().splitlines())) == (2, 1)
