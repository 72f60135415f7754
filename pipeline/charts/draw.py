"""Draws a chart's spec; nothing outside the spec is read, and the same spec gives the same bytes."""

import json
from functools import lru_cache
from typing import Final

from pipeline.charts.chart import Chart

VEGALITE: Final = "5.20"
LOCALE: Final = "es-MX"
KEPT = 64  # drawings kept in memory, 10–40 kB each: a page asks for the same ones until a figure changes


def to_svg(chart: Chart) -> str:
    """Return the drawing as SVG text."""
    return _svg(written(chart))


def to_png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """Return the drawing as PNG, `scale` pixels for each of the spec's; the very pixels that the spec gives by itself."""
    import vl_convert  # noqa: PLC0415 - +74 MB of memory: only for who draws

    return vl_convert.svg_to_png(to_svg(chart), scale=scale)


def written(chart: Chart) -> str:
    """Return the spec as vl-convert takes it."""
    return json.dumps(chart.spec, ensure_ascii=False)


@lru_cache(maxsize=KEPT)
def _svg(spec: str) -> str:
    import vl_convert  # noqa: PLC0415 - as above

    return vl_convert.vegalite_to_svg(spec, vl_version=VEGALITE, allowed_base_urls=[], format_locale=LOCALE)
