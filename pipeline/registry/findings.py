"""Findings and the notes that tell them: rows of `hallazgos`, `hallazgos_noticias` and the code tables."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import local_day
from crawlers.urls import site_of
from nlp.etiquetas import Lugar, VictimaSinNombre
from nlp.etiquetas import Victima as Nombrada
from nlp.reglas import resumen
from nlp.vocabulario import Agresor, Modalidad, Victima
from pipeline.grouping.codes import Codes, TaggedNote, codes, is_old
from pipeline.grouping.facts import Facts, facts_of
from pipeline.grouping.index import keys
from pipeline.registry import archives, custody, people
from pipeline.registry.folios import next_folio
from pipeline.registry.noticias import first_captured
from pipeline.reloj import mexico_day

CODE_TABLES = ("modalidad", "agresion", "agresor", "tipo_victima")
# What people do around a finding without deciding on it: the machine goes on with its codes.
AROUND = (
    "comentar",
    "asignar",
    "posponer",
    "ver_novedades",
    "aparte",
    "nota_a_mano",
    "nota_por_direccion",
    "reintentar_nota",
    "quitar_aviso",
    "turnar",
    "atender",
    "acusar",
    "deshacer_asignacion",
    "dejar_segunda_lectura",
)
NOTE = "n.id, n.url, n.url_canonica, n.titulo, n.texto, n.texto_origen, n.publicada_en, n.capturada_en, n.huella, n.etiquetas"


@dataclass(frozen=True)
class StoredNote:
    """A tagged noticia: what grouping compares and what coding reads."""

    noticia_id: int
    facts: Facts
    tagged: TaggedNote


def stored_note(row: Sequence[object]) -> StoredNote:
    """Return the note of a row of the columns `NOTE`."""
    noticia_id, url, canonical, titulo, texto, origin, published, captured, huella, raw = row
    tags = json.loads(str(raw))
    day = local_day(str(published) if published else None) or local_day(str(captured))
    order = (str(day), str(canonical))
    facts = facts_of({**tags, "titulo": titulo, "texto": texto}, key=str(noticia_id), day=order[0], order=order[1])
    site = site_of(str(url)) or str(url)
    return StoredNote(
        int(str(noticia_id)), facts, TaggedNote(order, str(texto), str(origin), site, str(huella), facts.nota, tags)
    )


def tagged_note(db: Database, noticia_id: int) -> StoredNote:
    """Return one tagged noticia."""
    return stored_note(db.execute(f"SELECT {NOTE} FROM noticias AS n WHERE id = ?", [noticia_id]).fetchone())


def notes_of(db: Database, folio: str) -> list[StoredNote]:
    """Return the relevant tagged notes of a finding, the earliest first.

    Notes of a web archive tell only findings that one of them opened: what the monitoring found stays as it was found.
    """
    sql = (
        f"SELECT {NOTE} FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id"
        " JOIN hallazgos AS h ON h.folio = hn.folio WHERE hn.folio = ? AND n.relevante = 1"
        f" AND (h.origen = '{archives.ORIGIN}' OR NOT EXISTS (SELECT 1 FROM noticias_archivo WHERE noticia_id = n.id))"
    )
    return sorted((stored_note(row) for row in db.execute(sql, [folio]).fetchall()), key=lambda note: note.facts.orden)


def tellers(db: Database, folio: str) -> dict[int, tuple[str, str]]:
    """Return who tells the finding: the source's name and the author of each of its notes."""
    sql = (
        "SELECT n.id, s.nombre, n.autor FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id"
        " JOIN fuentes AS s ON s.id = n.fuente_id WHERE hn.folio = ?"
    )
    return {int(noticia_id): (nombre, autor) for noticia_id, nombre, autor in db.execute(sql, [folio]).fetchall()}


def houses(db: Database, folio: str) -> list[str]:
    """Return the outlets and organisations of the finding's victims, and the victims that are no persons."""
    sql = (
        "SELECT medio_u_organizacion FROM victimas WHERE folio = :folio AND medio_u_organizacion <> '' UNION"
        " SELECT p.nombre FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id"
        " WHERE v.folio = :folio AND p.tipo <> 'persona'"
    )
    return [name for (name,) in db.execute(sql, {"folio": folio}).fetchall()]


def folio_of(db: Database, noticia_id: int) -> str | None:
    """Return the finding that the noticia tells, or None."""
    row = db.execute("SELECT folio FROM hallazgos_noticias WHERE noticia_id = ?", [noticia_id]).fetchone()
    return row[0] if row else None


def touched(db: Database, folio: str) -> bool:
    """Tell whether a person decided on the finding: its codes are then left as they stand."""
    marks = ", ".join("?" * len(AROUND))
    sql = (
        "SELECT estado <> 'detectado' OR origen NOT IN ('monitoreo', 'archivo')"
        " OR EXISTS (SELECT 1 FROM correcciones WHERE folio = h.folio)"
        f" OR EXISTS (SELECT 1 FROM bitacora WHERE tabla = 'hallazgos' AND clave = h.folio AND accion NOT IN ({marks}))"
        " OR EXISTS (SELECT 1 FROM victimas WHERE folio = h.folio AND origen = 'persona')"
        " FROM hallazgos AS h WHERE folio = ?"
    )
    return bool(db.execute(sql, [*AROUND, folio]).fetchone()[0])


