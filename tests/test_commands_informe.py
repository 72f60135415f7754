"""`hallazgos informe` at the shell: the figures of `indicador`, three formats, the same bytes, no name."""

import csv
import io
import json
import re
import shutil
import zipfile
from html import unescape

import docx
import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro, total, victima

from pipeline.cli import hallazgos
from pipeline.registry.connection import open_registry
from pipeline.reports.pdf import counted_anew
from pipeline.reports.words import in_words

NAME = "Ximena Canaria Prueba"
SIGNED = ("--institucion", "Institución de Prueba", "--elaboro", "Área de Ensayo")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("informe")
    with registro(folder) as db:
        cubrir(db, "2025-09-01", "2025-10-31")
        cubrir(db, "2026-09-01", "2026-10-31")
        for dia in ("2025-09-02", "2025-10-30", "2026-09-05", "2026-10-06", "2026-10-31"):
            victima(db, hallazgo(db, dia, sitio=NAME, resumen=NAME), nombre=NAME)
        hallazgo(db, "2026-10-07", estado="detectado")
        hallazgo(db, "2026-10-08", estado="detectado", ambito="por_determinar")
    return folder / "registro.db"


def run(*args, command="informe", **env):
    return CliRunner().invoke(hallazgos, [command, *map(str, args)], env=env)


def written(path, target, *args, period="2026-B5"):
    out = run("--periodo", period, "-o", target, "--registro", path, "--hoy", "2026-11-24", *args)
    assert (out.exit_code, out.output) == (0, f"Se escribió {target}\n")
    return target.read_bytes()


def plain(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.decode())))


def test_the_first_sentence_is_the_figure_in_words(path, tmp_path):
    text = plain(written(path, tmp_path / "i.html"))
    first = text.split("La cifra del periodo ")[1]
    assert first.startswith(
        "En el quinto bimestre de 2026, del 1 de septiembre al 31 de octubre de 2026, el monitoreo de fuentes abiertas"
        " sumó 3 (tres) registros de hallazgos"
    )
    assert (
        "del 1 de septiembre al 31 de octubre de 2025 fueron 2 (dos) registros, de modo que el indicador M1 es de 150.0 %"
        in first
    )
    assert "Quedan 2 (dos) hallazgos del periodo por revisar; de 1 falta saber si son de la ciudad." in first
    assert "M1 sería de 200.0 %" in first


def test_every_line_of_the_indicator_stands_in_the_report(path, tmp_path):
    page = plain(written(path, tmp_path / "i.html"))
    told = run(
        "--registro", path, "--periodo", "2026-B5", "--formato", "csv", "--hoy", "2026-11-24", command="indicador"
    ).output
    record = json.loads(
        run("--registro", path, "--periodo", "2026-B5", "--json", "--hoy", "2026-11-24", command="indicador").output
    )
    assert f"M1 {record['m1']:.1f} % = 3 ÷ 2 × 100" in page
    lines = list(csv.reader(told.splitlines()[1:]))
    assert len(lines) > 15
    assert [value for _title, concept, value in lines if f"{concept} {value}" not in page] == []


def test_the_quarter_that_ends_in_the_bimester_or_none(path, tmp_path):
    assert "Tercer trimestre de 2026 1 1 1 1 100.0 %" in plain(written(path, tmp_path / "b5.html"))
    assert "Trimestre que cierra en el periodo: ninguno." in plain(written(path, tmp_path / "b4.html", period="2026-B4"))
    year = plain(written(path, tmp_path / "a.html", period="2026"))
    assert all(f"{n} trimestre de 2026" in year for n in ("Primer", "Segundo", "Tercer", "Cuarto"))


def test_the_word_document_has_headings_repeated_headers_letter_paper_and_spanish(path, tmp_path):
    file = docx.Document(io.BytesIO(written(path, tmp_path / "i.docx", *SIGNED)))
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "La cifra del periodo"
    assert {"Método", "Límites"} <= set(headings)
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in file.tables)
    assert (file.sections[0].page_width.inches, file.sections[0].page_height.inches) == (8.5, 11)
    assert file.styles["Normal"].element.xpath("./w:rPr/w:lang/@w:val")[-1] == "es-MX"
    assert "PAGE" in file.sections[0].footer._element.xml
    cover = "\n".join(p.text for p in file.paragraphs[:12])
    assert "Institución de Prueba" in cover
    assert "Área de Ensayo" in cover


