"""A simulated 8 March: the press of before, during and after, the network off, two phones, a watch killed; nothing lost."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from buzon import mailbox
from click.testing import CliRunner
from factories import rows
from marchas import ANA, at, march
from prensa_8m import Press8M
from sembrado import insert

from crawlers.fechas import utc_text
from pipeline.cli import hallazgos
from pipeline.notices.channels import channel
from pipeline.registry.connection import open_registry
from pipeline.reloj import Fixed
from pipeline.review import validate
from pipeline.watching.order import WatchOrder
from pipeline.watching.watch import watch

ROOT = Path(__file__).parents[1]


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
    deadline = time.monotonic() + 40
    with closing(open_registry(registro)) as db:
        while time.monotonic() < deadline and not rows(db, "SELECT 1 FROM enlaces WHERE url_normalizada LIKE '%noche'"):
            time.sleep(0.02)
    process.kill()
    process.wait()


def test_the_day_from_its_eve_to_the_day_after(tmp_path):
    registro, press = tmp_path / "registro.db", Press8M(tmp_path)
    with closing(open_registry(registro)) as db, mailbox() as box:
        march(db)
        press.publish("faro.ejemplo", "amenaza", at(18, day=7))
        assert turn(registro, press, box, at(18, 5, day=7)).hallazgos == 1
        assert box.messages == []  # no Base yet
        with db.atomic():
            base = insert(
                db, "bases", movilizacion_id=1, tipo="base_mpi", inicio=utc_text(at(13)), quien="ana", cuando=utc_text(at(13))
            )
        press.publish("faro.ejemplo", "encapsulan", at(18))
        press.publish("voz.ejemplo", "encapsulan", at(18, 2))
        press.off()
        without = turn(registro, press, box, at(18, 5))
        assert (without.leido.leidas, without.hallazgos) == (0, 0)
        press.on()
        assert turn(registro, press, box, at(18, 10)).avisados == 1
        assert turn(registro, press, box, at(18, 15)).avisados == 0
        with db.atomic():
            for phone, kind in (("a", "agresion"), ("b", "observacion")):
                said = {"base_id": base, "hora": utc_text(at(18)), "tipo": kind, "texto": "Encapsulan.", "quien": phone}
                insert(db, "registros_base", uuid=f"u-{phone}", recibido_en=utc_text(at(19)), **said)
        press.publish("voz.ejemplo", "noche", at(7, day=9))
        killed(registro, press)
        deadline = time.monotonic() + 40
        while (last := turned(registro, press, box)) is None and time.monotonic() < deadline:
            time.sleep(0.2)
        assert last is not None
        found = rows(db, "SELECT movilizacion_id, fase, count(*) FROM v_hallazgos GROUP BY 1, 2 ORDER BY 2")
        assert found == [(1, "antes", 1), (1, "durante", 1)]  # the night's note joins the march's finding
        assert rows(db, "SELECT count(*), count(DISTINCT url_canonica) FROM noticias") == [(4, 4)]
        assert rows(db, "SELECT count(*) FROM avisos_base") == [(2,)]
        assert sum(message.get_content().count("/H-") or 1 for message in box.messages) >= 2
        assert rows(
            db,
            "SELECT count(*) FROM corridas_fuentes WHERE recibidos <> nueva + version + conocida + sin_texto"
            " + fuera_de_fecha + rechazada + error + pendiente",
        ) == [(0,)]
        for (folio,) in rows(db, "SELECT folio FROM hallazgos ORDER BY id"):
            validate(db, folio, ANA)
        phases = rows(db, "SELECT fase, hechos, actos >= hechos FROM v_movilizacion_fases")
        assert phases == [("antes", 1, 1), ("durante", 1, 1), ("despues", 0, 1), ("sin_determinar", 0, 1)]
    out = CliRunner().invoke(hallazgos, ["movilizacion", "informe", "1", "--registro", str(registro)])
    assert out.exit_code == 0, out.output
    assert "Base MPI" in out.output and "Huecos" in out.output and "agresion" in out.output
    assert not any(name in out.output for name in ("Irene", "Solano", "Dalia", "Nieves"))


def turned(registro, press, box):
    """A cycle of the day after, None while the killed watch's harvest still ends."""
    from pipeline.lock import CrawlBusy

    try:
        return turn(registro, press, box, at(7, 30, day=9))
    except CrawlBusy:
        return None
