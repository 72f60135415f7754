"""What a retagging changed: two pictures of findings and indicator held against each other. Views give every figure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.registry.findings import CODE_TABLES

FIELDS = (
    *("clase", *CODE_TABLES, "movilizacion", "cdmx", "alcaldia", "entidad", "ambito", "fecha_hecho", "hora_hecho", "vinculo"),
    *("via", "urgente", "antecedente", "fuentes_independientes", "resumen"),
)
FINDINGS_SQL = f"SELECT folio, {', '.join(FIELDS)} FROM v_hallazgos WHERE estado <> 'fusionado'"
# Findings that come from noticias, none of which the tagger takes for a case.
UNTOLD_SQL = """
SELECT hn.folio FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
GROUP BY hn.folio HAVING max(coalesce(n.relevante, 1)) = 0
"""
YEARS_SQL = "SELECT periodo, registros, por_revisar, m1, m1_provisional FROM v_indicador_anual ORDER BY inicio DESC"
ALWAYS = 3  # the last years, told even where nothing changed
Year = tuple[object, ...]


@dataclass(frozen=True)
class Picture:
    """The findings' codes as everyone sees them by folio, those that no note tells, the indicator by year (last first)."""

    findings: Mapping[str, tuple[object, ...]]
    untold: frozenset[str]
    years: Mapping[str, Year]


@dataclass(frozen=True)
class Difference:
    """What changed: noticias tagged, findings by field, new ones, those that lost every telling note, the indicator of the last
    years and of any other that changed.

    A year is (before, after), each (registros, por_revisar, m1, m1_provisional).
    """

    noticias: int
    fields: Mapping[str, int]
    new: tuple[str, ...]
    lost: tuple[str, ...]
    years: Mapping[str, tuple[Year, Year]]


def picture(db: Database) -> Picture:
    """Return how things stand."""
    findings = {row[0]: tuple(row[1:]) for row in db.execute(FINDINGS_SQL).fetchall()}
    untold = frozenset(row[0] for row in db.execute(UNTOLD_SQL).fetchall())
    return Picture(findings, untold, {row[0]: tuple(row[1:]) for row in db.execute(YEARS_SQL).fetchall()})


def difference(before: Picture, after: Picture, noticias: int) -> Difference:
    """Hold two pictures against each other."""
    changed: Counter[str] = Counter()
    for folio, values in before.findings.items():
        now = after.findings.get(folio, values)
        changed.update(name for name, old, new in zip(FIELDS, values, now, strict=True) if old != new)
    nothing: Year = (0, 0, None, None)
    pairs = ((key, (before.years.get(key, nothing), value)) for key, value in after.years.items())
    years = {key: pair for place, (key, pair) in enumerate(pairs) if place < ALWAYS or pair[0] != pair[1]}
    return Difference(
        noticias,
        {name: changed[name] for name in FIELDS},
        tuple(sorted(after.findings.keys() - before.findings.keys())),
        tuple(sorted(after.untold - before.untold)),
        years,
    )
