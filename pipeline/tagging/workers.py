"""Tags lots of notes in their order: in this process when they are few, in worker processes when a whole day waits."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice

from crawlers.pool import prepare_worker
from nlp.etiquetas import Etiquetas, Nota

# A worker takes two to three seconds and 250 MB to load: below so many notes they cost more than they bring.
WORTH_IT = 400
MOST_WORKERS = 2  # the tagger stays a good guest: more would take the machine from those who read the pages
AHEAD = 3  # lots handed out for each worker, so that none waits for the writing

Lot = list[Nota]
Tags = list[Etiquetas]
Job = Future[Tags]


def workers_for(waiting: int) -> int:
    """Return how many worker processes so many notes are worth; 1: this process alone."""
    if waiting < WORTH_IT:
        return 1
    return min(MOST_WORKERS, len(os.sched_getaffinity(0)))


def tag_lots(lots: Iterable[Lot], workers: int) -> Iterator[Tags]:
    """Yield the tags of every lot, in order. A worker that dies costs nothing: what it held is tagged here."""
    if workers < 2:
        yield from map(tag_lot, lots)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=prepare_worker)
    try:
        yield from _in_turn(iter(lots), pool.submit, workers * AHEAD)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def tag_lot(lot: Lot) -> Tags:
    """Return the tags of some notes; the tagger is loaded with the first ones."""
    return _tagger()(lot)


@cache
def _tagger() -> Callable[[Lot], Tags]:
    from nlp.tagger import build_nlp, tag_many  # noqa: PLC0415 - spaCy takes a second to import

    nlp = build_nlp()
    return lambda lot: list(tag_many(nlp, lot))


def _in_turn(lots: Iterator[Lot], submit: Callable[..., Job], ahead: int) -> Iterator[Tags]:
    under_way = deque((lot, _handed_out(submit, lot)) for lot in islice(lots, ahead))
    while under_way:
        lot, job = under_way.popleft()
        tags = _result(lot, job)
        under_way.extend((other, _handed_out(submit, other)) for other in islice(lots, 1))
        yield tags


def _handed_out(submit: Callable[..., Job], lot: Lot) -> Job | None:
    """Return the job of a lot, None where no worker is left to take it."""
    try:
        return submit(tag_lot, lot)
    except BrokenProcessPool:
        return None


def _result(lot: Lot, job: Job | None) -> Tags:
    try:
        return job.result() if job is not None else tag_lot(lot)
    except BrokenProcessPool:
        return tag_lot(lot)
