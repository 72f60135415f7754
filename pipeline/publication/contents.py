"""The files of a publication, as bytes: tables in three forms, dictionary, method, licence, changes, digests."""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.figures.crosswalk import rows_of
from pipeline.figures.export_files import Tabla, as_csv, as_json
from pipeline.publication.editions import EDITIONS, MARK, PROGRAM, SUMS, Edicion
from pipeline.publication.editions import as_json as editions_json
from pipeline.publication.rows import told_before
from pipeline.publication.tables import TOTAL, Clave, tables
from pipeline.publication.texts import columns, queries, said, texts
from pipeline.reports.method import VERSION
from pipeline.reports.texts import fixed_list

DATABASE = "publico"


@dataclass(frozen=True)
class Publicacion:
    """What is published: its tables, the editions up to this one (the last), and whom to write for corrections."""

    cuadros: list[Tabla]
    ediciones: list[Edicion]
    contacto: str

    @property
    def esta(self) -> Edicion:
        """This edition."""
        return self.ediciones[-1]

    @property
    def version(self) -> str:
        """The edition's number, and the program's version."""
        return f"edición {len(self.ediciones)}, hallazgos {VERSION}"


def contents(made: Publicacion) -> dict[str, bytes]:
    """Return every file by its name in the folder; the same publication gives the same bytes."""
    found = {
        f"{DATABASE}.db": database(made.cuadros),
        "metadata.json": plain_json(metadata(made)),
        "DICCIONARIO.csv": as_csv([dictionary()]),
        "LEAME.md": readme(made).encode(),
        "METODO.md": method_file(made.esta.k).encode(),
        "CONSULTAS.md": examples().encode(),
        "LICENCIA.txt": f"{said('licencia')}\n{said('licencia_url')}\n".encode(),
        "CAMBIOS.md": changes(made.ediciones).encode(),
        EDITIONS: editions_json(made.ediciones),
        MARK: plain_json(mark(made)),
    }
    for table in made.cuadros:
        found[f"cuadros/{table.nombre}.csv"] = as_csv([table])
        found[f"cuadros/{table.nombre}.json"] = as_json([table])
    sums = "".join(f"{hashlib.sha256(found[name]).hexdigest()}  {name}\n" for name in sorted(found))
    return found | {SUMS: sums.encode()}


def plain_json(value: object) -> bytes:
    """Return a value as JSON to be read by people too."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def database(found: Sequence[Tabla]) -> bytes:
    """Return a database of the tables alone, made anew in a file of its own: nothing of the registry was ever in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        with closing(sqlite3.connect(path)) as connection:
            db = Database(connection)
            # a whole number stays one in such a column, and M1 keeps its decimals
            kinds = {"anio": int, "orden": int, "valor": int}
            for table in found:
                made = db.table(table.nombre)
                made.create({name: kinds.get(name, str) for name in table.columnas}, pk=("periodo", "renglon"))
                made.insert_all(dict(zip(table.columnas, row, strict=True)) for row in table.filas)
            connection.commit()
            connection.execute("VACUUM")
        return path.read_bytes()


def metadata(made: Publicacion) -> dict[str, Any]:
    """Return what Datasette, or whoever reads JSON, is told of the publication."""
    described = {
        name: {
            "title": table.titulo,
            "description": f"{table.descripcion} Unidad: {table.unidad}.",
            "columns": columns(),
            "sort": "orden",
        }
        for name, table in tables().items()
    }
    return {
        "title": said("titulo"),
        "description": said("que_es"),
        "license": said("licencia"),
        "license_url": said("licencia_url"),
        "databases": {
            DATABASE: {
                "title": "Cuadros",
                "tables": described,
                "queries": {name: {"title": one["titulo"], "sql": one["sql"]} for name, one in queries().items()},
            }
        },
    }


def mark(made: Publicacion) -> dict[str, Any]:
    """Return what the folder is: by this a program knows it again."""
    return {
        "programa": PROGRAM,
        "corte": made.esta.corte,
        "version": made.version,
        "edicion": len(made.ediciones),
        "k": made.esta.k,
        "contacto": made.contacto,
        "licencia": said("licencia"),
    }


def dictionary() -> Tabla:
    """Return what every column of every table holds."""
    rows = [
        (name, table.titulo, table.descripcion, table.unidad, column, meaning)
        for name, table in tables().items()
        for column, meaning in columns().items()
    ]
    return Tabla("diccionario", ("cuadro", "titulo", "descripcion", "unidad", "columna", "que_es"), rows)


def readme(made: Publicacion) -> str:
    """Return what the publication is, and what is in it."""
    listed = "\n".join(
        f"- `cuadros/{name}.csv`, `.json`: {table.titulo}. {table.descripcion}" for name, table in tables().items()
    )
    return (
        f"# {said('titulo')}\n\n{said('que_es')}\n\n{said('que_no_es')}\n\n"
        f"- Corte: último mes incluido, {made.esta.corte}.\n- Versión: {made.version}.\n- Licencia: {said('licencia')},"
        f" {said('licencia_url')}\n- Correcciones: {made.contacto}\n\n## Cuadros\n\n{listed}\n\n"
        "Todos están también en `publico.db` (SQLite). Qué es cada columna: `DICCIONARIO.csv`. Cómo se hizo: `METODO.md`."
        " Qué cambió: `CAMBIOS.md`. `ediciones.json` guarda lo publicado en cada edición; `SHA256SUMS`, las huellas.\n"
    )


def method(k: int) -> tuple[str, ...]:
    """Return the method: the signed report's, then the publication's own; `k`: the least figure that is shown."""
    return (*fixed_list("metodo"), *(line.format(k=k) for line in texts()["metodo"]))


def limits() -> tuple[str, ...]:
    """Return the limits, likewise."""
    version = rows_of("articulo19")[0]
    return (*fixed_list("limites"), *(line.format(version=version) for line in texts()["limites"]))


def method_file(k: int) -> str:
    """Return method and limits as a file."""
    parts = {"Método": method(k), "Límites": limits()}
    body = "\n".join(f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n" for title, lines in parts.items())
    return f"# Método y límites\n\n{body}"


def examples() -> str:
    """Return the example queries over `publico.db`."""
    told = "\n".join(f"## {one['titulo']}\n\n```sql\n{one['sql']}\n```\n" for one in queries().values())
    return f"# Consultas de ejemplo sobre publico.db\n\n{told}"


def changes(editions: list[Edicion]) -> str:
    """Return what changed from one edition to the next, in the totals of each year only."""
    blocks = []
    for number in range(len(editions), 0, -1):
        now, before = totals(editions[:number]), totals(editions[: number - 1])
        lines = [
            f"| {year} | {before.get(year, 'no estaba') if before else 'no había'} | {total} |"
            for year, total in now.items()
        ]  # fmt: skip
        head = f"## Edición {number}: hasta {editions[number - 1].corte}\n\n| Periodo | Antes | Registros |\n|---|---|---|\n"
        blocks.append(head + "\n".join(lines) + "\n")
    return "# Cambios, en totales\n\n" + "\n".join(blocks)


def totals(editions: list[Edicion]) -> dict[str, str]:
    """Return the total of each year as the last of the editions published it."""
    before, found = told_before(editions[:-1]), {}
    for key, value in editions[-1].cifras if editions else ():
        if is_total(key):
            old = before.get(key)
            found[key.periodo] = (
                f"{value}" if value is not None else f"{old[0]}, de la edición {old[1]}" if old else "reservado"
            )
    return found


def is_total(key: Clave) -> bool:
    """Say whether a figure is a year's total."""
    return key.cuadro == "registros_anuales" and key.renglon == TOTAL
