"""Month by month against the year before, from the rows of `v_comparativo_anual`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.charts.chart import BEFORE, INK, MAIN, NARROW, SOFT, WIDTH, Chart, chart, enumeration
from pipeline.figures.m1 import UNCOVERED, split_marks
from pipeline.periodos import MONTHS

Row = Mapping[str, Any]
PARTLY = {"parcial", "cobertura incompleta"}
HEIGHT = 240
STEP = 34  # a month's two bars when they lie
LABELS = "slice(datum.label, 0, 3) + (indexof(datum.label, '*') > 0 ? '*' : '')"


@dataclass(frozen=True)
class Month:
    """One month: its registros and those of the year before, None where nothing is known.

    `parcial`: some of its days have no figures; `llegado`: it is among the months told, not one to come.
    """

    nombre: str
    ahora: int | None
    antes: int | None
    parcial: bool = False
    llegado: bool = True

    @property
    def rotulo(self) -> str:
        """The name on the axis: one known only in part has an asterisk."""
        return self.nombre + "*" * self.parcial


def month_by_month(rows: Sequence[Row], year: int, *, narrow: bool = False, what: str = "registros") -> Chart:
    """Return the chart of a year's twelve months beside those of the year before.

    `rows` are `v_comparativo_anual`'s; the months of `year` and `year` - 1 are taken. A month without figures has no bar,
    which is not zero. Narrow: the bars lie. `what` names what the rows count.
    """
    by_period = {row["periodo"]: row for row in rows}
    months = [read_month(by_period, year, number) for number in range(1, 13)]
    body = lying(months, year) if narrow else standing(months, year, what)
    title = f"{what[0].upper()}{what[1:]} por mes de {year} y de {year - 1}"
    return chart("mensual", title, month_text(months, year, what), body)


def read_month(by_period: Mapping[str, Row], year: int, number: int) -> Month:
    """Return one month as the view has it; of a month to come, what the year before had."""
    own = by_period.get(f"{year:04d}-{number:02d}")
    past = by_period.get(f"{year - 1:04d}-{number:02d}")
    name = MONTHS[number - 1]
    if own is None:
        return Month(name, None, past["registros"] if past else None, llegado=False)
    partly = bool(PARTLY & set(split_marks(own["marcas"])))
    return Month(name, own["registros"], own["registros_anterior"], parcial=partly)


def month_text(months: Sequence[Month], year: int, what: str) -> str:
    """Return the figures in one sentence."""
    known = [month for month in months if month.ahora is not None or month.antes is not None]
    if not known:
        return f"No hay {what} por mes de {year} ni de {year - 1}."
    parts = [f"{month.nombre} {told(month.ahora, month)} ({told(month.antes, month)})" for month in known]
    partial = enumeration([month.nombre for month in known if month.parcial])
    neither = enumeration([month.nombre for month in months if month.llegado and month not in known])
    more = f"; {partial}, a medias" if partial else ""
    more += f"; {neither}, {UNCOVERED} en ninguno de los dos años" if neither else ""
    return f"{what[0].upper()}{what[1:]} por mes de {year} y, entre paréntesis, de {year - 1}: {enumeration(parts)}{more}."


def told(value: int | None, month: Month) -> str:
    """Return a count as a sentence says it; of a month to come nothing can be missing."""
    if value is not None:
        return str(value)
    return UNCOVERED if month.llegado else "sin dato"


def values(months: Sequence[Month], year: int) -> list[dict[str, Any]]:
    """Return the drawn rows: one a month and year that has a figure."""
    pairs = [(month, str(year - 1), month.antes) for month in months] + [(month, str(year), month.ahora) for month in months]
    return [{"mes": month.rotulo, "anio": each, "registros": n} for month, each, n in pairs if n is not None]


def standing(months: Sequence[Month], year: int, what: str) -> dict[str, Any]:
    """Return the spec's body with the months side by side."""
    x = month_axis(months) | {"axis": {"labelAngle": 0, "ticks": False, "labelPadding": 5, "labelExpr": LABELS}}
    y = {"field": "registros", "type": "quantitative", "title": what, "axis": {"tickMinStep": 1, "format": "d"}}
    place = {"x": x, "y": y, "xOffset": year_channel(year)}
    return layers(months, year, place, {"baseline": "bottom", "dy": -2}) | {"width": WIDTH - 60, "height": HEIGHT}


def lying(months: Sequence[Month], year: int) -> dict[str, Any]:
    """Return the spec's body with the months one under the other, for a phone."""
    y = month_axis(months) | {"axis": {"ticks": False, "labelPadding": 5}}
    x = {"field": "registros", "type": "quantitative", "axis": None}
    place = {"x": x, "y": y, "yOffset": year_channel(year)}
    put = {"align": "left", "baseline": "middle", "dx": 3}
    return layers(months, year, place, put) | {"width": NARROW - 110, "height": 12 * STEP}


def layers(months: Sequence[Month], year: int, place: dict[str, Any], put: dict[str, Any]) -> dict[str, Any]:
    """Return the bars with their numbers, placed by `place`; `put`: where a number stands to its bar."""
    legend = {"title": None, "orient": "top", "symbolType": "square", "symbolStrokeColor": SOFT, "symbolStrokeWidth": 1}
    colour = year_channel(year) | {"legend": legend}
    colour["scale"] = colour["scale"] | {"range": [BEFORE, MAIN]}
    bars = {"mark": {"type": "bar", "stroke": SOFT, "strokeWidth": 0.8}, "encoding": {"color": colour}}
    drawn = values(months, year)
    size = 11 if all(row["registros"] < 100 for row in drawn) else 9.5  # three figures over a bar, beside those of the next
    numbers = {"mark": {"type": "text", "color": INK, "fontSize": size, **put}, "encoding": {"text": {"field": "registros"}}}
    return {"data": {"values": drawn}, "encoding": place, "layer": [bars, numbers]}


def month_axis(months: Sequence[Month]) -> dict[str, Any]:
    """Return the channel of the twelve months, those without figures too."""
    return {"field": "mes", "type": "ordinal", "title": None, "scale": {"domain": [month.rotulo for month in months]}}


def year_channel(year: int) -> dict[str, Any]:
    """Return the channel of the two years, the one before first."""
    return {"field": "anio", "type": "nominal", "scale": {"domain": [str(year - 1), str(year)]}}
