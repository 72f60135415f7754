"""A terminal to look at: what is written to it, and a command run with its standard error there."""

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

ERASE = "\x1b[2K"  # what takes a bar off its line
HIDE_CURSOR = "\x1b[?25l"


class Terminal:
    """A pseudo-terminal and a thread that reads it, as a screen would."""

    def __init__(self) -> None:
        self.screen, self.line = pty.openpty()
        self.seen = bytearray()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        try:
            while data := os.read(self.screen, 65536):
                self.seen += data
        except OSError:  # so Linux says that the other end was closed
            return

    def close(self) -> str:
        """Hang up and return everything that was written."""
        os.close(self.line)
        self.reader.join(timeout=10)
        os.close(self.screen)
        return self.seen.decode("utf-8", "replace")


def start_at(terminal: Terminal, *command: str) -> subprocess.Popen:
    """Start `python …` with its standard error at the terminal; standard output is a pipe."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "TERM": "xterm", "COLUMNS": "100"}
    return subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=terminal.line, text=True, env=env, start_new_session=True
    )


def at_terminal(*command: str) -> tuple[int, str, str]:
    """Run `python …` at a terminal; return (status, standard output, what the terminal showed)."""
    terminal = Terminal()
    process = start_at(terminal, *command)
    out, _ = process.communicate(timeout=90)
    return process.returncode, out, terminal.close()


def is_clean(shown: str) -> bool:
    """Tell whether what was drawn was taken off again, with the cursor left alone."""
    return HIDE_CURSOR not in shown and shown.rstrip("\r\n").endswith(ERASE)
