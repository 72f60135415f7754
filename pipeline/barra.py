"""The bar itself, drawn by rich: loaded only where somebody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


class _Terminal(Console):
    """A console that never hides the cursor: a process that is killed could not bring it back."""

    def show_cursor(self, show: bool = True) -> bool:
        """Leave the cursor as it is."""
        return False


@contextmanager
def drawn(words: str, total: int | None, *, in_bytes: bool) -> Iterator[tuple[Progress, TaskID]]:
    """Draw a bar on standard error while the work inside lasts; it leaves the terminal clean."""
    counted: ProgressColumn = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), counted, TimeElapsedColumn())
    console = _Terminal(file=sys.stderr)
    # Standard output stays where it was sent: only what goes to this same terminal is printed above the bar.
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield progress, progress.add_task(words, total=total)
