"""`/-/movilizacion/ID`: all that is known of a demonstration, its Bases and findings, and the form that changes it."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, NotFound, Request, Response
from sqlite_utils import Database

from pipeline.demonstrations import Demonstration, change, get, set_state
from pipeline.demonstrations.draft import default_watch
from pipeline.demonstrations.given import fields, local_text, point_line, start_text
from pipeline.pages.asked import Asked, read
from pipeline.pages.base_entry import reading, writing_as
from pipeline.pages.demonstrations import typed
from pipeline.pages.labels import labels_of
from pipeline.pages.readers import fetch, may_review
from pipeline.registry.demonstrations import CANCELLED
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError
from pipeline.watching.report import report

BASES = "SELECT id, tipo, inicio, fin, sitio FROM bases WHERE movilizacion_id = ? ORDER BY inicio"
FINDINGS = """
SELECT v.folio, v.fecha_registro, v.clase, v.estado, v.modalidad, v.alcaldia, v.entidad, v.sitio, v.urgente, v.resumen,
    v.fuentes_independientes, c.fase
FROM v_conteo_base_mpi AS c CROSS JOIN v_hallazgos AS v ON v.folio = c.folio
WHERE c.movilizacion_id = ? ORDER BY v.fecha_registro, v.id
"""
TRAIL = """
SELECT cuando, quien, accion, campo, motivo FROM bitacora
WHERE tabla = 'movilizaciones' AND clave = ? ORDER BY id DESC LIMIT 60
"""
SOURCES = "SELECT id, nombre FROM fuentes WHERE activa = 1 ORDER BY nombre"


async def demonstration_of(site: Datasette, request: Request) -> Demonstration:
    """Return the one of the address. Raises `Forbidden` for who may not review, `NotFound` where there is none."""
    if not await may_review(site, request):
        raise Forbidden("revisar")
    number = int(request.url_vars["number"])
    found = await reading(site, lambda db: get(db, number))
    if found is None:
        raise NotFound("movilización")
    return found


async def page(  # noqa: PLR0913 - a page, and what a refusal adds
    site: Datasette,
    request: Request,
    one: Demonstration,
    *,
    error: str = "",
    given: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    """Return its page; after a refusal with what was typed."""
    by_phase: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in await fetch(site, FINDINGS, [one.id]):
        by_phase[row["fase"]].append(row)
    context = {
        "una": one,
        "escrito": form_values(one) | {name: text for name, text in (given or {}).items() if isinstance(text, str)},
        "elegidas": (given or {}).get("fuentes", one.fuentes),
        "bases": await fetch(site, BASES, [one.id]),
        "fases": [(name, by_phase[phase]) for phase, name in labels_of("fase").items() if by_phase[phase]],
        "bitacora": await fetch(site, TRAIL, [str(one.id)]),
        "todas": await fetch(site, SOURCES),
        "error": error,
    }
    return Response.html(await site.render_template("demonstration.html", context, request=request), status=status)


def form_values(one: Demonstration) -> dict[str, str]:
    """Return the fields as the form gives them back; the watch is empty where it is the default's."""
    default_from, default_to = default_watch(one.inicio, one.termina)
    return {
        "nombre": one.nombre,
        "inicio": start_text(one),
        "fin": local_text(one.fin),
        "causa": one.causa,
        "riesgo_esperado": one.riesgo_esperado,
        "alcaldia": one.alcaldia or "",
        "asistencia_esperada": "" if one.asistencia_esperada is None else str(one.asistencia_esperada),
        "convocantes": "\n".join(one.convocantes),
        "recorrido": "\n".join(map(point_line, one.recorrido)),
        "fuentes": "\n".join(one.fuentes),
        "vigilar_desde": "" if one.vigilar_desde == default_from else local_text(one.vigilar_desde),
        "vigilar_hasta": "" if one.vigilar_hasta == default_to else local_text(one.vigilar_hasta),
    }


async def report_file(site: Datasette, one: Demonstration) -> Response:
    """Return its report as a file to be opened and printed; it carries no name."""
    written = await reading(site, lambda db: report(db, one, datetime.now(UTC)))
    name = f'attachment; filename="movilizacion-{one.id}.html"'
    return Response(written, content_type="text/html; charset=utf-8", headers={"content-disposition": name})


async def do(site: Datasette, request: Request, one: Demonstration) -> Response:
    """Change it, or move its state, as the form asks."""
    asked = Asked({}, form=True)
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        version = asked.needed_number("version")
        await writing_as(site, request, lambda db, hand: _write(db, one.id, asked, hand), version)
    except ReviewError as error:
        fresh = await demonstration_of(site, request)
        status = 409 if isinstance(error, Conflict) else 400
        return await page(site, request, fresh, error=error.message, given=_given(asked), status=status)
    site.add_message(request, "Guardado.", site.INFO)
    return Response.redirect(site.urls.path(f"/-/movilizacion/{one.id}"), status=303)


def _write(db: Database, number: int, asked: Asked, hand: Hand) -> None:
    action = asked.text("accion", default="cambiar")
    if action == "cambiar":
        change(db, number, fields(db, _given(asked)), hand)
    else:
        set_state(db, number, CANCELLED if action == "cancelar" else action, hand, asked.text("motivo", default=""))


def _given(asked: Asked) -> dict[str, Any]:
    """Return what the form said, its ticked sources as a list (no tick: none)."""
    sources = asked.values.get("fuentes") or []
    return typed(asked) | {"fuentes": [str(one) for one in (sources if isinstance(sources, list) else [sources])]}
