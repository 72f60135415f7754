"""Serving under a base path: Datasette 0.65 reads its links from the request's path and then puts the base before them again.

So the base is taken off the request before Datasette sees it, and put before a redirect that lacks it.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit


def without_base(scope: Mapping[str, Any], base: str) -> Mapping[str, Any]:
    """Return an ASGI scope whose path and raw path no longer begin with `base` (`/`, or a path with both slashes)."""
    if base == "/" or scope["type"] != "http" or not scope["path"].startswith(base):
        return scope
    raw = scope.get("raw_path")
    taken = {"path": "/" + scope["path"][len(base) :]}
    if raw and raw.startswith(base.encode()):
        taken["raw_path"] = b"/" + raw[len(base) :]
    return {**scope, **taken}


def with_base(headers: Iterable[tuple[bytes, bytes]], base: str) -> list[tuple[bytes, bytes]]:
    """Return raw headers whose `location` on this site begins with `base`."""
    prefix = base.encode()
    return [
        (name, prefix + value[1:])
        if name.lower() == b"location" and value.startswith(b"/") and not value.startswith((prefix, b"//"))
        else (name, value)
        for name, value in headers
    ]


def local_link(url: str, base: str) -> str:
    """Return a link to this site as a path that begins with `base`; Datasette's facets over lists forget it."""
    parts = urlsplit(url)
    path = parts.path if parts.path.startswith(base) else base + parts.path.lstrip("/")
    return urlunsplit(("", "", path, parts.query, parts.fragment))
