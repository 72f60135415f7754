"""A closed report: what is refused, what is frozen, version 2 with its differences, version 1 byte for byte."""

import hashlib
import json
import re
import sqlite3
from html import unescape

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro

from pipeline.cli import hallazgos
from pipeline.figures.exports import comparison
from pipeline.registry.connection import open_registry


@pytest.fixture
def path(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-09-01", "2025-10-31")
        cubrir(db, "2026-09-01", "2026-10-31")
        for dia in ("2025-09-02", "2025-10-30", "2026-09-05", "2026-10-06", "2026-10-31"):
            hallazgo(db, dia)
    return tmp_path / "registro.db"


def run(path, *args, hoy="2026-11-24"):
    return CliRunner().invoke(hallazgos, ["informe", "--registro", str(path), "--hoy", hoy, *map(str, args)])


def close(path, target, *args, **kwargs):
    return run(path, "--periodo", "2026-B5", "--cerrar", "-o", target, *args, **kwargs)


def plain(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.decode())))


def closings(path):
    return json.loads(run(path, "--cerrados", "--json").output)


def test_closing_freezes_figures_query_unit_cut_off_version_and_digest(path, tmp_path):
    target = tmp_path / "i.html"
    out = close(path, target)
    assert out.exit_code == 0, out.output
    page = target.read_bytes()
    assert "Versión 1, cerrada el 24 de noviembre de 2026" in plain(page)
    assert "BORRADOR" not in page.decode()
    with open_registry(path) as db:
        row = next(db.query("SELECT * FROM cierres"))
        view = next(db.query("SELECT * FROM v_cierres"))
        trail = list(db.query("SELECT accion, clave, despues FROM bitacora WHERE tabla = 'cierres'"))
    digest = hashlib.sha256(page).hexdigest()
    told = {key: row[key] for key in ("periodo", "version", "unidad", "fecha", "corte", "pendientes", "sha256")}
    assert told == {
        "periodo": "2026-B5", "version": 1, "unidad": "hallazgo", "fecha": "registro", "corte": "2026-10-31", "pendientes": 0,
        "sha256": digest,
    }  # fmt: skip
    assert digest in out.output
    assert trail == [{"accion": "cerrar", "clave": "2026-B5/1", "despues": json.dumps(digest)}]
    assert (view["registros"], view["anterior_comparado"], view["m1"], view["vigente"]) == (3, 2, 150.0, 1)
    query = json.loads(row["consulta"])
    with open_registry(path) as db:
        again = next(db.query(query["sql"], query["valores"]))
    assert (again["registros"], again["m1"]) == (3, 150.0)


def test_the_signed_figure_stands_beside_the_corrected_one_wherever_years_are_compared(path, tmp_path):
    out = run(path, "--periodo", "2025-B5", "--cerrar", "-o", tmp_path / "i.html")
    assert out.exit_code == 0, out.output
    with open_registry(path) as db:
        hallazgo(db, "2025-09-03")
        table = comparison(db, 2026, 2025)
        rows = {row[1]: dict(zip(table.columnas, row, strict=True)) for row in table.filas}
        seen = dict(db.execute("SELECT periodo, anterior_firmado FROM v_comparativo_anual WHERE anio = 2026").fetchall())
    told = {key: (rows[key]["registros_2025"], rows[key]["firmado_2025"], rows[key]["informe_2025"]) for key in rows}
    within = "sin cifra propia: la abarca 2025-B5, versión 1"
    assert told["2026-B5"] == (3, 2, "2025-B5, versión 1")
    assert (told["2026-09"], told["2026-10"]) == ((2, None, within), (1, None, within))
    assert told["2026-T4"] == (1, None, "")
    assert {key for key, value in seen.items() if value is not None} == {"2026-B5"} and seen["2026-B5"] == 2
    run(path, "--periodo", "2026-B5", "-o", tmp_path / "r.html")
    page = plain((tmp_path / "r.html").read_bytes())
    assert "Lo firmado de 2025 y su cifra corregida" in page
    assert "Quinto bimestre de 2025 1 31 de octubre de 2025 2 3" in page
    assert "Año anterior, según lo firmado 2, en el informe de 2025-B5, versión 1" in page


def test_a_closing_cannot_be_changed_replaced_or_deleted(path, tmp_path):
    close(path, tmp_path / "i.html")
    with open_registry(path) as db:
        for sql in (
            "UPDATE cierres SET cifras = '{}'",
            "DELETE FROM cierres",
            "INSERT OR REPLACE INTO cierres SELECT * FROM cierres",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="un cierre no se"):
                db.execute(sql)


