"""The memory of a process and of all that it started, as the kernel shares it out (PSS), sampled until the process ends."""

import subprocess
import threading
from pathlib import Path


class PeakOfTree:
    """Samples a process tree; `peak` is the most that it held at once, in bytes."""

    def __init__(self, process: subprocess.Popen, every: float = 0.25) -> None:
        self.process = process
        self.every = every
        self.peak = 0
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.ended = threading.Event()

    def __enter__(self) -> "PeakOfTree":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.ended.wait(self.every):
            self.peak = max(self.peak, sum(map(share, tree(self.process.pid))))


def tree(root: int) -> list[int]:
    """Return the process and its descendants that live now."""
    parents = dict(filter(None, map(_parent, Path("/proc").iterdir())))
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _parent(entry: Path) -> tuple[int, int] | None:
    """Return (pid, parent) of a folder of /proc, None for what is no process or is gone."""
    if not entry.name.isdecimal():
        return None
    try:
        return int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def share(pid: int) -> int:
    """Return the process's part of the memory in bytes; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
