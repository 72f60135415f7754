"""Builds the analyst's site: Datasette over the registry, always under the name `registro`, with our pages and permissions."""

import json
import socket
from functools import cache
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from pipeline.accounts.file import accounts_path, read_accounts
from pipeline.accounts.live import LiveAccounts
from pipeline.accounts.secret import site_secret
from pipeline.descriptions import table_docs
from pipeline.errores import ErrorDeUso
from pipeline.pages.access import DATABASE, Names
from pipeline.pages.kept import Registry
from pipeline.pages.site import Site
from pipeline.registry.connection import open_registry
from pipeline.views import view_docs

SITE_FOLDER = Path(__file__).parents[2] / "datasette"
NAMES_VIEW = "v_hallazgos_nombres"
# At most four, so that they never time out; suggestions are off.
FACETS = ["clase", {"array": "agresion"}, "alcaldia", "estado"]

# What stands for a row in other tables. Of a restricted table only its number: a label would carry a name out of it.
LABELS = {"fuentes": "nombre", "hallazgos": "folio"}

SETTINGS: dict[str, Any] = {
    "suggest_facets": False,  # a suggestion costs a query a column
    "facet_time_limit_ms": 1500,  # the four facets of 2·10⁴ findings, on a busy machine
    "sql_time_limit_ms": 10_000,  # the comparison of years over 2·10⁴ findings takes 2 s on a small machine
    "default_page_size": 50,
    "truncate_cells_html": 280,
    "default_cache_ttl": 0,  # pages hold names: nothing stays in a cache, and a new run shows at once
    "default_allow_sql": False,
    "allow_download": False,
}


@cache
def names() -> Names:
    """Return the described tables and views by what they are; a table that nobody described is in none of the sets."""
    tables = table_docs()
    restricted = {name for name, doc in tables.items() if doc.restringida} | {NAMES_VIEW}
    return Names(
        figures=frozenset(view_docs()) - restricted,
        tables=frozenset(tables) - restricted,
        restricted=frozenset(restricted),
    )


def tables_metadata() -> dict[str, dict[str, Any]]:
    """Return Datasette's metadata of every described table and view: title, description, columns, search, facets."""
    found: dict[str, dict[str, Any]] = {}
    for name, table in table_docs().items():
        found[name] = {"title": table.titulo, "description": table.descripcion, "columns": dict(table.columnas)}
        found[name]["restringida"] = table.restringida
        if name.startswith("_"):
            found[name]["hidden"] = True
        if table.restringida or name in LABELS:
            found[name]["label_column"] = LABELS.get(name, "rowid")
    for name, view in view_docs().items():
        found[name] = {"title": view.titulo, "description": view.descripcion, "columns": dict(view.columnas)}
    findings = {"fts_table": "hallazgos_fts", "fts_pk": "id", "sort_desc": "fecha_registro", "facets": FACETS}
    found["v_hallazgos"].update(findings)
    found[NAMES_VIEW]["restringida"] = True
    return found


def table_title(name: str) -> str:
    """Return the title of a table or view, or its name when nobody described it."""
    doc = table_docs().get(name) or view_docs().get(name)
    return doc.titulo if doc else name


def metadata() -> dict[str, Any]:
    """Return `datasette/metadata.json` with the descriptions of the code laid into it; the file's own lines win."""
    shipped: dict[str, Any] = json.loads((SITE_FOLDER / "metadata.json").read_text("utf-8"))
    database = shipped.setdefault("databases", {}).setdefault(DATABASE, {})
    own = database.get("tables", {})
    described = tables_metadata()
    database["tables"] = {name: described.get(name, {}) | own.get(name, {}) for name in described | own}
    return shipped


def build_site(
    registry: Path, *, base_url: str = "/", accounts: bool = False, https: bool = False, jobs_apart: bool = False
) -> Datasette:
    """Return the site over the registry at `registry`, which must exist; `base_url` begins and ends with a slash.

    Accounts are asked for where their file is, or comes to be, beside the registry; with `accounts` even without it.
    With `https` every cookie is for encrypted connections only; with `jobs_apart` the notes that pages ask for are left to a
    service (`pipeline.jobs.start`). Raises `ErrorDeUso` for accounts or a secret that cannot be
    read.
    """
    read_accounts(accounts_path(registry))
    site = Site(
        metadata=metadata() | {"plugins": {"hallazgos": {"https": https, "pedidos_aparte": jobs_apart}}},
        secret=site_secret(registry),
        plugins_dir=str(SITE_FOLDER / "plugins"),
        template_dir=str(SITE_FOLDER / "templates"),
        static_mounts=[("estatico", str(SITE_FOLDER / "static"))],
        settings=SETTINGS | {"base_url": base_url},
    )
    site.remove_database("_memory")
    site.add_database(Registry(site, registry, LiveAccounts(accounts_path(registry), asked=accounts)), name=DATABASE)
    return site


def prepare(registry: Path) -> None:
    """Open the registry once as a writer: an older one is migrated, and the views are those of this version."""
    open_registry(registry).conn.close()


def check_port(port: int) -> None:
    """Raise `ErrorDeUso` when the port of this machine is taken or not ours to take."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ErrorDeUso(f"--puerto: el {port} está ocupado o no se permite; elija otro") from error


def serve(registry: Path, *, port: int, base_url: str = "/", https: bool = False, jobs_apart: bool = False) -> None:
    """Serve until Ctrl-C, on 127.0.0.1 only; addresses are not logged, since a search may hold a name."""
    site = build_site(registry, base_url=base_url, https=https, jobs_apart=jobs_apart)
    uvicorn.run(
        site.app(),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        lifespan="on",
        ws="none",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
