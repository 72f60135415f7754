"""The report of a demonstration: one printable HTML page that reads views. It carries no name and no text of a log."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.pages.finding_rows import rows
from pipeline.pages.labels import label
from pipeline.pages.wording import counted, day_text, hour_text, moment_text, number
from pipeline.registry.demonstrations import CANCELLED, Demonstration
from pipeline.watching.printed import Columns, Row, paragraph, table, whole_page

PHASES = "SELECT * FROM v_movilizacion_fases WHERE movilizacion_id = ?"
FACTS = "SELECT * FROM v_movilizacion_hechos WHERE movilizacion_id = ? ORDER BY fecha_hecho, hora_hecho, folio"
CYCLES = "SELECT count(*) AS veces, max(inicio) AS ultimo FROM v_movilizacion_ciclos WHERE movilizacion_id = ?"
GAPS = """
SELECT desde, min(hasta, :ahora) AS hasta, round((julianday(min(hasta, :ahora)) - julianday(desde)) * 1440) AS minutos, abierto
FROM v_movilizacion_huecos
WHERE movilizacion_id = :id AND julianday(:ahora) - julianday(desde) > 2 * previsto / 1440
ORDER BY desde
"""
NOTED = "SELECT * FROM v_movilizacion_anotaciones WHERE movilizacion_id = ? AND que = ? ORDER BY tipo"
HOURS = "SELECT * FROM v_movilizacion_bitacora WHERE movilizacion_id = ? ORDER BY base_id, hora, tipo"
BASES = """
SELECT b.*, (SELECT count(*) FROM registros_base AS e WHERE e.base_id = b.id) AS anotaciones
FROM bases AS b WHERE b.movilizacion_id = ? ORDER BY b.inicio
"""
SOURCES = "SELECT * FROM v_movilizacion_fuentes WHERE movilizacion_id = ? ORDER BY nombre"


def report(db: Database, demo: Demonstration, now: datetime) -> str:
    """Return the page: what was watched and when until now, its gaps, the Bases, the facts by phase, what was attended."""
    kinds = {"tipo": _label("atencion_tipo"), "veces": number}
    body = [
        *_head(demo, now),
        *_watched(db, demo, now),
        *_bases(db, demo.id),
        *_facts(db, demo.id),
        "<h2>Atenciones</h2>",
        table(rows(db, NOTED, demo.id, "atencion"), kinds, "Ninguna."),
    ]
    return whole_page(demo.nombre, body)


def _head(demo: Demonstration, now: datetime) -> list[str]:
    start = moment_text(demo.inicio.isoformat()) if demo.hora_sabida else f"{day_text(demo.dia.isoformat())}, sin hora sabida"
    end = f"a {moment_text(demo.fin.isoformat())}" if demo.fin else "sin hora de fin sabida"
    groups = f"Convocan: {', '.join(demo.convocantes)}" if demo.convocantes else ""
    route = f"Recorrido: {' → '.join(point.nombre for point in demo.recorrido)}" if demo.recorrido else ""
    expected = f"Se esperaban {number(demo.asistencia_esperada)} personas" if demo.asistencia_esperada else ""
    state = "Cancelada" if demo.estado == CANCELLED else ""
    facts = [state, f"{start}, {end}", label("alcaldia", demo.alcaldia), demo.causa, groups, route, expected]
    told = " ".join(f"{fact.rstrip('.')}." for fact in facts if fact)
    written = f"Movilización {demo.id}. Escrito el {moment_text(now.isoformat())}. Sin nombres ni textos de la bitácora."
    return [f"<h1>{escape(demo.nombre)}</h1>", paragraph(told), paragraph(written)]


def _watched(db: Database, demo: Demonstration, now: datetime) -> list[str]:
    (cycles,) = rows(db, CYCLES, demo.id)
    due = "Debía vigilarse" if now >= demo.vigilar_desde else "Se vigilará"
    said = f"{due} de {moment_text(demo.vigilar_desde.isoformat())} a {moment_text(demo.vigilar_hasta.isoformat())}."
    done = f"Hubo {counted(cycles['veces'], 'ciclo', 'ciclos')}; el último, el {moment_text(cycles['ultimo'])}."
    gaps = [dict(row) for row in db.query(GAPS, {"id": demo.id, "ahora": utc_text(now)})]
    shown = [row | {"despues": "ningún ciclo después" if row["abierto"] else ""} for row in gaps]
    columns: Columns = {"desde": moment_text, "hasta": moment_text, "minutos": _span, "despues": str}
    titles = {"minutos": "duró", "despues": "nota"}
    sources: Columns = {"nombre": str, "ciclos": number, "leida": number, "nuevas": number}
    named = {"nombre": "fuente", "leida": "leída", "nuevas": "noticias nuevas"}
    return [
        "<h2>Qué se vigiló</h2>",
        paragraph(f"{said} {done if cycles['veces'] else 'No hubo ciclos de vigilancia.'}"),
        table(rows(db, SOURCES, demo.id), sources, "No se leyó ninguna fuente.", named),
        "<h3>Huecos</h3>",
        table(shown, columns, "Ninguno hasta ahora.", titles),
    ]


def _bases(db: Database, movilizacion: int) -> list[str]:
    found = [
        row | {"organismos": ", ".join(json.loads(row["organismos"])), "fin": row["fin"] or ""}
        for row in rows(db, BASES, movilizacion)
    ]
    columns: Columns = {
        "id": str, "tipo": _label("base_tipo"), "sitio": str, "inicio": moment_text,
        "fin": lambda end: moment_text(end) or "abierta", "organismos": str, "personas_presentes": number,
        "anotaciones": number,
    }  # fmt: skip
    titles = {"id": "Base", "organismos": "entes", "inicio": "abrió", "fin": "cerró"}
    hours = {"base": str, "hora": str, "anotaciones": str}
    return [
        "<h2>Bases</h2>",
        table(found, columns, "No se instaló ninguna.", titles),
        "<h3>Lo anotado en sus bitácoras, hora por hora</h3>",
        table(list(_by_hour(rows(db, HOURS, movilizacion))), hours, "Nada."),
        "<h3>Anotaciones por tipo</h3>",
        table(rows(db, NOTED, movilizacion, "anotacion"), {"tipo": _label("registro_tipo"), "veces": number}, "Ninguna."),
    ]


def _by_hour(entries: Sequence[Row]) -> Iterable[Row]:
    """Yield an hour of a Base as a row: `8 mar 2026, 18:00`, `2 Agresión, 1 Observación`."""
    kind = _label("registro_tipo")
    for (base, what, hour), of_it in groupby(entries, key=lambda row: (row["base_id"], row["base_tipo"], row["hora"])):
        told = ", ".join(f"{kind(row['tipo'])}: {row['veces']}" for row in of_it)
        shown = f"{moment_text(hour)} a {hour_text(hour)[:2]}:59"
        yield {"base": f"{base}, {_label('base_tipo')(what)}", "hora": shown, "anotaciones": told}


def _facts(db: Database, movilizacion: int) -> list[str]:
    phases = dict.fromkeys(("hechos", "actos", "varias_victimas", "por_revisar", "actos_por_revisar"), number)
    facts: Columns = {
        "folio": str, "fase": _label("fase"), "estado": _label("estado"), "fecha_hecho": day_text,
        "hora_hecho": str, "alcaldia": _label("alcaldia"), "victimas": number, "actos": number, "resumen": str,
    }  # fmt: skip
    return [
        "<h2>Hechos y actos por fase</h2>",
        paragraph("Hechos y actos, de lo validado. Varias víctimas de una misma acción son un hecho con muchos actos."),
        table(rows(db, PHASES, movilizacion), {"fase": _label("fase"), **phases}, ""),
        table(rows(db, FACTS, movilizacion), facts, "Ningún hallazgo enlazado."),
    ]


def _label(field: str) -> Any:  # noqa: ANN401 - a function of one stored value
    return lambda slug: label(field, slug)


def _span(minutes: float) -> str:
    """Return minutes as `25 min` or `3 h 05 min`."""
    whole = int(minutes)
    return f"{whole // 60} h {whole % 60:02d} min" if whole >= 60 else f"{whole} min"
