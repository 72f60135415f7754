"""Two days of the real command over a press in which everything goes wrong: it ends, tells each fault, loses nothing good."""

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import ANY

import pytest
from arbol import PeakOfTree
from factories import rows
from prensa_hostil import GOOD, MAP_LINKS, MEGABYTE, OUTLETS, TITLES, set_up, stories, write_catalogue
from press import Outlet, press

from crawlers.capture import read_responses
from crawlers.noticia import Destino
from pipeline.registry.connection import open_registry

FENCED = "cerca"
FATES = tuple(fate.value for fate in Destino)
MOST_MEMORY = 900_000_000
MOST_SECONDS = 60
# outlet → what became of its links on the first day, and the reason that its row gives
FIRST_DAY = {
    **{name: ({"nueva": 4}, "") for name in GOOD},
    "mapota": ({"nueva": 4, "fuera_de_fecha": 996}, ""),
    "caido": ({}, "canal: HTTP 503"),
    "paginas503": ({"nueva": 1, "pendiente": 1}, ""),
    "ocupado": ({"nueva": 2}, ""),
    "lento": ({"nueva": 1, "pendiente": 1}, ""),
    "cortado": ({"nueva": 1, "pendiente": 1}, ""),
    "canal-cortado": ({}, "canal: respuesta cortada"),
    "vueltas": ({"nueva": 1, "pendiente": 1}, ""),
    "canal-vueltas": ({}, "canal: redirección circular"),
    "bomba": ({"nueva": 2}, "mapa de sitio: el mapa está vacío: la respuesta no trae nada"),
    "sin-fin": ({"nueva": 2}, "mapa de sitio: documento más grande de lo admitido (52 MB)"),
    "canal-sin-fin": ({}, "canal: documento más grande de lo admitido (8 MB)"),
    "roto": ({"nueva": 2}, ""),
    "entidades": ({"nueva": 2}, ""),
    "letras": ({"nueva": 2}, ""),
    "sin-fecha": ({"nueva": 2}, ""),
    "acceso": ({"nueva": 2}, ""),
    "calendario": ({"sin_texto": 40}, "sección: ninguna de 40 páginas da el texto de una nota"),
    "perdido": ({}, "canal: HTTP 404"),
    "pagina": ({}, "canal: no es un canal: HTML"),
    "titulos": ({"nueva": 2}, ""),
    "adentro": ({"rechazada": 1, "pendiente": 1}, ""),
    "robots500": ({}, "canal: robots.txt no disponible por ahora (HTTP 500)"),
    "vacio": ({}, ""),
    "nada": ({}, "canal: el canal está vacío: la respuesta no trae nada"),
    "futuro": ({"nueva": 2}, ""),
}
FAILED = sorted(name for name, (fates, reason) in FIRST_DAY.items() if reason and not fates)
WAITING = {  # what the second day asks for again, and nothing else of these
    "paginas503": ("/a", "HTTP 503"),
    "cortado": ("/a", "respuesta cortada"),
    "vueltas": ("/a", "redirección circular"),
    "adentro": ("/panel", "HTTP 503"),
}


@dataclass
class Run:
    """One finished command, and what each outlet was asked meanwhile."""

    status: int
    out: str
    err: str
    seconds: float
    peak: int
    asked: dict[str, list[str]]


def start(registro: Path, catalogue: Path, *args: str) -> subprocess.Popen:
    told = ["--registro", str(registro), "--fuentes", str(catalogue), "--cortesia", "0", "--espera", "10", *args]
    command = [sys.executable, "-m", "pipeline.cli", "correr", *told]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def finish(process: subprocess.Popen, outlets: list[Outlet], begun: float) -> Run:
    seen = {outlet.name: len(outlet.seen) for outlet in outlets}
    with PeakOfTree(process) as memory:
        out, err = process.communicate(timeout=2 * MOST_SECONDS)
    asked = {outlet.name: [path for _, path in outlet.seen[seen[outlet.name] :]] for outlet in outlets}
    return Run(process.returncode, out, err, time.monotonic() - begun, memory.peak, asked)


