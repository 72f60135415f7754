"""What is refused: schemes, private addresses in every spelling, links outside a source's patterns."""

import pytest
from twisted.internet.error import DNSLookupError

from crawlers.fuente import Fuente
from crawlers.guards import Refused, any_private, check_address, is_public, off_pattern
from crawlers.resolver import _only_public

PRIVATE = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://10.0.0.8/a",
    "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data", "http://100.64.0.1/", "http://0.0.0.0/",
    "http://224.0.0.1/", "http://240.0.0.1/", "http://[::1]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/" , "http://[2002:7f00:1::]/", "http://localhost/", "http://localhost.:80/", "http://intranet/",
    "http://base.local/", "http://api.internal/", "http://LOCALHOST/", "http://999.1.1.1/",
]  # fmt: skip


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused_unless_local_ones_are_allowed(url):
    with pytest.raises(Refused, match="dirección local o privada"):
        check_address(url)
    check_address(url, allow_local=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://diario.ejemplo/a", "esquema no admitido: ftp"),
        ("file:///etc/passwd", "esquema no admitido: file"),
        ("diario.ejemplo", "esquema no admitido: ninguno"),
        ("http:///a", "no tiene sitio"),
        ("http://[::1", "mal escrita"),
        ("http://diario.ejemplo:70000/", "mal escrita"),
        ("http://a..ejemplo/", "mal escrita"),
        (f"http://{'a' * 64}.ejemplo/", "mal escrita"),
        ("https://diario.ejemplo/" + "a" * 2000, "más de 2000"),
    ],
)
def test_what_is_no_web_address_is_refused_even_on_loopback(url, why):
    with pytest.raises(Refused, match=why):
        check_address(url, allow_local=True)


def test_ports_of_other_services_are_refused():
    with pytest.raises(Refused, match="puerto no admitido: 25"):
        check_address("http://diario.ejemplo:25/")
    check_address("http://diario.ejemplo:8080/")


@pytest.mark.parametrize(
    "url", ["https://diario.ejemplo/a", "http://8.8.8.8/", "http://[2606:4700::1111]/", "https://ejemplo.com.mx:443"]
)
def test_public_addresses_pass(url):
    check_address(url)


def test_a_name_is_judged_by_every_address_it_has():
    assert any_private(["8.8.8.8", "10.0.0.1"])
    assert not any_private(["8.8.8.8"])
    assert not is_public("no es una IP")


def test_the_resolver_gives_public_addresses_only():
    assert _only_public("8.8.8.8") == "8.8.8.8"
    for address in ("127.0.0.1", "10.1.2.3", "169.254.169.254"):
        with pytest.raises(DNSLookupError):
            _only_public(address)


def test_patterns_of_the_catalogue():
    fuente = Fuente("x", "X", "medio_local", "https://diario.ejemplo", incluir="/cdmx/", excluir="/deportes/")
    assert off_pattern(fuente, "https://diario.ejemplo/cdmx/a") == ""
    assert off_pattern(fuente, "https://diario.ejemplo/toluca/a") == "fuera del patrón «incluir» del catálogo"
    assert off_pattern(fuente, "https://diario.ejemplo/cdmx/deportes/a") == "dentro del patrón «excluir» del catálogo"
    assert off_pattern(Fuente("x", "X", "medio_local", "https://diario.ejemplo"), "https://otro.ejemplo/") == ""
