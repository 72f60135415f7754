"""The door of the site: who a request's cookie says that somebody is, held against the accounts as they are now."""

import time
from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from itsdangerous import BadSignature

from pipeline.accounts.file import Account
from pipeline.accounts.live import LiveAccounts
from pipeline.accounts.sessions import COOKIE, HOURS, NAMESPACE, holder, opened
from pipeline.pages.access import DATABASE
from pipeline.pages.decide import local_path


def accounts_of(site: Datasette) -> LiveAccounts:
    """Return the accounts of a site."""
    found: LiveAccounts = site.get_database(DATABASE).accounts
    return found


def session(site: Datasette, request: Request) -> Mapping[str, Any] | None:
    """Return what the request's cookie says, when we signed it and it still holds."""
    try:
        said = site.unsign(request.cookies.get(COOKIE, ""), NAMESPACE)
    except BadSignature:
        return None
    stands = holder(said, accounts_of(site).present(), time.time()) is not None
    return said if stands else None


def actor(site: Datasette, request: Request) -> dict[str, Any] | None:
    """Return who asks, with the roles of this moment; without accounts nobody is anybody."""
    said = session(site, request)
    if said is None:
        return None
    account = accounts_of(site).present()[said["id"]]
    return {"id": said["id"], "roles": list(account.roles)}


def let_in(site: Datasette, response: Response, name: str, account: Account) -> None:
    """Give the answer the cookie of a new session; the guard makes it `Secure` where that is due."""
    value = site.sign(opened(name, account, time.time()), NAMESPACE)
    path = site.setting("base_url")
    response.set_cookie(COOKIE, value, max_age=HOURS * 3600, path=path, httponly=True, samesite="lax")


def show_out(site: Datasette, response: Response) -> None:
    """Take the cookie back."""
    response.set_cookie(COOKIE, "", max_age=0, path=site.setting("base_url"), httponly=True, samesite="lax")


def way_back(value: str | None) -> str:
    """Return where to go after a form: a path of this site, else the first page."""
    return local_path(value or "") or "/"


def address_of(request: Request) -> str:
    """Return who is at the other end: what the proxy of this machine saw, else the connection's own address.

    The site listens on this machine only, so whoever sent the header is a proxy of it, or somebody who works on it.
    """
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return forwarded[:45] or (request.scope.get("client") or ("",))[0]


def encrypted(site: Datasette, headers: Mapping[str, str]) -> bool:
    """Say whether the reader's connection is encrypted: by configuration, or since the proxy of this machine says so."""
    configured = (site.plugin_config("hallazgos") or {}).get("https")
    return bool(configured) or headers.get("x-forwarded-proto", "").strip().lower() == "https"


def outside(site: Datasette, request: Request, path: str) -> str:
    """Return a whole address of this site as its reader sees it."""
    scheme = "https" if encrypted(site, request.headers) else "http"
    return f"{scheme}://{request.host}{site.urls.path(path)}"
