"""The copy of a dossier that a person reads: one content, as plain text and as a page that asks for nothing from anywhere.

Who asked for anonymity is not named: titles, authors and texts of the notes are covered as on the finding's page. The captures
themselves are evidence and stay as they came.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sqlite_utils import Database

from pipeline.evidence import RECAPTURED
from pipeline.pages import finding_rows as sql
from pipeline.pages.finding import Sight, gather
from pipeline.pages.finding_rows import rows
from pipeline.pages.labels import label
from pipeline.pages.masking import hidden_words, masked
from pipeline.pages.wording import moment_text

Pairs = tuple[tuple[str, str], ...]
STYLE = (
    "body{font:16px/1.5 serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "dt{font-weight:bold}dd{margin:0 0 .4rem}pre{white-space:pre-wrap;font:inherit}"
    "code{overflow-wrap:anywhere}h2{border-top:1px solid #999;padding-top:1rem}"
)
WARNING = "Documento restringido: lleva nombres, textos y direcciones. Horas de la Ciudad de México, salvo donde se dice UTC."


@dataclass(frozen=True)
class Section:
    """A part of the copy: its title, named values, and text as it stands."""

    titulo: str
    pares: Pairs = ()
    texto: str = ""
    nivel: int = 2


@dataclass(frozen=True)
class Copy:
    """What a person reads, in order."""

    titulo: str
    partes: tuple[Section, ...]


def readable(
    db: Database,
    folio: str,
    captures: Sequence[Mapping[str, Any]],
    custody: Sequence[Mapping[str, Any]],
    trail: Sequence[Mapping[str, Any]],
) -> Copy:
    """Return the copy of a finding that exists."""
    page = gather(db, folio, Sight(names=True, tables=True, review=False))
    if page is None:
        raise LookupError(folio)
    about = [("Folio", folio), ("Estado", label("estado", page.finding["estado"])), ("Resumen", page.finding["resumen"])]
    codes = [(field.spec.titulo, field.palabras) for group in page.fields.values() for field in group]
    seen = [pair for pair in codes if pair[0] != "Resumen sin nombres"]
    victims = tuple(
        (victim["quien"], ", ".join(filter(None, (label("tipo_victima", victim["tipo"]), victim["medio_u_organizacion"]))))
        for victim in page.victims
    )
    hidden = hidden_words(rows(db, sql.VICTIMS, folio))
    told = tuple(_trail(line, hidden) for line in page_trail(page.trail, trail))
    parts = [
        Section("Hallazgo", tuple((name, str(value or "Sin dato")) for name, value in about + seen)),
        Section("Víctimas", victims, "" if victims else "Ninguna anotada."),
        Section("Noticias", texto="" if page.news else "Ninguna."),
        *_notes(db, folio, captures, hidden),
        Section("Custodia", tuple(_custody(line) for line in custody), "" if custody else "Sin renglones."),
        Section("Bitácora", told, "" if trail else "Sin renglones."),
    ]
    return Copy(f"Expediente del hallazgo {folio}", tuple(parts))


def page_trail(shown: Sequence[Mapping[str, Any]], every: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the trail's lines, the first one first, in words where the page has words for them (it shows the last hundred)."""
    words = {line["id"]: line for line in shown}
    return [words.get(line["id"], line) for line in every]


def _notes(db: Database, folio: str, captures: Sequence[Mapping[str, Any]], hidden: Collection[str]) -> list[Section]:
    found = []
    for note in rows(db, sql.NEWS, folio):
        own = [one for one in captures if one["noticia_id"] == note["id"]]
        pairs = [
            ("Medio", note["fuente"] or note["fuente_id"]),
            ("Autoría", masked(note["autor"], hidden)),
            ("Publicada", moment_text(note["publicada_en"])),
            ("Capturada", moment_text(note["capturada_en"])),
            ("Dirección", masked(note["url"], hidden)),
            *((_which(one), f"{one['archivo']}, SHA-256 {one['sha256']}") for one in own),
        ]
        told = tuple((name, str(value)) for name, value in pairs if value)
        found.append(Section(masked(note["titulo"], hidden) or "Sin título", told, masked(note["texto"], hidden), nivel=3))
    return found


def _which(capture: Mapping[str, Any]) -> str:
    """Return how a capture is told: its version, or when the page was asked for again and what it answered."""
    if capture["version"] != RECAPTURED:
        return f"Captura, versión {capture['version']}"
    return f"Recaptura, {moment_text(capture['capturada_en'])} (HTTP {capture['respuesta']})"


def _custody(line: Mapping[str, Any]) -> tuple[str, str]:
    what = f"{line['accion']} {line['detalle']}".strip()
    which = f"versión {line['version']}" if line["version"] != RECAPTURED else "recaptura"
    about = f"{what}; noticia {line['noticia_id']}, {which}; {line['metodo']}; {line['herramienta']}"
    return (
        f"{line['id']}. {line['cuando']} (UTC), {line['quien']}",
        f"{about}; SHA-256 {line['sha256']}; huella {line['huella']}",
    )


def _trail(line: Mapping[str, Any], hidden: Collection[str]) -> tuple[str, str]:
    why = f" ({masked(line['motivo'], hidden)})" if line["motivo"] else ""
    return f"{moment_text(line['cuando'])}, {line['quien']}", f"{line.get('hizo') or line['accion']}{why}"


def as_text(copy: Copy) -> str:
    """Return the copy as plain text."""
    out = [copy.titulo.upper(), "", WARNING]
    for part in copy.partes:
        out += ["", part.titulo, "-" * min(len(part.titulo), 72)]
        out += [f"{name}: {value}" for name, value in part.pares]
        out += ["", part.texto] if part.pares and part.texto else [part.texto] if part.texto else []
    return "\n".join(out) + "\n"


def as_html(copy: Copy) -> str:
    """Return the copy as one page without script, image or link; what the press wrote is text in it, never markup."""
    body = "".join(_html(part) for part in copy.partes)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="es-MX">\n<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(copy.titulo)}</title>'
        f"<style>{STYLE}</style></head>\n<body><main>\n<h1>{escape(copy.titulo)}</h1>\n<p>{WARNING}</p>\n{body}</main></body></html>\n"
    )


def _html(part: Section) -> str:
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n" for name, value in part.pares)
    text = f"<pre>{escape(part.texto)}</pre>\n" if part.texto else ""
    return f"<h{part.nivel}>{escape(part.titulo)}</h{part.nivel}>\n" + (f"<dl>\n{pairs}</dl>\n" if pairs else "") + text
