"""What a note brings to a finding that a person had decided on: rows of `novedades`. The finding itself stays as it is."""

import json
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.grouping.codes import SINGLES
from pipeline.grouping.names import PersonName
from pipeline.grouping.novelty import Standing
from pipeline.registry.findings import AROUND, CODE_TABLES

COLUMNS = ("clase", *SINGLES, "urgente", "antecedente", "fecha_registro")


def shown(db: Database, folio: str) -> dict[str, object]:
    """Return the finding's codes as everyone sees them, by field: a person's correction, else what was computed."""
    row = db.execute(f"SELECT {', '.join(COLUMNS)} FROM hallazgos WHERE folio = ?", [folio]).fetchone()
    values: dict[str, object] = dict(zip(COLUMNS, row, strict=True))
    for name in CODE_TABLES:
        codes = db.execute(f"SELECT valor FROM hallazgos_{name} WHERE folio = ? ORDER BY valor", [folio]).fetchall()
        values[name] = [code for (code,) in codes]
    fixed = db.execute("SELECT campo, valor FROM correcciones WHERE folio = ?", [folio]).fetchall()
    return values | {campo: json.loads(valor) for campo, valor in fixed if campo in values}


def standing(db: Database, folio: str) -> Standing:
    """Return what holds of the finding, and its named victims."""
    sql = (
        "SELECT p.nombre, p.tipo <> 'persona' FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id"
        " WHERE v.folio = ? ORDER BY v.id"
    )
    names = tuple(PersonName(nombre, bool(group)) for nombre, group in db.execute(sql, [folio]).fetchall())
    return Standing(shown(db, folio), names)


def captured_since_decided(db: Database, folio: str, noticia_id: int) -> bool:
    """Tell whether the note's present text came after the last decision on the finding."""
    marks = ", ".join("?" * len(AROUND))
    decided = f"SELECT max(cuando) FROM bitacora WHERE tabla = 'hallazgos' AND clave = ? AND accion NOT IN ({marks})"
    sql = f"SELECT n.capturada_en > coalesce(({decided}), '') FROM noticias AS n WHERE n.id = ?"
    return bool(db.execute(sql, [folio, *AROUND, noticia_id]).fetchone()[0])


def tell(db: Database, folio: str, noticia_id: int, campos: list[dict[str, object]], now: datetime) -> None:
    """Write what the note would add or change; a note told before is told again, unseen, only when that is other."""
    db.execute(
        "INSERT INTO novedades (folio, noticia_id, campos, cuando) VALUES (?, ?, ?, ?) ON CONFLICT (noticia_id) DO UPDATE"
        " SET folio = excluded.folio, campos = excluded.campos, cuando = excluded.cuando, vista_por = NULL, vista_en = NULL"
        " WHERE campos <> excluded.campos",
        [folio, noticia_id, json.dumps(campos, ensure_ascii=False), utc_text(now)],
    )
