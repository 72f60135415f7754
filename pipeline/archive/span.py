"""A range of an archive read by a worker, here or on another machine: its pages tagged, every record's fate counted."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nlp.etiquetas import Etiquetas
from pipeline.archive.asked import Asked
from pipeline.archive.fates import Destino
from pipeline.archive.frames import frames
from pipeline.archive.pages import SPOILT, Page, judge
from pipeline.errores import reason
from pipeline.tagging.workers import tag_lot

_one_at_a_time = threading.Lock()  # the tagger is not made for threads, which a worker of another program may have


@dataclass(frozen=True)
class Span:
    """The records that begin at `inicio` or later and before `fin` in an archive (its number in the registry)."""

    archivo_id: int
    ruta: str
    inicio: int
    fin: int

    def halves(self) -> tuple["Span", "Span"]:
        """Return the two halves of it."""
        middle = (self.inicio + self.fin) // 2
        first, second = (self.inicio, middle), (middle, self.fin)
        return Span(self.archivo_id, self.ruta, *first), Span(self.archivo_id, self.ruta, *second)


@dataclass(frozen=True)
class Found:
    """A page that tells a case, with its tags."""

    pagina: Page
    etiquetas: Etiquetas


@dataclass(frozen=True)
class Reading:
    """What came of a span. `motivo`: why the archive could not be read, else ''. `lector`: the name of who read it."""

    span: Span
    cuentas: Mapping[str, int] = field(default_factory=dict)
    hallados: tuple[Found, ...] = ()
    motivo: str = ""
    lector: str = ""


def read_span(span: Span, asked: Asked) -> Reading:
    """Read a span whole. What its records hold never raises."""
    counts: Counter[str] = Counter()
    pages: list[Page] = []
    try:
        for frame in frames(Path(span.ruta), span.inicio, span.fin):
            one = judge(frame, asked)
            if isinstance(one, Page):
                pages.append(one)
            else:
                counts[one.value] += 1
    except OSError as error:
        return Reading(span, motivo=f"{span.ruta}: {reason(error)}", lector=asked.name())
    with _one_at_a_time:
        tags = _tagged(pages)
    counts[Destino.ERROR.value] += tags.count(None)
    counts[Destino.SIN_HECHO.value] += sum(one is not None and not one.relevante for one in tags)
    found = tuple(Found(page, one) for page, one in zip(pages, tags, strict=True) if one is not None and one.relevante)
    return Reading(span, {name: count for name, count in counts.items() if count}, found, lector=asked.name())


def _tagged(pages: Sequence[Page]) -> Sequence[Etiquetas | None]:
    """Return the tags of pages; None for one over which the tagger fails, which costs that page alone."""
    try:
        return tag_lot([page.nota() for page in pages]) if pages else []
    except SPOILT:
        return [None] if len(pages) == 1 else [one for page in pages for one in _tagged([page])]
