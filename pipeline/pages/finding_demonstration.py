"""The demonstration of a finding on its page: which ones it is chosen from, and why the machine holds it to be of one."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from pipeline.pages.finding_fields import Field, Option, chosen_among
from pipeline.pages.finding_rows import Row, rows
from pipeline.pages.headings import column_title
from pipeline.pages.wording import day_text

FIELD = "movilizacion_id"
PAGE = "/-/movilizacion/"
# Those of the days around the finding's, those of the year before that had a Base (charges come months later), those that the
# machine held it to be of, and the one that it is of.
CHOICES = """
SELECT m.id, m.nombre, m.dia FROM movilizaciones AS m WHERE m.id IN (
    SELECT id FROM movilizaciones WHERE estado <> 'cancelada' AND dia BETWEEN date(:day, '-21 days') AND date(:day, '+21 days')
    UNION SELECT m.id FROM bases AS b JOIN movilizaciones AS m ON m.id = b.movilizacion_id
        WHERE m.estado <> 'cancelada' AND m.dia BETWEEN date(:day, '-1 year') AND :day
    UNION SELECT movilizacion_id FROM hallazgos_movilizaciones WHERE folio = :folio
    UNION SELECT :own UNION SELECT :computed
) ORDER BY m.dia DESC, m.inicio, m.id
"""
REASONS = "SELECT puntos, razones FROM hallazgos_movilizaciones WHERE folio = ? AND movilizacion_id = ?"


def with_demonstrations(db: Database, fields: Sequence[Field], shown: Row, computed: Row) -> list[Field]:
    """Return the fields of a group with the choice of demonstrations and the reasons in the field that holds it."""
    return [_told(db, one, shown, computed) if one.spec.campo == FIELD else one for one in fields]


def _told(db: Database, field: Field, shown: Row, computed: Row) -> Field:
    day = shown["fecha_hecho"] or shown["fecha_publicacion"] or shown["fecha_registro"]
    given = {"day": day, "folio": shown["folio"], "own": shown[FIELD], "computed": computed[FIELD]}
    found = rows(db, CHOICES, **given)
    among = [Option(str(row["id"]), f"{row['nombre']} ({day_text(row['dia'])})", "", elegida=False) for row in found]
    return replace(chosen_among(field, among, computed, PAGE), razones=_reasons(db, shown["folio"], computed[FIELD]))


def _reasons(db: Database, folio: str, number: Any) -> str:  # noqa: ANN401 - a row's value
    """Return the rules that tied the finding to a demonstration, with their points; empty where nothing did."""
    found = rows(db, REASONS, folio, number)
    if not found:
        return ""
    told = [f"{column_title(name)} {points:+g}" for name, points in json.loads(found[0]["razones"]).items()]
    return f"{', '.join(told)}; en total {found[0]['puntos']:g}"
