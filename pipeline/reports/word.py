"""The document as DOCX for offices: real headings, repeated header rows, alternative texts, letter paper, page numbers."""

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_TblPr
from docx.shared import Inches, Mm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph

from pipeline.charts.draw import to_png
from pipeline.reports.document import Celda, Documento, Figura, Lista, Parrafo, Portada, Tabla, Titulo
from pipeline.reports.setting import WIDE, announces, numbered, numeric_columns, shown, unbroken

LANGUAGE = "es-MX"
BLUE, RED, GREY = RGBColor(0x17, 0x38, 0x4A), RGBColor(0x8F, 0x1D, 0x10), RGBColor(0x51, 0x61, 0x6B)
# A document carries its dates of creation and its parts those of their writing; fixed ones keep the bytes equal.
CREATED = datetime(2000, 1, 1)
ZIPPED = (2000, 1, 1, 0, 0, 0)
LINE = "_" * 28


def as_docx(document: Documento) -> bytes:
    """Return the file; the same document gives the same bytes."""
    file = docx.Document()
    page_setup(file, document)
    styles(file)
    properties(file, document)
    write_cover(file, document.portada, document.marca)
    for place, (block, number) in enumerate(numbered(document.bloques)):
        WRITERS[type(block)](file, block, number)
        if announces(document.bloques, place):
            file.paragraphs[-1].paragraph_format.keep_with_next = True
    out = io.BytesIO()
    file.save(out)
    return undated(out.getvalue())


def undated(content: bytes) -> bytes:
    """Return the same archive with every part under one fixed date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(name, ZIPPED), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def page_setup(file: Document, document: Documento) -> None:
    """Set letter paper, margins, the mark above every page, and the foot with the page's number below."""
    section = file.sections[0]
    short, long = Inches(8.5), Inches(11)
    section.page_width, section.page_height = (long, short) if document.apaisado else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if document.apaisado else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = above.add_run(document.marca)
    run.bold, run.font.color.rgb, run.font.size = True, RED, Pt(9)
    below.add_run(f"{document.pie}\tPágina ")
    add_field(below, "PAGE")
    below.add_run(" de ")
    add_field(below, "NUMPAGES")
    below.paragraph_format.tab_stops.add_tab_stop(section.page_width - Mm(40), WD_TAB_ALIGNMENT.RIGHT)
    for run in below.runs:
        run.font.size, run.font.color.rgb = Pt(8), GREY


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the word processor computes (page numbers)."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def styles(file: Document) -> None:
    """Set fonts, colours and the language of the text."""
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    for name, size in (("Title", 24), ("Heading 1", 15), ("Heading 2", 12)):
        style = file.styles[name]
        style.font.size, style.font.color.rgb, style.font.name = Pt(size), BLUE, "Calibri"
    file.styles["Caption"].font.size, file.styles["Caption"].font.color.rgb = Pt(9.5), BLUE


def properties(file: Document, document: Documento) -> None:
    """Fill the document's own data: title, language, fixed dates, no person's name."""
    core, cover = file.core_properties, document.portada
    core.title, core.subject, core.language = f"{cover.titulo}: {cover.periodo}", cover.estado, LANGUAGE
    core.author, core.last_modified_by, core.comments = cover.institucion, "", ""
    core.created = core.modified = CREATED
    core.revision = 1


def write_cover(file: Document, cover: Portada, mark: str) -> None:
    """Write the cover and end its page."""
    if mark:
        run = file.add_paragraph().add_run(mark)
        run.bold, run.font.color.rgb = True, RED
    file.add_paragraph().add_run(cover.institucion or LINE).bold = True
    file.add_paragraph(cover.titulo, "Title")
    file.add_paragraph(cover.periodo, "Subtitle")
    file.add_paragraph().add_run(cover.estado).bold = True
    for name, value in cover.datos:
        paragraph = file.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)
    for role, who in cover.firmas:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(36)
        paragraph.add_run(f"{LINE}\n{who or ' '}\n")
        paragraph.add_run(role).font.color.rgb = GREY
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def write_heading(file: Document, block: Titulo, _number: int) -> None:
    """Write a heading in its real style."""
    file.add_heading(block.texto, block.nivel)


def write_paragraph(file: Document, block: Parrafo, _number: int) -> None:
    """Write a paragraph; what stands out is larger or bold."""
    run = file.add_paragraph().add_run(unbroken(block.texto))
    if block.estilo == "destacado":
        run.bold, run.font.size = True, Pt(13)
    elif block.estilo == "aviso":
        run.bold = True
    elif block.estilo == "nota":
        run.font.size, run.font.color.rgb = Pt(9), GREY


def write_list(file: Document, block: Lista, _number: int) -> None:
    """Write a bulleted list."""
    for item in block.items:
        file.add_paragraph(item, "List Bullet")


def write_table(file: Document, block: Tabla, number: int) -> None:
    """Write a table under its caption; its header row is repeated on every page, and no row is split."""
    caption = file.add_paragraph(f"Cuadro {number}. {block.titulo}", "Caption")
    caption.paragraph_format.keep_with_next = True
    table = file.add_table(2, len(block.columnas), "Light Grid Accent 1")
    described(table._tbl.tblPr, block.titulo)
    right = numeric_columns(block)
    size = Pt(9 if len(block.columnas) < WIDE else 7.5)
    fill_row(table.rows[0], block.columnas, right, size)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    fill_row(table.rows[1], ("",) * len(block.columnas), right, size)
    copy_row(table.rows[1], block.filas)
    file.add_paragraph().add_run(block.nota).font.size = Pt(9)


def described(properties: CT_TblPr, title: str) -> None:
    """Give a table its title for screen readers."""
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), title)
        properties.append(element)


def fill_row(row: _Row, cells: tuple[str, ...], right: frozenset[int], size: Pt) -> None:
    """Write the cells of a row in letters of `size`, numbers to the right."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(text).font.size = size
        if place in right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def copy_row(pattern: _Row, rows: tuple[tuple[Celda, ...], ...]) -> None:
    """Put copies of an empty row, filled, in its place: a long annex made cell by cell would take minutes."""
    body = pattern._tr.getparent()
    body.remove(pattern._tr)
    for row in rows:
        copied = deepcopy(pattern._tr)
        for run, cell in zip(copied.iter(qn("w:r")), row, strict=True):
            run.text = shown(cell)
        body.append(copied)


def write_figure(file: Document, block: Figura, number: int) -> None:
    """Write a picture with its alternative text, and its caption."""
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(io.BytesIO(to_png(block.dibujo)), width=Mm(165))
    picture._inline.docPr.set("descr", block.dibujo.texto)
    picture._inline.docPr.set("title", block.titulo)
    file.add_paragraph(f"Figura {number}. {block.titulo}", "Caption")
    if block.nota:
        file.add_paragraph().add_run(block.nota).font.size = Pt(9)


WRITERS: dict[type, Callable[[Any, Any, int], None]] = {
    Titulo: write_heading,
    Parrafo: write_paragraph,
    Lista: write_list,
    Tabla: write_table,
    Figura: write_figure,
}
