"""What the browser tests share: the very command serving a registry, a chromium, and what axe has against a page."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import httpx
from playwright.sync_api import Browser, Page, sync_playwright

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
OPTIONS = (
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'], iframes: false}"
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(registro: Path) -> Iterator[str]:
    """`hallazgos servir` on the registry, under a base path; ended with Ctrl-C's signal. Gives the site's address."""
    with serving("--registro", str(registro)) as url:
        yield url


@contextmanager
def serving(*options: str, base: str = "/monitor/") -> Iterator[str]:
    """`hallazgos servir` with those options, likewise."""
    port = free_port()
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "servir", "--base-url", base]
    where = [*options, "--puerto", str(port)]
    server = subprocess.Popen([*command, *where], cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}{base}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(url)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url
    server.send_signal(2)
    assert server.wait(10) in (0, 130, -2)


@contextmanager
def chromium() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield opened
        opened.close()


def violations(page: Page, *, preload: bool = True) -> list[list[str]]:
    """Return what axe, put in by hand, has against the page: (rule, the first element); `preload`: style sheets too."""
    page.evaluate(AXE)
    told = "found.violations.map(each => [each.id, each.nodes[0].html.slice(0, 120)])"
    options = OPTIONS.replace("}", f", preload: {str(preload).lower()}}}")
    found: list[list[str]] = page.evaluate(f"axe.run(document, {options}).then(found => {told})")
    return found
