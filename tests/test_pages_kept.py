"""What the site keeps (how many rows, the figures of a page) is asked once, and again as soon as somebody writes."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from sembrado import add_finding, seeded
from sitio import ask

from pipeline.pages.access import DATABASE
from pipeline.pages.kept import FIGURES
from pipeline.pages.serving import SETTINGS, build_site, names
from pipeline.registry.connection import open_registry

COUNT = "select count(*) from v_conteo "


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = seeded(tmp_path / "r.db", 3)
    with closing(open_registry(path)) as db:
        db.execute("UPDATE hallazgos SET estado = 'validado'")
    return path


@pytest.fixture
def site(registry: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Datasette]:
    monkeypatch.setitem(SETTINGS, "num_sql_threads", 1)  # one connection, so that all of its SQL is seen
    site = build_site(registry)
    yield site
    site.get_database(DATABASE).close()


def asked(site: Datasette, start: str) -> list[str]:
    """Return the list that each statement that starts so, run from now on, is added to."""
    seen: list[str] = []

    def note(sql: str) -> None:
        if sql.startswith(start):
            seen.append(sql)

    asyncio.run(site.get_database(DATABASE).execute_fn(lambda conn: conn.set_trace_callback(note)))
    return seen


def rows_told(site: Datasette, path: str) -> str:
    """Return the number of rows that a page tells."""
    found = re.search(r"<strong>(\d+) filas?</strong>", ask(site, path).text)
    assert found
    return found[1]


def test_a_view_is_counted_once_while_nobody_writes(site: Datasette) -> None:
    seen = asked(site, "select count(*)")
    for path in ("/registro/v_conteo", "/registro/v_conteo?_sort=folio", "/registro/v_conteo?_next=1", "/registro/v_conteo"):
        assert rows_told(site, path) == "3"
    assert seen == [COUNT]


def test_another_process_that_writes_is_seen_at_once(site: Datasette, registry: Path) -> None:
    assert rows_told(site, "/registro/v_conteo") == "3"
    with closing(open_registry(registry)) as db:
        with db.atomic():
            add_finding(db, 4)
            db.execute("UPDATE hallazgos SET estado = 'validado'")
        assert rows_told(site, "/registro/v_conteo") == "4"
        with db.atomic():
            db.execute("UPDATE hallazgos SET estado = 'descartado' WHERE folio = 'H-2026-000004'")
            assert rows_told(site, "/registro/v_conteo") == "4"
    assert rows_told(site, "/registro/v_conteo") == "3"


def test_what_the_site_itself_writes_is_seen_at_once(site: Datasette) -> None:
    assert rows_told(site, "/registro/v_conteo") == "3"
    asyncio.run(site.get_database(DATABASE).execute_write("UPDATE hallazgos SET estado = 'descartado'", block=True))
    assert ">0 filas<" in ask(site, "/registro/v_conteo").text


def test_a_write_while_a_count_is_made_does_not_leave_an_old_one(site: Datasette) -> None:
    registry = site.get_database(DATABASE)

    async def overlapping() -> list[int]:
        first = asyncio.create_task(registry.execute(COUNT))
        await asyncio.sleep(0)
        await registry.execute_write("UPDATE hallazgos SET estado = 'descartado'", block=True)
        await first
        return [int((await registry.execute(COUNT)).rows[0][0]) for _ in range(2)]

    assert asyncio.run(overlapping()) == [0, 0]


def test_filters_are_not_kept(site: Datasette) -> None:
    seen = asked(site, "select count(*)")
    for _ in range(2):
        ask(site, "/registro/v_conteo?estado=validado")
    assert len([sql for sql in seen if "where" in sql]) == 2


def test_the_figures_of_the_indicators_page_are_those_of_now(site: Datasette, registry: Path) -> None:
    seen = asked(site, "SELECT * FROM v_")
    pages = [ask(site, "/-/indicadores").text for _ in range(2)]
    assert (pages[0], sorted(seen)) == (pages[1], sorted(set(seen)))
    assert len(seen) == len(FIGURES)
    assert "<strong>3</strong> registros" in pages[0]
    with closing(open_registry(registry)) as db:
        db.execute("UPDATE hallazgos SET estado = 'descartado' WHERE folio = 'H-2026-000003'")
    assert "<strong>2</strong> registros" in ask(site, "/-/indicadores").text


def test_what_is_kept_holds_no_restricted_view() -> None:
    assert set(FIGURES) <= names().figures
