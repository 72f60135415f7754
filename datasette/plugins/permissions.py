"""Deny by default: every permission is answered here, last, from the role table of `pipeline.pages.access`."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from pipeline.pages.access import allowed, rights
from pipeline.pages.door import accounts_of
from pipeline.pages.serving import names


@hookimpl(trylast=True)
def permission_allowed(datasette: Datasette, actor: dict[str, Any] | None, action: str, resource: object) -> bool:
    """Answer yes or no, never None; Datasette takes the last answer, and `trylast` makes this one the last."""
    accounts = accounts_of(datasette).asked()
    return allowed(rights(actor, accounts=accounts), action, resource, names())