def test_a_later_correction_gives_version_2_with_the_difference_and_leaves_version_1(path, tmp_path):
    one = {suffix: tmp_path / f"1.{suffix}" for suffix in ("html", "docx")}
    close(path, one["html"])
    again = run(path, "--periodo", "2026-B5", "--version", 1, "-o", one["docx"])
    assert again.exit_code == 0, again.output
    same = close(path, tmp_path / "2.html")
    assert (same.exit_code, "ninguna cifra ha cambiado" in same.output) == (2, True)
    with open_registry(path) as db:
        hallazgo(db, "2026-10-20", origen="manual")
    live = tmp_path / "vivo.html"
    assert run(path, "--periodo", "2026-B5", "-o", live).exit_code == 0
    assert "BORRADOR" in live.read_text("utf-8")
    assert "Qué cambió desde la versión 1" in plain(live.read_bytes())
    assert close(path, tmp_path / "2.html", hoy="2026-11-30").exit_code == 0
    page = plain((tmp_path / "2.html").read_bytes())
    assert "Versión 2, cerrada el 30 de noviembre de 2026" in page
    assert "La versión 1 se cerró el 24 de noviembre de 2026 y no se modifica." in page
    assert "Indicador 1.4 con su pie M1 Valor 150.0 % = 3 ÷ 2 × 100 200.0 % = 4 ÷ 2 × 100" in page
    for suffix, target in one.items():
        copy = tmp_path / f"copia.{suffix}"
        assert run(path, "--periodo", "2026-B5", "--version", 1, "-o", copy, hoy="2027-03-01").exit_code == 0
        assert copy.read_bytes() == target.read_bytes()
    assert [(row["version"], row["vigente"], row["registros"]) for row in closings(path)] == [(2, 1, 4), (1, 0, 3)]


def test_pending_findings_refuse_the_closing_unless_said(path, tmp_path):
    with open_registry(path) as db:
        hallazgo(db, "2026-10-07", estado="detectado")
        hallazgo(db, "2026-10-08", estado="detectado", ambito="por_determinar")
        hallazgo(db, "2026-10-09", estado="detectado", ambito="fuera")
    target = tmp_path / "i.html"
    out = close(path, target)
    assert (out.exit_code, out.output.count("\n"), target.exists(), closings(path)) == (1, 1, False, [])
    assert "2 (dos) hallazgos por revisar" in out.output
    assert close(path, target, "--con-pendientes").exit_code == 0
    page = plain(target.read_bytes())
    assert "con 2 (dos) hallazgos por revisar" in page
    assert "Quedan 2 (dos) hallazgos del periodo por revisar" in page
    assert closings(path)[0]["pendientes"] == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--periodo", "2026-B6", "--cerrar", "-o", "x.html"), "termina el 31 de diciembre de 2026"),
        (("--periodo", "2026-T4", "--cerrar", "-o", "x.html"), "se cierra cuando acabe"),
        (("--periodo", "2026-B5", "--version", "3", "-o", "x.html"), "no hay versión 3"),
        (("--periodo", "2026-B5", "--version", "0", "-o", "x.html"), "--version"),
        (("--periodo", "2026-B5", "--version", "1", "--cerrar", "-o", "x.html"), "no van juntas"),
        (("--periodo", "2026-B5", "--con-pendientes", "-o", "x.html"), "va con --cerrar"),
        (("--periodo", "2026-B5", "--con-nombres", "-o", "x.html"), "van con --anexo"),
        (("--periodo", "2026-B5", "--cerrar", "-o", "x.html", "--anexo", "x.odt"), ".docx, .html, .pdf"),
        (("-o", "x.html"), "falta --periodo"),
    ],
)
def test_what_is_refused_closes_and_writes_nothing(path, tmp_path, monkeypatch, args, said):
    folder = tmp_path / "vacia"
    folder.mkdir()
    monkeypatch.chdir(folder)
    out = run(path, *args)
    assert (out.exit_code, "Traceback" in out.output, said in out.output) == (2, False, True)
    assert (list(folder.iterdir()), closings(path)) == ([], [])


def test_without_closings_the_list_says_so(path):
    assert run(path, "--cerrados").output == "No hay informes cerrados.\n"


def test_what_was_signed_stands_in_the_next_years_report_beside_the_corrected_figure(path, tmp_path):
    close(path, tmp_path / "i.html")
    with open_registry(path) as db:
        hallazgo(db, "2026-10-20", origen="manual")
        cubrir(db, "2027-09-01", "2027-10-31")
        hallazgo(db, "2027-09-03")
    target = tmp_path / "n.html"
    assert run(path, "--periodo", "2027-B5", "-o", target, hoy="2027-11-24").exit_code == 0
    page = plain(target.read_bytes())
    assert "M1 25.0 % = 1 ÷ 4 × 100" in page
    assert "Año anterior, según lo firmado 3, en el informe de 2026-B5, versión 1" in page


def test_the_configuration_signs_the_cover(path, tmp_path, monkeypatch):
    config = tmp_path / "hallazgos.toml"
    config.write_text('[informe]\ninstitucion = "Institución de Prueba"\nautorizo = "Dirección de Ensayo"\n', "utf-8")
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(config))
    target = tmp_path / "i.html"
    assert run(path, "--periodo", "2026-B5", "-o", target).exit_code == 0
    page = plain(target.read_bytes())
    assert "Institución de Prueba" in page
    assert "Autorizó Dirección de Ensayo" in page
    assert page.count("por llenar") == 2
