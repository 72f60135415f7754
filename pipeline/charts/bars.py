"""Counts by a code (kind, perpetrator, class…) as bars that lie, each with its name and its number."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

from pipeline.charts.chart import INK, MAIN, NARROW, WIDTH, Chart, chart, enumeration

LINE, GAP = 14, 16  # of a name's letters, and between one row and the next


def bars(nombre: str, titulo: str, counts: Sequence[tuple[str, int]], *, narrow: bool = False) -> Chart:
    """Return the chart of (label, count) pairs in the order given; zeros keep their row."""
    values = [{"que": label, "registros": n} for label, n in counts]
    text = f"{titulo}: {enumeration([f'{label} {n}' for label, n in counts])}." if counts else f"{titulo}: sin registros."
    return chart(nombre, titulo, text, bar_layout(values, NARROW if narrow else WIDTH))


def bar_layout(values: list[dict[str, Any]], width: int) -> dict[str, Any]:
    """Return the spec's body for `width` in all, names included."""
    names, letters = (130, 19) if width == NARROW else (210, 32)
    wrapped = [value | {"que": fill(value["que"], letters)} for value in values]
    lines = max((value["que"].count("\n") + 1 for value in wrapped), default=1)
    axis = {"ticks": False, "domain": False, "labelPadding": 6, "labelExpr": "split(datum.label, '\\n')"}
    along = {"field": "que", "type": "nominal", "sort": None, "title": None, "axis": axis}
    highest = max((v["registros"] for v in values), default=0) or 1
    across = {"field": "registros", "type": "quantitative", "axis": None, "scale": {"domain": [0, highest], "nice": False}}
    drawn = {"mark": {"type": "bar", "color": MAIN, "height": 18}}
    number = {"type": "text", "align": "left", "dx": 4, "color": INK, "fontSize": 12}
    told = {"mark": number, "encoding": {"text": {"field": "registros"}}}
    place = {"y": along, "x": across}
    size = {"width": width - names - 40, "height": max(len(values), 1) * (lines * LINE + GAP)}
    return {"data": {"values": wrapped}, "encoding": place, "layer": [drawn, told], **size}