def test_the_parts_of_a_pdf_are_counted_from_one_in_their_order_and_no_byte_moves():
    a, b = (f"/ID (node{n + 2:08}) /K (node{n:08}) /P (node{n + 2:08})".encode() for n in (57, 98))
    assert counted_anew(a) == counted_anew(b) == b"/ID (node00000002) /K (node00000001) /P (node00000002)"
    assert len(counted_anew(a)) == len(a)


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_the_same_registry_gives_the_same_bytes_and_no_name(path, tmp_path, suffix):
    if suffix == "pdf" and not shutil.which("chromium"):
        pytest.skip("no chromium here")
    one, two = (written(path, tmp_path / f"{name}.{suffix}") for name in ("a", "b"))
    assert one == two
    parts = (
        [one]
        if suffix != "docx"
        else [zipfile.ZipFile(io.BytesIO(one)).read(n) for n in zipfile.ZipFile(io.BytesIO(one)).namelist()]
    )
    assert not any(NAME.split()[1].encode() in part for part in parts)


def test_no_baseline_and_a_partial_period_are_said_in_the_first_sentence(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2026-01-01", "2026-01-20")
        hallazgo(db, "2026-01-03")
    path = tmp_path / "registro.db"
    assert "1 (un) registro de hallazgos" in plain(written(path, tmp_path / "i.html", period="2026-01"))
    assert "no hay línea base" in plain((tmp_path / "i.html").read_bytes())
    with open_registry(path) as db:
        cubrir(db, "2025-01-01", "2025-01-31")
        for dia in ("2025-01-05", "2025-01-25"):
            hallazgo(db, dia)
    page = plain(written(path, tmp_path / "p.html", period="2026-01"))
    assert "En enero de 2026, el monitoreo de fuentes abiertas" in page and "Informe de enero de 2026 " in page
    assert (
        "de los que del 1 al 20 de enero de 2026 se comparan 1 (un) registro; del 1 al 20 de enero de 2025 fue 1 (un) registro"
        in page
    )
    never = plain(written(path, tmp_path / "v.html", period="2024-B1"))
    assert (
        "febrero de 2024, el monitoreo no cubrió ningún día: no hay cifra de registros, que no es lo mismo que cero." in never
    )
    assert "Enero sin cobertura sin cobertura — 0 sin cobertura" in never
    assert "Marzo sin cobertura — — — " in never
    assert "no hay registros que desglosar" in never and "ningún día del periodo tiene cifras" in never


def test_imported_totals_are_told(tmp_path):
    with registro(tmp_path) as db:
        total(db, "2025-01", 4)
        cubrir(db, "2026-01-01", "2026-01-31")
        hallazgo(db, "2026-01-03")
    page = plain(written(tmp_path / "registro.db", tmp_path / "i.html", period="2026-01"))
    assert "M1 es de 25.0 %" in page
    assert "cambio de método" in page


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--periodo", "octubre", "-o", "i.docx"), "no se entiende"),
        (("--periodo", "2026-B7", "-o", "i.docx"), "6 bimestres"),
        (("--periodo", "2026-B5", "-o", "i.odt"), ".docx, .html, .pdf"),
        (("--periodo", "2026-B5", "-o", "/no/hay/i.docx"), "no existe la carpeta"),
        (("--periodo", "2026-B5"), "falta -o"),
        (("--periodo", "2026-B5", "-o", "i.docx", "--edicion", "publica"), "van con --version-publica"),
    ],
)
def test_bad_usage_is_one_line_and_writes_nothing(path, tmp_path, monkeypatch, args, said):
    monkeypatch.chdir(tmp_path)
    out = run(*args, "--registro", path)
    assert (out.exit_code, "Traceback" in out.output, said in out.output) == (2, False, True)
    assert list(tmp_path.iterdir()) == []


def test_twelve_months_are_named_as_many_and_a_text_that_word_cannot_hold_is_written_without_it(path, tmp_path):
    odd = "Institución\x0bcon\x02tabuladores"
    page = plain(written(path, tmp_path / "i.html", "--institucion", odd, period="12M-2026-10"))
    assert "Informe de los doce meses que terminan en octubre de 2026, del 1 de noviembre de 2025" in page
    written(path, tmp_path / "i.docx", "--institucion", odd)
    file = docx.Document(str(tmp_path / "i.docx"))
    assert file.core_properties.author == file.paragraphs[1].text == "Institución con tabuladores"


def test_without_a_browser_the_pdf_is_refused_in_one_line(path, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    out = run("--periodo", "2026-B5", "-o", tmp_path / "i.pdf", "--registro", path)
    assert (out.exit_code, out.output.count("\n")) == (2, 1)
    assert "hace falta Chromium" in out.output


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "cero"), (1, "un"), (16, "dieciséis"), (21, "veintiún"), (31, "treinta y un"), (45, "cuarenta y cinco"), (100, "cien"),
     (101, "ciento un"), (520, "quinientos veinte"), (1000, "mil"), (1999, "mil novecientos noventa y nueve"),
     (21_030, "veintiún mil treinta")],
)  # fmt: skip
def test_numbers_in_words(number, words):
    assert in_words(number) == words
