"""One cell of a table page: the label of a slug, chips for a list, a link for a folio, a day that reads well."""

import re

from datasette.url_builder import Urls
from datasette.utils import tilde_encode
from markupsafe import Markup

from pipeline.pages.access import DATABASE
from pipeline.pages.headings import column_title
from pipeline.pages.labels import json_list, label, labels_of
from pipeline.pages.records import json_record, plain_value, record_lines
from pipeline.pages.wording import day_text, moment_text

NOTHING = Markup('<span class="vacio" role="img" aria-label="sin dato">–</span>')
COLOURED = frozenset({"clase", "estado", "situacion"})
FOREIGN = {
    "fuente_id": "fuentes",
    "corrida_id": "corridas",
    "noticia_id": "noticias",
    "persona_id": "personas",
    "victima_id": "victimas",
}
# columns that few read and that push the others out of sight: a table shows them last
MACHINE = frozenset({"url", "url_canonica", "url_normalizada", "sha256", "captura", "huella", "etag"})
FOLIO_COLUMNS = frozenset({"folio", "fusionado_en"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ADDRESS = re.compile(r"https?://")


def cell(value: object, column: str, urls: Urls) -> Markup | None:
    """Return the cell's HTML, or None when the plain value is right. A foreign key comes as {value, label}."""
    plain = value["value"] if isinstance(value, dict) else value
    if plain is None or plain == "":
        return NOTHING
    if column in FOLIO_COLUMNS:
        return folio_link(str(plain), urls)
    if isinstance(value, dict) and column in FOREIGN:
        target = urls.row(DATABASE, FOREIGN[column], tilde_encode(str(plain)))
        return Markup('<a href="{}">{}</a>').format(target, value["label"])
    return coded_cell(column, plain) or text_cell(plain)


def coded_cell(column: str, value: object) -> Markup | None:
    """Return the labels of a column that holds slugs: a list as chips, states in colour, other codes as words."""
    if column == "campo":  # of a passage also inside another, `lugar.alcaldia`
        return Markup('<span class="palabra">{}</span>').format(column_title(str(value).rpartition(".")[2]))
    if column in ("antes", "despues"):
        return Markup('<span class="palabra">{}</span>').format(plain_value(str(value)))
    record = json_record(value)
    if record is not None:
        return Markup('<span class="registro">{}</span>').format(";\n".join(record_lines(record))) if record else NOTHING
    items = json_list(value)
    if items is not None:
        return chips(column, items)
    if column in COLOURED:
        return chip(column, str(value))
    return Markup('<span class="palabra">{}</span>').format(label(column, value)) if labels_of(column) else None


def text_cell(value: object) -> Markup | None:
    """Return days and moments in words, addresses as text that leads nowhere (they stand as links on the finding's page)."""
    if not isinstance(value, str):
        return None
    if MOMENT.fullmatch(value):
        return Markup('<time datetime="{}">{}</time>').format(value, moment_text(value))
    if DAY.fullmatch(value):
        return Markup('<time datetime="{}">{}</time>').format(value, day_text(value))
    if ADDRESS.match(value):
        return Markup('<span class="direccion">{}</span>').format(value)
    return None


def folio_link(folio: str, urls: Urls) -> Markup:
    """Return the link to a finding's page."""
    return Markup('<a class="folio" href="{}">{}</a>').format(urls.path(f"/-/hallazgo/{folio}"), folio)


def chip(column: str, value: str) -> Markup:
    """Return one slug as a small coloured label; a value of two words gives one class, not two."""
    return Markup('<span class="ficha {}-{}">{}</span>').format(column, value.replace(" ", "-"), label(column, value))


def chips(column: str, values: list[str]) -> Markup:
    """Return a list of slugs as small labels."""
    return Markup(" ").join(chip(column, value) for value in values) or NOTHING


def cell_text(column: str, value: object, urls: Urls) -> Markup | str:
    """Return a cell for a table of ours: as `cell`, with the plain text where that gives None."""
    return cell(value, column, urls) or str(value)


def reading_order(columns: list[str]) -> list[int]:
    """Return the places of a table's columns as a page shows them: the key, a title, the others, addresses and digests."""

    def rank(place: int) -> int:
        return 0 if place == 0 else 1 if columns[place] == "titulo" else 3 if columns[place] in MACHINE else 2

    return sorted(range(len(columns)), key=rank)
