"""Reads documents in other processes: the reactor never waits for one, and none of them can take the run with it."""

import asyncio
import faulthandler
import functools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType
from typing import Any, ParamSpec, TypeVar

GRACE = 5.0  # seconds between the polite interruption of a document and the end of the process that does not obey
P = ParamSpec("P")
T = TypeVar("T")


class DocumentError(Exception):
    """A document could not be read: it took too long, or the reader broke on it. The message says so in Spanish."""


class TooSlow(BaseException):
    """Raised inside a worker; no library's `except Exception` may swallow it."""


class Pool:
    """Worker processes for pure functions. A document that kills its worker is tried once more alone, then given up."""

    def __init__(self, workers: int, timeout: float) -> None:
        self.workers = workers
        self.timeout = timeout
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["crawlers.warm"])
        self.shared = self._start(workers)
        self.alone: ProcessPoolExecutor | None = None
        self.turn_alone = asyncio.Lock()

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `function(*args, **kwargs)` of another process. Raises `DocumentError`."""
        job = functools.partial(bounded, self.timeout, function, *args, **kwargs)
        pool = self.shared
        result, error = await _outcome(pool, job)
        if isinstance(error, BrokenProcessPool):
            if self.shared is pool:
                self.shared = self._start(self.workers)
            result, error = await self._call_alone(job)
        if error is not None:
            raise DocumentError(_reason(error)) from error
        return result  # type: ignore[no-any-return]  # what `function` returned

    def close(self) -> None:
        """Let the workers go, without waiting for a document in hand."""
        for pool in (self.shared, self.alone):
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)

    async def _call_alone(self, job: Callable[[], Any]) -> tuple[Any, BaseException | None]:
        """Try again where nothing else runs: the document that broke the pool breaks only itself."""
        async with self.turn_alone:
            self.alone = self.alone or self._start(1)
            result, error = await _outcome(self.alone, job)
            if isinstance(error, BrokenProcessPool):
                self.alone = None
            return result, error

    def _start(self, workers: int) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(workers, mp_context=self.context, initializer=prepare_worker)
        pool.submit(os.getpid)  # its processes start now, not at the first document
        return pool


async def _outcome(pool: ProcessPoolExecutor, job: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    """Return (result, None) or (None, what the other process raised)."""
    try:
        future = asyncio.wrap_future(pool.submit(job))
    except BrokenProcessPool as broken:
        return None, broken
    await asyncio.wait([future])
    error = future.exception()
    return (None, error) if error is not None else (future.result(), None)


def _reason(error: BaseException) -> str:
    if isinstance(error, TooSlow):
        return "el documento tarda demasiado en leerse"
    if isinstance(error, BrokenProcessPool):
        return "el documento hace caer al lector"
    return f"el lector falló con este documento ({type(error).__name__})"


def bounded(timeout: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in a worker: interrupted after `timeout` seconds; a worker stuck in foreign code ends itself a little later.

    Where another program runs the worker (its threads get no signals) only the second holds.
    """
    if threading.current_thread() is threading.main_thread():
        signal.setitimer(signal.ITIMER_REAL, timeout, 1.0)
    faulthandler.dump_traceback_later(timeout + GRACE, exit=True, file=_nowhere())
    try:
        return function(*args, **kwargs)
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.setitimer(signal.ITIMER_REAL, 0.0)
        faulthandler.cancel_dump_traceback_later()


@functools.cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)  # kept open as long as the worker lives


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def prepare_worker() -> None:
    """Make a worker ready: Ctrl-C is the parent's business, and a worker never outlives its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _too_slow)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
