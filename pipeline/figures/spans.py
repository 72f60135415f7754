"""Which days of the year before stand beside those of a period in the rows that M1 does not divide."""

from dataclasses import dataclass

from pipeline.figures.m1 import Figura


@dataclass(frozen=True)
class Tramos:
    """The days counted, `AAAA-MM-DD`, and those of the year before they stand beside (None: there is nothing to tell apart)."""

    desde: str
    hasta: str
    base_desde: str | None = None
    base_hasta: str | None = None


def spans_of(figura: Figura) -> Tramos:
    """Return the period's days and those of the year before that its breakdowns stand beside.

    These are the days that M1 divides by; where it divides nothing, the whole period of the year before. Imported monthly
    totals tell no rows: then there are none.
    """
    compared = figura.anterior_comparado is not None
    totals = figura.base_de_totales if compared else figura.anterior_de_totales
    if totals or (not compared and figura.registros_anterior is None):
        return Tramos(figura.inicio, figura.fin)
    first, last = (figura.comparado_inicio, figura.comparado_fin) if compared else (figura.anterior_inicio, figura.anterior_fin)
    return Tramos(figura.inicio, figura.fin, first, last)
