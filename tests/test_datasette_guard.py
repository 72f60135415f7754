"""Without accounts only this machine is served; every answer carries the security headers."""

from pathlib import Path

import pytest
from datasette.app import Datasette
from sembrado import seeded
from sitio import ask

from pipeline.pages.local_only import comes_from_here
from pipeline.pages.serving import build_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    return build_site(seeded(tmp_path_factory.mktemp("guardia") / "r.db", 3))


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("localhost", True),
        ("LOCALHOST:8001", True),
        ("127.0.0.1:8001", True),
        ("[::1]:8001", True),
        ("[::1]", True),
        ("hallazgos.ejemplo", False),
        ("localhost.ejemplo", False),
        ("127.0.0.1.ejemplo:8001", False),
        ("127.0.0.1:x", False),
        ("192.168.1.20:8001", False),
        ("::1", False),
        ("", False),
    ],
)
def test_only_the_names_of_this_machine_are_served(host: str, served: bool) -> None:
    assert comes_from_here([(b"Host", host.encode())]) is served


def test_no_host_and_two_hosts_are_refused() -> None:
    assert not comes_from_here([])
    assert not comes_from_here([(b"host", b"localhost"), (b"host", b"localhost")])


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto", "Forwarded", "Via", "X-Real-IP", "True-Client-IP"]
)
def test_what_was_passed_on_is_refused(site: Datasette, name: str) -> None:
    answer = ask(site, "/registro/noticias.json", headers={name: "127.0.0.1"})
    assert answer.status_code == 403
    assert "Sólo en este equipo" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/", "/registro/noticias", "/estatico/hallazgos.css", "/robots.txt", "/-/buscar"])
def test_a_foreign_host_is_refused_everywhere(site: Datasette, path: str) -> None:
    assert ask(site, path, headers={"Host": "hallazgos.ejemplo"}).status_code == 403


def test_with_accounts_a_proxy_may_stand_before_the_site(tmp_path: Path) -> None:
    behind = build_site(seeded(tmp_path / "r.db", 1), accounts=True)
    headers = {"Host": "hallazgos.ejemplo", "X-Forwarded-For": "10.0.0.1"}
    assert ask(behind, "/registro/v_hallazgos", ["lectura"], headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/registro/v_hallazgos.csv", "/nada", "/registro.json", "/estatico/icono.svg"])
def test_every_answer_carries_the_security_headers(site: Datasette, path: str) -> None:
    headers = ask(site, path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers.get_list("referrer-policy") == ["no-referrer"]


def test_pages_with_names_stay_in_no_cache(site: Datasette) -> None:
    for path in ("/-/hallazgo/H-2026-000003", "/registro/noticias", "/registro/noticias.csv", "/-/buscar?q=reportera"):
        assert ask(site, path).headers["cache-control"] == "no-store", path


@pytest.mark.parametrize(("name", "kind"), [("hallazgos.css", "text/css"), ("icono.svg", "image/svg+xml")])
def test_the_sites_own_files_are_served(site: Datasette, name: str, kind: str) -> None:
    answer = ask(site, f"/estatico/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)


def test_robots_are_kept_out(site: Datasette) -> None:
    assert ask(site, "/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert ask(site, "/").headers["x-robots-tag"] == "noindex, nofollow"


def test_an_order_by_no_column_is_the_readers_mistake(site):
    answer = ask(site, "/registro/v_hallazgos?_sort=no_hay_tal")
    assert answer.status_code == 400
    assert "No se entendió la consulta" in answer.text
