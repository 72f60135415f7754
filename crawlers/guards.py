"""What is refused before and after asking: other schemes, addresses that are not of the public network, links without end."""

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from crawlers.fuente import Fuente

SCHEMES = ("http", "https")
MAX_URL = 2_000  # characters; what is longer is a session or a trap
PORTS = frozenset({80, 443, 8000, 8080, 8443})  # where the press serves pages; never mail, databases or shells
NAT64 = IPv6Network("64:ff9b::/96")  # IPv4 addresses as a translating network writes them
LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa")


class Refused(Exception):
    """This address must not be asked for, or its answer not be used; the message says why, in Spanish."""


class TooLarge(Refused):
    """The answer is larger than what is admitted, as sent or unpacked."""


class Failed(Exception):
    """The answer did not come, or not whole; it may come another time. The message says why, in Spanish."""


class NotNow(Exception):
    """The site asks to be left alone for now; nothing is known about this link. The message says why, in Spanish."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public network: not loopback, private, link-local, reserved, multicast."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = None
    if isinstance(ip, IPv6Address):
        translated = IPv4Address(ip.packed[-4:]) if ip in NAT64 else None
        inner = ip.ipv4_mapped or ip.sixtofour or translated or (ip.teredo[1] if ip.teredo else None)
    return ip.is_global and not ip.is_multicast and (inner is None or is_public(str(inner)))


def check_address(url: str, *, allow_local: bool = False) -> None:
    """Raise `Refused` for an address that must not be asked for, as far as it can be told without asking a name server."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("la dirección está mal escrita") from error
    if parts.scheme not in SCHEMES:
        raise Refused(f"esquema no admitido: {parts.scheme or 'ninguno'}")
    if not host or len(url) > MAX_URL:
        raise Refused("la dirección no tiene sitio" if not host else f"la dirección tiene más de {MAX_URL} caracteres")
    if ":" not in host and not all(0 < len(label) < 64 for label in host.rstrip(".").split(".")):
        raise Refused("la dirección está mal escrita")
    if allow_local:
        return
    if port is not None and port not in PORTS:
        raise Refused(f"puerto no admitido: {port}")
    if _is_local_name(host) or (_is_literal(host) and not is_public(_plain(host))):
        raise Refused("dirección local o privada")


def _is_local_name(host: str) -> bool:
    return ("." not in host.rstrip(".") and ":" not in host) or any(
        host.rstrip(".") == name or host.rstrip(".").endswith("." + name) for name in LOCAL_NAMES
    )


def _is_literal(host: str) -> bool:
    """Tell whether the host is an IP address in any of the ways that the system's resolver understands (`0x7f.1`)."""
    return ":" in host or bool(re.fullmatch(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?", host))


def _plain(host: str) -> str:
    """Return an IP address in its usual form; '' for what is none."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return ""


def any_private(addresses: Iterable[str]) -> bool:
    """Tell whether a name's answer holds an address that is not public (one is enough: which one is taken is chance)."""
    return any(not is_public(address) for address in addresses)


def off_pattern(fuente: Fuente, url: str) -> str:
    """Return why the catalogue leaves this address out (`incluir`, `excluir`), or ''."""
    if fuente.incluir and not re.search(fuente.incluir, url):
        return "fuera del patrón «incluir» del catálogo"
    if fuente.excluir and re.search(fuente.excluir, url):
        return "dentro del patrón «excluir» del catálogo"
    return ""
