"""What is turned away before the site looks at it: requests from elsewhere while there are no accounts, and unsafe writing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request

from pipeline.pages.door import accounts_of, actor
from pipeline.pages.local_only import REFUSAL, comes_from_here, refusal_page

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOGIN = "/-/entrar"
LARGEST_LOGIN = 8_192  # bytes: what somebody unknown may make the site read
CSRF_COOKIE = "ds_csrftoken"
OWN_PAGES = frozenset({"", "same-origin", "none"})  # of `Sec-Fetch-Site`; a browser too old for it does not send it
HTML, JSON = b"text/html; charset=utf-8", b"application/json; charset=utf-8"
UNKNOWN = "Hay que entrar con una cuenta, desde las páginas de este sitio; la sesión pudo haber terminado."


@dataclass(frozen=True)
class Refusal:
    """What is answered, its type and its status."""

    body: bytes
    kind: bytes = HTML
    status: int = 403


GARBLED = Refusal(refusal_page("No se entendió la petición", "Lo que se envió no es texto."), status=400)


def refusal(site: Datasette, scope: Mapping[str, Any]) -> Refusal | None:
    """Return how a request is turned away, or None when the site may look at it."""
    if not accounts_of(site).asked():
        return None if comes_from_here(scope["headers"]) else Refusal(REFUSAL)
    request = Request(scope, None)
    if scope["method"] in SAFE:
        return None
    own = request.headers.get("sec-fetch-site", "") in OWN_PAGES
    if own and (actor(site, request) is not None or _entering(request)):
        return None
    if "json" in request.headers.get("accept", "") + request.headers.get("content-type", ""):
        return Refusal(json.dumps({"ok": False, "error": UNKNOWN}, ensure_ascii=False).encode(), JSON)
    return Refusal(refusal_page("Sin permiso", UNKNOWN))


def _entering(request: Request) -> bool:
    """Say whether this is the login form, with its token and short enough for somebody unknown.

    Where there is no cookie at all Datasette asks for no token: somebody could be made to enter as another.
    """
    length = request.headers.get("content-length", "")
    short = length.isdecimal() and int(length) <= LARGEST_LOGIN
    return short and request.path == LOGIN and CSRF_COOKIE in request.cookies and "authorization" not in request.headers


def cookies_closed(headers: Iterable[tuple[bytes, bytes]], *, secure: bool) -> list[tuple[bytes, bytes]]:
    """Return raw headers whose cookies no script reads and, with `secure`, no unencrypted connection carries."""
    added = b"; HttpOnly; Secure" if secure else b"; HttpOnly"
    return [(name, _closed(value, added) if name.lower() == b"set-cookie" else value) for name, value in headers]


def _closed(cookie: bytes, added: bytes) -> bytes:
    parts = [part for part in cookie.split(b"; ") if part.lower() not in (b"httponly", b"secure")]
    return b"; ".join(parts) + added
