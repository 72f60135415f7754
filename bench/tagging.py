"""The rows of the tagger against the bare trained pipeline: `python -m bench.tagging LADO` measures one side and prints JSON.

Seconds are the processor's, so that what else the machine does stays out; the two sides of a ratio share one process.
"""

import json
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bench.crawl import Row
from bench.process import run
from bench.texts import records, stories

if TYPE_CHECKING:
    from spacy.language import Language

    from nlp.etiquetas import Nota

NOTES = 120  # of the mix
FINDINGS = 40  # of the round of findings alone
NEAR = 0.55  # ordinary notes whose theme is near, so that about as many pass the sieve as of real ones
LONG = 1_000_000  # characters of the text that is tagged for its memory
GOALS = {"mezcla": 2.5, "hallazgos": 1.3, "memoria": 350, "carga": 2.0}


def tagging_rows(rounds: int) -> list[Row]:
    """Measure and return row 7, each side in a process of its own."""
    times = [json.loads(run("-m", "bench.tagging", "tiempos").printed) for _ in range(rounds)]
    bare, ours = ([float(run("-m", "bench.tagging", side).printed) for _ in range(rounds)] for side in ("pelada", "nuestra"))
    memory = float(run("-m", "bench.tagging", "memoria").printed)
    return list(_rows(times, [mine / theirs for theirs, mine in zip(bare, ours, strict=True)], memory))


def _rows(times: Sequence[dict[str, float]], loads: Sequence[float], memory: float) -> Iterator[Row]:
    mix, alone = ([one[name] for one in times] for name in ("mezcla", "hallazgos"))
    passed = f"de {NOTES} notas pasan la criba {times[0]['pasan']:.0f}"
    yield _row(
        "Notas como las de un día (3 % hallazgos) ÷ textos enteros por la tubería pelada (notas/s)", mix, "mezcla", passed
    )
    yield _row("Hallazgos solos ÷ la tubería pelada sobre lo que se analiza (tiempo)", alone, "hallazgos")
    yield _row("Cargar tubería, pesos y léxico ÷ spacy.load (tiempo)", loads, "carga")
    limit = GOALS["memoria"]
    yield Row(
        f"7. Memoria del etiquetador con un texto de {LONG:,} letras", f"{memory:.0f} MB", f"≤ {limit} MB", memory <= limit
    )


def _row(what: str, ratios: Sequence[float], goal: str, detail: str = "") -> Row:
    middle, limit, faster = statistics.median(ratios), GOALS[goal], goal == "mezcla"
    told = "; ".join([*([detail] if detail else []), f"rondas: {', '.join(f'{ratio:.2f}' for ratio in ratios)}"])
    met = middle >= limit if faster else middle <= limit
    return Row(f"7. {what}", f"{middle:.2f}", f"{'≥' if faster else '≤'} {limit}", met, told)


def notes(count: int, *, findings: bool) -> list["Nota"]:
    """Return notes of the press: findings alone as they were written, or what a day brings."""
    from nlp.etiquetas import Nota  # noqa: PLC0415 - the loads are timed without it

    if findings:
        cases = [one for one in records() if one["relevante"]][:count]
        return [Nota(one["id"], one["texto"], one["titulo"] or "", one["fecha_publicacion"]) for one in cases]
    told = stories(count, near_share=NEAR)
    return [Nota(str(n), "\n\n".join(one.parrafos), one.titulo, "2026-05-09") for n, one in enumerate(told)]


def bare_pipeline() -> "Language":
    """Return the trained pipeline with nothing of ours."""
    import spacy  # noqa: PLC0415

    from nlp.modelo_base import MODEL  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        return spacy.load(MODEL)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def times() -> dict[str, float]:
    """Return both ratios of speed."""
    from nlp.criba import passes  # noqa: PLC0415
    from nlp.tagger import build_nlp, cut, tag_many  # noqa: PLC0415

    bare, ours = bare_pipeline(), build_nlp()
    mix, alone = notes(NOTES, findings=False), notes(FINDINGS, findings=True)
    other = notes(3 * FINDINGS, findings=True)[FINDINGS:]  # both sides as they are some minutes into a day, words known
    list(tag_many(ours, other))
    list(bare.pipe([note.texto for note in other]))
    found = {"pasan": float(sum(map(passes, mix)))}
    whole = seconds(lambda: list(bare.pipe(text for note in mix for text in (note.titulo, note.texto))))
    found["mezcla"] = whole / seconds(lambda: list(tag_many(ours, mix)))
    parsed = [cut(text) for note in alone if passes(note) for text in (note.titulo, note.texto)]
    found["hallazgos"] = 1 / (seconds(lambda: list(bare.pipe(parsed))) / seconds(lambda: list(tag_many(ours, alone))))
    return found


def our_load() -> float:
    """Return the seconds of loading everything the tagger needs."""
    from nlp.aprendizaje.modelo import shipped  # noqa: PLC0415
    from nlp.reglas.actos import buscador  # noqa: PLC0415
    from nlp.tagger import build_nlp  # noqa: PLC0415

    return seconds(lambda: (build_nlp(), shipped(), buscador()))


def bare_load() -> float:
    """Return the seconds of `spacy.load`, everything imported before."""
    import nlp.tagger  # noqa: F401, PLC0415 - both sides start from the same imports

    return seconds(bare_pipeline)


def peak() -> float:
    """Return the most megabytes that a process held which tagged a day's notes and a very long one."""
    from nlp.etiquetas import Nota  # noqa: PLC0415
    from nlp.tagger import build_nlp, tag_many  # noqa: PLC0415

    some = notes(FINDINGS, findings=True)
    text = "\n\n".join(note.texto for note in some)
    long = Nota("largo", (text * (LONG // len(text) + 1))[:LONG], some[0].titulo, "2026-05-09")
    list(tag_many(build_nlp(), [*some, long]))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


SIDES: dict[str, Callable[[], object]] = {"tiempos": times, "pelada": bare_load, "nuestra": our_load, "memoria": peak}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(SIDES[sys.argv[1]]()) + "\n")
