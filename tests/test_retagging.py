"""The tagger of today over stored texts: what changes, what never does, killed and gone on with."""

import signal
import sqlite3
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import NOW, TAGGER, etiquetas, fuente, registry, rows
from revisado import ANA, ONE, THREE, TWO, findings, note

from nlp.etiquetas import VERSION_ETIQUETADOR, Etiquetas
from pipeline.cli import hallazgos
from pipeline.figures.m1 import Cuenta, Fecha, Figura
from pipeline.figures.versions import other_tagger
from pipeline.incidents import group_pending
from pipeline.registry import by_hand, retag
from pipeline.registry.audit import Change, record
from pipeline.retagging import text, work
from pipeline.retagging.compare import Picture, difference
from pipeline.review import correct, validate

ORDER = work.Order(None, None, lambda: NOW)
NEWER = etiquetas("Renata Olmedo Prieto", modalidad=("amenaza",), agresion=("verbal",), urgente=True)


def says(tags):
    """A tagger that says `tags(note)` of every note."""

    def tag(lots, _workers):
        for lot in lots:
            yield [tags(one) for one in lot]

    return tag


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


def everything(db):
    names = ("noticias", "hallazgos", "hallazgos_noticias", "pasajes", "victimas", "actos", "custodia", "bitacora")
    return [rows(db, f"SELECT * FROM {name} ORDER BY 1, 2") for name in names]


def of_first(one):
    return NEWER if one.id in ("1", "2") else etiquetas("Tomás Arce Luna", modalidad=("censura",), agresion=("institucional",))


def test_a_simulation_says_what_would_change_and_changes_nothing(db, tmp_path, capsys):
    before, files = everything(db), sorted(tmp_path.rglob("*"))
    found = work.simulate(tmp_path / "registro.db", ORDER, says(of_first))
    assert (found.noticias, found.fields["modalidad"], found.fields["urgente"]) == (5, 3, 1)
    assert everything(db) == before
    assert sorted(tmp_path.rglob("*")) == files
    text.show(found, "tabla", done=False)
    assert "--aplicar" in capsys.readouterr().out


def test_what_is_applied_is_what_was_said_and_a_second_time_nothing(db, tmp_path):
    path = tmp_path / "registro.db"
    said = work.simulate(path, ORDER, says(of_first))
    assert work.apply(path, ORDER, says(of_first)) == said
    assert rows(db, "SELECT DISTINCT version_etiquetador, estado FROM noticias") == [(VERSION_ETIQUETADOR, "agrupada")]
    assert rows(db, "SELECT DISTINCT version_etiquetador FROM pasajes") == [(VERSION_ETIQUETADOR,)]
    assert rows(db, "SELECT modalidad, urgente FROM v_hallazgos WHERE folio = ?", ONE) == [('["amenaza"]', 1)]
    assert rows(db, "SELECT accion FROM bitacora") == [("reetiquetar",)]
    after = everything(db)
    again = work.apply(path, ORDER, says(lambda _: Etiquetas()))
    assert (again.noticias, set(again.fields.values()), again.new, again.lost) == (0, {0}, (), ())
    assert everything(db) == after


def test_what_a_person_decided_stays_on_top(db, tmp_path):
    validate(db, ONE, ANA)
    correct(db, TWO, "modalidad", ["ataque_fisico"], ANA)
    before = rows(db, "SELECT * FROM v_hallazgos WHERE folio IN (?, ?) ORDER BY folio", ONE, TWO)
    found = work.apply(tmp_path / "registro.db", ORDER, says(of_first))
    assert rows(db, "SELECT * FROM v_hallazgos WHERE folio IN (?, ?) ORDER BY folio", ONE, TWO) == before
    assert found.fields["modalidad"] == 1  # of the finding that nobody decided on
    assert {year: before[0] == after[0] for year, (before, after) in found.years.items()} == {"2026": True}


def test_a_finding_that_no_note_tells_any_more_stays_and_is_told(db, tmp_path):
    before = rows(db, "SELECT folio, estado, modalidad FROM v_hallazgos ORDER BY folio")
    found = work.apply(tmp_path / "registro.db", ORDER, says(lambda _: Etiquetas()))
    assert found.lost == (ONE, TWO, THREE)
    assert rows(db, "SELECT folio, estado, modalidad FROM v_hallazgos ORDER BY folio") == before
    assert rows(db, "SELECT count(*) FROM hallazgos_noticias") == [(5,)]


def test_a_note_that_becomes_a_case_is_grouped_and_enters_custody(db, tmp_path):
    note(db, "f", Etiquetas(), medio=5)
    group_pending(db, pause=0)
    found = work.apply(
        tmp_path / "registro.db",
        ORDER,
        says(lambda one: etiquetas("Luz Mena Ibarra", fecha_hecho="2026-03-02") if one.id == "6" else of_first(one)),
    )
    assert found.new == ("H-2026-000004",)
    assert rows(db, "SELECT folio FROM hallazgos_noticias WHERE noticia_id = 6") == [("H-2026-000004",)]
    assert rows(db, "SELECT accion, folio FROM custodia WHERE noticia_id = 6") == [("ingreso", "H-2026-000004")]


