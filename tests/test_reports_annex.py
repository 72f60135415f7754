"""The reserved annex: cases in codes, marked on every page; risk and names only when asked, names noted in `lecturas`."""

import io
import json
import re

import docx
import pytest
from click.testing import CliRunner
from contados import codigos, cubrir, hallazgo, registro, victima
from docx.enum.text import WD_ALIGN_PARAGRAPH

from pipeline.cli import hallazgos
from pipeline.registry.connection import open_registry
from pipeline.reports.document import Documento, Portada, Tabla
from pipeline.reports.word import as_docx

NAME, ANONYMOUS = "Ximena Canaria Prueba", "Teófilo Canario Ensayo"


@pytest.fixture
def path(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2026-09-01", "2026-10-31")
        one = hallazgo(db, "2026-09-05", resumen="Golpearon a una reportera.", alcaldia="coyoacan")
        victima(db, one, nombre=NAME)
        victima(db, one, nombre=ANONYMOUS, anonimato_solicitado=1)
        codigos(db, one, "modalidad", "ataque_fisico", "amenaza")
        hallazgo(db, "2026-09-06", clase="riesgo", resumen="Pidió protección.")
        hallazgo(db, "2026-09-07", estado="detectado", resumen="Sin revisar.")
        hallazgo(db, "2026-08-31", resumen="De antes.")
    return tmp_path / "registro.db"


def run(path, folder, *args, suffix="html"):
    report, annex = folder / "i.html", folder / f"a.{suffix}"
    command = [
        "informe",
        "--periodo",
        "2026-B5",
        "-o",
        report,
        "--anexo",
        annex,
        "--registro",
        path,
        "--hoy",
        "2026-11-24",
        *args,
    ]
    out = CliRunner().invoke(hallazgos, list(map(str, command)), env={"HALLAZGOS_QUIEN": "ana"})
    assert out.exit_code == 0, out.output
    assert f"{annex}: RESERVADO" in out.output
    return report.read_text("utf-8"), annex.read_bytes()


def readings(path):
    with open_registry(path) as db:
        return list(db.query("SELECT quien, cuando, ruta, folios FROM lecturas"))


def test_the_annex_lists_the_cases_without_risk_or_names(path, tmp_path):
    report, annex = run(path, tmp_path)
    text = annex.decode()
    assert "Golpearon a una reportera." in text
    assert "Ataque físico" in text
    assert not re.search("Pidió protección|Sin revisar|De antes|Canari", text)
    assert not re.search("Golpearon|Canari|H-2026-0", report)
    assert '@top-right { content: "RESERVADO"' in text
    assert readings(path) == []


def test_risk_and_names_only_when_asked_and_the_reading_is_noted(path, tmp_path):
    report, annex = run(path, tmp_path, "--con-riesgo", "--con-nombres")
    text = annex.decode()
    assert "Pidió protección." in text
    assert NAME in text
    assert ANONYMOUS not in text
    assert "Canari" not in report
    (noted,) = readings(path)
    assert (noted["quien"], noted["cuando"]) == ("ana", "2026-11-24T12:00:00Z")
    assert len(json.loads(noted["folios"])) == 2


def test_the_word_annex_is_marked_above_every_page_and_lies(path, tmp_path):
    _report, annex = run(path, tmp_path, suffix="docx")
    file = docx.Document(io.BytesIO(annex))
    assert file.sections[0].header.paragraphs[0].text == "RESERVADO"
    assert file.sections[0].page_width > file.sections[0].page_height
    assert "Canari" not in file.element.xml


def test_every_row_of_a_word_table_says_its_own_cells_in_its_own_way():
    told = (("una", 1234, "5.0 %"), ("", None, "—"), (" a\tb\nc ", 7, "<&>"))
    tables = (Tabla("Con renglones", ("A", "B", "C"), told), Tabla("Sin renglones", ("A", "B"), ()))
    file = docx.Document(io.BytesIO(as_docx(Documento(Portada("", "T", "P", "E", ()), tables))))
    full, empty = file.tables
    assert [[cell.text for cell in row.cells] for row in full.rows] == [
        ["A", "B", "C"], ["una", "1,234", "5.0 %"], ["", "—", "—"], [" a\tb\nc ", "7", "<&>"],
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in empty.rows] == [["A", "B"]]
    assert {row._tr.xpath("count(.//w:tblHeader)") for row in full.rows[1:]} == {0.0}
    assert {row._tr.xpath("count(.//w:cantSplit)") for row in full.rows} == {1.0}
    sizes = {run.font.size.pt for row in full.rows[1:] for cell in row.cells for run in cell.paragraphs[0].runs}
    assert sizes == {9.0}
    assert all(row.cells[1].paragraphs[0].alignment is WD_ALIGN_PARAGRAPH.RIGHT for row in full.rows)
