"""What `hallazgos reetiquetar` prints."""

import click

from nlp.etiquetas import VERSION_ETIQUETADOR
from pipeline.pages.headings import column_title
from pipeline.retagging.compare import Difference, Year
from pipeline.tables import show_rows

COLUMNS, HEADINGS = ("que", "antes", "despues", "cambian"), ("Qué", "Antes", "Después", "Cambian")
MEASURES = ("registros", "por revisar", "M1 (%)", "M1 provisional (%)")
MOST_FOLIOS = 20


def show(found: Difference, form: str, *, done: bool) -> None:
    """Print what changed, or would change."""
    rows: list[dict[str, object]] = [{"que": "noticias que se leen con otra versión", "cambian": found.noticias}]
    rows += [{"que": f"hallazgos: {column_title(name)}", "cambian": count} for name, count in found.fields.items() if count]
    rows.append({"que": "hallazgos nuevos, por revisar", "cambian": len(found.new)})
    rows.append({"que": "hallazgos que ninguna noticia sostiene ya", "cambian": len(found.lost)})
    rows += [row for year, pair in found.years.items() for row in _year(year, *pair)]
    show_rows(COLUMNS, rows, form, headings=HEADINGS)
    if form != "tabla":
        return
    if found.lost:
        more = f" y {len(found.lost) - MOST_FOLIOS} más" if len(found.lost) > MOST_FOLIOS else ""
        click.echo(f"Siguen como estaban, por si alguien los descarta: {', '.join(found.lost[:MOST_FOLIOS])}{more}.")
    if done:
        click.echo(f"Aplicado con el etiquetador {VERSION_ETIQUETADOR}. Lo que decidió una persona no cambió.")
    else:
        click.echo("Nada ha cambiado: para aplicarlo, repita la orden con --aplicar.")


def _year(year: str, before: Year, after: Year) -> list[dict[str, object]]:
    return [
        {"que": f"{year}: {name}", "antes": old, "despues": new, "cambian": "sí" if old != new else "no"}
        for name, old, new in zip(MEASURES, before, after, strict=True)
    ]
