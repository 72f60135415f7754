"""Stands around the whole site: refuses what does not come straight from this machine, and sets security headers."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette.app import Datasette

from datasette import hookimpl
from pipeline.local_only import REFUSAL, SECURITY_HEADERS, comes_from_here

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Wrap the application; only while there are no accounts must requests be local."""
    accounts = (datasette.plugin_config("hallazgos") or {}).get("cuentas", True)

    def wrap(app: App) -> App:
        async def guarded(scope: Message, receive: Receive, send: Send) -> None:
            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    kept = [(key, value) for key, value in message.get("headers", []) if key.lower() not in SECURITY_HEADERS]
                    message = {**message, "headers": kept + list(SECURITY_HEADERS.items())}
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
            await app(scope, receive, send_with_headers)

        return guarded

    return wrap
