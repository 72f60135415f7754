"""The whole day: one command from the press to the findings, killed at any point and run again."""

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from corrida import finish, start, state, timed
from factories import fuente, rows
from prensa_minima import CASES, HOSTS, build

from pipeline.cli import hallazgos
from pipeline.errores import ErrorDeUso
from pipeline.lock import crawl_lock
from pipeline.registry.connection import open_registry
from pipeline.reloj import clock
from pipeline.run import RunOrder
from pipeline.run_summary import RunSummary, SourceResult
from pipeline.run_text import as_csv, closing_lines
from pipeline.sources.catalogue import sources

NOTES = len(CASES) * len(HOSTS)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    return build(tmp_path_factory.mktemp("minima"))


@pytest.fixture(scope="module")
def undisturbed(press, tmp_path_factory):
    """An undisturbed run: (registry, seconds it took, what it printed)."""
    registro = tmp_path_factory.mktemp("tranquila") / "registro.db"
    return registro, *timed(press, registro)


def test_a_run_goes_from_the_press_to_findings_with_their_evidence(undisturbed):
    registro, _, printed = undisturbed
    assert f"Noticias nuevas: {NOTES}." in printed
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT estado, modo, dia, fin IS NOT NULL FROM corridas") == [
            ("completa", "completo", "2026-05-10", 1)
        ]
        assert rows(db, "SELECT DISTINCT estado FROM noticias") == [("agrupada",)]
        told = rows(
            db,
            "SELECT count(*) FROM v_hallazgos AS h JOIN hallazgos_noticias AS n USING (folio) GROUP BY h.folio ORDER BY 1",
        )
        assert told == [(2,), (2,)], "each of the two cases is told by both outlets"
        one_text = "both outlets print one text, but for its last line"
        assert rows(db, "SELECT DISTINCT fuentes_independientes FROM v_hallazgos") == [(1,)], one_text
        assert rows(db, "SELECT dia FROM v_dias_cubiertos") == [("2026-05-10",)]
    copies = list((registro.parent / "evidencia").rglob("*.warc.gz"))
    assert len(copies) == 4
    checked = CliRunner().invoke(hallazgos, ["evidencia", "verificar", "--todo", "--registro", str(registro)])
    assert checked.exit_code == 0, checked.output


def test_the_first_run_of_a_week_draws_refused_notes_of_the_week_before_for_a_person_to_read(press, undisturbed, tmp_path):
    registro = tmp_path / "registro.db"
    for path in undisturbed[0].parent.glob("registro.db*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    finish(start(press, registro, "--cortesia", "0", "--hoy", "2026-05-11"))
    with closing(open_registry(registro)) as db:
        refused = rows(db, "SELECT id FROM noticias WHERE relevante = 0 ORDER BY id")
        assert rows(db, "SELECT noticia_id FROM muestra_rechazadas WHERE semana = '2026-05-04' ORDER BY 1") == refused != []


def test_a_second_run_on_an_unchanged_press_asks_for_no_article(press, undisturbed):
    registro, _, _ = undisturbed
    before = state(registro)
    summary = json.loads(finish(start(press, registro, "--cortesia", "0", "--json")))
    assert summary["totales"] == dict.fromkeys(summary["totales"], 0), "feeds of the same bytes are not read again"
    assert [source["motivo"] for source in summary["fuentes"]] == ["", ""]
    assert summary["hallazgos_nuevos"] == 0
    assert state(registro) == before
    with closing(open_registry(registro)) as db:
        assert rows(db, "SELECT DISTINCT lecturas_buenas, fallida, cerrada FROM corridas_fuentes") == [(1, 0, 1)]
    asked = json.loads(finish(start(press, registro, "--cortesia", "0", "--json", "--desde", "2026-05-01")))
    assert asked["totales"] == {**dict.fromkeys(summary["totales"], 0), "conocida": NOTES}
    assert state(registro) == before


def invoke(*args: str):
    return CliRunner().invoke(hallazgos, ["correr", *args])


def test_a_held_lock_is_status_4_in_one_line(press, tmp_path):
    registro = tmp_path / "registro.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys; from pathlib import Path; from pipeline.lock import crawl_lock\n"
         "with crawl_lock(Path(sys.argv[1])): print(flush=True); sys.stdin.read()", str(registro)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    holder.stdout.readline()
    result = invoke("--fuentes", str(press[1]), "--registro", str(registro))
    holder.communicate()
    assert (result.exit_code, result.output.count("\n")) == (4, 1)
    assert f"proceso {holder.pid}" in result.output


def test_the_lock_is_not_needed_to_read_or_review(tmp_path):
    registro = tmp_path / "registro.db"
    with crawl_lock(registro), closing(open_registry(registro)) as db, db.atomic():
        db.execute("INSERT INTO contadores VALUES ('x', 1)")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--solo", "nadie"], "no hay fuente «nadie»"),
        (["--desde", "ayer"], "AAAA-MM-DD"),
        (["--reproducir", "no-existe"], "no-existe"),
    ],
)
def test_what_cannot_be_used_is_status_2_in_one_line(press, tmp_path, args, said):
    result = invoke("--fuentes", str(press[1]), "--registro", str(tmp_path / "registro.db"), *args)
    assert result.exit_code == 2
    assert said in result.output


