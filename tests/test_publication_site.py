"""`hallazgos servir --publico`: nothing of the registry, nothing to write, everything there is to read, in plain Spanish."""

import hashlib
import re
import shutil

import httpx
import pytest
from click.testing import CliRunner
from navegador import chromium, free_port, serving, violations
from publicado import invented, published
from test_datasette_rutas import PROBES

from pipeline.cli import hallazgos
from pipeline.publication.tables import tables
from pipeline.publication.texts import queries


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("sitio_publico")
    with invented(made, (2025, 2026), 20) as db:
        published(db, made / "publico", contacto="correcciones@institucion.ejemplo")
    return made / "publico"


@pytest.fixture(scope="module")
def address(folder):
    with serving("--publico", str(folder), base="/") as url:
        yield url.rstrip("/")


def test_every_table_query_and_file_is_there(address, folder):
    with httpx.Client(base_url=address) as client:
        for name in (*tables(), *queries()):
            assert client.get(f"/publico/{name}").status_code == 200, name
            assert client.get(f"/publico/{name}.json").status_code == 200, name
        for path in (path for path in folder.rglob("*") if path.is_file()):
            answer = client.get(f"/archivos/{path.relative_to(folder).as_posix()}")
            assert answer.content == path.read_bytes()
            assert answer.headers["etag"] == f'"{hashlib.sha256(path.read_bytes()).hexdigest()}"'


def test_every_private_address_is_404_and_nothing_is_written(address):
    stock = ("/-/login", "/-/metadata.json", "/-/plugins.json", "/-/settings.json", "/-/allow-debug", "/-/actor", "/publico.db")
    others = ("/registro", "/registro/hallazgos", "/publico/sqlite_master", "/publico/anio_clase/2025,riesgo")
    outside = (
        "/archivos/../publicacion.json",
        "/archivos/%2e%2e/registro.db",
        "/estatico/revision.js",
        "/estatico/../plugins/",
    )
    with httpx.Client(base_url=address) as client:
        private = [path.split("?")[0] for path in PROBES if path.split("?")[0] not in ("/", "/estatico/hallazgos.css")]
        assert len(private) > 20
        for path in (*private, *stock, *others, *outside):
            assert client.get(path).status_code == 404, path
        assert client.get("/publico/anio_clase?_where=1=1").status_code == 403
        for method in ("post", "put", "delete", "patch", "options"):
            assert getattr(client, method)("/publico/anio_clase").status_code == 405


@pytest.mark.parametrize("path", ["/", "/publico/anio_clase", "/publico/anio_clase.json", "/archivos/publico.db", "/nada"])
def test_every_answer_is_hardened_and_may_be_kept(address, path):
    answer = httpx.get(address + path)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert not answer.headers.keys() & {"set-cookie", "link"}
    assert httpx.head(address + path).status_code == answer.status_code


def test_the_first_page_says_what_it_is_and_is_not(address):
    page = httpx.get(address).text
    assert all(
        word in page for word in ("Qué es", "Qué no es", "censo", "2026-11", "correcciones@institucion.ejemplo", "CC BY")
    )
    assert "Persona Inventada" not in page


def test_under_a_path_every_link_leads_somewhere(folder):
    with serving("--publico", str(folder), base="/cifras/") as address, httpx.Client() as client:
        site = address.removesuffix("/cifras/")
        pages = [client.get(address + name).text for name in ("", "publico/anio_clase", "publico/clases_por_trimestre")]
        links = {link for page in pages for link in re.findall(r'(?:href|src)="(/[^"]*)"', page)}
        assert len(links) > 30
        assert {link for link in links if not link.startswith("/cifras/")} == set()
        assert {link for link in links if client.get(site + link).status_code != 200} == set()
        assert client.get(f"{site}/cifras").headers["location"] == "/cifras/"
        assert [client.get(site + path).status_code for path in ("/", "/publico/anio_clase", "/cifras/-/login")] == [404] * 3
        assert 'href="/cifras/"' in client.get(f"{address}nada").text


def test_what_is_served_is_one_edition_though_another_takes_its_place(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "publico")
    with serving("--publico", str(copy), base="/") as address:
        shutil.rmtree(copy)
        for path in ("", "publico/anio_clase", "publico/anio_alcaldia.json", "archivos/LEAME.md"):
            assert httpx.get(address + path).status_code == 200


def test_what_is_no_publication_is_refused(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copia")
    (copy / "publico.db").write_bytes(b"otra")
    for path, said in ((tmp_path, "no es una versión pública"), (copy, "no es como se publicó")):
        out = CliRunner().invoke(hallazgos, ["servir", "--publico", str(path), "--puerto", str(free_port())])
        assert (out.exit_code, said in out.output, out.output.count("\n")) == (2, True, 1)


@pytest.mark.navegador
def test_the_pages_are_accessible_on_both_screens_and_ask_nobody(address):
    with chromium() as browser:
        page = browser.new_page()
        outside, said = [], []
        page.on("request", lambda asked: None if asked.url.startswith(address) else outside.append(asked.url))
        page.on("console", lambda message: said.append(message.text))
        for path in ("/", "/publico/anio_alcaldia", "/publico/trimestre_clase", "/publico/clases_por_trimestre"):
            page.goto(address + path)
            assert page.evaluate("getComputedStyle(document.querySelector('.cabecera')).backgroundColor") == "rgb(23, 56, 74)"
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (path, width)
                assert violations(page, preload=width == 1280) == [], (path, width)
        assert (outside, said) == ([], [])
