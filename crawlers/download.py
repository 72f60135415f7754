"""One request through Scrapy's downloader: its answer as an `Exchange`, its failures as ours."""

import asyncio
import socket
import zlib
from collections.abc import Awaitable, Callable
from typing import Any

from OpenSSL.SSL import Error as SSLError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web.client import RequestGenerationFailed, RequestTransmissionFailed

from crawlers.capture import Exchange, Headers
from crawlers.guards import Failed, Refused, TooLarge, any_private
from crawlers.urls import host_of, site_of

Download = Callable[[str, Headers, int], Awaitable[Exchange]]  # address, headers, most bytes of the answer
SECOND_LOOKUP = 5.0  # seconds to find out why a name was not resolved


def downloader(crawler: Crawler) -> Download:
    """Return the function that asks for one address under the site's turn, delay and limits. It raises `Refused`, `Failed`."""

    async def download(url: str, headers: Headers, most: int) -> Exchange:
        try:
            told = {"download_slot": site_of(url), "download_maxsize": most}
            request = Request(url, headers=list(headers), dont_filter=True, meta=told)
            response = await crawler.engine.download_async(request)
        except (DownloadCancelledError, IgnoreRequest) as error:
            raise TooLarge(f"documento más grande de lo admitido ({most // 1_000_000} MB)") from error
        except CannotResolveHostError as error:
            raise await _unresolved(host_of(url)) from error
        except KNOWN_FAILURES as error:
            raise Failed(_reason(error)) from error
        return _exchange(url, response, headers)

    return download


KNOWN_FAILURES = (
    DownloadTimeoutError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    NotSupported,
    ConnectError,
    ConnectionClosed,
    RequestGenerationFailed,
    RequestTransmissionFailed,
    SSLError,
    OSError,
    EOFError,
    ValueError,
    zlib.error,
)


def _reason(error: BaseException) -> str:
    """Return one line in Spanish for a failure of the network."""
    reasons: tuple[tuple[type[BaseException], str], ...] = (
        (DownloadTimeoutError, "se agotó el tiempo de espera"),
        (DownloadConnectionRefusedError, "conexión rechazada"),
        (ResponseDataLossError, "respuesta cortada"),
        (DownloadFailedError, "conexión interrumpida"),
        (ConnectError, "no se pudo conectar"),
        (ConnectionClosed, "conexión interrumpida"),
        (SSLError, "no se pudo establecer la conexión cifrada"),
        (EOFError, "respuesta cortada"),
        (zlib.error, "respuesta mal comprimida"),
    )
    return next((text for kind, text in reasons if isinstance(error, kind)), "no se pudo leer la respuesta")


async def _unresolved(host: str) -> Refused | Failed:
    """Tell a name that nobody knows from one that leads to a private address (the resolver refuses both alike)."""
    loop = asyncio.get_running_loop()
    try:
        found = await asyncio.wait_for(loop.getaddrinfo(host, None, type=socket.SOCK_STREAM), SECOND_LOOKUP)
    except (OSError, UnicodeError):  # no such name, no answer in time, or a name that cannot be
        found = []
    if any_private(str(item[4][0]) for item in found):
        return Refused("dirección local o privada")
    return Failed("no se encuentra el sitio (DNS)")


def _exchange(url: str, response: Response, headers: Headers) -> Exchange:
    address: Any = response.ip_address
    return Exchange(
        url=url,
        status=response.status,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values
        ),
        body=response.body,
        request_headers=headers,
        ip=str(address) if address else "",
    )
