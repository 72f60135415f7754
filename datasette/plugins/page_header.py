"""What every page gets: the last run for its header, and on the first page the day's figures."""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from pipeline.pages.last_run import last_run_text
from pipeline.pages.readers import may_see
from pipeline.pages.start import start_page

Variables = Callable[[], Awaitable[dict[str, Any]]]


@hookimpl
def extra_template_vars(datasette: Datasette, template: str, request: Request | None) -> Variables:
    """Return the variables once the request's rights are known."""

    async def variables() -> dict[str, Any]:
        if request is None or not await may_see(datasette, request, "v_hallazgos"):
            return {"last_run": "", "start": None, "sees_tables": False, "reviews": False, "menu": False}
        start = await start_page(datasette) if template == "index.html" else None
        sees_tables = await may_see(datasette, request, "lecturas")
        reviews = request.actor is not None and await datasette.permission_allowed(request.actor, "revisar")
        last_run = await last_run_text(datasette)
        return {"last_run": last_run, "start": start, "sees_tables": sees_tables, "reviews": reviews, "menu": True}

    return variables
