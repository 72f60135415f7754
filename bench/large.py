"""A registry as it stands after decades, written in bulk: the daily rates of a small one, over more days.

Its cases bear the tags that our tagger gives the corpora's, under other names; ordinary notes are short, as most of what an old
registry holds has been purged of its text. Every finding has its codes, victims, acts, keys and a (token) copy of its evidence.
"""

import csv
import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.texts import FINDINGS, ROOT, SOURCES, stories
from crawlers.fechas import local_day
from nlp.etiquetas import Nota
from pipeline.grouping.facts import facts_of
from pipeline.grouping.index import keys
from pipeline.registry.connection import open_registry
from pipeline.registry.noticias import tags_record, text_print

OUTLETS = 20
NOTES_A_DAY = 137  # a million in twenty years
ORDINARY_TEXTS = 400
LISTS = {"modalidad": "modalidad", "agresion": "agresion", "agresor": "agresor", "tipo_victima": "victima"}


@dataclass(frozen=True)
class Case:
    """A note that tells a case, with the tags that the tagger gave it."""

    titulo: str
    texto: str
    etiquetas: dict[str, Any]


def tagged_cases() -> list[Case]:
    """Return the corpora's notes that our tagger takes for cases."""
    from nlp.tagger import build_nlp, tag_many  # noqa: PLC0415 - a registry that is already built needs no tagger

    records = [json.loads(line) for name in SOURCES for line in (ROOT / name).read_text("utf-8").splitlines()]
    told = [record for record in records if record["relevante"]]
    notes = [Nota(record["id"], record["texto"], record["titulo"] or "", record["fecha_publicacion"]) for record in told]
    found = zip(told, tag_many(build_nlp(), notes), strict=True)
    return [Case(one["titulo"] or "", one["texto"], tags_record(tags)) for one, tags in found if tags.relevante]


