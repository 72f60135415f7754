"""Victims and acts on a finding's page, and the findings that may be the same or tell of the same people."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.pages.finding_rows import MERGED, rows
from pipeline.pages.masking import is_hidden
from pipeline.pages.queue_beside import neighbours
from pipeline.pages.wording import counted

Row = dict[str, Any]

MOST = 10  # findings of the same people that are shown


@dataclass(frozen=True)
class Related:
    """Other findings: what the machine would join, earlier ones of the same people, those merged into this one."""

    duplicados: list[Row]
    personas: list[Row]
    fusionados: list[str]


def shown_victim(row: Row) -> Row:
    """Add what stands in the place of a name (`quien`), and drop a name that may not be shown."""
    if is_hidden(row):
        return row | {
            "nombre": None,
            "quien": "Persona que pidió anonimato" if row["anonimato_solicitado"] else "Persona con datos suprimidos",
        }
    if row["nombre"]:
        return row | {"quien": row["nombre"]}
    amount = row["cantidad"]
    return row | {"quien": counted(amount, "persona", "personas") + " sin nombre" if amount else "Sin nombre"}


def related(db: Database, folio: str) -> Related:
    """Return the other findings that stand beside this one, in the rows of `pipeline.pages.queue_beside`."""
    found = neighbours(db, folio, most=MOST)
    known = {row["otro"] for row in found.duplicates}
    people = [row for row in found.related if row["otro"] not in known]
    return Related(found.duplicates, people, [row["folio"] for row in rows(db, MERGED, folio)])