@dataclass
class Days:
    """The two days, a run without leave for local addresses, and (in `calma`) the good outlets alone, undisturbed."""

    outlets: dict[str, Outlet]
    folder: Path
    first: Run
    second: Run
    fenced: subprocess.CompletedProcess

    def rows(self, sql: str, *values: object) -> list[tuple]:
        with closing(open_registry(self.folder / "registro.db")) as db:
            return rows(db, sql, *values)


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostil")
    registro = folder / "registro.db"
    with press(*OUTLETS, FENCED) as (*outlets, apart):
        set_up(outlets)
        OUTLETS["adentro"][0](apart)
        whole = write_catalogue(folder / "fuentes.csv", outlets)
        good = write_catalogue(folder / "buenas.csv", [outlet for outlet in outlets if outlet.name in GOOD])
        calm = start(folder / "calma" / "registro.db", good, "--permitir-locales", "--hoy", "2026-05-05")
        inside = start(folder / "cerca" / "registro.db", write_catalogue(folder / "cerca.csv", [apart]), "--json")
        begun = time.monotonic()
        first = finish(start(registro, whole, "--permitir-locales", "--hoy", "2026-05-05", "--json"), outlets, begun)
        assert calm.communicate(timeout=60) == (ANY, "")
        out, err = inside.communicate(timeout=60)
        fenced = subprocess.CompletedProcess(inside.args, inside.returncode, out, err)
        begun = time.monotonic()
        second = finish(start(registro, whole, "--permitir-locales", "--hoy", "2026-05-06"), outlets, begun)
        yield Days({outlet.name: outlet for outlet in (*outlets, apart)}, folder, first, second, fenced)


def test_both_runs_complete_in_bounded_time_and_memory(days):
    for run in (days.first, days.second):
        assert (run.status, run.err) == (0, "")
        assert run.seconds < MOST_SECONDS
        assert 50_000_000 < run.peak < MOST_MEMORY
    assert days.rows("SELECT estado FROM corridas WHERE id < 3") == [("completa",), ("completa",)]


def test_every_link_has_its_fate_and_every_fault_its_reason(days):
    told = json.loads(days.first.out)
    found = {
        source["fuente_id"]: ({fate: n for fate, n in source["destinos"].items() if n}, source["motivo"])
        for source in told["fuentes"]
    }
    assert found == FIRST_DAY
    assert all(source["recibidos"] == sum(source["destinos"].values()) for source in told["fuentes"])
    assert sorted(source["fuente_id"] for source in told["fuentes"] if source["fallida"]) == FAILED
    stored = days.rows(
        f"SELECT fuente_id, recibidos, {', '.join(FATES)}, motivo FROM corridas_fuentes WHERE corrida_id = 1 ORDER BY 1"
    )
    assert [(s["fuente_id"], s["recibidos"], *s["destinos"].values(), s["motivo"]) for s in told["fuentes"]] == stored
    assert [sum(row[2:-1]) for row in stored] == [row[1] for row in stored]


def test_the_closing_table_adds_up(days):
    lines = [[cell.strip().replace("·", "0") for cell in line.split("│")[3:-2]] for line in days.second.out.splitlines()]
    counts = [[int(cell) for cell in line] for line in lines if line and line[0].isdecimal()]
    assert len(counts) == len(OUTLETS) + 1
    assert [row[0] for row in counts] == [sum(row[1:]) for row in counts]
    assert f"Fuentes que fallaron ({len(FAILED)} de {len(OUTLETS)}): {', '.join(FAILED)}." in days.second.out


def test_the_good_outlets_lose_nothing(days):
    wanted = sorted(outlet.url(path) for name in GOOD for outlet in [days.outlets[name]] for path in stories(outlet))
    notes = (
        "SELECT url_canonica, titulo, texto, texto_origen, publicada_en, sha256, etiquetas FROM noticias"
        f" WHERE fuente_id IN {GOOD} ORDER BY 1"
    )
    passages = (
        "SELECT url_canonica, campo, parte, inicio, fin, valor, regla FROM pasajes JOIN noticias AS n ON n.id = noticia_id"
        f" WHERE fuente_id IN {GOOD} ORDER BY 1, 2, 3, 4, 5, 6, 7"
    )
    with closing(open_registry(days.folder / "calma" / "registro.db")) as db:
        assert days.rows(notes) == rows(db, notes)
        assert days.rows(passages) == rows(db, passages)
    assert [row[0] for row in days.rows(notes)] == wanted
    assert {row[3] for row in days.rows(notes)} == {"pagina"}


