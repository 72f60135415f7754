"""A simulated 8 March: the press of before, during and after, the network off, two phones, a watch killed; nothing lost."""

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from buzon import mailbox
from click.testing import CliRunner
from factories import rows
from instalada import exported, sent
from marchas import ANA, at, march
from prensa_8m import Press8M
from sitio import send

from crawlers.fechas import utc_text
from pipeline.bases.standing import Told, open_base
from pipeline.cli import hallazgos
from pipeline.lock import CrawlBusy
from pipeline.notices.channels import channel
from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry
from pipeline.reloj import Fixed
from pipeline.review import Hand, validate
from pipeline.watching.order import WatchOrder
from pipeline.watching.watch import watch

ROOT = Path(__file__).parents[1]
PATIENCE = 40  # seconds
TOLD_AGAIN = "SELECT canal, folio, count(*) FROM avisos_base GROUP BY 1, 2 HAVING count(*) > 1"
FATES = """
SELECT count(*) FROM corridas_fuentes
WHERE recibidos <> nueva + version + conocida + sin_texto + fuera_de_fecha + rechazada + error + pendiente
"""


def turn(registro, press, box, moment):
    cycles = []
    order = WatchOrder(
        registro,
        press.sources,
        Fixed(moment),
        once=True,
        channels=[channel(box.address)],
        delay=0.0,
        replay=press.captures,
    )
    watch(order, cycles.append, lambda _words: None)
    return cycles[0]


def killed(registro, press):
    """A watch that is killed (-9) once it has stored a link."""
    told = ["--registro", str(registro), "--hoy", "2026-03-09", "--fuentes", str(press.catalogue()), "--cortesia", "1"]
    command = [sys.executable, "-m", "pipeline.cli", "vigilar", *told, "--reproducir", str(press.captures)]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))
    deadline = time.monotonic() + PATIENCE
    with closing(open_registry(registro)) as db:
        while time.monotonic() < deadline and not rows(db, "SELECT 1 FROM enlaces WHERE url_normalizada LIKE '%noche'"):
            time.sleep(0.02)
    process.kill()
    process.wait()


def after_the_kill(registro, press, box):
    """The first cycle that finds its turn: the killed watch's harvest may still be ending."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return turn(registro, press, box, at(7, 30, day=9))
        except CrawlBusy:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def bases(db):
    """Both Bases open at 13:00; return their numbers, Base MPI first."""
    hand = Hand("ana", at(13))
    return [open_base(db, 1, Told(tipo=kind), hand) for kind in ("base_mpi", "base_ddhh")]


def phones(registro, tmp_path):
    """Two phones of accounts of their own send what they wrote without network, twice; a third one's file is received twice."""
    site = build_site(registro)
    written = {"hora": utc_text(at(18))}
    for _again in range(2):
        for first, quien in ((1, "ana"), (11, "luz")):
            entries = [sent(first + shift, **written) for shift in range(2)]
            answer = send(site, "/-/base/1", ["analista"], quien, json={"registros": entries})
            assert answer.json()["ok"], answer.text
    with closing(open_registry(registro)) as db:
        (uid,) = rows(db, "SELECT uid FROM movilizaciones")[0]
    kept = exported(*(sent(number, **written) for number in (21, 22, 23)), base=2, movilizacion=uid)
    file = tmp_path / "telefono.json"
    file.write_text(json.dumps(kept), "utf-8")
    return [command("base", "recibir", str(file), registro=registro) for _again in range(2)]


def command(*words, registro):
    out = CliRunner().invoke(hallazgos, [*words, "--registro", str(registro)])
    assert out.exit_code == 0, out.output
    return out.output


def test_the_day_from_its_eve_to_the_day_after(tmp_path):
    registro, press = tmp_path / "registro.db", Press8M(tmp_path)
    with closing(open_registry(registro)) as db, mailbox() as box:
        march(db)
        press.publish("faro.ejemplo", "amenaza", at(18, day=7))
        assert turn(registro, press, box, at(18, 5, day=7)).hallazgos == 1
        assert box.messages == []  # no Base yet
        bases(db)
        press.publish("faro.ejemplo", "encapsulan", at(18))
        press.publish("voz.ejemplo", "encapsulan", at(18, 2))
        press.off()
        without = turn(registro, press, box, at(18, 5))
        assert (without.leido.leidas, without.hallazgos) == (0, 0)
        press.on()
        assert turn(registro, press, box, at(18, 10)).avisados == 1
        assert turn(registro, press, box, at(18, 15)).avisados == 0
        received = phones(registro, tmp_path)
        assert ("3 anotaciones guardadas" in received[0], "3 que ya estaban" in received[1]) == (True, True)
        assert rows(db, "SELECT base_id, entrada, count(*) FROM registros_base GROUP BY 1, 2") == [
            (1, "pagina", 4),
            (2, "formulario", 3),
        ]
        press.publish("voz.ejemplo", "noche", at(7, day=9))
        killed(registro, press)
        after_the_kill(registro, press, box)
        found = rows(db, "SELECT movilizacion_id, fase, count(*) FROM v_hallazgos GROUP BY 1, 2 ORDER BY 2")
        assert found == [(1, "antes", 1), (1, "despues", 1), (1, "durante", 1)]
        assert rows(db, "SELECT count(*), count(DISTINCT url_canonica) FROM noticias") == [(4, 4)]
        assert (rows(db, "SELECT count(*) FROM avisos_base"), rows(db, TOLD_AGAIN)) == ([(3,)], [])
        assert len(box.messages) == 3  # one a cycle that found something
        assert rows(db, FATES) == [(0,)]
        for (folio,) in rows(db, "SELECT folio FROM hallazgos ORDER BY id"):
            validate(db, folio, ANA)
        phases = rows(db, "SELECT fase, hechos, actos >= 3 * hechos FROM v_movilizacion_fases WHERE hechos")
        assert phases == [("antes", 1, 0), ("durante", 1, 1), ("despues", 1, 0)]
    told = command("movilizacion", "informe", "1", registro=registro)
    assert "Base MPI" in told and "Huecos" in told and "Agresión" in told
    assert not any(name in told for name in ("Irene", "Solano", "Ulises", "Nieves", "cámara"))
    figures = {name: json.loads(command(*figure(name), registro=registro)) for name in ("1.5.1", "1.5.2")}
    assert figures["1.5.1"]["registros"] == 3
    acts = dict(rows_of(registro, "SELECT fase, actos FROM v_movilizacion_fases"))
    assert figures["1.5.2"]["registros"] == acts["durante"] >= 3
    assert figures["1.5.2"]["renglones"]["antes"]["periodo"] == acts["antes"] > 0


def figure(name):
    return ["indicador", "--indicador", name, "--periodo", "2026-03", "--json"]


def rows_of(registro, sql):
    with closing(open_registry(registro)) as db:
        return rows(db, sql)
