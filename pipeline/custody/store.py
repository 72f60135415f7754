"""The whole store checked both ways: every row against its capture, every capture file against the rows, the log of custody.

What needs a person is told line by line as it is found; the count of each kind comes at the end. Little is held in memory: rows
are read in lots, and what rows name lies in a temporary table.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from crawlers.capture import FOLDER as CAPTURES
from pipeline.custody.breaks import Read, read_log
from pipeline.custody.files import State, answers, state_of
from pipeline.errores import reason
from pipeline.evidence import FOLDER as COPIES
from pipeline.evidence import kept_by_lots, purged_count, removed_files
from pipeline.evidence_check import check
from pipeline.progreso import tracked
from pipeline.registry import captures

Tell = Callable[[str], None]
# kind → what it is, and whether it needs a person.
KINDS: dict[str, tuple[str, bool]] = {
    "comprobadas": ("capturas que dicen lo que su fila", False),
    "a_mano": ("noticias escritas a mano: no tienen captura", False),
    "depuradas": ("noticias depuradas: ya no tienen texto ni captura", False),
    "con_problemas": ("capturas con algún problema, de los que siguen", False),
    "sin_captura": ("filas cuya captura no está o no se puede leer", True),
    "distintas": ("filas que no dicen lo mismo que su captura", True),
    "sin_copia": ("capturas de hallazgos sin su copia en evidencia/", True),
    "archivos": ("archivos de captura y copias", False),
    "cortados": ("archivos con el final cortado por una corrida interrumpida", False),
    "danados": ("archivos que cambiaron desde que se escribieron", True),
    "sin_fila": ("respuestas sin fila: canales, portadas, páginas sin nota", False),
    "sin_corrida": ("archivos sin fila ni corrida en el registro", True),
    "copias_sin_fila": ("copias de evidencia/ que ninguna fila nombra", True),
    "por_quitar": ("archivos dados por depurados que siguen ahí", True),
    "sin_custodia": ("capturas de hallazgos sin renglón de custodia", True),
    "custodia_distinta": ("capturas con otra huella que la de la custodia", True),
    "custodia": ("renglones de custodia que se siguen unos a otros", False),
    "ruptura": ("rupturas de la cadena de custodia", True),
}
OF_RUN = re.compile(r"corrida-(\d+)-")
OF_COPY = re.compile(r"(corrida-\d+-(\d{4})\d{4}T\w+(?:-\d+)?)-(\d+)\.warc\.gz")  # the run's file, its year, the offset


class Check:
    """One check of a store; `counts` by kind, `log` as it was read, how many noticias have a problem."""

    def __init__(self, db: Database, folder: Path, tell: Tell) -> None:
        self.db = db
        self.folder = folder
        self.tell = tell
        self.counts: Counter[str] = Counter()
        self.removed = removed_files(db)
        self.log = Read(0, "", None)
        self.noticias_mal = 0

    def found(self, kind: str, words: str = "") -> None:
        """Count one, and tell it when it needs a person."""
        self.counts[kind] += 1
        if words and KINDS[kind][1]:
            self.tell(words)

    def attention(self) -> int:
        """Return how much needs a person."""
        return sum(count for kind, count in self.counts.items() if KINDS[kind][1])

    def rows(self, *, deep: bool) -> None:
        """Check every row that keeps its text; of ordinary noticias the page is read again only when `deep`."""
        self.counts["depuradas"] = purged_count(self.db)
        (total,) = self.db.execute("SELECT count(*) FROM noticias WHERE depurada_en IS NULL").fetchone()
        last = None
        for one in tracked(kept_by_lots(self.db), "Comprobando capturas", total):
            if not one.captura:
                self.found("a_mano")
                continue
            wrong = check(self.db, self.folder, one, self.removed, deep=deep or one.folio is not None)
            for problem in wrong:
                self.found(problem.kind, f"noticia {one.noticia_id}, versión {one.version}: {problem.que}")
            self.found("comprobadas" if not wrong else "con_problemas")
            if wrong and one.noticia_id != last:
                self.noticias_mal, last = self.noticias_mal + 1, one.noticia_id

    def files(self) -> None:
        """Check every file of `captura/` and `evidencia/`, and whether rows know what is in it."""
        captures.list_named(self.db)
        runs = captures.known_runs(self.db)
        for path in tracked(_files(self.folder, CAPTURES), "Comprobando archivos"):
            name = path.relative_to(self.folder).as_posix()
            if not self._state(path, name):
                continue
            named, run = captures.named_in(self.db, name), OF_RUN.match(path.name)
            self.counts["sin_fila"] += len(set(answers(path)) - named)
            if not named and (run is None or int(run[1]) not in runs):
                self.found("sin_corrida", f"{name}: el registro no tiene esa corrida")
            if name in self.removed:
                self.found("por_quitar", f"{name}: se dio por depurado y sigue ahí; repita `hallazgos depurar`")
        for path in tracked(_files(self.folder, COPIES), "Comprobando copias"):
            self._copy(path)

    def _copy(self, path: Path) -> None:
        name = path.relative_to(self.folder).as_posix()
        self._state(path, name, copy=True)
        found = OF_COPY.fullmatch(path.name)
        if found is None or not captures.is_named(self.db, f"{CAPTURES}/{found[2]}/{found[1]}.warc.gz", int(found[3])):
            self.found("copias_sin_fila", f"{name}: ninguna fila nombra la captura de la que es copia")

    def _state(self, path: Path, name: str, *, copy: bool = False) -> bool:
        """Count a file and its state; return whether it could be read at all."""
        self.found("archivos")
        try:
            state = state_of(path)
        except OSError as error:
            self.found("danados", f"{name}: no se puede leer: {reason(error)}")
            return False
        if state == State.DAMAGED or (copy and state == State.CUT):
            self.found("danados", f"{name}: el archivo está dañado")
        elif state == State.CUT:
            self.found("cortados")
        return True

    def custody(self, noted: tuple[int, str] | None) -> None:
        """Read the log of custody, and hold it against the rows."""
        self.log = read_log(self.db, noted)
        self.counts["custodia"] = self.log.lineas
        if self.log.ruptura:
            self.found("ruptura", f"custodia, renglón {self.log.ruptura.linea}: {self.log.ruptura.que}")
        for folio, noticia_id, version in captures.untold(self.db):
            self.found("sin_custodia", f"noticia {noticia_id}, versión {version} ({folio}): la custodia no dice nada de ella")
        for folio, noticia_id, version in captures.told_otherwise(self.db):
            self.found("custodia_distinta", f"noticia {noticia_id}, versión {version} ({folio}): la custodia anotó otra huella")


def _files(folder: Path, name: str) -> list[Path]:
    return sorted((folder / name).rglob("*.warc.gz"))


def check_store(db: Database, folder: Path, tell: Tell, *, deep: bool = True, noted: tuple[int, str] | None = None) -> Check:
    """Check everything; `tell` is given a line for each thing that needs a person."""
    done = Check(db, folder, tell)
    done.rows(deep=deep)
    done.files()
    done.custody(noted)
    return done
