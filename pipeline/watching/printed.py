"""How the report of a demonstration is printed: one HTML page on letter paper, its tables and their cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from pipeline.pages.headings import column_title

Row = Mapping[str, Any]
SHORT, SENTENCE = 14, 60  # letters
MANY = 8  # columns from which a table is set smaller on paper
Columns = Mapping[str, Callable[[Any], str]]
STYLE = (
    "@page{size:letter;margin:16mm 14mm}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f}"
    "h1{line-height:1.2;margin:0 0 .5rem}h2{margin:2rem 0 .5rem}h3{margin:1rem 0 .25rem}p{margin:.25rem 0 .75rem}"
    ".ancha{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{border-bottom:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "td.cifra,th.cifra{text-align:right;font-variant-numeric:tabular-nums}td.corta{white-space:nowrap}"
    "@media screen{td.larga{min-width:14rem}}"
    "@media print{body{font-size:10.5pt;margin:0;padding:0;max-width:none}.ancha{overflow:visible}"
    ".muchas{font-size:8.5pt}.muchas :is(th,td){padding:.2rem .25rem}"
    "h2,h3{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}"
)


def whole_page(title: str, body: Iterable[str]) -> str:
    """Return the page, whole and by itself."""
    return (
        f'<!doctype html><html lang="es-MX"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def paragraph(text: str) -> str:
    """Return a text as a paragraph."""
    return f"<p>{escape(text)}</p>"


def table(found: Sequence[Row], columns: Columns, empty: str, titles: Mapping[str, str] | None = None) -> str:
    """Return rows as a table, numbers to the right; without rows, what `empty` says."""
    if not found:
        return paragraph(empty)
    named = {name: _title((titles or {}).get(name) or column_title(name)) for name in columns}
    figures = {name for name in columns if any(isinstance(row[name], int | float) for row in found)}
    head = "".join(f'<th scope="col"{_class(name in figures)}>{escape(named[name])}</th>' for name in columns)
    body = "".join(f"<tr>{_cells(row, columns, figures)}</tr>" for row in found)
    many = ' class="muchas"' if len(columns) >= MANY else ""
    return f'<div class="ancha" tabindex="0"><table{many}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cells(row: Row, columns: Columns, figures: set[str]) -> str:
    told = {name: "" if row[name] is None else tell(row[name]) for name, tell in columns.items()}
    return "".join(f"<td{_class(name in figures, len(text))}>{escape(text)}</td>" for name, text in told.items())


def _class(figure: bool, length: int = 0) -> str:
    """Return the class of a cell: a figure; a date or a code, which does not break; a sentence, which needs room."""
    if figure:
        return ' class="cifra"'
    return ' class="larga"' if length > SENTENCE else ' class="corta"' if 0 < length < SHORT else ""


def _title(title: str) -> str:
    return title[:1].upper() + title[1:]
