"""Gives the templates our words: dates, counts, labels, filters."""

from datasette import hookimpl
from jinja2 import Environment

from pipeline.pages import headings, labels, wording
from pipeline.pages.base_path import local_link
from pipeline.pages.cells import cell_text, reading_order
from pipeline.pages.serving import table_title


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register filters and globals under the names that the templates use."""
    env.filters.update(
        {
            "dia": wording.day_text,
            "momento": wording.moment_text,
            "hora": wording.hour_text,
            "numero": wording.number,
            "titulo_columna": headings.column_title,
        }
    )
    env.globals.update(
        {
            "etiqueta": labels.label,
            "lista": labels.json_list,
            "con_etiquetas": labels.labels_of,
            "celda": cell_text,
            "con_folios": wording.folios_linked,
            "enlace_local": local_link,
            "contado": wording.counted,
            "filtros_en_palabras": wording.filters_text,
            "titulo_tabla": table_title,
            "en_orden": reading_order,
            "operadores": wording.LOOKUPS,
        }
    )
