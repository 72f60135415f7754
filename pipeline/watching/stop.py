"""A clean end of `vigilar`: the first signal asks for it, the second one is left to the system."""

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any


@dataclass
class Stop:
    """Whether the watch was asked to end, and the harvest that is under way."""

    asked: threading.Event = field(default_factory=threading.Event)
    harvest: "subprocess.Popen[str] | None" = None

    def ask(self) -> None:
        """Ask for the end: a harvest closes its sources, and the cycle is finished with what there is."""
        self.asked.set()
        if self.harvest is not None:
            self.harvest.terminate()

    def wait(self, seconds: float) -> bool:
        """Wait unless the end is asked for; return whether it was."""
        return self.asked.wait(seconds)


@contextmanager
def stopping() -> Iterator[Stop]:
    """Catch Ctrl-C and SIGTERM while the block lasts."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def caught(_number: int, _frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        stop.ask()

    for number in before:
        signal.signal(number, caught)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
