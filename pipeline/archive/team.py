"""Hands spans to workers through the common executor interface: processes of this machine, or Dask's over many machines.

Whoever runs them, what a worker's death costs is bounded: the spans under way are tried again one at a time, and one that kills
its worker alone is cut in halves until what remains is the record to blame.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from crawlers.pool import prepare_worker
from pipeline.archive.asked import Asked
from pipeline.archive.fates import Destino
from pipeline.archive.span import Reading, Span, read_span
from pipeline.errores import ErrorDeUso, Salida

LOST = "se perdió el planificador; lo guardado se conserva: repita la orden"
LOOK = 1.0  # seconds after which somebody looks whether the others are still there
AHEAD = 2  # spans handed out for each worker, so that none waits for the writing
SMALLEST = 256  # bytes of a span that is not cut further: no record is packed smaller


class TeamLost(ErrorDeUso):
    """Nobody is left to read: what was stored stays, and the same order goes on from there."""

    exit_code = Salida.ATENCION


@dataclass(frozen=True)
class Team:
    """How to get workers: `opened` gives an executor, anew after a death where `reopens`; `workers` at once.

    `deaths` are the errors of a span whose worker died; `let_go` ends an executor without waiting for what it has in hand;
    `alive` tells whether whoever hands out the work is still there.
    """

    opened: Callable[[], Executor]
    workers: int
    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    let_go: Callable[[Executor], None] = lambda executor: executor.shutdown(wait=False, cancel_futures=True)
    alive: Callable[[], bool] = lambda: True
    reopens: bool = True


def local_team(workers: int) -> Team:
    """Return so many processes of this machine."""
    context = multiprocessing.get_context("spawn")
    return Team(lambda: ProcessPoolExecutor(workers, mp_context=context, initializer=prepare_worker), workers)


def readings(team: Team, spans: Iterable[Span], asked: Asked) -> Iterator[Reading]:
    """Yield what came of each span, in the order in which they end. Raises `TeamLost`."""
    work = _Work(team, iter(spans), asked)
    try:
        while work.fill():
            yield from work.wait()
    finally:
        team.let_go(work.executor)


class _Work:
    """The spans under way. `suspects` were so when a worker died: they go one at a time."""

    def __init__(self, team: Team, spans: Iterator[Span], asked: Asked) -> None:
        self.team, self.spans, self.asked = team, spans, asked
        self.executor = team.opened()
        self.flying: dict[Future[Reading], Span] = {}
        self.suspects: deque[Span] = deque()

    def fill(self) -> bool:
        """Hand out what there is room for; return whether anything is under way."""
        if self.suspects:
            if not self.flying:
                self._send(self.suspects.popleft())
            return True
        for span in islice(self.spans, self.team.workers * AHEAD - len(self.flying)):
            self._send(span)
        return bool(self.flying)

    def wait(self) -> Iterator[Reading]:
        """Yield what has ended, when something has."""
        done, _ = wait(self.flying, LOOK, FIRST_COMPLETED)
        if not done and not self.team.alive():
            raise TeamLost(LOST)
        dead: list[Span] = []
        for future in done:
            span = self.flying.pop(future)
            try:
                yield future.result()
            except self.team.deaths:
                dead.append(span)
            except CancelledError as error:
                raise TeamLost(LOST) from error
        if dead:
            yield from self._bury(dead)

    def _send(self, span: Span) -> None:
        try:
            self.flying[self.executor.submit(read_span, span, self.asked)] = span
        except self.team.deaths:
            self.suspects.append(span)
            self._renew()

    def _bury(self, dead: list[Span]) -> Iterator[Reading]:
        if self.team.reopens:
            dead += self.flying.values()
            self.flying.clear()
            self._renew()
        if len(dead) > 1 or self.flying:
            self.suspects.extend(dead)
        elif dead[0].fin - dead[0].inicio <= SMALLEST:
            yield Reading(dead[0], {Destino.ERROR.value: 1}, lector=self.asked.name())
        else:
            self.suspects.extendleft(reversed(dead[0].halves()))

    def _renew(self) -> None:
        if self.team.reopens:
            self.team.let_go(self.executor)
            self.executor = self.team.opened()
