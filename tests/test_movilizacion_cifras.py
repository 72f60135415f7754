"""From a finding's page to the figure: linked and set `durante` by a person, validated, it counts its acts in 1.5.2."""

import json
from datetime import UTC, datetime

from click.testing import CliRunner
from factories import registry, rows
from marchas import at, march, tell
from sitio import ask, send
from sitio import rows as seen

from pipeline.bases.standing import Told, open_base
from pipeline.cli import hallazgos
from pipeline.linking import link_pending
from pipeline.pages.serving import build_site
from pipeline.review import Hand, correct


def test_what_a_person_links_in_its_page_counts_in_the_figure_once_validated(tmp_path, nlp):
    with registry(tmp_path) as db:
        march(db)
        tell(db, nlp, "otra")
        link_pending(db, pause=0)
        ((folio,),) = rows(db, "SELECT folio FROM hallazgos WHERE movilizacion_id IS NULL")
        (day,) = rows(db, "SELECT fecha_registro FROM hallazgos")[0]
    site = build_site(tmp_path / "registro.db", accounts=True)

    def decide(**said):
        version = seen(site, f"SELECT version FROM hallazgos WHERE folio = '{folio}'")[0]["version"]
        answer = send(site, "/-/revision/decidir", ["analista"], data={"folio": folio, "version": version, **said})
        assert answer.status_code == 200, answer.text

    def figure():
        words = [
            "indicador",
            "--indicador",
            "1.5.2",
            "--periodo",
            day[:7],
            "--json",
            "--registro",
            str(tmp_path / "registro.db"),
        ]
        out = CliRunner().invoke(hallazgos, words)
        assert out.exit_code == 0, out.output
        return json.loads(out.output)

    assert figure()["registros"] is None  # no run has covered the month
    decide(accion="corregir", campo="movilizacion_id", valor="1")
    decide(accion="corregir", campo="fase", valor="durante")
    acts = seen(site, "SELECT actos FROM v_movilizacion_hechos")[0]["actos"]
    waiting = figure()
    assert (waiting["registros"], waiting["por_revisar"]) == (None, acts)
    decide(accion="validar")
    counted = figure()
    assert (counted["registros"], counted["por_revisar"]) == (acts, 0) and acts > 0
    decide(accion="corregir", campo="fase", valor="despues")
    moved = figure()
    assert (moved["registros"], moved["renglones"]["despues"]["periodo"]) == (None, acts)


def test_months_later_a_march_that_had_a_base_is_still_offered(tmp_path, nlp):
    with registry(tmp_path) as db:
        march(db)
        march(db, nombre="Marcha sin Base")
        open_base(db, 1, Told(), Hand("ana", at(13)))
        tell(db, nlp, "cargos")
        link_pending(db, pause=0)
        ((folio,),) = rows(db, "SELECT folio FROM hallazgos")
        correct(db, folio, "movilizacion_id", None, Hand("ana", at(13)))
        correct(db, folio, "fecha_hecho", "2026-06-15", Hand("ana", datetime(2026, 7, 1, tzinfo=UTC)))
        db.execute("DELETE FROM hallazgos_movilizaciones")
        db.execute("UPDATE hallazgos SET movilizacion_id = NULL")
        db.conn.commit()
    shown = ask(build_site(tmp_path / "registro.db", accounts=True), f"/-/hallazgo/{folio}", ["analista"]).text
    assert "Marcha 8M (8 mar 2026)" in shown and "Marcha sin Base (" not in shown
