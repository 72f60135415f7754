"""What happened to a finding's captures, in words: the lines of custody that are not mere checks, the newest first."""

from collections.abc import Callable, Mapping
from typing import Any

Row = dict[str, Any]

EVIDENCE = """
SELECT max(id) AS id, cuando, accion, quien, detalle, noticia_id, count(*) AS capturas FROM custodia
WHERE folio = ? AND accion <> 'verificacion'
GROUP BY cuando, accion, quien, detalle, iif(accion IN ('recaptura', 'ausencia', 'version'), id, 0)
ORDER BY id DESC LIMIT 50
"""
SAME, NO_ARTICLE = "igual", "sin_nota"


def _recaptured(row: Row) -> str:
    if row["detalle"] == SAME:
        return f"volvió a capturar la noticia {row['noticia_id']}: dice lo mismo"
    return f"volvió a capturar la noticia {row['noticia_id']}: su dirección ya no lleva a la nota"


TELLERS: Mapping[str, Callable[[Row], str]] = {
    "inventario": lambda row: f"anotó {_captures(row)} que ya estaban",
    "ingreso": lambda row: f"recibió {_captures(row)}" + (" de un archivo web" if row["detalle"] else ""),
    "version": lambda row: f"guardó una versión nueva de la noticia {row['noticia_id']}",
    "traslado": lambda row: f"trajo {_captures(row)} {row['detalle']}",
    "recaptura": _recaptured,
    "ausencia": lambda row: f"comprobó que la noticia {row['noticia_id']} ya no estaba en su sitio ({row['detalle']})",
    "exportacion": lambda row: f"entregó un expediente con {_captures(row)}",
    "depuracion": lambda row: f"retiró el archivo de {_captures(row)}; queda la copia",
}


def _captures(row: Row) -> str:
    return "una captura" if row["capturas"] == 1 else f"{row['capturas']} capturas"


def shown_evidence(row: Row) -> Row:
    """Add what was done in words (`hizo`) to a line of custody."""
    teller = TELLERS.get(row["accion"])
    return row | {"hizo": teller(row) if teller else row["accion"]}
