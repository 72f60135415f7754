"""The document as one HTML file that needs nothing else: semantic, readable on a screen, and set for letter paper."""

import base64
from html import escape
from pathlib import Path

from pipeline.charts.draw import to_svg
from pipeline.reports.document import Bloque, Documento, Figura, Lista, Parrafo, Portada, Tabla, Titulo
from pipeline.reports.setting import WIDE, numbered, numeric_columns, shown, unbroken

STYLE = Path(__file__).with_name("informe.css")
# A table of at most these rows is not split between pages.
KEPT_WHOLE = 20
BLANK = '<span class="blanco"><span class="oculto">por llenar</span></span>'


def as_html(document: Documento) -> bytes:
    """Return the whole file; the same document gives the same bytes."""
    cover = document.portada
    title = f"{cover.titulo}: {cover.periodo}"
    mark = f'<p class="marca">{escape(document.marca)}</p>' if document.marca else ""
    blocks = "\n".join(block_html(block, number) for block, number in numbered(document.bloques))
    style = style_of(document)
    return f"""<!DOCTYPE html>
<html lang="es-MX">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{style}</style>
</head>
<body>
{cover_html(cover, mark)}
<main>
{blocks}
</main>
<footer><p>{escape(document.pie)}</p></footer>
</body>
</html>
""".encode()


def style_of(document: Documento) -> str:
    """Return the style sheet with what stands on every page."""
    told = {"MARCA": css_text(document.marca), "PIE": css_text(document.pie), "APAISADO": " landscape" * document.apaisado}
    told["ALTO"] = "150mm" if document.apaisado else "215mm"  # of the cover: within the page's margins
    text = STYLE.read_text("utf-8")
    for name, value in told.items():
        text = text.replace(f"/*{name}*/", value)
    return text


def css_text(text: str) -> str:
    """Return a CSS string that holds `text`."""
    safe = "".join(c if c.isalnum() or c in " .,:;()/-_·" else f"\\{ord(c):x} " for c in text)
    return f'"{safe}"'


def cover_html(cover: Portada, mark: str) -> str:
    """Return the cover: institution, title, period, state, data, and who signs."""
    told = "\n".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in cover.datos)
    signed = "\n".join(
        f'<div><dt>{escape(role)}</dt><dd class="firma">{escape(who) if who else BLANK}</dd></div>'
        for role, who in cover.firmas
    )
    signatures = f'<dl class="firmas">\n{signed}\n</dl>' if signed else ""
    return f"""<header class="portada">
{mark}
<p class="institucion">{escape(cover.institucion) if cover.institucion else BLANK}</p>
<h1>{escape(cover.titulo)}</h1>
<p class="periodo">{escape(cover.periodo)}</p>
<p class="estado">{escape(cover.estado)}</p>
<dl class="datos">
{told}
</dl>
{signatures}
</header>"""


def block_html(block: Bloque, number: int) -> str:
    """Return one block; `number` is its number among its kind."""
    match block:
        case Titulo(text, level):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Parrafo(text, style):
            told = escape(unbroken(text))
            return f'<p class="{style}">{told}</p>' if style else f"<p>{told}</p>"
        case Lista(items):
            return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"
        case Tabla():
            return table_html(block, number)
        case Figura():
            return figure_html(block, number)


def table_html(table: Tabla, number: int) -> str:
    """Return a table with its caption, its header row and the first cell of each row as that row's header."""
    right = numeric_columns(table)
    head = "".join(
        f'<th scope="col"{class_of(place in right)}>{escape(name)}</th>' for place, name in enumerate(table.columnas)
    )
    rows = "\n".join(row_html(row, right) for row in table.filas)
    note = f'<p class="nota">{escape(table.nota)}</p>' if table.nota else ""
    caption = f"<caption>Cuadro {number}. {escape(table.titulo)}</caption>"
    body = f"{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>"
    whole = " entero" * (len(table.filas) <= KEPT_WHOLE)
    wide = " ancho" * (len(table.columnas) >= WIDE)
    box = f'<div class="cuadro{whole}{wide}" role="region" aria-label="Cuadro {number}" tabindex="0">'
    return f"{box}<table>\n{body}\n</table>{note}</div>"


def row_html(row: tuple[str | int | None, ...], right: frozenset[int]) -> str:
    """Return one row."""
    first, *rest = (escape(shown(cell)) for cell in row)
    cells = "".join(f"<td{class_of(place in right)}>{cell}</td>" for place, cell in enumerate(rest, 1))
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def class_of(numeric: bool) -> str:
    """Return the class of a cell that is set right."""
    return ' class="n"' if numeric else ""


def figure_html(figure: Figura, number: int) -> str:
    """Return a picture as an image with its alternative text, so that no id of one drawing meets another's."""
    data = base64.b64encode(to_svg(figure.dibujo).encode()).decode()
    note = f'<p class="nota">{escape(figure.nota)}</p>' if figure.nota else ""
    image = f'<img alt="{escape(figure.dibujo.texto)}" src="data:image/svg+xml;base64,{data}">'
    return f"<figure>{image}<figcaption>Figura {number}. {escape(figure.titulo)}</figcaption>{note}</figure>"
