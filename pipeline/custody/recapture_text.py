"""What `hallazgos evidencia recapturar` prints."""

from pathlib import Path

from crawlers.options import HarvestOptions
from crawlers.replay import ReplayError
from pipeline.custody.recapture import Outcome, recapture
from pipeline.errores import ErrorDeUso
from pipeline.tables import show_rows

COLUMNS = ("noticia_id", "folio", "resultado", "detalle")
HEADINGS = ("Noticia", "Hallazgo", "Qué pasó", "Detalle")
WORDS = {
    Outcome.SAME: "dice lo mismo",
    Outcome.VERSION: "cambió: hay una versión nueva",
    Outcome.GONE: "ya no está",
    Outcome.NO_ARTICLE: "su dirección ya no lleva a la nota",
    Outcome.NOT_READ: "no se pudo pedir",
}


def show(registro: Path, key: str, options: HarvestOptions, form: str) -> int:
    """Ask again and print what came of each noticia; return how many could not be asked for."""
    try:
        found = recapture(registro, key, options)
    except ReplayError as error:
        raise ErrorDeUso(str(error)) from error
    rows = [
        {
            "noticia_id": one.noticia_id,
            "folio": one.folio,
            "resultado": WORDS[one.resultado] if form == "tabla" else one.resultado,
            "detalle": one.detalle,
        }
        for one in found
    ]
    show_rows(COLUMNS, rows, form, headings=HEADINGS)
    return sum(one.resultado == Outcome.NOT_READ for one in found)
