"""The trail of a finding in words: each line of `bitacora` as what somebody did."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.pages.headings import column_title
from pipeline.pages.labels import label
from pipeline.pages.wording import counted, day_text

Row = dict[str, Any]

# What the other actions did, after the name of who did it; the values of these lines are ids or versions and say nothing more.
DID = {
    "deshacer": "deshizo un cambio",
    "comentar": "comentó",
    "ver_novedades": "vio las noticias nuevas",
    "turnar": "turnó a atención",
    "dejar_segunda_lectura": "dejó su segunda lectura para ver los códigos",
    "acusar": "acusó recibo de la urgencia",
    "nota_a_mano": "agregó una noticia a mano",
    "nota_por_direccion": "agregó una noticia por su dirección",
    "reintentar_nota": "pidió otra vez una noticia que falló",
    "quitar_aviso": "quitó el aviso de una noticia que falló",
}
# The same in the words of the button that undoes it.
CHANGE = {
    "estado": "el cambio de estado",
    "corregir": "la corrección de un código",
    "descorregir": "la vuelta al valor calculado",
    "fusionar": "la fusión",
    "separar": "la separación de noticias",
    "mover_nota": "el cambio de lugar de una noticia",
    "aparte": "la decisión de que son dos hechos",
    "victimas": "el cambio de víctimas",
    "actos": "el cambio de actos",
}


def shown_value(field_name: str, stored: str | None) -> str:
    """Return a trail's or a correction's JSON value in labels; what is no JSON stays as it is."""
    try:
        value = json.loads(stored or "null")
    except ValueError:
        return str(stored)
    items = value if isinstance(value, list) else [value]
    if field_name == "fecha_hecho":
        items = [day_text(item) if item else item for item in items]
    return ", ".join(label(field_name, item) for item in items) or "vacío"


def shown_change(row: Row) -> Row:
    """Add what was done in words (`hizo`) to a line of the trail."""
    teller = TELLERS.get(row["accion"])
    return row | {"hizo": teller(row) if teller else DID.get(row["accion"], row["accion"])}


def shown_last(row: Row) -> Row:
    """Add what the button undoes in words (`cambio`) to the last change of a finding."""
    return row | {"cambio": CHANGE.get(row["accion"], row["accion"])}


def _values(row: Row) -> str:
    """Return `: before → after`; nothing for a field whose values the trail does not keep."""
    if row["antes"] is None and row["despues"] is None:
        return ""
    before, after = (shown_value(row["campo"], row[name]) for name in ("antes", "despues"))
    return f": {before} → {after}"


def told_changes(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Return in words the fields whose values differ: `Modalidad: Amenaza, Ataque físico → Amenaza`."""
    told = [
        f"{column_title(campo)}: {' → '.join(shown_value(campo, json.dumps(one[campo])) for one in (before, after))}"
        for campo in after
        if after[campo] != before[campo]
    ]
    return "; ".join(told)


def _merged(row: Row) -> str:
    return f"recibió a {_plain(row['antes'])}" if row["antes"] else f"lo fusionó en {_plain(row['despues'])}"


def _split(row: Row) -> str:
    if row["antes"] is None:
        return "lo formó con noticias separadas de otro"
    return f"separó {counted(_count(row['antes']) - _count(row['despues']), 'noticia', 'noticias')}"


def _plain(stored: str | None) -> str:
    return str(json.loads(stored or '""'))


def _count(stored: str | None) -> int:
    value = json.loads(stored or "[]")
    return len(value) if isinstance(value, list) else int(value or 0)


TELLERS: Mapping[str, Callable[[Row], str]] = {
    "estado": lambda row: f"cambió el estado{_values(row)}",
    "corregir": lambda row: f"corrigió {column_title(row['campo'])}{_values(row)}",
    "descorregir": lambda row: f"volvió al valor calculado de {column_title(row['campo'])}{_values(row)}",
    "fusionar": _merged,
    "separar": _split,
    "mover_nota": lambda row: f"movió una noticia de {_plain(row['antes'])} a {_plain(row['despues'])}",
    "aparte": lambda row: f"dijo que {_plain(row['despues'])} es otro hecho",
    "recodificar": lambda row: f"con las noticias que salieron cambió {column_title(row['campo'])}{_values(row)}",
    "victimas": lambda row: f"cambió las víctimas: {_count(row['antes'])} → {_count(row['despues'])}",
    "actos": lambda row: f"cambió los actos: quedan {_count(row['despues'])}",
    "deshacer": lambda row: f"deshizo {CHANGE.get(row['campo'], row['campo'])}",
    "asignar": lambda row: f"lo dejó a cargo de {_plain(row['despues']) or 'nadie'}",
    "deshacer_asignacion": lambda row: f"deshizo la asignación: queda a cargo de {_plain(row['despues']) or 'nadie'}",
    "posponer": lambda row: f"lo pospuso hasta el {day_text(_plain(row['despues'])) or 'mismo día'}",
    "atender": lambda row: f"anotó en atención: {label('atencion_tipo', row['campo'])}",
}
