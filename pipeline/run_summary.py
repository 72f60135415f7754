"""What a run gave, read back from the registry."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from crawlers.noticia import Destino
from pipeline.errores import Salida

FATES = tuple(fate.value for fate in Destino)
INTERRUPTED_STATUS = 130  # 128 + SIGINT, as shells say it


@dataclass(frozen=True)
class SourceResult:
    """One source in a run: its fates, whether it failed whole and why; `estado` and `atencion` are of `v_salud_fuentes`."""

    fuente_id: str
    nombre: str
    recibidos: int
    destinos: dict[str, int]
    hueco: bool
    fallida: bool
    motivo: str
    estado: str
    atencion: bool


@dataclass(frozen=True)
class RunSummary:
    """One run: its state, its sources in order, and how many findings are new."""

    corrida: int
    dia: str
    modo: str
    estado: str
    hallazgos_nuevos: int
    fuentes: tuple[SourceResult, ...]

    def status(self) -> int:
        """Return the exit status of `correr`."""
        if self.estado == "interrumpida":
            return INTERRUPTED_STATUS
        return Salida.NINGUNA_FUENTE if self.fuentes and all(source.fallida for source in self.fuentes) else Salida.HECHO

    def total(self, fate: str) -> int:
        """Return how many links ended in a fate."""
        return sum(source.destinos[fate] for source in self.fuentes)


def summarise(db: Database, run_id: int) -> RunSummary:
    """Read a run's result from the registry; the states of the sources are those of now."""
    run = db.execute("SELECT id, dia, modo, estado, hallazgos_nuevos FROM corridas WHERE id = ?", [run_id]).fetchone()
    rows = db.execute(
        f"SELECT f.id, f.nombre, c.recibidos, c.hueco, c.fallida, c.motivo, {', '.join(f'c.{fate}' for fate in FATES)}"
        " FROM corridas_fuentes AS c JOIN fuentes AS f ON f.id = c.fuente_id WHERE c.corrida_id = ? ORDER BY f.id",
        [run_id],
    ).fetchall()
    health = {key: rest for key, *rest in db.execute("SELECT fuente_id, estado, atencion FROM v_salud_fuentes").fetchall()}
    identifier, day, mode, state, new = run
    return RunSummary(identifier, day, mode, state, new, tuple(_source(row, *health[row[0]]) for row in rows))


def _source(row: Sequence[object], state: str, wanting: int) -> SourceResult:
    clave, nombre, received, gap, failed, motivo, *counts = row
    fates = {fate: int(str(n)) for fate, n in zip(FATES, counts, strict=True)}
    reason = str(motivo)
    return SourceResult(
        str(clave), str(nombre), int(str(received)), fates, bool(gap), bool(failed), reason, state, bool(wanting)
    )
