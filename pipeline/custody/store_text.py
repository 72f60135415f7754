"""What `hallazgos evidencia verificar` prints, and the line that it leaves in the log of custody."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.custody.breaks import noted_head
from pipeline.custody.store import KINDS, Check, check_store
from pipeline.evidence import Kept, item_of, kept, removed_files
from pipeline.evidence_check import problems
from pipeline.pages.wording import counted
from pipeline.progreso import tracked
from pipeline.quien import shell_user
from pipeline.registry import custody
from pipeline.registry.connection import open_registry
from pipeline.registry.custody import Item
from pipeline.registry.transaction import writing
from pipeline.tables import show_rows

COLUMNS = ("clave", "que", "cuantos", "atencion")
HEADINGS = ("", "Qué", "Cuántos", "")


@dataclass(frozen=True)
class Asked:
    """How the whole store is to be checked: every page read again or only those of findings, a line noted outside."""

    form: str = "tabla"
    deep: bool = True
    noted: str = ""


def verify_all(registro: Path, asked: Asked, now: datetime) -> int:
    """Check the whole store; return how much needs a person. The table comes last, the lines as they are found."""
    noted = noted_head(asked.noted) if asked.noted else None
    tell = partial(click.echo, file=sys.stdout if asked.form == "tabla" else sys.stderr)  # named: it goes above a bar
    with closing(open_registry(registro)) as db:
        done = check_store(db, registro.parent, tell, deep=asked.deep, noted=noted)
        said = f"comprobadas {done.counts['comprobadas']}, con atención {done.attention()}"
        with writing(db):
            custody.note(db, "verificacion", [Item()], quien=shell_user(), now=now, detalle=said)
        number, digest = custody.head(db)
    show_rows(COLUMNS if asked.form != "tabla" else COLUMNS[1:], _rows(done), asked.form, headings=HEADINGS[1:])
    if asked.form == "tabla":
        total = done.counts["comprobadas"] + done.counts["con_problemas"]
        click.echo(f"{total} capturas comprobadas, {done.noticias_mal} noticias con problemas.")
        if purged := done.counts["depuradas"]:
            click.echo(f"{purged} noticias depuradas no tienen captura que comprobar.")
        click.echo(_ending(done))
        click.echo(f"Último renglón de custodia, para anotarlo fuera de esta máquina: {number}:{digest}")
    return done.attention()


def _rows(done: Check) -> list[dict[str, object]]:
    return [
        {"clave": kind, "que": words, "cuantos": done.counts[kind], "atencion": _mark(done.counts[kind], attention)}
        for kind, (words, attention) in KINDS.items()
        if done.counts[kind] or attention
    ]


def _mark(count: int, attention: bool) -> str:
    return ("atender" if count else "bien") if attention else ""


def _ending(done: Check) -> str:
    needs = done.attention()
    return f"{counted(needs, 'cosa pide', 'cosas piden')} atención." if needs else "Todo coincide."


def verify_some(registro: Path, keys: Sequence[str], now: datetime) -> int:
    """Check the captures of some noticias and findings, a line of custody each; return how many noticias have problems."""
    with closing(open_registry(registro)) as db:
        found = list(kept(db, keys))
        removed = removed_files(db)
        checked = [(one, _told(db, registro.parent, one, removed)) for one in tracked(found, "Comprobando capturas")]
        with writing(db):
            for one, wrong in checked:
                if one.captura:
                    custody.note(db, "verificacion", [item_of(one)], quien=shell_user(), now=now, detalle=_said(wrong))
    bad = {one.noticia_id for one, wrong in checked if wrong}
    click.echo(f"{len(found)} capturas comprobadas, {len(bad)} noticias con problemas.")
    return len(bad)


def _told(db: Database, folder: Path, one: Kept, removed: frozenset[str]) -> list[str]:
    lines = problems(db, folder, one, removed)
    for line in lines:
        click.echo(f"noticia {one.noticia_id}, versión {one.version}: {line}", file=sys.stdout)  # named: it goes above a bar
    return lines


def _said(lines: Sequence[str]) -> str:
    return f"problemas {len(lines)}" if lines else "coincide"
