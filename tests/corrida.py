"""Runs `hallazgos correr` in a process of its own and reads what it left (Scrapy's reactor starts once per process)."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from factories import rows

from pipeline.registry.connection import open_registry


def start(press, registro: Path, *extra: str, through: tuple[str, ...] = (sys.executable, "-m", "pipeline.cli")):
    """Start `hallazgos correr` as a terminal would, or `through` other words than those of the command."""
    captures, catalogue = press
    told = ["--reproducir", str(captures), "--fuentes", str(catalogue), "--registro", str(registro), "--hoy", "2026-05-10"]
    command = [*through, "correr", *told, *(extra or ("--cortesia", "0"))]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True)


def finish(process: subprocess.Popen) -> str:
    out, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    return out


def state(registro: Path) -> dict[str, object]:
    """What must not depend on how often the run was killed: notes, tags, which notes are together, who and what they tell.

    A finding is named by the first address of its notes, never by its folio.
    """
    with closing(open_registry(registro)) as db:
        notes = rows(db, "SELECT url_canonica, titulo, texto, sha256, estado, version, etiquetas FROM noticias ORDER BY 1")
        groups = rows(
            db,
            "SELECT group_concat(url_canonica) FROM (SELECT folio, url_canonica FROM hallazgos_noticias"
            " JOIN noticias ON noticias.id = noticia_id ORDER BY 1, 2) GROUP BY folio",
        )
        passages = rows(
            db,
            "SELECT url_canonica, campo, inicio, valor FROM pasajes AS p JOIN noticias n ON n.id = noticia_id ORDER BY 1, p.id",
        )
        told = (
            "WITH g (folio, primera) AS (SELECT folio, min(url_canonica) FROM hallazgos_noticias"
            " JOIN noticias ON noticias.id = noticia_id GROUP BY folio)"
        )
        whose = "LEFT JOIN victimas AS v ON v.id = {} LEFT JOIN personas AS p ON p.id = v.persona_id"
        people = rows(
            db,
            f"{told} SELECT primera, p.nombre, p.clave, p.tipo, p.genero, p.genero_origen, v.tipo, v.genero, v.cantidad,"
            f" v.medio_u_organizacion, v.relacion FROM g JOIN victimas AS x USING (folio) {whose.format('x.id')}"
            " ORDER BY 1, 2, 7, 8, 9",
        )
        acts = rows(
            db,
            f"{told} SELECT primera, modalidad, agresor, confirmado, p.nombre, v.cantidad"
            f" FROM g JOIN actos USING (folio) {whose.format('victima_id')} ORDER BY 1, 2, 3, 4, 5, 6",
        )
        assert rows(db, "SELECT count(*) FROM victimas") == [(len(people),)]
        uneven = rows(
            db,
            "SELECT * FROM corridas_fuentes WHERE recibidos <> nueva + version + conocida + sin_texto + fuera_de_fecha"
            " + rechazada + error + pendiente",
        )
        assert uneven == []
        assert rows(db, "PRAGMA foreign_key_check") == []
        return {"notes": notes, "groups": sorted(groups), "passages": passages, "people": people, "acts": acts}


def timed(press, registro: Path, *extra: str) -> tuple[float, str]:
    """An undisturbed run: the seconds it took and what it printed."""
    begun = time.monotonic()
    printed = finish(start(press, registro, *extra))
    return time.monotonic() - begun, printed
