"""The report of a demonstration: one printable HTML page that reads views, without names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from sqlite_utils import Database

from pipeline.pages.finding_rows import rows
from pipeline.pages.headings import column_title
from pipeline.pages.labels import label
from pipeline.pages.wording import counted, day_text, moment_text
from pipeline.registry.demonstrations import Demonstration

Row = Mapping[str, Any]
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{border-bottom:1px solid #999;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top}h2{margin-top:2rem}@media print{body{margin:0;max-width:none}}"
)
PHASES = "SELECT * FROM v_movilizacion_fases WHERE movilizacion_id = ?"
FACTS = "SELECT * FROM v_movilizacion_hechos WHERE movilizacion_id = ? ORDER BY fecha_hecho, hora_hecho, folio"
CYCLES = "SELECT * FROM v_movilizacion_ciclos WHERE movilizacion_id = ? ORDER BY corrida_id"
NOTED = "SELECT * FROM v_movilizacion_anotaciones WHERE movilizacion_id = ? AND que = ? ORDER BY tipo"
BASES = "SELECT * FROM bases WHERE movilizacion_id = ? ORDER BY inicio"
SOURCES = """
SELECT f.nombre, count(*) AS ciclos, sum(c.lecturas_buenas > 0) AS leida, sum(c.nueva) AS nuevas
FROM vigilancias AS v JOIN corridas_fuentes AS c ON c.corrida_id = v.corrida_id JOIN fuentes AS f ON f.id = c.fuente_id
WHERE v.movilizacion_id = ? GROUP BY f.id ORDER BY f.nombre
"""
BASE_KINDS = {"base_ddhh": "Base de Derechos Humanos", "base_mpi": "Base MPI"}


def report(db: Database, demo: Demonstration) -> str:
    """Return the page: what was watched and when, its gaps, the Bases, the facts by phase, what was attended."""
    name = escape(demo.nombre)
    parts = [f"<h1>{name}</h1>", _head(demo), *_watched(db, demo), *_bases(db, demo.id), *_facts(db, demo.id)]
    noted = rows(db, NOTED, demo.id, "atencion")
    parts += ["<h2>Atenciones</h2>", _table(noted, {"tipo": _attention, "veces": str}, "Ninguna.")]
    return (
        f'<!doctype html><html lang="es-MX"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{name}</title><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _head(demo: Demonstration) -> str:
    start = moment_text(demo.inicio.isoformat()) if demo.hora_sabida else day_text(demo.dia.isoformat())
    end = f" a {moment_text(demo.fin.isoformat())}" if demo.fin else ""
    facts = [f"{start}{end}", label("alcaldia", demo.alcaldia), demo.causa, ", ".join(demo.convocantes)]
    route = " → ".join(point.nombre for point in demo.recorrido)
    return f"<p>{escape('. '.join(filter(None, [*facts, route])))}.</p>"


def _watched(db: Database, demo: Demonstration) -> list[str]:
    cycles = rows(db, CYCLES, demo.id)
    gaps = [row for row in cycles if row["hueco"]]
    span = f"{moment_text(demo.vigilar_desde.isoformat())} a {moment_text(demo.vigilar_hasta.isoformat())}"
    last = f"; el último, el {moment_text(cycles[-1]['inicio'])}" if cycles else ""
    said = f"Debía vigilarse de {span}. Se hicieron {counted(len(cycles), 'ciclo', 'ciclos')}{last}."
    sources = {"nombre": str, "ciclos": str, "leida": str, "nuevas": str}
    return [
        f"<h2>Qué se vigiló</h2><p>{escape(said)}</p>",
        _table(rows(db, SOURCES, demo.id), sources, "No se leyó ninguna fuente."),
        "<h3>Huecos</h3>",
        _table(gaps, {"desde": moment_text, "inicio": moment_text, "minutos": str}, "Ninguno entre sus ciclos."),
    ]


def _bases(db: Database, number: int) -> list[str]:
    columns = {"tipo": lambda kind: BASE_KINDS[kind], "inicio": moment_text, "fin": lambda end: moment_text(end) or "abierta"}
    entries = rows(db, NOTED, number, "anotacion")
    return [
        "<h2>Bases</h2>",
        _table(rows(db, BASES, number), columns, "No se instaló ninguna."),
        "<h3>Anotaciones de sus bitácoras</h3>",
        _table(entries, {"tipo": str, "veces": str}, "Ninguna."),
    ]


def _facts(db: Database, number: int) -> list[str]:
    phases = dict.fromkeys(("hechos", "actos", "varias_victimas", "por_revisar", "actos_por_revisar"), str)
    facts: dict[str, Callable[[Any], str]] = {
        "folio": str, "fase": _phase, "estado": lambda state: label("estado", state), "fecha_hecho": day_text,
        "hora_hecho": str, "alcaldia": lambda slug: label("alcaldia", slug), "victimas": str, "actos": str, "resumen": str,
    }  # fmt: skip
    return [
        "<h2>Hechos y actos por fase</h2>",
        "<p>Varias víctimas de una misma acción son un hecho con muchos actos.</p>",
        _table(rows(db, PHASES, number), {"fase": _phase, **phases}, ""),
        _table(rows(db, FACTS, number), facts, "Ningún hallazgo enlazado."),
    ]


def _phase(slug: str) -> str:
    return label("fase", slug)


def _attention(kind: str) -> str:
    return label("atencion_tipo", kind)


def _table(found: Sequence[Row], columns: Mapping[str, Callable[[Any], str]], empty: str) -> str:
    if not found:
        return f"<p>{escape(empty)}</p>"
    head = _cells("th", (_title(name) for name in columns))
    body = (_cells("td", ("" if row[name] is None else told(row[name]) for name, told in columns.items())) for row in found)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{one}</tr>' for one in body)}</tbody></table>"


def _title(name: str) -> str:
    title = column_title(name)
    return title[:1].upper() + title[1:]


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
