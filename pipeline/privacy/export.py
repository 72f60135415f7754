"""Everything held on a person, to be handed to them: as data (JSON) and as a document that anybody can read (HTML).

What tells of somebody else beside them is theirs to read only where it tells of them: of a text, the piece around the name.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.descriptions import table_docs
from pipeline.privacy.search import Held, held, own_rows
from pipeline.registry.held import Cell, Subject

AROUND = 160  # characters shown before and after the name
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #bbb}"
    "dt{font-weight:600;margin-top:.6rem}dd{margin:0;overflow-wrap:anywhere}mark{background:#fde68a}small{color:#555}"
)


def gathered_export(db: Database, folder: Path, subject: Subject, now: datetime) -> dict[str, Any]:
    """Return everything on a person as plain data, table by table."""
    found = held(db, folder, subject)
    docs = table_docs()
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for table, row in own_rows(db, subject.ids):
        rows[table].append(row)
    for cell in found.cells:
        if cell.tabla not in ("personas", "victimas"):
            rows[cell.tabla].append(_told(cell, subject))
    return {
        "hecho_en": utc_text(now),
        "personas": list(subject.ids),
        "nombres": list(subject.forms.nombres),
        "hallazgos": list(subject.folios),
        "cuantos": found.counts(),
        "tablas": {
            name: {"titulo": docs[name].titulo, "descripcion": docs[name].descripcion, "filas": told}
            for name, told in sorted(rows.items())
        },
        "capturas": _records(found),
        "inciertos": [
            {"tabla": cell.tabla, "fila": cell.fila, "columna": cell.columna, "motivo": why} for cell, why in found.dudas
        ],
        "sin_leer": [{"archivo": one.nombre, "tipo": one.tipo} for one in found.sin_leer],
        "no_se_busca": [
            "Lo que dicen las imágenes y los documentos que no son texto: se enlistan como «sin leer».",
            "Los respaldos: guardan lo mismo que había cuando se hicieron; al restaurarlos se suprime otra vez lo suprimido.",
        ],
    }


def _told(cell: Cell, subject: Subject) -> dict[str, Any]:
    return {"fila": cell.fila, "columna": cell.columna, "dice": list(pieces(cell.valor, subject))}


def pieces(text: str, subject: Subject) -> Iterator[str]:
    """Yield what a text says around each place that tells of the person; pieces that touch are one."""
    start = end = -1
    for found in subject.forms.part.finditer(text):
        first, last = max(0, found.start() - AROUND), min(len(text), found.end() + AROUND)
        if end >= first:
            end = last
            continue
        if start >= 0:
            yield text[start:end]
        start, end = first, last
    if start >= 0:
        yield text[start:end]


def _records(found: Held) -> list[dict[str, Any]]:
    return [{"archivo": one.archivo, "lugar": one.member.offset} for one in found.records]


def as_json(data: dict[str, Any]) -> str:
    """Return the export as JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_html(data: dict[str, Any]) -> str:
    """Return the export as a document by itself, without anything from elsewhere."""
    parts = [
        "<!doctype html><html lang='es-MX'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>",
        f"<title>Datos personales que se conservan</title><style>{STYLE}</style></head><body><main>",
        f"<h1>Datos personales que se conservan</h1><p>Hecho el {escape(data['hecho_en'])}. Se buscó: "
        f"{escape('; '.join(data['nombres']))}. Aparece en {len(data['hallazgos'])} hallazgos: "
        f"{escape(', '.join(data['hallazgos']) or 'ninguno')}.</p>",
    ]
    for name, table in data["tablas"].items():
        parts.append(f"<h2>{escape(table['titulo'])} <small>({escape(name)}, {len(table['filas'])})</small></h2>")
        parts.append(f"<p>{escape(table['descripcion'])}</p><dl>")
        parts += [_entry(name, row) for row in table["filas"]]
        parts.append("</dl>")
    parts.append(f"<h2>Copias de páginas <small>({len(data['capturas'])})</small></h2><ul>")
    parts += [f"<li>{escape(one['archivo'])}, lugar {one['lugar']}</li>" for one in data["capturas"]]
    parts.append(
        f"</ul><h2>Lo que podría hablar de la persona sin nombrarla <small>({len(data['inciertos'])})</small></h2><ul>"
    )
    parts += [
        f"<li>{escape(one['tabla'])}, fila {one['fila']}, {escape(one['columna'])}: {escape(one['motivo'])}</li>"
        for one in data["inciertos"]
    ]
    parts.append(f"</ul><h2>Lo que no se pudo leer <small>({len(data['sin_leer'])})</small></h2><ul>")
    parts += [f"<li>{escape(one['archivo'])} ({escape(one['tipo'])})</li>" for one in data["sin_leer"]]
    parts.append("</ul><h2>Lo que no se busca</h2><ul>")
    parts += [f"<li>{escape(line)}</li>" for line in data["no_se_busca"]]
    return "".join([*parts, "</ul></main></body></html>\n"])


def _entry(table: str, row: dict[str, Any]) -> str:
    if "dice" in row:
        said = "<br>".join(escape(piece) for piece in row["dice"])
        doc = table_docs()[table].columnas.get(row["columna"], "")
        return f"<dt>fila {row['fila']}, {escape(row['columna'])} <small>{escape(doc)}</small></dt><dd>{said}</dd>"
    told = "; ".join(f"{key}: {value}" for key, value in row.items() if value not in (None, ""))
    return f"<dt>fila {row['id']}</dt><dd>{escape(told)}</dd>"
