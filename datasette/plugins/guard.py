"""Stands around the whole site: refuses what does not come straight from this machine, sets headers, keeps the base path."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from pipeline.pages.base_path import with_base, without_base
from pipeline.pages.local_only import REFUSAL, comes_from_here, secured

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Wrap the application; only while there are no accounts must requests be local."""
    base = str(datasette.setting("base_url"))
    accounts = (datasette.plugin_config("hallazgos") or {}).get("cuentas", True)

    def wrap(app: App) -> App:
        async def guarded(scope: Message, receive: Receive, send: Send) -> None:
            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": secured(with_base(message.get("headers", []), base))}
                await send(message)

            if scope["type"] == "http" and not accounts and not comes_from_here(scope["headers"]):
                start = {
                    "type": "http.response.start",
                    "status": 403,
                    "headers": [(b"content-type", b"text/html; charset=utf-8")],
                }
                await send_with_headers(start)
                await send({"type": "http.response.body", "body": REFUSAL})
                return
            await app(without_base(scope, base), receive, send_with_headers)

        return guarded

    return wrap