def build(folder: Path, *, notes: int, cases: Sequence[Case], last: date) -> Path:
    """Write a registry of `notes` noticias whose last day is `last` into a new folder; return its path."""
    path = folder / "registro.db"
    open_registry(path).conn.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        db.execute("BEGIN")
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%fts%'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        _fill(db, folder, notes, cases, last)
        for table in ("noticias_fts", "hallazgos_fts"):
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
        for _, sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _fill(db: sqlite3.Connection, folder: Path, notes: int, cases: Sequence[Case], last: date) -> None:
    days = max(1, notes // NOTES_A_DAY)
    dated = [last - timedelta(days=days - 1 - number * days // notes) for number in range(notes)]
    findings = round(notes * FINDINGS * 2 / 3)  # two in three case notes are the first of their finding
    every = notes // findings
    _runs(db, sorted(set(dated)))
    _ordinary(db, dated)
    chance = random.Random(5)
    parts = name_parts(cases)
    told = [
        Finding(number, number * every + 1, day, _renamed(chance.choice(cases), day, parts, chance))
        for number, day in enumerate(dated[: findings * every : every])
    ]
    _findings(db, told)
    _copies(folder, told)


def _runs(db: sqlite3.Connection, days: Sequence[date]) -> None:
    sources = [f"medio{number:02d}" for number in range(OUTLETS)]
    db.executemany(
        "INSERT INTO fuentes (id, nombre, tipo, sitio, rss, alta) VALUES (?, ?, 'medio_local', 'http://a.invalid/', '', ?)",
        [(key, key, days[0].isoformat()) for key in sources],
    )
    db.executemany(
        "INSERT INTO corridas (id, inicio, fin, dia, estado, version) VALUES (?, ?, ?, ?, 'completa', '0')",
        [(n, f"{day}T12:00:00Z", f"{day}T12:30:00Z", day.isoformat()) for n, day in enumerate(days, 1)],
    )
    db.executemany(
        "INSERT INTO corridas_fuentes (corrida_id, fuente_id, recibidos, nueva, lecturas_buenas, cerrada)"
        " VALUES (?, ?, 7, 7, 1, 1)",
        [(n, key) for n in range(1, len(days) + 1) for key in sources],
    )


def _ordinary(db: sqlite3.Connection, dated: Sequence[date]) -> None:
    """Write every noticia and its link as ordinary; those of the cases are filled in afterwards."""
    texts = [" ".join(story.parrafos[:1]) for story in stories(ORDINARY_TEXTS)]
    titles = [story.titulo for story in stories(ORDINARY_TEXTS)]
    prints = [text_print(text) for text in texts]

    def rows() -> Iterator[tuple[object, ...]]:
        for number, day in enumerate(dated):
            pick, source = number % ORDINARY_TEXTS, f"medio{number % OUTLETS:02d}"
            url = f"http://{source}.invalid/{day:%Y/%m/%d}/nota-{number}"
            moment = f"{day}T1{number % 10}:00:00Z"
            yield (number + 1, url, url, source, titles[pick], texts[pick], moment, moment, number + 1, prints[pick])

    db.executemany(
        "INSERT INTO noticias (id, url, url_canonica, fuente_id, titulo, texto, texto_origen, publicada_en, fecha_precision,"
        " capturada_en, sha256, captura, huella, estado, relevante, confianza, etiquetas, version_guia, version_etiquetador,"
        " version_extractor) VALUES (?, ?, ?, ?, ?, ?, 'pagina', ?, 'hora', ?, '', 'captura/2000/antes.warc.gz#' || ?, ?,"
        """ 'agrupada', 0, 0.9, '{"relevante": false}', '1.5', 'bench', '1')""",
        rows(),
    )
    db.execute(
        "INSERT INTO enlaces (url_normalizada, url, fuente_id, lector, visto_en, titulo, fecha, fecha_precision, destino,"
        " noticia_id) SELECT url_canonica, url, fuente_id, 'feed', capturada_en, titulo, publicada_en, 'hora', 'nueva', id"
        " FROM noticias"
    )


@dataclass(frozen=True)
class Finding:
    """One finding to write: its folio, its note, and the case under invented names."""

    number: int
    note: int
    day: date
    case: Case

    @property
    def folio(self) -> str:
        """The folio, numbered within its year as far as that matters here."""
        return f"H-{self.day.year}-{self.number + 1:06d}"


def name_parts(cases: Sequence[Case]) -> tuple[list[str], list[str]]:
    """Return given names (the lexicon's) and surnames (those of the corpora's invented people) to make up others from."""
    with (ROOT / "nlp" / "lexico" / "nombres_de_pila.csv").open(encoding="utf-8", newline="") as file:
        given = [row[0].title() for row in csv.reader(file)][1:]
    victims = [victim for case in cases for victim in case.etiquetas["victimas"] if victim["genero"] != "colectivo"]
    people = [victim["nombre"].split() for victim in victims]
    return given, sorted({word for words in people if len(words) in (3, 4) for word in words[-2:]})


def _renamed(case: Case, day: date, parts: tuple[list[str], list[str]], chance: random.Random) -> Case:
    """Return a case under other names, on the day before its note's."""
    given, surnames = parts
    texts = [case.titulo, case.texto, json.dumps(case.etiquetas, ensure_ascii=False)]
    for victim in case.etiquetas["victimas"]:
        other = f"{chance.choice(given)} {chance.choice(surnames)} {chance.choice(surnames)}"
        texts = [text.replace(victim["nombre"], other) for text in texts]
    tags = json.loads(texts[2])
    tags["fecha_hecho"] = (day - timedelta(days=1)).isoformat()
    return Case(texts[0], texts[1], tags)


def _findings(db: sqlite3.Connection, told: Sequence[Finding]) -> None:
    states = ("validado", "validado", "detectado", "descartado")
    db.executemany(
        "UPDATE noticias SET titulo = ?, texto = ?, relevante = 1, etiquetas = ?, huella = ? WHERE id = ?",
        [_note_row(one) for one in told],
    )
    db.executemany(
        "INSERT INTO hallazgos (id, folio, fecha_registro, fecha_publicacion, fecha_hecho, clase, cdmx, alcaldia, entidad,"
        " ambito, movilizacion, estado, confianza, resumen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0.8, ?)",
        [_finding_row(one, states[one.number % len(states)]) for one in told],
    )
    for table, name in LISTS.items():
        db.executemany(
            f"INSERT INTO hallazgos_{table} (folio, valor) VALUES (?, ?)",
            [(one.folio, value) for one in told for value in one.case.etiquetas[name]],
        )
    db.executemany(
        "INSERT INTO hallazgos_noticias (folio, noticia_id, papel) VALUES (?, ?, 'primera')",
        [(one.folio, one.note) for one in told],
    )
    years = sorted({one.day.year for one in told})
    db.executemany("INSERT INTO contadores (nombre, valor) VALUES (?, ?)", [(f"folio-{year}", len(told)) for year in years])
    db.executemany("INSERT INTO claves_union (clave, folio) VALUES (?, ?)", _keys(told))
    _people(db, told)


def _note_row(one: Finding) -> tuple[object, ...]:
    told = one.case
    return (told.titulo, told.texto, json.dumps(told.etiquetas, ensure_ascii=False), text_print(told.texto), one.note)


def _finding_row(one: Finding, state: str) -> tuple[object, ...]:
    tags, day = one.case.etiquetas, one.day.isoformat()
    place = tags["lugar"]
    here = "hecho_en_cdmx" if place["cdmx"] == "si" else "fuera" if place["cdmx"] == "no" else "por_determinar"
    moved = int(bool(tags["movilizacion"]))
    told = (
        place["cdmx"],
        place["alcaldia"],
        place["entidad"],
        here,
        moved,
        state,
        f"Agresión contada por un medio, {one.folio}.",
    )
    return (one.number + 1, one.folio, day, day, tags["fecha_hecho"], tags["clase"] or "agresion", *told)


def _keys(told: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    for one in told:
        record = {**one.case.etiquetas, "titulo": one.case.titulo, "texto": one.case.texto}
        facts = facts_of(record, key=str(one.note), day=local_day(one.day.isoformat()) or "", order=str(one.note))
        yield from ((key, one.folio) for key in sorted(keys(facts)))


def _people(db: sqlite3.Connection, told: Iterable[Finding]) -> None:
    """Write a person and a victim for every name, an unnamed victim where there is none, and the acts of the first."""
    people: list[tuple[object, ...]] = []
    victims: list[tuple[object, ...]] = []
    acts: list[tuple[object, ...]] = []
    for one in told:
        first = len(victims) + 1
        for named in one.case.etiquetas["victimas"]:
            people.append((len(people) + 1, named["nombre"], named["nombre"].lower(), named["genero"]))
            victims.append((len(victims) + 1, one.folio, len(people), named["tipo"], named["genero"]))
        if first > len(victims):
            victims.append((first, one.folio, None, "periodista", "indeterminado"))
        acts += [(one.folio, value, first) for value in one.case.etiquetas["modalidad"]]
    db.executemany("INSERT INTO personas (id, nombre, clave, tipo, genero) VALUES (?, ?, ?, 'persona', ?)", people)
    db.executemany("INSERT INTO victimas (id, folio, persona_id, tipo, genero) VALUES (?, ?, ?, ?, ?)", victims)
    db.executemany("INSERT INTO actos (folio, modalidad, victima_id) VALUES (?, ?, ?)", acts)


def _copies(folder: Path, told: Iterable[Finding]) -> None:
    """Leave a file where each finding's evidence would lie: a run looks whether it is there."""
    for one in told:
        place = folder / "evidencia" / one.folio
        place.mkdir(parents=True)
        (place / f"antes-{one.note}.warc.gz").touch()