def origin(db: Database, folio: str) -> str:
    """Return how the finding came into the registry."""
    return str(db.execute("SELECT origen FROM hallazgos WHERE folio = ?", [folio]).fetchone()[0])


def create_finding(db: Database, note: StoredNote, origen: str = "monitoreo") -> str:
    """Write a new finding for a note that fits no other; return its folio. Its codes follow with `write_codes`.

    One that a note of a web archive opens counts on the day of that note, not today (design, "The indicator").
    """
    found = codes([note.tagged])
    if origen == "monitoreo" and _of_archive(db, note):
        origen = archives.ORIGIN
    old = origen == archives.ORIGIN
    told = archives.registered(db, note.noticia_id, found.singles["fecha_hecho"]) if old else None
    registered = told or mexico_day(first_captured(db, note.noticia_id))
    folio = next_folio(db, registered.year)
    db.execute(
        "INSERT INTO hallazgos (folio, fecha_registro, clase, origen) VALUES (?, ?, ?, ?)",
        [folio, registered.isoformat(), found.singles["clase"], origen],
    )
    return folio


def attach(  # noqa: PLR0913 - a row's columns
    db: Database, folio: str, note: StoredNote, *, papel: str, razones: Mapping[str, object], now: datetime
) -> None:
    """Tie a note to a finding, with the reasons (ids, points and rule names; never a name or a passage)."""
    db.execute(
        "INSERT INTO hallazgos_noticias (folio, noticia_id, papel, razones) VALUES (?, ?, ?, ?)",
        [folio, note.noticia_id, papel, json.dumps(dict(razones), ensure_ascii=False)],
    )
    write_keys(db, folio, note)
    custody.joined(db, note.noticia_id, now=now)


def write_keys(db: Database, folio: str, note: StoredNote) -> None:
    """Add the keys under which later notes find this finding."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO claves_union (clave, folio) VALUES (?, ?)", [(key, folio) for key in sorted(keys(note.facts))]
    )


def write_codes(db: Database, folio: str) -> None:
    """Compute the finding's codes, victims and acts from its relevant notes; without any they stay as they are."""
    notes = notes_of(db, folio)
    if not notes:
        return
    found = codes([note.tagged for note in notes])
    rows = people.victims([note.tagged for note in notes], found.fullest, list(found.lists["tipo_victima"]))
    registered = db.execute("SELECT fecha_registro FROM hallazgos WHERE folio = ?", [folio]).fetchone()[0]
    values = {
        **found.singles,
        "resumen": summary(found, rows),
        "fecha_publicacion": min(note.facts.orden[0] for note in notes),
        "antecedente": int(is_old(notes[0].facts.nota, found.singles["fecha_hecho"], registered)),
        "urgente": int(any(note.tagged.value("urgente") for note in notes if not _of_archive(db, note))),
    }
    names = list(values)
    changed = " OR ".join(f"{name} IS NOT ?" for name in names)
    db.execute(
        f"UPDATE hallazgos SET {', '.join(f'{name} = ?' for name in names)}, version = version + 1"
        f" WHERE folio = ? AND ({changed})",
        [*values.values(), folio, *values.values()],
    )
    _write_lists(db, folio, found)
    ids = people.write_victims(db, folio, rows)
    aggressors = list(found.lists["agresor"])
    acts = people.acts(list(found.lists["modalidad"]), ids)
    people.write_acts(db, folio, acts, aggressors[0] if len(aggressors) == 1 else None)


def _of_archive(db: Database, note: StoredNote) -> bool:
    """Tell whether a note was taken from a web archive: what was in force years ago calls nobody."""
    return archives.came_from_archive(db, note.noticia_id)


def summary(found: Codes, victims: Sequence[people.VictimRow]) -> str:
    """Return the finding's sentence, made from its codes as the tagger makes a note's; no name is in it."""
    kinds = [kind.value for kind in Victima if kind in found.lists["tipo_victima"]]
    named = [Nombrada(victim.nombre, victim.tipo, victim.genero) for victim in victims if victim.nombre]
    unnamed = [VictimaSinNombre(victim.tipo, victim.genero, victim.cantidad) for victim in victims if not victim.nombre]
    place = Lugar(found.singles["cdmx"], found.singles["alcaldia"], found.singles["entidad"])
    acts = [act.value for act in Modalidad if act in found.lists["modalidad"]]
    hands = [one.value for one in Agresor if one in found.lists["agresor"]]
    return resumen.sentence(acts, resumen.people(kinds, named, unnamed), place, hands, bool(found.singles["movilizacion"]))


def _write_lists(db: Database, folio: str, found: Codes) -> None:
    for name in CODE_TABLES:
        db.execute(f"DELETE FROM hallazgos_{name} WHERE folio = ?", [folio])
        db.conn.executemany(
            f"INSERT INTO hallazgos_{name} (folio, valor, apoyo) VALUES (?, ?, ?)",
            [(folio, value, share) for value, share in found.lists[name].items()],
        )
