"""Imported findings as grouping sees them: they have no note, so what stands in their codes is what one would tell."""

import json
from collections.abc import Collection

from sqlite_utils import Database

from pipeline.grouping.facts import TOLD_GENDERS, Facts
from pipeline.grouping.index import keys
from pipeline.grouping.names import PersonName

NO_NOTE = "0"  # the id of such facts: no noticia has it
FACTS = """
SELECT h.folio, coalesce(h.fecha_publicacion, h.fecha_registro) AS dia, h.clase, h.movilizacion, h.alcaldia, h.entidad,
    h.fecha_hecho, coalesce(h.latitud, '') AS latitud, coalesce(h.longitud, '') AS longitud,
    (SELECT json_group_array(valor) FROM hallazgos_tipo_victima WHERE folio = h.folio) AS tipos,
    (SELECT json_group_array(valor) FROM hallazgos_modalidad WHERE folio = h.folio) AS modalidades,
    (SELECT json_group_array(valor) FROM hallazgos_agresor WHERE folio = h.folio) AS agresores,
    (SELECT json_group_array(DISTINCT genero) FROM victimas WHERE folio = h.folio) AS generos
FROM hallazgos AS h
WHERE h.origen = 'importado' AND NOT EXISTS (SELECT 1 FROM hallazgos_noticias WHERE folio = h.folio)
    AND h.folio IN (SELECT value FROM json_each(?))
"""
NAMES = """
SELECT v.folio, p.nombre, p.tipo <> 'persona' AS grupo FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id
WHERE p.suprimida_en IS NULL AND v.folio IN (SELECT value FROM json_each(?)) ORDER BY v.id
"""


def imported_facts(db: Database, folios: Collection[str]) -> dict[str, Facts]:
    """Return the facts of the findings among `folios` that were imported and that no note tells yet, by folio."""
    asked = json.dumps(sorted(folios))
    found = list(db.query(FACTS, [asked]))
    names: dict[str, list[PersonName]] = {row["folio"]: [] for row in found}
    for row in db.query(NAMES, [json.dumps(list(names))]):
        names[row["folio"]].append(PersonName(row["nombre"], bool(row["grupo"])))
    return {row["folio"]: _facts(row, tuple(names[row["folio"]])) for row in found}


def _facts(row: dict[str, str], names: tuple[PersonName, ...]) -> Facts:
    return Facts(
        id=NO_NOTE,
        orden=(row["dia"], row["folio"]),
        titulo="",
        texto="",
        nota="hecho_nuevo",
        clase=row["clase"],
        tipos=frozenset(json.loads(row["tipos"])),
        modalidades=frozenset(json.loads(row["modalidades"])),
        agresores=frozenset(json.loads(row["agresores"])) - {"no_identificado"},
        movilizacion=bool(row["movilizacion"]),
        alcaldia=row["alcaldia"],
        entidad=row["entidad"],
        nombres=names,
        fecha_hecho=row["fecha_hecho"],
        generos=frozenset(json.loads(row["generos"])) & TOLD_GENDERS,
        punto=(float(row["latitud"]), float(row["longitud"])) if row["latitud"] else None,
    )


def write_keys(db: Database, folio: str) -> None:
    """Write anew the keys under which notes find an imported finding that none tells yet."""
    for facts in imported_facts(db, [folio]).values():
        db.execute("DELETE FROM claves_union WHERE folio = ?", [folio])
        rows = [(key, folio) for key in sorted(keys(facts))]
        db.conn.executemany("INSERT INTO claves_union (clave, folio) VALUES (?, ?)", rows)
