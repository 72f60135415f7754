"""A day's notes tagged by worker processes: the very tags and order of one process, also when a worker is killed."""

import os
import signal

import pytest

from nlp.etiquetas import Nota
from pipeline.tagging import workers
from pipeline.tagging.workers import WORTH_IT, tag_lot, tag_lots, workers_for

TEXTS = (
    "La reportera Ana Ruiz fue golpeada ayer por policías en la colonia Roma.",
    "El congreso aprobó el presupuesto del año entrante.",
    "Amenazaron de muerte a un fotógrafo del diario La Voz.",
)


def lots(count: int, size: int = 3) -> list[list[Nota]]:
    return [[Nota(f"{n}-{k}", f"{TEXTS[k % 3]} Nota {n}.", "", "2026-05-10") for k in range(size)] for n in range(count)]


def test_workers_give_the_same_tags_in_the_same_order():
    asked = lots(9)
    assert list(tag_lots(iter(asked), 2)) == [tag_lot(lot) for lot in asked]


def test_few_notes_are_tagged_in_this_process_and_many_by_at_most_two():
    assert workers_for(WORTH_IT - 1) == 1
    assert workers_for(10**6) == min(2, len(os.sched_getaffinity(0)))


def test_a_worker_that_is_killed_loses_nothing(monkeypatch: pytest.MonkeyPatch):
    asked = lots(8)
    pools = []
    made = workers.ProcessPoolExecutor
    monkeypatch.setattr(workers, "ProcessPoolExecutor", lambda *a, **k: pools.append(made(*a, **k)) or pools[-1])
    answers = tag_lots(iter(asked), 2)
    first = next(answers)
    for process in list(pools[0]._processes.values()):
        os.kill(process.pid, signal.SIGKILL)
    assert [first, *answers] == [tag_lot(lot) for lot in asked]
