"""Registries whose counts are worked out by hand: findings, covered days, imported totals, written as rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from pipeline.registry.connection import open_registry

NUMBERS = count(1)


def registro(folder: Path) -> Database:
    db = open_registry(folder / "registro.db")
    with db.atomic():
        for clave in ("faro", "voz"):
            db.execute(
                "INSERT INTO fuentes (id, nombre, tipo, sitio) VALUES (?, ?, 'medio_local', ?)",
                [clave, f"El {clave}", f"https://{clave}.ejemplo/"],
            )
    return db


def cubrir(db: Database, first: str, last: str | None = None, *, fuentes: Sequence[str] = ("faro", "voz"), **run: str) -> None:
    """One run a day from `first` to `last`, complete unless `estado` says otherwise; `fuentes` were read well."""
    day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    with db.atomic():
        while day <= end:
            made = db.execute(
                "INSERT INTO corridas (inicio, fin, dia, modo, estado, version) VALUES (?, ?, ?, ?, ?, '0')",
                [
                    f"{day}T12:00:00Z",
                    f"{day}T12:10:00Z",
                    day.isoformat(),
                    run.get("modo", "completo"),
                    run.get("estado", "completa"),
                ],
            )
            for clave in ("faro", "voz"):
                db.execute(
                    "INSERT INTO corridas_fuentes (corrida_id, fuente_id, lecturas_buenas, fallida, motivo)"
                    " VALUES (?, ?, ?, ?, ?)",
                    [
                        made.lastrowid,
                        clave,
                        int(clave in fuentes),
                        int(clave not in fuentes),
                        "" if clave in fuentes else "caída",
                    ],
                )
            day += timedelta(days=1)


def hallazgo(db: Database, dia: str, *, fuentes: Sequence[str] = ("faro",), **fields: object) -> str:
    """One finding (a validated one of the city unless `fields` say otherwise) told once by each of `fuentes`."""
    number = next(NUMBERS)
    row = {
        "folio": f"H-2026-{number:06}",
        "fecha_registro": dia,
        "fecha_publicacion": dia,
        "fecha_hecho": dia,
        "clase": "agresion",
        "ambito": "hecho_en_cdmx",
        "estado": "validado",
    } | fields
    with db.atomic():
        db.table("hallazgos").insert(row)
        for n, clave in enumerate(fuentes):
            url = f"https://{clave}.ejemplo/{number}-{n}"
            made = db.execute(
                "INSERT INTO noticias"
                " (url, url_canonica, fuente_id, texto_origen, capturada_en, sha256, captura, version_extractor)"
                " VALUES (?, ?, ?, 'pagina', ?, '0', 'captura/x#0', '0')",
                [url, url, clave, f"{dia}T12:00:00Z"],
            )
            db.execute(
                "INSERT INTO hallazgos_noticias (folio, noticia_id, papel) VALUES (?, ?, ?)",
                [row["folio"], made.lastrowid, "replica" if n else "primera"],
            )
    return str(row["folio"])


def victima(db: Database, folio: str, *, nombre: str | None = None, cantidad: int | None = None, **fields: object) -> int:
    """One victim, named or not, with `cantidad` people; return its id."""
    with db.atomic():
        persona = None
        if nombre:
            persona = db.execute(
                "INSERT INTO personas (nombre, clave, tipo) VALUES (?, ?, 'persona')", [nombre, nombre.lower()]
            ).lastrowid
        row = {"folio": folio, "persona_id": persona, "cantidad": cantidad, "tipo": "periodista"} | fields
        return int(db.table("victimas").insert(row).last_rowid or 0)


def acto(db: Database, folio: str, modalidad: str, victima_id: int | None = None) -> None:
    with db.atomic():
        db.execute("INSERT INTO actos (folio, modalidad, victima_id) VALUES (?, ?, ?)", [folio, modalidad, victima_id])


def total(db: Database, mes: str, cuantos: int, *, unidad: str = "hallazgo") -> None:
    """One imported monthly total."""
    with db.atomic():
        db.execute(
            "INSERT INTO lineas_base (anio, mes, total, unidad, fuente, importada_en) VALUES (?, ?, ?, ?, 'papel', '')",
            [int(mes[:4]), int(mes[5:]), cuantos, unidad],
        )


def corregir(db: Database, folio: str, campo: str, valor: str) -> None:
    """A person's value, as JSON text."""
    with db.atomic():
        db.execute(
            "INSERT INTO correcciones (folio, campo, valor, quien, cuando) VALUES (?, ?, ?, 'ana', '')", [folio, campo, valor]
        )


def codigos(db: Database, folio: str, tabla: str, *valores: str) -> None:
    """Codes of a list field."""
    with db.atomic():
        for valor in valores:
            db.execute(f"INSERT INTO hallazgos_{tabla} (folio, valor) VALUES (?, ?)", [folio, valor])
