"""`hallazgos informe --version-publica`: what an edition tells of a period and no more, and the list of what is missing."""

import json
import re
from datetime import date
from html import unescape

import pytest
from atacante import told_apart
from click.testing import CliRunner
from contados import cubrir
from publicado import editions, invented, published, shown

from pipeline.cli import hallazgos
from pipeline.periodos import parse_period
from pipeline.publication.report import HIDDEN, Publica, public_report
from pipeline.publication.tables import tables
from pipeline.reports.document import Figura, Tabla
from pipeline.reports.report import Firmas

REASON = "Artículo 99 de la Ley de Ensayo"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two editions of a registry that was closed, then revised: `una`, and `dos`, which follows it."""
    made = tmp_path_factory.mktemp("informe_publico")
    with invented(made, (2025, 2026), 40) as db:
        cubrir(db, "2025-12-30", "2025-12-31")
        closed = run("--periodo", "2025", "--cerrar", "-o", made / "firmado.html", "--registro", made / "registro.db")
        assert closed.exit_code == 0, closed.output
        published(db, made / "una", corte=date(2025, 12, 31))
        db.execute("UPDATE hallazgos SET estado = 'descartado' WHERE folio = (SELECT min(folio) FROM hallazgos)")
        db.conn.commit()
        published(db, made / "dos", made / "una")
    return made


def run(*args):
    return CliRunner().invoke(hallazgos, ["informe", *map(str, args), "--hoy", "2026-11-24"])


def reported(folder, period, public):
    """What the report of a period tells: {(table, period, row): figure, or None where it is tested out}."""
    document = public_report(parse_period(period), Firmas(), Publica(folder))
    assert not any(isinstance(block, Figura) for block in document.bloques)
    found = {block.titulo: block.filas for block in document.bloques if isinstance(block, Tabla) and block.cifras}
    told = {}
    for name, table in tables().items():
        title = "Indicador 1.4, como se firmó" if name == "indicador_firmado" else table.titulo
        rows = json.loads((folder / "cuadros" / f"{name}.json").read_text("utf-8"))[name]
        mine = [row for row in rows if row["periodo"] == public]
        for row, (label, cell) in zip(mine, found.pop(title, ()), strict=True):
            assert label == row["etiqueta"]
            told[name, public, row["renglon"]] = None if cell in (HIDDEN, None) else float(str(cell).split()[0])
    assert found == {}
    return told


PERIODS = [
    ("una", "2025", "2025"), ("una", "2025-T2", "2025-T2"), ("dos", "2025", "2025"), ("dos", "2026-T3", "2026-T3"),
    ("dos", "2026", "2026-01..2026-11"),
]  # fmt: skip


@pytest.mark.parametrize(("edition", "period", "public"), PERIODS)
def test_its_figures_are_the_editions_and_none_beyond(folder, edition, period, public):
    figures = {key: value for key, value in shown(folder / edition).items() if key[1] == public}
    told = reported(folder / edition, period, public)
    assert told.keys() == figures.keys()
    assert None in told.values() and any(told.values())
    assert {key: value for key, value in told.items() if value != figures[key] and round(figures[key], 1) != value} == {}


def test_reports_and_editions_together_give_no_figure_away(folder):
    known = editions(folder / "dos")
    for edition, period, public in PERIODS:
        own = known[("una", "dos").index(edition)]
        before = known[0] if edition == "dos" else {}
        for key, value in reported(folder / edition, period, public).items():
            if value is not None and key in own and before.get(key) != value:
                own[key] = int(value)
    assert known == editions(folder / "dos")
    assert told_apart(known, 3) == {}


def test_the_list_says_what_was_tested_out_and_why(folder, tmp_path):
    out = run(
        "--periodo", "2026-T3", "--version-publica", "--edicion", folder / "dos", "--fundamento", REASON,
        "-o", tmp_path / "i.html",
    )  # fmt: skip
    assert out.exit_code == 0, out.output
    assert out.output == f"Se escribió {tmp_path / 'i.html'}: versión pública, con las cifras de {folder / 'dos'}\n"
    page = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "i.html").read_text("utf-8"))))
    assert "VERSIÓN PÚBLICA" in page
    last = page.split("Lo que se testó")[1]
    assert all(word in last for word in ("Menores que 3", "Gráficas y mapa", "Movilizaciones y Bases", "Fuentes y días"))
    assert last.count(REASON) == 6
    assert "Persona Inventada" not in page
    assert "El Faro" not in page


def test_the_same_edition_gives_the_same_bytes(folder, tmp_path):
    for name in ("a", "b"):
        out = run("--periodo", "2025", "--version-publica", "--edicion", folder / "una", "-o", tmp_path / f"{name}.docx")
        assert out.exit_code == 0, out.output
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_without_an_edition_or_with_what_it_does_not_tell_it_is_refused_in_one_line(folder, tmp_path):
    order = ("--version-publica", "-o", tmp_path / "c.html", "--registro", folder / "registro.db", "--periodo")
    for more, said in (
        (("2026-T3",), "falta --edicion"),
        (("2026-T3", "--edicion", folder / "una"), "no dice nada de 2026-T3; llega hasta 2025-12"),
        (("2026-09-03..2026-10-15", "--edicion", folder / "dos"), "no dice nada de"),
        (("2026-T3", "--edicion", folder), "no es una versión pública"),
        (("2026-T3", "--edicion", folder / "dos", "--cerrar"), "no va con --cerrar"),
    ):
        out = run(*order, *more)
        assert (out.exit_code, said in out.output, out.output.count("\n")) == (2, True, 1), out.output
    assert not (tmp_path / "c.html").exists()
