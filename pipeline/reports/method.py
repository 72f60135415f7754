"""How the figures are made and what they cannot say, with the versions of everything that made them."""

import importlib.metadata
from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.reports.document import Bloque, Lista, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos
from pipeline.reports.texts import fixed_list

TAGGERS = """
SELECT DISTINCT n.version_etiquetador
FROM hallazgos AS h JOIN hallazgos_noticias USING (folio) JOIN noticias AS n ON n.id = noticia_id
WHERE h.fecha_registro BETWEEN ? AND ? AND n.version_etiquetador <> ''
ORDER BY 1
"""
GUIDES = TAGGERS.replace("version_etiquetador", "version_guia")
VERSION = importlib.metadata.version("hallazgos")
QUERY = (
    "Vistas del registro, por fecha de registro y en hallazgos: v_serie_diaria con la regla de v_comparativo_anual (M1),"
    " v_indicador_ambito (ámbitos), v_desglose_diario (desgloses), v_renglones_base y v_serie_movilizaciones (Bases),"
    " v_dias_cubiertos y v_salud_fuentes (cobertura), v_avance (meta)."
)


def method(db: Database, facts: Hechos) -> Iterator[Bloque]:
    """Yield method, limits and versions."""
    yield Titulo("Método")
    yield Lista(fixed_list("metodo"))
    yield Titulo("Límites")
    yield Lista(fixed_list("limites"))
    yield Titulo("De qué se hizo este informe")
    yield Parrafo(QUERY)
    yield Tabla("Versiones", ("Qué", "Versión"), versions(db, facts), cifras=False)


def versions(db: Database, facts: Hechos) -> tuple[tuple[str, str], ...]:
    """Return the program's version, and those of the tagger and the guide that read the period's notes."""
    bounds = [facts.record["inicio"], facts.record["fin"]]
    tagger, guide = (", ".join(row[0] for row in db.execute(sql, bounds)) or "ninguna" for sql in (TAGGERS, GUIDES))
    return ("Programa hallazgos", VERSION), ("Etiquetador", tagger), ("Guía de anotación", guide)
