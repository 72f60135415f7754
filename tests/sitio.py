"""Asks the analyst's site without a server: one registry of invented rows, any actor, any path."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
from cuentas import session_cookies
from datasette.app import Datasette

from pipeline.pages.access import DATABASE


def ask(site: Datasette, path: str, roles: Sequence[str] | None = None, **extra: Any) -> httpx.Response:
    """GET `path` as somebody who entered with `roles` (None: nobody did); `method`, `headers`, `data` as keywords.

    Whoever enters needs an account, and once there is one the site asks everybody for it.
    """
    cookies = session_cookies(site, roles) if roles is not None else None
    method = extra.pop("method", "get")

    async def request() -> httpx.Response:
        response: httpx.Response = await getattr(site.client, method)(path, cookies=cookies, **extra)
        return response

    return asyncio.run(request())


def send(site: Datasette, path: str, roles: Sequence[str] | None = None, quien: str = "ana", **extra: Any) -> httpx.Response:
    """POST `json` or `data` to `path` as a page would, CSRF token included, as `quien` with `roles` (None: nobody)."""
    token = site.sign("prueba", "csrftoken")
    actor = session_cookies(site, roles, quien) if roles is not None else {}

    async def request() -> httpx.Response:
        response: httpx.Response = await site.client.post(
            path, cookies={"ds_csrftoken": token, **actor}, headers={"x-csrftoken": token}, **extra
        )
        return response

    return asyncio.run(request())


def rows(site: Datasette, sql: str) -> list[dict[str, Any]]:
    """Return what the registry holds now."""

    async def read() -> list[dict[str, Any]]:
        return [dict(row) for row in (await site.get_database(DATABASE).execute(sql)).rows]

    return asyncio.run(read())
