"""A few addresses asked for outside a harvest, over captures: redirects, robots.txt, refusals."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.fetch_many import Fetched, Get, fetch_many, with_fetcher
from crawlers.options import HarvestOptions
from crawlers.replay import ReplayError

SITE = "https://pregonero.ejemplo"
ROWS = [
    f"{SITE}/a,a.html,text/html; charset=utf-8,200",
    f"{SITE}/vieja,{SITE}/a,,301",
    f"{SITE}/vuelta,{SITE}/vuelta,,302",
    f"{SITE}/caida,a.html,text/html,503",
    f"{SITE}/robots.txt,robots.txt,text/plain,200",
    f"{SITE}/privada/b,a.html,text/html,200",
]


@pytest.fixture
def options(tmp_path: Path) -> HarvestOptions:
    (tmp_path / "a.html").write_text("<p>hola</p>")
    (tmp_path / "robots.txt").write_text("User-agent: *\nDisallow: /privada/\n")
    (tmp_path / "indice.csv").write_text("url,archivo,tipo,estado\n" + "\n".join(ROWS))
    return HarvestOptions(tmp_path, 0, lambda: datetime(2026, 11, 24, tzinfo=UTC), replay=tmp_path)


def test_answers_come_in_the_order_asked(options):
    first, second = fetch_many([f"{SITE}/vieja", f"{SITE}/a"], options)
    assert (first.url, first.final_url, first.body) == (f"{SITE}/vieja", f"{SITE}/a", b"<p>hola</p>")
    assert (second.status, second.content_type, second.motivo) == (200, "text/html; charset=utf-8", "")


@pytest.mark.parametrize(
    ("path", "words"),
    [("/nada", "HTTP 404"), ("/caida", "HTTP 503"), ("/vuelta", "circular"), ("/privada/b", "robots.txt")],
)
def test_what_gives_nothing_says_why(options, path, words):
    (answer,) = fetch_many([SITE + path], options)
    assert words in answer.motivo


def test_a_job_asks_for_one_address_after_another(options):
    async def job(get: Get) -> list[Fetched]:
        first = await get(f"{SITE}/a")
        return [first, await get(first.final_url + "?x=1")]

    assert [answer.status for answer in with_fetcher(job, options)] == [200, 404]


def test_a_capture_that_cannot_be_replayed(options, tmp_path):
    (tmp_path / "indice.csv").write_text("nada")
    with pytest.raises(ReplayError):
        fetch_many([SITE], HarvestOptions(tmp_path, 0, options.now, replay=tmp_path / "no-hay"))
