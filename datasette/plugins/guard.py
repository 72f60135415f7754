"""Stands around the whole site: turns away what may not come in, sets headers, closes cookies, keeps the base path."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from pipeline.pages.base_path import with_base, without_base
from pipeline.pages.door import encrypted
from pipeline.pages.gate import GARBLED, cookies_closed, refusal
from pipeline.pages.local_only import secured

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Wrap the application."""
    base = str(datasette.setting("base_url"))

    def wrap(app: App) -> App:
        async def guarded(scope: Message, receive: Receive, send: Send) -> None:
            begun = False

            async def send_with_headers(message: Message) -> None:
                nonlocal begun
                if message["type"] == "http.response.start":
                    begun = True
                    secure = encrypted(datasette, Request(scope, None).headers)
                    headers = cookies_closed(with_base(message.get("headers", []), base), secure=secure)
                    message = {**message, "headers": secured(headers)}
                await send(message)

            inside = without_base(scope, base)
            refused = refusal(datasette, inside) if scope["type"] == "http" else None
            if refused is None:
                try:
                    await app(inside, receive, send_with_headers)
                except (UnicodeError, TypeError):  # how the reader of tokens takes bytes that are no text
                    if begun:
                        raise
                    refused = GARBLED
            if refused is not None:
                headers = [(b"content-type", refused.kind)]
                await send_with_headers({"type": "http.response.start", "status": refused.status, "headers": headers})
                await send({"type": "http.response.body", "body": refused.body})

        return guarded

    return wrap
