"""The public pages: Datasette over one publication, read only, behind a list of the addresses that exist."""

import json
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import DEFAULT_PLUGINS, pm

from pipeline.pages.local_only import SECURITY_HEADERS, refusal_page
from pipeline.publication.contents import DATABASE
from pipeline.publication.editions import MARK, check_whole
from pipeline.publication.files import content_type, listed
from pipeline.publication.tables import tables
from pipeline.publication.texts import queries, said

SITE_FOLDER = Path(__file__).parents[2] / "datasette"
STYLES = ("hallazgos.css", "publico.css", "icono.svg")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

SETTINGS: dict[str, Any] = {
    "suggest_facets": False,
    "sql_time_limit_ms": 1000,
    "default_page_size": 1000,  # a table is one page
    "max_returned_rows": 5000,
    "default_cache_ttl": 3600,
    "default_allow_sql": False,
    "allow_download": False,  # the file is given as it lies in the folder, by its digest
    "num_sql_threads": 2,
}
# An hour: a corrected edition is seen soon, and a busy day costs little.
CACHE = b"public, max-age=3600"
HEADERS = {name: value for name, value in SECURITY_HEADERS.items() if name not in (b"x-robots-tag", b"cache-control")} | {
    b"cache-control": CACHE,
    b"content-security-policy": (  # no script at all
        b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
NAMES = "|".join(map(re.escape, (*tables(), *queries())))
PAGES = re.compile(rf"/|/{DATABASE}/(?:{NAMES})(?:\.json|\.csv)?|/estatico/(?:{'|'.join(map(re.escape, STYLES))})")
FILES = "/archivos/"
NOT_FOUND = 'Lo que se publica está en <a href="{}">el inicio</a>.'
READ_ONLY = refusal_page("Sólo lectura", "Aquí no se escribe nada: las páginas se leen y los archivos se descargan.")


def leave_others_out() -> None:
    """Take out of Datasette every plugin but its own; for a process that serves nothing else."""
    for plugin in pm.get_plugins():
        if plugin.__name__ not in DEFAULT_PLUGINS:
            pm.unregister(plugin)


def public_site(folder: Path, base: str = "/") -> App:
    """Return the application over a publication, under the path `base` (with a slash at both ends).

    Raises `ErrorDeUso` for a folder that is not whole or not one.
    """
    check_whole(folder)
    told = json.loads((folder / "metadata.json").read_text("utf-8"))
    mark = json.loads((folder / MARK).read_text("utf-8"))
    site = Datasette(
        immutables=[str(folder / f"{DATABASE}.db")],
        metadata=told | {"publicacion": mark, "que_no_es": said("que_no_es"), "archivos": sorted(listed(folder))},
        template_dir=str(SITE_FOLDER / "publico"),
        static_mounts=[("estatico", str(SITE_FOLDER / "static"))],
        settings=SETTINGS | {"base_url": base},
        pdb=False,
    )
    return guarded(site.app(), folder, base)


def guarded(app: App, folder: Path, base: str) -> App:
    """Return `app` behind the list of addresses, with our headers on every answer and no cookie."""
    files = listed(folder)
    not_found = refusal_page("No hay esa página", NOT_FOUND.format(base))

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await app(scope, receive, send)
            return
        inside, method = scope["path"].startswith(base), scope["method"]
        path = "/" + scope["path"].removeprefix(base) if inside else ""
        if method not in ("GET", "HEAD"):
            await reply(send, scope, 405, READ_ONLY, (b"allow", b"GET, HEAD"))
        elif path.startswith(FILES) and path.removeprefix(FILES) in files:
            name = path.removeprefix(FILES)
            data = (folder / name).read_bytes()
            await reply(send, scope, 200, data, (b"etag", f'"{files[name]}"'.encode()), kind=content_type(name))
        elif PAGES.fullmatch(path):
            await app({**scope, "method": "GET"}, receive, hardened(send, head=method == "HEAD"))
        elif f"{scope['path']}/" == base:
            await reply(send, scope, 301, b"", (b"location", base.encode()))
        else:
            await reply(send, scope, 404, not_found)

    return answer


async def reply(
    send: Send,
    scope: Message,
    status: int,
    body: bytes,
    *headers: tuple[bytes, bytes],
    kind: bytes = b"text/html; charset=utf-8",
) -> None:
    """Send one whole answer."""
    told = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *headers, *HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def hardened(send: Send, *, head: bool) -> Send:
    """Return a `send` that puts our headers in the place of any of the same name, and lets no cookie out."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            dropped = {*HEADERS, b"set-cookie", b"vary", b"link"}
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in dropped]
            message = {**message, "headers": [*kept, *HEADERS.items()]}
        elif head:
            message = {**message, "body": b""}
        await send(message)

    return sent


def serve_public(folder: Path, *, port: int, base_url: str) -> None:
    """Serve until Ctrl-C, on 127.0.0.1 only; a server in front publishes it.

    What is served is a copy of the folder as it is now: the edition that takes its place is seen when this starts anew.
    """
    leave_others_out()
    with tempfile.TemporaryDirectory() as private:
        copy = shutil.copytree(folder, Path(private) / "publico")
        uvicorn.run(
            public_site(copy, base_url), host="127.0.0.1", port=port, log_level="warning", lifespan="on", ws="none",
            access_log=False, proxy_headers=False, server_header=False,
        )  # fmt: skip
