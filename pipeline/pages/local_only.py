"""Without accounts the pages are for this machine only: what a request must look like, and the headers of every answer."""

from collections.abc import Iterable

HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDING = frozenset({b"forwarded", b"via", b"x-real-ip", b"true-client-ip", b"cf-connecting-ip"})
FORWARDING_PREFIX = b"x-forwarded-"

SECURITY_HEADERS: dict[bytes, bytes] = {
    b"content-security-policy": (
        b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"x-robots-tag": b"noindex, nofollow",
    b"cache-control": b"no-store",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}

PAGE = """<!DOCTYPE html>
<html lang="es-MX"><head><meta charset="utf-8"><title>{title} · hallazgos</title></head>
<body><main><h1>{title}</h1>
<p>{text}</p>
</main></body></html>
"""


def refusal_page(title: str, text: str) -> bytes:
    """Return a page that needs nothing else of the site; `text` may hold HTML."""
    return PAGE.format(title=title, text=text).encode()


REFUSAL = refusal_page(
    "Sólo en este equipo",
    "Mientras no haya cuentas, el registro se consulta únicamente desde el equipo donde está, en "
    "<code>http://127.0.0.1</code> o <code>http://localhost</code>, sin intermediarios.</p>\n<p>Esta petición llegó con otro "
    "nombre de servidor o a través de otro equipo, y por eso no se atiende.",
)


def comes_from_here(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Say whether a request names this machine and nobody passed it on. `headers` are raw ASGI pairs."""
    pairs = [(name.lower(), value) for name, value in headers]
    if any(name in FORWARDING or name.startswith(FORWARDING_PREFIX) for name, _ in pairs):
        return False
    hosts = [value.decode("latin-1").strip().lower() for name, value in pairs if name == b"host"]
    return len(hosts) == 1 and host_name(hosts[0]) in HOSTS


def host_name(host: str) -> str:
    """Return a Host header without its port; a port that is no number leaves the header as it is."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and (name.startswith("[") or ":" not in name) else host


def secured(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return an answer's raw headers with ours in the place of any of the same name."""
    return [(name, value) for name, value in headers if name.lower() not in SECURITY_HEADERS] + list(SECURITY_HEADERS.items())
