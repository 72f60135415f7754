"""How long the analyst's pages take: `python -m bench.site_time pelada|nuestra REGISTRO` prints seconds by address, as JSON.

`pelada` is Datasette as it comes, over the same registry: its table page is the measure of what a page may cost.
"""

import asyncio
import json
import sqlite3
import statistics
import sys
import time
from contextlib import closing
from pathlib import Path

from datasette.app import Datasette

REPEATS = 5
BARE = ("/registro/hallazgos",)


def our_pages(registry: Path) -> list[str]:
    """Return the address of every kind of page: start, figures, tables and views, a finding, a note, searches, the queue."""
    from pipeline.descriptions import table_docs  # noqa: PLC0415
    from pipeline.pages.queue import TABS  # noqa: PLC0415
    from pipeline.views import view_docs  # noqa: PLC0415

    with closing(sqlite3.connect(registry)) as db:
        (folio,) = db.execute("SELECT max(folio) FROM hallazgos").fetchone()
        (note,) = db.execute("SELECT max(noticia_id) FROM hallazgos_noticias").fetchone()
    found = ["/", "/registro", "/-/indicadores", f"/-/hallazgo/{folio}", f"/registro/noticias/{note}"]
    found += [
        "/-/buscar?q=reportera",
        "/-/buscar?q=mercado",
        "/registro/v_hallazgos?_todas=1",
        "/registro/v_hallazgos?alcaldia=tlalpan",
    ]
    found += [f"/-/revision?pestania={tab}" for tab in TABS]
    return found + [f"/registro/{name}" for name in (*table_docs(), *view_docs()) if not name.startswith("_")]


def bare_site(registry: Path) -> Datasette:
    """Return Datasette as it comes over a registry."""
    return Datasette([str(registry)])


def analyst(site: Datasette, registry: Path) -> dict[str, str]:
    """Return the cookie of an analyst who has entered: an account is left beside the registry, as every office has."""
    from pipeline.accounts.file import Account, accounts_path, changing  # noqa: PLC0415
    from pipeline.accounts.sessions import COOKIE, NAMESPACE, opened  # noqa: PLC0415

    account = Account(("analista",), "", "sello", "")
    with changing(accounts_path(registry)) as accounts:
        accounts["ana"] = account
    return {COOKIE: site.sign(opened("ana", account, time.time()), NAMESPACE)}


async def times(
    site: Datasette, pages: list[str], repeats: int, cookies: dict[str, str] | None = None
) -> dict[str, dict[str, object]]:
    """Return for each address the median of its seconds (after one visit to warm up), its status and its facets cut short."""
    found: dict[str, dict[str, object]] = {}
    for page in pages:
        seconds = []
        for _ in range(repeats + 1):
            begun = time.perf_counter()
            answer = await site.client.get(page, cookies=cookies)
            seconds.append(time.perf_counter() - begun)
            if seconds[0] > 2:
                break  # a page as slow as that is told apart without more visits
        middle = statistics.median(seconds[1:] or seconds)
        found[page] = {"segundos": middle, "estado": answer.status_code, "cortadas": await _cut_short(site, page, cookies)}
    return found


async def _cut_short(site: Datasette, page: str, cookies: dict[str, str] | None) -> list[str]:
    """Return the facets of a table page that ran out of time."""
    if not page.startswith("/registro/") or page.count("/") != 2:
        return []
    path, _, query = page.partition("?")
    answer = await site.client.get(f"{path}.json?{query}&_size=1", cookies=cookies)
    return list(answer.json().get("facets_timed_out", [])) if answer.status_code == 200 else []


def main(kind: str, registry: Path, repeats: int) -> None:
    """Print the times of one site."""
    if kind == "pelada":
        found = asyncio.run(times(bare_site(registry), list(BARE), repeats))
    else:
        from pipeline.pages.serving import build_site  # noqa: PLC0415

        site = build_site(registry)
        found = asyncio.run(times(site, our_pages(registry), repeats, analyst(site, registry)))
    print(json.dumps(found))  # noqa: T201 - its result


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else REPEATS)
