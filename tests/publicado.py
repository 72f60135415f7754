"""Registries for the public version, and what a folder of it says."""

import json
import random
from pathlib import Path

from contados import acto, codigos, cubrir, hallazgo, registro, victima
from sqlite_utils import Database

from pipeline.publication.build import Hecho, Pedido, publish
from pipeline.publication.tables import tables

BOROUGHS = (None, "cuauhtemoc", "coyoacan", "iztapalapa", "tlalpan", "benito_juarez")
MODALITIES = ("ataque_fisico", "amenaza", "obstruccion", "censura")


def invented(folder: Path, years: tuple[int, ...] = (2025, 2026), findings: int = 30, seed: int = 3) -> Database:
    """A registry of invented findings, spread so that most tables have small figures; covered through November 2026."""
    chance = random.Random(seed)
    db = registro(folder)
    cubrir(db, "2026-11-01", "2026-11-30")
    for year in years:
        for number in range(findings):
            told = {
                "clase": chance.choices(("agresion", "riesgo", "privacion_vida"), (20, 5, 2))[0],
                "alcaldia": chance.choices(BOROUGHS, (10, 10, 4, 2, 1, 1))[0],
            }
            folio = hallazgo(db, f"{year}-{chance.randint(1, 11):02}-{chance.randint(1, 28):02}", **told)
            who = victima(db, folio, nombre=f"Persona Inventada {number}")
            killed = ["asesinato"] * (told["clase"] == "privacion_vida")  # as the guide has it
            for name in [*chance.sample(MODALITIES, chance.randint(1, 2)), *killed]:
                codigos(db, folio, "modalidad", name)
                acto(db, folio, name, who)
            codigos(db, folio, "agresion", chance.choice(("fisica", "verbal", "digital")))
            codigos(db, folio, "agresor", chance.choice(("fuerza_publica", "autoridad_civil", "particular")))
            codigos(db, folio, "tipo_victima", chance.choices(("periodista", "defensora"), (9, 1))[0])
    return db


def published(db: Database, folder: Path, *earlier: Path, k: int = 3, **asked: object) -> Hecho:
    return publish(db, Pedido(folder, asked.pop("corte", None), k, earlier, **asked))


def shown(folder: Path) -> dict[tuple[str, str, str], float | None]:
    """Every figure of a publication by (table, period, row); None where it is reserved."""
    return {
        (name, row["periodo"], row["renglon"]): row["valor"]
        for name in tables()
        for row in json.loads((folder / "cuadros" / f"{name}.json").read_text("utf-8"))[name]
    }


def editions(folder: Path) -> list[dict[tuple[str, str, str], int | None]]:
    """Everything that a publication and those before it published, as it says itself."""
    told = json.loads((folder / "ediciones.json").read_text("utf-8"))
    return [{tuple(key): value for *key, value in one["cifras"]} for one in told]
