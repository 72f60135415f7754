"""What `hallazgos fuentes …` does: lists, tries and extends the catalogue; only the operator's own file is written."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import click

from crawlers.catalogue import CatalogueError, check_row
from crawlers.discovery import Finding, discover
from crawlers.fetch_many import Get, with_fetcher
from crawlers.fuente import Fuente, put_in_catalogue, row_of
from crawlers.opml import free_id, read_opml, slug
from crawlers.options import HarvestOptions
from crawlers.replay import ReplayError
from crawlers.urls import normalise
from pipeline.errores import ErrorDeUso
from pipeline.reloj import mexico_day
from pipeline.sources.catalogue import own_catalogue, sources
from pipeline.sources.review import COLUMNS, review, verified
from pipeline.tables import show_rows

LIST_COLUMNS = ("id", "nombre", "tipo", "activa", "lectores", "verificada_en", "sitio")


def show_list(catalogue: Path | None, form: str) -> None:
    """Print the sources; under a table, how many are active and verified."""
    found = sources(catalogue)
    readers = (("rss", "canal"), ("seccion_url", "sección"), ("sitemap", "mapa"))
    rows = [
        asdict(fuente) | {"lectores": ", ".join(name for field, name in readers if getattr(fuente, field))} for fuente in found
    ]
    show_rows(LIST_COLUMNS, rows, form)
    if form == "tabla":
        active = [fuente for fuente in found if fuente.activa]
        checked = sum(1 for fuente in active if fuente.verificada_en)
        click.echo(f"{len(found)} fuentes, {len(active)} activas; de ellas, {checked} verificadas.")


def review_sources(ids: Sequence[str], catalogue: Path | None, options: HarvestOptions, form: str) -> bool:
    """Try the sources, print what each would give, store `verificada_en` of the good ones; False when every one failed."""
    found = {fuente.id: fuente for fuente in sources(catalogue)}
    unknown = [name for name in ids if name not in found]
    if unknown:
        raise ErrorDeUso(f"no hay una fuente «{unknown[0]}» en el catálogo; `hallazgos fuentes lista` las muestra")
    chosen = [found[name] for name in dict.fromkeys(ids)] or [fuente for fuente in found.values() if fuente.activa]
    try:
        trials = review(chosen, options)
    except ReplayError as error:
        raise ErrorDeUso(str(error)) from error
    show_rows(COLUMNS, [asdict(trial) for trial in trials], form)
    good = verified(trials)
    today = mexico_day(options.now()).isoformat()
    store([replace(fuente, verificada_en=today) for fuente in chosen if fuente.id in good], catalogue)
    if form == "tabla":
        failed = [fuente.id for fuente in chosen if fuente.id not in good]
        click.echo(
            f"{len(good)} de {len(chosen)} fuentes responden.{' Fallaron: ' + ', '.join(failed) + '.' if failed else ''}"
        )
    return bool(good) or not chosen


def store(fuentes: Sequence[Fuente], catalogue: Path | None) -> None:
    """Put sources into the file of `--fuentes`, else into the operator's own. Raises `ErrorDeUso`."""
    path = catalogue or own_catalogue()
    try:
        if fuentes:
            put_in_catalogue(path, fuentes)
    except CatalogueError as error:
        raise ErrorDeUso(str(error)) from error
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede escribir el catálogo ({error.strerror})") from error


def add_source(url: str, wanted: Mapping[str, str], catalogue: Path | None, options: HarvestOptions, *, save: bool) -> bool:
    """Look for a site's readers, print the row to add (and add it if `save`); False when nothing can be read.

    `wanted` holds `id`, `nombre`, `tipo` as the user gave them ('' = as proposed).
    """
    known = sources(catalogue)
    found = _look(url, {fuente.id for fuente in known}, options)
    for address, outcome in found.tried:
        click.echo(f"{address}: {outcome}", err=True)
    if found.fuente is None:
        click.echo(f"{url}: no se halló con qué leerlo (ni canal, ni mapa, ni lista de notas)", err=True)
        return False
    fuente = replace(
        found.fuente,
        id=wanted["id"] or found.fuente.id,
        nombre=wanted["nombre"] or found.fuente.nombre,
        tipo=wanted["tipo"] or found.fuente.tipo,
        alta=mexico_day(options.now()).isoformat(),
    )
    if fault := check_row(row_of(fuente)):
        raise ErrorDeUso(f"{fault[0]}: {fault[1]}")
    if twin := _twin(fuente, known):
        click.echo(f"Ya está en el catálogo como «{twin}».", err=True)
    click.echo(_csv_line(fuente))
    if save and any(fuente.id == other.id for other in known):
        raise ErrorDeUso(f"ya hay una fuente «{fuente.id}»; déle otro nombre con --id")
    if save:
        store([fuente], catalogue)
        click.echo(f"Se añadió a {catalogue or own_catalogue()}.", err=True)
    return True


def _look(url: str, taken: set[str], options: HarvestOptions) -> Finding:
    """Search the site for its readers. Raises `ErrorDeUso` for what is no address."""
    if not url.startswith(("http://", "https://")):
        raise ErrorDeUso(f"«{url}» no es una dirección http o https")

    async def job(get: Get) -> Finding:
        return await discover(url, get, taken=taken, now=options.now())

    try:
        return with_fetcher(job, options)
    except ReplayError as error:
        raise ErrorDeUso(str(error)) from error


def _twin(fuente: Fuente, known: Sequence[Fuente]) -> str:
    """Return the id of the source that reads the same feed or map, or ''."""
    mine = {normalise(address) for address in (fuente.rss, fuente.sitemap) if address}
    return next((other.id for other in known if mine & {normalise(other.rss), normalise(other.sitemap)}), "")


def _csv_line(fuente: Fuente) -> str:
    """Return the source as a header and a row of the catalogue."""
    row = row_of(fuente)
    out = io.StringIO()
    writer = csv.DictWriter(out, row, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue().rstrip("\n")


def import_opml(path: Path, kind: str, catalogue: Path | None, now: datetime) -> None:
    """Add the feeds of an OPML list that the catalogue does not have yet; say how many. Raises `ErrorDeUso`."""
    try:
        listed = read_opml(path)
    except CatalogueError as error:
        raise ErrorDeUso(str(error)) from error
    known = sources(catalogue) if catalogue is None or catalogue.exists() else []
    feeds = {normalise(fuente.rss) for fuente in known if fuente.rss}
    taken = {fuente.id for fuente in known}
    new: list[Fuente] = []
    for fuente in listed:
        if normalise(fuente.rss) not in feeds:
            key = free_id(slug(fuente.nombre), taken)
            taken.add(key)
            new.append(replace(fuente, id=key, tipo=kind, alta=mexico_day(now).isoformat()))
    if new and (fault := check_row(row_of(new[0]))):
        raise ErrorDeUso(f"{fault[0]}: {fault[1]}")
    store(new, catalogue)
    click.echo(f"{path}: {len(listed)} canales, {len(new)} nuevos en {catalogue or own_catalogue()}.")
