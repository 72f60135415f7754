"""Installs the views: every figure that anyone sees is one of these files, its rule in its header comment."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from pipeline.registry.transaction import writing

FOLDER = Path(__file__).parent / "views"
# Each view reads only tables and views that stand before it.
ORDER = (
    "v_hallazgos",
    "v_hallazgos_nombres",
    "v_renglones",
    "v_conteo",
    "v_registros",
    "v_versiones_etiquetador",
    "v_serie_diaria",
    "v_dias_cubiertos",
    "v_avance",
    "v_meses_propios",
    "v_indicador_mensual",
    "v_indicador_bimestral",
    "v_indicador_trimestral",
    "v_indicador_semestral",
    "v_indicador_anual",
    "v_indicador_doce_meses",
    "v_indicador_ambito",
    "v_comparativo_anual",
    "v_cierres",
    "v_por_alcaldia",
    "v_conteo_base_mpi",
    "v_movilizaciones",
    "v_serie_base_mpi",
    "v_serie_base_ddhh",
    "v_atenciones_movilizacion",
    "v_renglones_base",
    "v_serie_movilizaciones",
    "v_indicador_base_ddhh",
    "v_indicador_base_mpi",
    "v_desglose_diario",
    "v_desglose_mensual",
    "v_desglose_anual",
    "v_plan_trimestre",
    "v_movilizacion_hechos",
    "v_movilizacion_fases",
    "v_movilizacion_ciclos",
    "v_movilizacion_huecos",
    "v_movilizacion_fuentes",
    "v_movilizacion_bitacora",
    "v_movilizacion_anotaciones",
    "v_pendientes",
    "v_urgentes",
    "v_posibles_duplicados",
    "v_cola",
    "v_seguimientos",
    "v_trabajo_diario",
    "v_calidad_captura",
    "v_acuerdo",
    "v_ritmo_fuentes",
    "v_salud_fuentes",
    "v_archivos",
)
HEADER = re.compile(r"-- (titulo|descripcion|columna (\w+)): (.+)")
INCLUDE = re.compile(r"^-- incluye: (\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class ViewDoc:
    """What a reader is told of a view: its title, its rule, and each column in order."""

    titulo: str
    descripcion: str
    columnas: dict[str, str]


def expand(sql: str) -> str:
    """Return `sql` with each line `-- incluye: NAME` replaced by `views/partes/NAME.sql`, which may hold such lines too."""
    return INCLUDE.sub(lambda found: expand((FOLDER / "partes" / f"{found[1]}.sql").read_text("utf-8")), sql)


def view_text(name: str) -> str:
    """Return one view's file as it stands, header included."""
    return (FOLDER / f"{name}.sql").read_text("utf-8")


def install_views(db: Database) -> None:
    """Drop every view of the registry and create those of this version, in one transaction; safe to repeat."""
    wanted = {name: f"CREATE VIEW {name} AS\n{expand(view_text(name))}".rstrip() for name in ORDER}
    installed = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())
    if installed == wanted:
        return
    with writing(db):
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            db.execute(f"DROP VIEW {name}")
        for statement in wanted.values():
            db.execute(statement)


@cache
def view_docs() -> dict[str, ViewDoc]:
    """Return the documentation of every view, read from its header comment, in the order of creation."""
    return {name: parse_header(view_text(name)) for name in ORDER}


def parse_header(sql: str) -> ViewDoc:
    """Return the header comment of a view's file (`-- titulo:`, `-- descripcion:`, `-- columna NAME:`)."""
    titles = {"titulo": "", "descripcion": ""}
    columns: dict[str, str] = {}
    for key, column, text in HEADER.findall(sql):
        if column:
            columns[column] = text
        else:
            titles[key] = text
    return ViewDoc(titles["titulo"], titles["descripcion"], columns)