def test_the_second_day_asks_again_only_for_what_waits(days):
    asked = days.second.asked
    for name in (*GOOD, "mapota", "ocupado", "letras", "titulos", "acceso"):
        assert len(asked[name]) == 2, f"{name}: robots.txt and its reader"
    for name, (path, reason) in WAITING.items():
        assert path in asked[name]
        assert "/b" not in asked[name]
        assert days.rows("SELECT motivo, intentos FROM enlaces WHERE url = ?", days.outlets[name].url(path)) == [(reason, 2)]


def test_who_is_slow_or_busy_loses_nothing_either(days):
    for name in ("lento", "ocupado"):
        found = days.rows("SELECT count(*) FROM noticias WHERE fuente_id = ? AND texto_origen = 'pagina'", name)
        assert found == [(2,)]


def test_health_names_each_failed_source_with_its_reason(days):
    command = [sys.executable, "-m", "pipeline.cli", "salud", "--registro", str(days.folder / "registro.db"), "--json"]
    done = subprocess.run([*command, "--hoy", "2026-05-06"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stderr
    health = {source["fuente_id"]: source for source in json.loads(done.stdout)["fuentes"]}
    assert sorted(name for name, source in health.items() if source["estado"] == "fallando") == FAILED
    for name in FAILED:
        since = "No se puede leer desde el 2026-05-05 (corridas: 2): "
        assert health[name]["detalle"] == since + FIRST_DAY[name][1]
    for name in ("bomba", "sin-fin", "calendario"):
        assert health[name]["detalle"] == FIRST_DAY[name][1]
    assert {name for name, source in health.items() if source["sin_recoger"]} == set(WAITING)


def test_bombs_and_endless_bodies_are_not_kept_whole(days):
    kept = [answer for path in sorted((days.folder / "captura").rglob("*.warc.gz")) for answer in read_responses(path)]
    sizes = {answer.url: len(answer.body) for answer in kept}
    big = {url for url, size in sizes.items() if size > MEGABYTE}
    assert big == {days.outlets["mapota"].url("/mapa.xml")}, "the one large answer that brought news"
    assert sum(path.stat().st_size for path in (days.folder / "captura").rglob("*")) < 4 * MEGABYTE


def test_texts_are_read_in_their_own_letters_and_titles_as_they_are(days):
    odd = [row[0] for row in days.rows("SELECT titulo FROM noticias WHERE fuente_id = 'titulos' ORDER BY url")]
    assert odd == list(TITLES.values())
    letters = days.rows("SELECT titulo, texto_origen FROM noticias WHERE fuente_id = 'letras' ORDER BY url")
    title = "Hostigan a la señora Ñáñez, defensora"
    assert letters == [(title, "pagina"), (f"{title} b", "pagina")]
    everything = days.rows("SELECT group_concat(titulo || texto) FROM noticias")[0][0]
    assert "root:" not in everything, "an entity that names a file of the machine gives nothing"
    assert "jajaja" not in everything


def test_dates_that_cannot_be_are_not_believed(days):
    dates = "SELECT DISTINCT fuente_id, publicada_en, fecha_precision FROM noticias WHERE fuente_id IN ('futuro', 'sin-fecha')"
    assert sorted(days.rows(dates)) == [("futuro", None, "ninguna"), ("sin-fecha", None, "ninguna")]


def test_of_an_immense_map_the_newest_links_are_read(days):
    assert len(days.outlets["mapota"].pages["/mapa.xml"].body) > MAP_LINKS * 100
    new = days.rows("SELECT count(*) FROM noticias WHERE fuente_id = 'mapota' AND texto_origen = 'pagina'")
    assert new == [(4,)]


def test_without_leave_no_local_address_is_asked(days):
    assert days.outlets[FENCED].seen == []
    assert (days.fenced.returncode, days.fenced.stderr) == (3, ""), "its feed is local too"
    (told,) = json.loads(days.fenced.stdout)["fuentes"]
    assert told["motivo"] == f"canal: puerto no admitido: {days.outlets[FENCED].port}"
