"""What a chart is: its title, its figures in a sentence, and the spec that vl-convert draws to the same bytes each time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# vl-convert carries this family, so the server draws with it whatever is installed; browsers without it take the next ones.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, SOFT, RULE, PAPER = "#1c2a33", "#51616b", "#d5dce0", "#ffffff"
# Told apart in grey too: the first is near black, the second a light grey with an edge of 3:1 against the paper.
MAIN, BEFORE = "#17384a", "#cfd9de"
WIDTH, NARROW = 640, 330


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn. `texto` says its figures in one sentence: the text alternative; `credito` goes under it."""

    nombre: str
    titulo: str
    texto: str
    spec: dict[str, Any] = field(repr=False)
    credito: str = ""


def chart(nombre: str, titulo: str, texto: str, body: dict[str, Any], *, credito: str = "") -> Chart:
    """Return the chart of a spec's body, with the looks that all share. The title is for the page to set, not the drawing."""
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "description": texto, "background": PAPER, **body}
    return Chart(nombre, titulo, texto, {**spec, "config": CONFIG}, credito)


CONFIG: dict[str, Any] = {
    "aria": False,  # the text alternative stands for the whole; marks read one by one would be in English
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": SOFT,
        "tickColor": SOFT,
        "gridColor": RULE,
        "labelLimit": 260,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
    "text": {"font": FONT, "color": INK, "fontSize": 11},
}


def enumeration(parts: Sequence[str]) -> str:
    """Return the parts as a Spanish sentence counts them off: «a, b y c», «a e Iztapalapa»."""
    if len(parts) < 2:
        return "".join(parts)
    word = "e" if re.match(r"h?[ií](?!e)", parts[-1], re.IGNORECASE) else "y"
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
