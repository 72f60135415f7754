"""The state of the monitor at a moment: what `hallazgos salud` says, and what of it needs a person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.errores import Salida
from pipeline.health.disk import Disk, measure
from pipeline.health.encryption import Cifrado, encryption
from pipeline.health.modes import LaxMode, lax_modes
from pipeline.privacy.finish import is_automatic
from pipeline.registry import arco

# Days since the last complete run that need a person: today's may still be to come, yesterday's may not be missing.
LATE = 2
SOURCE_COLUMNS = (
    "fuente_id", "nombre", "estado", "detalle", "atencion", "dias_callada", "ultimo_nuevo", "esperados_semana", "sin_recoger",
    "fallas_seguidas", "ultima_lectura_buena", "motivo",
)  # fmt: skip
LAST = "SELECT id, inicio, dia, modo, estado FROM corridas ORDER BY id DESC LIMIT 1"
LAST_COMPLETE = "SELECT max(dia) FROM corridas WHERE estado = 'completa' AND modo <> 'solo_fuentes'"


@dataclass(frozen=True)
class LastRun:
    """The newest run and the days since it; `dias_completa`: since the last one that read every source, None if none did."""

    corrida: int
    inicio: str
    dia: str
    modo: str
    estado: str
    dias: int
    dias_completa: int | None


@dataclass(frozen=True)
class Health:
    """`fuentes`: rows of `v_salud_fuentes` with `SOURCE_COLUMNS`; `acepta_sin_cifrar`: a plain disk asks for nobody.

    `a_medias`: requests on personal data that somebody asked for and that broke off.
    """

    fuentes: list[dict[str, Any]]
    corrida: LastRun | None
    disco: Disk
    permisos: tuple[LaxMode, ...]
    cifrado: Cifrado
    acepta_sin_cifrar: bool = False
    a_medias: tuple[int, ...] = ()

    @property
    def atencion(self) -> list[str]:
        """Return what needs a person, one line each in Spanish; empty: nothing."""
        return [*_run_lines(self.corrida), *_source_lines(self.fuentes), *_machine_lines(self)]

    @property
    def status(self) -> Salida:
        """Return the exit status of `salud`."""
        return Salida.ATENCION if self.atencion else Salida.HECHO

    def states(self) -> Counter[str]:
        """Return how many sources are in each state."""
        return Counter(row["estado"] for row in self.fuentes)


def examine(db: Database, registro: Path, config: Path, today: date, *, plain_disk: bool = False) -> Health:
    """Return the state of the monitor whose registry is open; `config` is where `hallazgos.toml` would be."""
    rows = db.query(f"SELECT {', '.join(SOURCE_COLUMNS)} FROM v_salud_fuentes")
    return Health(
        fuentes=list(rows),
        corrida=last_run(db, today),
        disco=measure(db, registro, today),
        permisos=lax_modes(registro, config),
        cifrado=encryption(registro.parent),
        acepta_sin_cifrar=plain_disk,
        a_medias=tuple(one.id for one in arco.unfinished(db) if not is_automatic(one)),
    )


def last_run(db: Database, today: date) -> LastRun | None:
    """Return the newest run, or None."""
    found = db.execute(LAST).fetchone()
    if found is None:
        return None
    identifier, begun, day, mode, state = found
    complete = db.execute(LAST_COMPLETE).fetchone()[0]
    since, since_complete = ((today - date.fromisoformat(each)).days if each else None for each in (day, complete))
    return LastRun(identifier, begun, day, mode, state, since or 0, since_complete)


def _run_lines(run: LastRun | None) -> Iterator[str]:
    if run is None:
        yield "No hay ninguna corrida."
    elif run.dias < 0:
        yield f"La última corrida es del {run.dia}, que aún no llega: revise el reloj."
    elif run.dias_completa is None:
        if run.estado != "en_curso" or run.dias:
            yield "Ninguna corrida ha terminado completa."
    elif run.dias_completa >= LATE:
        yield f"La última corrida completa es de hace {run.dias_completa} días."


def _source_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["atencion"]:
            yield f"{row['fuente_id']} ({row['estado']}): {row['detalle']}"


def _machine_lines(health: Health) -> Iterator[str]:
    if health.disco.short:
        yield "Queda poco disco."
    for lax in health.permisos:
        more = f" y {lax.otros} más ahí dentro" if lax.otros else ""
        yield f"Otros pueden leer {lax.ruta}{more}: tiene {lax.modo}, debe tener {lax.debe} (chmod)."
    for number in health.a_medias:
        yield f"La solicitud de datos personales {number} quedó a medias: repítala (`hallazgos arco solicitudes`)."
    if health.cifrado is Cifrado.NO and not health.acepta_sin_cifrar:
        yield "El disco del registro no va cifrado: cífrelo, o diga --disco-sin-cifrar si se sabe y se acepta."