def test_only_the_days_asked_for_and_never_a_purged_or_an_edited_one(db, tmp_path):
    with db.atomic():
        db.execute("UPDATE noticias SET depurada_en = '2026-05-10T13:00:00Z', texto = '' WHERE id = 1")
        db.execute("UPDATE noticias SET estado = 'capturada', etiquetas = NULL WHERE id = 2")
    kept = rows(db, "SELECT * FROM noticias WHERE id <= 2")
    day = replace(ORDER, desde=date(2026, 5, 10), hasta=date(2026, 5, 10))
    assert work.apply(tmp_path / "registro.db", day, says(of_first)).noticias == 2
    assert rows(db, "SELECT * FROM noticias WHERE id <= 2") == kept
    assert rows(db, "SELECT id FROM noticias WHERE version_etiquetador = ?", TAGGER) == [(1,), (2,), (5,)]
    lot = retag.next_lot(db, retag.Span(), ("", 0), 9)
    with db.atomic():
        db.execute("UPDATE noticias SET version = version + 1 WHERE id = 5")
        assert not retag.retag(db, lot[-1] if lot[-1][0] == 5 else lot[0], NEWER, hold=False)


def test_a_note_that_a_person_holds_for_a_case_stays_one(db, tmp_path):
    with db.atomic():
        by_hand.hold_relevant(db, 5)
        record(db, Change("nota_por_direccion", "hallazgos", THREE, "noticias", None, 5), quien="ana", now=NOW)
    work.apply(tmp_path / "registro.db", ORDER, says(lambda _: Etiquetas()))
    assert rows(db, "SELECT id FROM noticias WHERE relevante = 1") == [(5,)]


KILLED = """
import os, signal, sys
sys.path.insert(0, "tests")
from test_retagging import ORDER, says, of_first
from pathlib import Path
from pipeline.retagging import work
work.LOT, work.LOTS_BEFORE_GROUPING = 7, 2
left = int(sys.argv[2])
def tag(lots, workers):
    global left
    for found in says(of_first)(lots, workers):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        yield found
work.apply(Path(sys.argv[1]), ORDER, tag)
"""


def test_killed_halfway_it_goes_on_and_ends_as_if_it_had_not_been(tmp_path):
    ends = []
    for name, kills in (("entera", ()), ("cortada", (1, 3))):
        folder = tmp_path / name
        with registry(folder, *(fuente(f"medio{n}") for n in range(6))) as db:
            for number in range(40):
                note(db, f"n{number}", etiquetas(f"Persona Número{number} Prueba{number}"), medio=number % 6)
            group_pending(db, lambda: NOW, pause=0)
            for lots in kills:
                command = [sys.executable, "-c", KILLED, str(folder / "registro.db"), str(lots)]
                done = subprocess.run(command, cwd=Path(__file__).parents[1], check=False, timeout=60)
                assert done.returncode == -signal.SIGKILL
            left = retag.waiting(db, retag.Span())
            assert left == (40 if not kills else 40 - 4 * 7)
            assert work.apply(folder / "registro.db", ORDER, says(of_first)).noticias == left
            shown = rows(db, "SELECT folio, modalidad, noticias, estado FROM v_hallazgos ORDER BY folio")
            ends.append((shown, rows(db, "SELECT id, version_etiquetador, estado, relevante FROM noticias ORDER BY id")))
    assert ends[0] == ends[1]


@pytest.mark.parametrize("fecha", list(Fecha))
def test_m1_says_when_its_two_years_were_read_by_other_versions(db, fecha):
    for folio, year in ((ONE, 2026), (TWO, 2025)):
        validate(db, folio, ANA)
        with db.atomic():
            day = f"{year}-03-01"
            sql = "UPDATE hallazgos SET fecha_registro = ?, fecha_publicacion = ?, fecha_hecho = ? WHERE folio = ?"
            db.execute(sql, [day, day, day, folio])
    days = {"desde": "2026-01-01", "hasta": "2026-03-31", "comparado_inicio": "2025-01-01", "comparado_fin": "2025-03-31"}
    figura = Figura(**(dict.fromkeys((one.name for one in fields(Figura)), None) | days))
    assert other_tagger(db, figura, Cuenta(fecha)) == []
    with db.atomic():
        db.execute("UPDATE noticias SET version_etiquetador = '1.0' WHERE id IN (3, 4)")
    (line,) = other_tagger(db, figura, Cuenta(fecha))
    assert f"con la {TAGGER}; las del año anterior, con la 1.0" in line


def test_a_full_disk_is_one_line_and_status_1(db, tmp_path, monkeypatch):
    def full(_source, _target):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(work, "copy_registry", full)
    told = CliRunner().invoke(hallazgos, ["reetiquetar", "--registro", str(tmp_path / "registro.db")])
    assert (told.exit_code, len(told.output.splitlines())) == (1, 1)
    assert "no queda espacio en el disco" in told.output


def test_of_the_years_only_the_last_and_those_that_changed_are_told():
    years = {str(year): (year, 0, None, None) for year in range(2026, 2015, -1)}
    before = Picture({}, frozenset(), years)
    found = difference(before, replace(before, years=years | {"2019": (1, 0, None, None)}), 0)
    assert list(found.years) == ["2026", "2025", "2024", "2019"]


def test_the_versions_behind_registros_are_a_view(db, tmp_path):
    validate(db, ONE, ANA)
    with db.atomic():
        db.execute("UPDATE noticias SET version_etiquetador = 'otra' WHERE id = 2")
    assert rows(db, "SELECT version_etiquetador, registros FROM v_versiones_etiquetador") == [("otra", 1), (TAGGER, 1)]
