"""`hallazgos vigilar`: cycles over a replayed press, the lock given back, a clean end, what a Base is told."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from factories import fuente, rows
from marchas import at, march
from prensa_8m import Press8M
from press import Page, article
from press import press as served

from crawlers.fuente import write_catalogue
from pipeline.errores import ErrorDeUso
from pipeline.lock import CrawlBusy, crawl_lock, watch_lock
from pipeline.registry.connection import open_registry
from pipeline.reloj import Fixed
from pipeline.watching.order import WatchOrder, chosen
from pipeline.watching.watch import watch

ROOT = Path(__file__).parents[1]


@pytest.fixture
def day(tmp_path):
    """A registry with the march, and its press with one note of the march itself."""
    press = Press8M(tmp_path)
    press.publish("faro.ejemplo", "encapsulan", at(18))
    registro = tmp_path / "registro.db"
    with closing(open_registry(registro)) as db:
        march(db)
    return registro, press


def order(registro, press, moment, **more):
    told = {"replay": press.captures, "delay": 0.0, "once": True}
    return WatchOrder(registro, press.sources, Fixed(moment), **(told | more))


def turn(registro, press, moment, **more):
    """Watch once; return the cycles and what was said."""
    cycles, said = [], []
    watch(order(registro, press, moment, **more), cycles.append, said.append)
    return cycles, said


def test_a_cycle_goes_from_the_feed_to_the_march_and_the_next_one_asks_for_nothing_twice(day):
    registro, press = day
    (cycle,), _ = turn(registro, press, at(18, 5))
    assert (cycle.movilizaciones, cycle.leido.leidas, cycle.leido.nuevas, cycle.hallazgos) == (("Marcha 8M",), 2, 1, 1)
    (again,), _ = turn(registro, press, at(18, 10))
    assert (again.leido.leidas, again.leido.nuevas, again.hallazgos) == (2, 0, 0)
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT movilizacion_id, fase FROM v_hallazgos") == [(1, "durante")]
        runs = rows(db, "SELECT modo, estado, hallazgos_nuevos FROM corridas ORDER BY id")
        assert runs == [("solo_fuentes", "completa", 1), ("solo_fuentes", "completa", 0)]
        told = rows(db, "SELECT corrida_id, movilizacion_id, cada_minutos, sumada, fuentes, leidas, nuevas FROM vigilancias")
        assert told == [(1, 1, 5.0, 1, 2, 2, 1), (2, 1, 5.0, 1, 2, 2, 0)]
        assert rows(db, "SELECT * FROM v_dias_cubiertos") == []
        assert rows(db, "SELECT estado FROM movilizaciones") == [("en_curso",)]


def test_outside_its_hours_nothing_is_read_and_it_says_when_the_next_begins(day):
    registro, press = day
    cycles, said = turn(registro, press, at(12, day=6))
    assert (cycles, said) == ([], ["No hay nada que vigilar ahora; la siguiente vigilancia empieza el 7 mar 2026, 14:00."])
    cycles, said = turn(registro, press, at(12, day=20))
    assert (cycles, said) == ([], ["No hay nada que vigilar."])
    cycles, said = turn(registro, press, at(18), until=at(17))
    assert (cycles, said) == ([], ["Llegó la hora de terminar."])


def test_while_a_run_holds_the_lock_it_waits_and_a_single_cycle_leaves_with_4(day, tmp_path):
    registro, press = day
    told = ["vigilar", "--registro", str(registro), "--hoy", "2026-03-08", "--fuentes", str(press.catalogue())]
    with crawl_lock(registro):
        command = [sys.executable, "-m", "pipeline.cli", *told, "--una-vez"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "otra corrida usa este registro" in done.stderr) == (4, True), done.stderr


def test_what_no_cycle_could_read_ends_the_watch_at_once(day, tmp_path):
    registro, press = day
    with pytest.raises(ErrorDeUso, match="no-hay"):
        watch(order(registro, press, at(18), once=False, replay=tmp_path / "no-hay"), lambda _cycle: None, lambda _words: None)


def test_a_registry_is_watched_once_at_a_time(day):
    registro, press = day
    hold = "import sys; from pathlib import Path; from pipeline.lock import watch_lock\n"
    hold += "with watch_lock(Path(sys.argv[1])): print('ya', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(registro)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "ya\n"
        with pytest.raises(CrawlBusy, match="vigila ya con este registro"):
            turn(registro, press, at(18))
        holder.communicate()


def started(registro, sources, *extra):
    """`hallazgos vigilar` on the day after the march, over a catalogue of `sources`."""
    catalogue = registro.parent / "fuentes.csv"
    write_catalogue(catalogue, sources)
    told = ["--registro", str(registro), "--hoy", "2026-03-09", "--fuentes", str(catalogue)]
    command = [sys.executable, "-m", "pipeline.cli", "vigilar", *told, "--cortesia", "0", *extra]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=dict(os.environ),
    )


def test_ctrl_c_ends_it_cleanly_and_the_locks_are_free(day):
    registro, press = day
    process = started(registro, press.sources, "--reproducir", str(press.captures))
    assert process.stdout is not None
    line = process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err, out) == (0, "", "")
    assert line == "06:00 ciclo 1: 2 de 2 fuentes, 1 noticia nueva, 1 hallazgo nuevo · Marcha 8M\n"
    with crawl_lock(registro), watch_lock(registro), closing(open_registry(registro)) as db:
        assert rows(db, "SELECT count(*) FROM corridas WHERE estado = 'en_curso'") == [(0,)]


def test_a_signal_in_the_midst_of_a_harvest_closes_its_run(day):
    """The outlet holds its answer until the watch has ended: no harvest is over before the signal comes."""
    registro, _ = day
    asked, ended = Event(), Event()

    def held(_request):
        asked.set()
        ended.wait(60)
        return Page(article("Nota que no llega"))

    with served("faro") as (outlet,):
        outlet.publish("/una")
        outlet.pages["/una"] = held
        source = fuente("faro", sitio=outlet.url(), rss=outlet.url("/rss.xml"))
        process = started(registro, [source], "--permitir-locales")
        try:
            assert asked.wait(30)
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=30)
        finally:
            ended.set()
            process.kill()
    assert (process.returncode, err) == (0, "")
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT estado FROM corridas") == [("interrumpida",)]
        assert rows(db, "SELECT destino FROM enlaces") == [(None,)]


def test_sources_are_those_named_or_every_one_with_a_feed_each_by_one_reader(tmp_path):
    with closing(open_registry(tmp_path / "r.db")) as db:
        own, all_of_them = march(db, fuentes=("voz", "plaza", "apagada")), march(db)
    catalogue = [
        fuente("faro", seccion_url="https://faro.ejemplo/cdmx", sitemap="https://faro.ejemplo/mapa.xml"),
        fuente("voz"),
        fuente("plaza", rss="", seccion_url="https://plaza.ejemplo/cdmx"),
        fuente("apagada", activa=False),
    ]
    assert [(one.id, one.rss, one.seccion_url) for one in chosen(catalogue, [own])] == [
        ("voz", "https://voz.ejemplo/rss.xml", ""),
        ("plaza", "", "https://plaza.ejemplo/cdmx"),
    ]
    assert [(one.id, one.seccion_url, one.sitemap) for one in chosen(catalogue, [all_of_them])] == [
        ("faro", "", ""),
        ("voz", "", ""),
    ]
    with pytest.raises(ErrorDeUso):
        chosen(catalogue[3:], [own])