def test_a_catalogue_with_an_error_is_refused_with_its_line(press, tmp_path):
    bad = tmp_path / "fuentes.csv"
    head = press[1].read_text("utf-8").splitlines()[0]
    bad.write_text(f"{head}\nuno,Uno,medio_local,no-es-direccion,https://uno.ejemplo/rss,,,1,,,\n", "utf-8")
    with pytest.raises(ErrorDeUso, match="línea 2"):
        sources(bad)
    result = invoke("--fuentes", str(bad), "--registro", str(tmp_path / "registro.db"))
    assert result.exit_code == 2
    assert not (tmp_path / "registro.db").exists()


def test_a_full_disk_is_one_line_and_leaves_the_registry_whole(press, tmp_path):
    registro = tmp_path / "registro.db"
    captures, catalogue = press
    open_registry(registro).close()
    limit = registro.stat().st_size + 4096  # bytes of one file
    cap = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    told = ["correr", "--reproducir", captures, "--fuentes", catalogue, "--registro", registro, "--hoy", "2026-05-10"]
    command = [sys.executable, "-c", f"{cap}; from pipeline.cli import main; main()", *told]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[1], check=False)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith(f"Error: {registro}: la corrida no pudo seguir: ")
    assert done.stderr.count("\n") == 1
    with closing(open_registry(registro)) as db:
        assert rows(db, "PRAGMA integrity_check") == [("ok",)]


def order(tmp_path, *catalogue, **changes):
    return RunOrder(tmp_path / "registro.db", catalogue, clock(), **changes)


def test_only_active_sources_are_read_unless_named(tmp_path):
    catalogue = (fuente("faro"), fuente("voz", activa=False))
    assert [f.id for f in order(tmp_path, *catalogue).sources()] == ["faro"]
    assert [f.id for f in order(tmp_path, *catalogue, only=("voz", "voz")).sources()] == ["voz"]
    with pytest.raises(ErrorDeUso, match="activas"):
        order(tmp_path, fuente("voz", activa=False)).sources()


def test_a_run_over_some_sources_covers_no_day(tmp_path):
    modes = [
        order(tmp_path, **changes).mode() for changes in ({}, {"feeds_only": True}, {"only": ("faro",), "feeds_only": True})
    ]
    assert modes == ["completo", "solo_feeds", "solo_fuentes"]


def summary(*failed: bool, estado="completa") -> RunSummary:
    fates = dict.fromkeys(("nueva", "version", "conocida", "sin_texto", "fuera_de_fecha", "rechazada", "error", "pendiente"), 0)
    states = {True: ("HTTP 500", "fallando"), False: ("", "activa")}
    results = [
        SourceResult(f"f{i}", f"Fuente {i}", 0, fates, False, not bad, bad, *states[bad], bad) for i, bad in enumerate(failed)
    ]
    return RunSummary(1, "2026-05-10", "completo", estado, 0, tuple(results))


def test_the_exit_status_says_how_the_run_went():
    assert summary(False, True).status() == 0
    assert summary(True, True).status() == 3
    assert summary(False, estado="interrumpida").status() == 130


def test_a_source_that_was_asked_for_nothing_hides_no_failure():
    failed = summary(True, False)
    asked_nothing = replace(failed.fuentes[1], leida=False)
    assert replace(failed, fuentes=(failed.fuentes[0], asked_nothing)).status() == 3
    assert replace(failed, fuentes=(asked_nothing,)).status() == 0


def test_failed_sources_are_listed_and_the_csv_has_a_line_each():
    assert closing_lines(summary(False, True))[1] == "Fuentes que fallaron (1 de 2): f1."
    assert closing_lines(summary(False, True))[2].startswith("Fuentes que necesitan a una persona (1): f1 (fallando); ")
    assert len(closing_lines(summary(False))) == 1
    assert as_csv(summary(False, True)).splitlines()[2] == "f1,Fuente 1,0,0,0,0,0,0,0,0,0,0,1,HTTP 500,fallando"
