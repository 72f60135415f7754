"""Progress of long work, for a person at a terminal: a bar on standard error while it lasts, nothing anywhere else."""

import sys
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

T = TypeVar("T")


class Bar:
    """A bar that moves, or nothing at all where nobody looks."""

    def __init__(self, progress: "Progress | None" = None, task: "TaskID | None" = None) -> None:
        self.progress = progress
        self.task = task

    def advance(self, steps: int = 1) -> None:
        """Move on."""
        if self.progress is not None and self.task is not None:
            self.progress.advance(self.task, steps)

    def say(self, words: str) -> None:
        """Put other words beside the bar."""
        if self.progress is not None and self.task is not None:
            self.progress.update(self.task, description=words)

    def reading(self, file: BinaryIO) -> BinaryIO:
        """Return the file to read in its stead: the bar moves with what is read of it."""
        if self.progress is None or self.task is None:
            return file
        return self.progress.wrap_file(file, task_id=self.task)


_hidden: ContextVar[bool] = ContextVar("hidden", default=False)


@contextmanager
def without_bars() -> Iterator[None]:
    """Show no bar while the work inside lasts: something else is drawn on the terminal."""
    token = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(token)


def is_watched() -> bool:
    """Tell whether a person looks at standard error and the command was not asked for JSON."""
    context = click.get_current_context(silent=True)
    asked: dict[str, Any] = context.params if context else {}
    return sys.stderr.isatty() and not _hidden.get() and asked.get("output_format") != "json"


@contextmanager
def bar(words: str, total: int | None = None, *, in_bytes: bool = False) -> Iterator[Bar]:
    """Show a bar while the work inside lasts (`total` None: how far it is cannot be told); it leaves the terminal clean."""
    if not is_watched() or total == 0:
        yield Bar()
        return
    from pipeline.barra import drawn  # noqa: PLC0415 - scheduled runs have no terminal

    with drawn(words, total, in_bytes=in_bytes) as (progress, task):
        yield Bar(progress, task)


def tracked(items: Iterable[T], words: str, total: int | None = None) -> Iterator[T]:
    """Yield the items of a long loop under a bar; a sequence tells its own length."""
    if total is None and isinstance(items, Sized):
        total = len(items)
    with bar(words, total) as shown:
        for item in items:
            yield item
            shown.advance()
