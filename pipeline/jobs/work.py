"""Does the jobs that wait: fetches what has an address, then tags each note and puts it into its finding.

Every job ends as `hecho` or `fallido` with one line, whatever happens; what a killed process left is taken up by the next.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import click
from sqlite_utils import Database

from crawlers.article import extract
from crawlers.fechas import local_day
from crawlers.fetch_many import Fetched, fetch_kept
from crawlers.noticia import Enlace, Lector, Noticia
from crawlers.options import HarvestOptions
from crawlers.outcomes import from_page, no_article
from crawlers.urls import normalise
from nlp.etiquetas import VERSION_ETIQUETADOR, Etiquetas, Nota
from nlp.vocabulario import Origen
from pipeline.incidents import group_note
from pipeline.registry import audit, by_hand, candidates, findings, jobs
from pipeline.registry.audit import Change
from pipeline.registry.connection import open_registry
from pipeline.registry.jobs import Job
from pipeline.registry.noticias import insert_noticia, noticia_by_url, save_etiquetas
from pipeline.registry.transaction import writing
from pipeline.reloj import Clock
from pipeline.review.changes import Hand
from pipeline.review.notes import BY_ADDRESS, BY_HAND, attach

Tag = Callable[[Nota], Etiquetas]
DONE, FAILED = "hecho", "fallido"
BROKEN = {
    BY_ADDRESS: "algo falló al leerla; inténtelo otra vez o agregue la nota a mano",
    BY_HAND: "algo falló al etiquetarla; la nota ya está guardada, no la agregue de nuevo: inténtelo otra vez",
}


class _Failed(Exception):
    """The job cannot be done; the message says why, in Spanish."""


def tagger() -> Tag:
    """Load the tagger."""
    from nlp.tagger import build_nlp, tag_many  # noqa: PLC0415 - spaCy takes a second to import

    nlp = build_nlp()
    return lambda note: next(tag_many(nlp, [note]))


def do_all(registro: Path, options: HarvestOptions, load: Callable[[], Tag] = tagger) -> list[int]:
    """Do every job that waits; return their numbers. The caller holds `jobs_lock`; `load` gives the tagger, if it is needed."""
    with closing(open_registry(registro)) as db:
        taken = jobs.take_all(db, options.now())
        try:
            if taken:
                _do(db, taken, options, load())
        finally:
            for number in jobs.give_up(db, {job.id: BROKEN[job.tipo] for job in taken}, options.now()):
                click.echo(f"trabajo {number}: se interrumpió; el error está en este registro", err=True)
    return [job.id for job in taken]


def _do(db: Database, taken: Sequence[Job], options: HarvestOptions, tag: Tag) -> None:
    asked = {str(job.datos["url"]): job for job in taken if job.tipo == BY_ADDRESS}
    answers = dict(zip(asked, fetch_kept(list(asked), options), strict=True)) if asked else {}
    for job in taken:
        try:
            if job.tipo == BY_ADDRESS:
                folio = _fetched_note(db, job, answers[str(job.datos["url"])], tag, options.now)
            else:
                folio = _stored_note(db, job, tag, options.now)
        except _Failed as error:
            jobs.finish(db, job.id, FAILED, str(error), options.now())
            click.echo(f"trabajo {job.id} ({job.tipo}): fallido", err=True)
        else:
            jobs.finish(db, job.id, DONE, f"la nota quedó en {folio}{_covered(db, job.id)}", options.now())


def _covered(db: Database, number: int) -> str:
    """Say that the newest note of a job's finding named somebody whose name is not kept."""
    covered = (
        "SELECT EXISTS (SELECT 1 FROM trabajos AS t JOIN hallazgos_noticias AS hn ON hn.folio = t.folio"
        " JOIN arco_noticias AS a ON a.noticia_id = hn.noticia_id JOIN arco_solicitudes AS s ON s.id = a.solicitud_id"
        " WHERE t.id = ? AND s.de_solicitud IS NOT NULL AND s.terminada_en IS NULL)"
    )
    told = "; nombra a quien pidió que no se guarde su nombre, que se testó"
    return told if db.execute(covered, [number]).fetchone()[0] else ""


def _fetched_note(db: Database, job: Job, answer: Fetched, tag: Tag, now: Clock) -> str:
    """Store what the address gave, unless it is known; return the finding that it is in. Raises `_Failed`."""
    noticia = _article(db, str(job.datos["url"]), answer, now)
    tags = tag(Nota("", noticia.texto, noticia.titulo, local_day(noticia.publicada_en)))
    with writing(db):
        known = noticia_by_url(db, noticia.url_canonica)
        where = findings.folio_of(db, known) if known is not None else None
        wanted = next(iter(candidates.standing(db, {job.folio}))) if job.folio else None
        if where and wanted not in (None, where):
            raise _Failed(f"esa nota ya está en {where}; muévala desde ahí")
        if where:
            return where
        noticia_id = known if known is not None else insert_noticia(db, noticia)
        if wanted:
            attach(db, wanted, noticia_id, Hand(job.quien, now()), job.tipo)
        return _settle(db, job, noticia_id, tags, now)


def _article(db: Database, url: str, answer: Fetched, now: Clock) -> Noticia:
    """Return the article behind an address. Raises `_Failed` where there is none."""
    if answer.motivo:
        raise _Failed(f"no se pudo leer: {answer.motivo}")
    if reason := no_article(url, answer.final_url, answer.content_type, answer.body):
        raise _Failed(f"no es una nota: {reason}")
    article = extract(answer.body, answer.final_url, content_type=answer.content_type, now=now())
    if article.motivo:
        raise _Failed(f"la página no da texto ({article.motivo}); agregue la nota a mano")
    enlace = Enlace(url, normalise(url), by_hand.source_of(db, url, now()), Lector.SECCION)
    kept = (answer.captura, hashlib.sha256(answer.body).hexdigest())
    return from_page(enlace, article, answer.final_url, kept, now())


def _stored_note(db: Database, job: Job, tag: Tag, now: Clock) -> str:
    """Tag a note that was written down; return the finding that it is in."""
    noticia_id = int(job.datos["noticia_id"])
    _, titulo, texto, published = by_hand.text_of(db, noticia_id)
    tags = tag(Nota("", texto, titulo, local_day(published)))
    with writing(db):
        return _settle(db, job, noticia_id, tags, now)


def _settle(db: Database, job: Job, noticia_id: int, tags: Etiquetas, now: Clock) -> str:
    """Store a note's tags and put it into its finding, which a person says there is; return the folio."""
    version = by_hand.text_of(db, noticia_id)[0]
    save_etiquetas(db, noticia_id, version, tags, VERSION_ETIQUETADOR)
    free = findings.folio_of(db, noticia_id) is None
    if free:
        by_hand.hold_relevant(db, noticia_id)
    folio = group_note(db, noticia_id, now, Origen.MANUAL)
    if free:
        line = Change(job.tipo, "hallazgos", folio, "noticias", None, noticia_id)
        audit.record(db, line, quien=job.quien, now=now())
    jobs.settle(db, job.id, folio)
    return folio
