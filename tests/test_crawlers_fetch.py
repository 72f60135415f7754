"""Manners of asking, on a download that answers from a table and keeps its own time."""

import asyncio
import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.capture import Exchange
from crawlers.fetch import Fetcher, redirect_target, retry_after
from crawlers.guards import Failed, NotNow, Refused, TooLarge
from crawlers.options import HarvestOptions

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
SITE = "https://diario.ejemplo"


def fetcher_for(answers, **options):
    """Return a fetcher over a table of address → status, (status, headers), an exception, or a list of those in turn."""
    asked = []

    async def download(url, headers, _most):
        asked.append((url, dict(headers), asyncio.get_running_loop().time()))
        await asyncio.sleep(0)
        answer = answers.get(url, 404)
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, told, body = (answer, (), b"") if isinstance(answer, int) else answer
        return Exchange(url, status, told, body, headers)

    told = {"folder": Path("/nonexistent"), "run_id": 1, "now": lambda: NOW, "delay": 0.0} | options
    return Fetcher(download, HarvestOptions(**told)), asked


def robots(text):
    return {f"{SITE}/robots.txt": (200, (), text.encode())}


def test_robots_is_asked_once_and_first():
    fetcher, asked = fetcher_for({f"{SITE}/a": 200, f"{SITE}/b": 200})

    async def both():
        return await asyncio.gather(fetcher.get(f"{SITE}/a"), fetcher.get(f"{SITE}/b"))

    answers = asyncio.run(both())
    assert [answer.final.status for answer in answers] == [200, 200]
    assert [url for url, _, _ in asked] == [f"{SITE}/robots.txt", f"{SITE}/a", f"{SITE}/b"]
    assert all(headers["User-Agent"].startswith("hallazgos") for _, headers, _ in asked)


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        (500, NotNow, r"robots.txt no disponible por ahora \(HTTP 500\)"),
        (503, NotNow, "HTTP 503"),
        (Failed("se agotó el tiempo de espera"), Failed, "se agotó el tiempo de espera"),
        (Refused("dirección local o privada"), Refused, "dirección local o privada"),
        ((302, (("Location", "/robots.txt"),), b""), NotNow, "demasiadas redirecciones"),
        (TooLarge("documento más grande de lo admitido"), NotNow, "demasiado grande"),
    ],
)
def test_without_rules_nothing_is_asked(answer, error, message):
    fetcher, asked = fetcher_for({f"{SITE}/robots.txt": answer, f"{SITE}/a": 200})
    for _ in range(2):
        with pytest.raises(error, match=message):
            asyncio.run(fetcher.get(f"{SITE}/a"))
    assert {url for url, _, _ in asked} == {f"{SITE}/robots.txt"}


def test_rules_are_those_for_our_name():
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: hallazgos\nDisallow: /privado\n"
    fetcher, _ = fetcher_for(robots(rules) | {f"{SITE}/a": 200})
    assert asyncio.run(fetcher.get(f"{SITE}/a")).final.status == 200
    with pytest.raises(Refused, match="no lo permite"):
        asyncio.run(fetcher.get(f"{SITE}/privado/b"))


def test_every_step_of_a_redirect_is_checked():
    fetcher, asked = fetcher_for(
        {
            f"{SITE}/a": (301, (("Location", "https://otro.ejemplo/a#x"),), b""),
            "https://otro.ejemplo/a": (302, (("Location", "http://169.254.169.254/"),), b""),
            f"{SITE}/p": (302, (("Location", "https://cerrado.ejemplo/"),), b""),
            "https://cerrado.ejemplo/robots.txt": (200, (), b"User-agent: *\nDisallow: /"),
        }
    )
    with pytest.raises(Refused, match="local o privada"):
        asyncio.run(fetcher.get(f"{SITE}/a"))
    with pytest.raises(Refused, match="robots"):
        asyncio.run(fetcher.get(f"{SITE}/p"))
    assert "https://otro.ejemplo/robots.txt" in {url for url, _, _ in asked}
    assert not any("169.254" in url for url, _, _ in asked)


def test_the_steps_are_told_in_order():
    fetcher, _ = fetcher_for({f"{SITE}/a": (308, (("Location", "b"),), b""), f"{SITE}/b": 200})
    answer = asyncio.run(fetcher.get(f"{SITE}/a"))
    assert [(step.url, step.status) for step in answer.steps] == [(f"{SITE}/a", 308), (f"{SITE}/b", 200)]


def test_retry_after_is_waited_for_once():
    busy = (503, (("Retry-After", "1"),), b"")
    fetcher, asked = fetcher_for({f"{SITE}/a": [busy, 200], f"{SITE}/b": [busy, busy]})
    assert asyncio.run(fetcher.get(f"{SITE}/a")).final.status == 200
    times = [when for url, _, when in asked if url == f"{SITE}/a"]
    assert times[1] - times[0] >= 1.0


def test_a_long_retry_after_leaves_the_whole_site_for_later():
    fetcher, asked = fetcher_for({f"{SITE}/a": (429, (("Retry-After", "600"),), b""), f"{SITE}/b": 200})

    async def both():
        answer = await fetcher.get(f"{SITE}/a")
        assert answer.final.status == 429  # a failure of this address, or it would hold up its site in every run
        with pytest.raises(NotNow, match="el sitio pide esperar 600 s"):
            await fetcher.get(f"{SITE}/b")

    asyncio.run(both())
    assert [url for url, _, _ in asked] == [f"{SITE}/robots.txt", f"{SITE}/a"]


def test_crawl_delay_spaces_the_requests():
    fetcher, asked = fetcher_for(robots("User-agent: *\nCrawl-delay: 0.3\n") | {f"{SITE}/{n}": 200 for n in range(3)})

    async def three():
        await asyncio.gather(*(fetcher.get(f"{SITE}/{n}") for n in range(3)))

    asyncio.run(three())
    times = [when for _, _, when in asked[1:]]
    assert all(later - earlier >= 0.29 for earlier, later in itertools.pairwise(times))


@pytest.mark.parametrize(
    ("status", "text", "seconds"),
    [
        (503, "120", 120.0),
        (503, "Mon, 04 May 2026 18:00:30 GMT", 30.0),
        (503, "Mon, 04 May 2026 17:00:00 GMT", 0.0),
        (503, "", 0.0),
        (503, "mañana", 0.0),
        (429, "", 60.0),
        (429, "٣", 60.0),
        (429, "9" * 400, 60.0),
    ],
)
def test_retry_after_in_both_forms(status, text, seconds):
    assert retry_after(Exchange(f"{SITE}/a", status, (("Retry-After", text),)), NOW) == seconds


def test_redirects_are_only_those_with_a_place_to_go():
    assert redirect_target(Exchange(f"{SITE}/a/b", 302, (("location", " ../c#d "),))) == f"{SITE}/c"
    assert redirect_target(Exchange(f"{SITE}/a", 302)) == ""
    assert redirect_target(Exchange(f"{SITE}/a", 200, (("Location", "/b"),))) == ""
    with pytest.raises(Failed, match="mal escrita"):
        redirect_target(Exchange(f"{SITE}/a", 301, (("Location", "http://[::1"),)))
