"""The log: one line per event on standard error, `MOMENTO FUENTE QUÉ CUÁL DESTINO`; silent unless told otherwise."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from crawlers.fechas import utc_text

LOGGERS = ("crawlers", "nlp", "pipeline")
MAX_LINE = 1_000  # characters
ROOT = Path(__file__).parents[1]


def printable(text: str) -> str:
    """Return a text on one line in which nothing moves the cursor, ends the line or turns it around."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


class OneLine(logging.Formatter):
    """Writes an event as one line; of an error of ours, its kind and where it happened instead of a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        error = record.exc_info[1] if record.exc_info else None
        words = record.getMessage() + (f" {_place(error)}" if error else "")
        line = f"{utc_text(datetime.fromtimestamp(record.created, UTC))} {printable(words)}"
        return line if len(line) <= MAX_LINE else f"{line[: MAX_LINE - 1]}…"


def _place(error: BaseException) -> str:
    """Return an error's kind and the last place of our own code on its way; never its message, which may quote a text."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT) and _part(frame.filename) in LOGGERS]
    return f"({type(error).__name__}{f' en {Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}' if ours else ''})"


def _part(path: str) -> str:
    """Return the folder of the product that a file of ours is in."""
    return Path(path).relative_to(ROOT).parts[0]


class _Stderr(logging.Handler):
    """Writes to the standard error of the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        click.echo(self.format(record), file=sys.stderr)  # named, so that it goes above a bar


@contextmanager
def logged(*, detail: bool) -> Iterator[None]:
    """Write errors, and with `detail` every event, while the work inside lasts."""
    handler = _Stderr()
    handler.setFormatter(OneLine())
    handler.setLevel(logging.INFO if detail else logging.ERROR)
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(log.level, log.propagate) for log in loggers]
    for log in loggers:
        log.addHandler(handler)
        log.setLevel(handler.level)
        log.propagate = False
    try:
        yield
    finally:
        for log, (level, propagate) in zip(loggers, before, strict=True):
            log.removeHandler(handler)
            log.setLevel(level)
            log.propagate = propagate
