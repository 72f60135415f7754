"""What a finding says that ties it to a demonstration, as everyone sees it: corrections above what was computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from crawlers.fechas import MEXICO
from pipeline.grouping.names import fold
from pipeline.grouping.words import stems
from pipeline.linking.dates import Named, named_days


@dataclass(frozen=True)
class Told:
    """A finding: its codes, and title and text of its notes; `publicada` is the day of its first publication."""

    folio: str
    dia: date | None
    hora: time | None
    publicada: date | None
    cdmx: str
    alcaldia: str | None
    sitio: str
    punto: tuple[float, float] | None
    movilizacion: bool
    modalidades: frozenset[str]
    textos: tuple[str, ...]

    @cached_property
    def plano(self) -> str:
        """All its texts, folded, between spaces."""
        return f" {fold(' . '.join(self.textos))} "

    @cached_property
    def palabras(self) -> frozenset[str]:
        """The content words of its texts."""
        return stems(" ".join(self.textos))

    @cached_property
    def fechas(self) -> frozenset[Named]:
        """The days that its texts name."""
        return named_days(self.plano, self.publicada)

    @property
    def momento(self) -> datetime | None:
        """When it happened, where day and hour are known."""
        return datetime.combine(self.dia, self.hora, tzinfo=MEXICO) if self.dia and self.hora else None

    def names(self, words: str) -> bool:
        """Tell whether the texts say some words one after the other."""
        return bool(fold(words)) and f" {fold(words)} " in self.plano

    def named(self, first: date, last: date) -> list[Named]:
        """Return the days from first to last that its texts name."""
        return [one for one in self.fechas if first <= one.dia <= last]


def told(row: Mapping[str, Any], textos: Sequence[str]) -> Told:
    """Read a row of `registry.linking.finding` and its notes' texts."""
    point = (row["latitud"], row["longitud"]) if row["latitud"] is not None else None
    return Told(
        folio=row["folio"],
        dia=_day(row["fecha_hecho"]),
        hora=time.fromisoformat(row["hora_hecho"]) if row["hora_hecho"] else None,
        publicada=_day(row["fecha_publicacion"]) or _day(row["fecha_registro"]),
        cdmx=row["cdmx"],
        alcaldia=row["alcaldia"],
        sitio=row["sitio"] or "",
        punto=point,
        movilizacion=bool(row["movilizacion"]),
        modalidades=frozenset(row["modalidades"]),
        textos=tuple(textos),
    )


def days_around(told: Told, before: float, after: float) -> tuple[date, date] | None:
    """Return the first and last day on which a demonstration of this finding may lie, None where no day is known."""
    anchor = told.dia or told.publicada
    return (anchor - timedelta(days=after), anchor + timedelta(days=before)) if anchor else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
