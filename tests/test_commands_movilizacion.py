"""`hallazgos movilizacion` at the shell: its orders, their JSON and their one-line refusals."""

import json

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import hallazgos


@pytest.fixture
def run(tmp_path):
    def invoke(*args: str, hoy: str = "2026-11-24") -> Result:
        path = str(tmp_path / "r.db")
        return CliRunner().invoke(hallazgos, ["movilizacion", *args, "--registro", path, "--hoy", hoy])

    return invoke


def alta(run, *more: str) -> Result:
    return run("alta", "--nombre", "Marcha de prueba", "--inicio", "2026-11-25 16:00", *more)


def test_a_demonstration_is_entered_listed_changed_and_cancelled(run):
    out = alta(
        run, "--punto", "Ángel de la Independencia", "--punto", "Zócalo", "--convoca", "Red Violeta", "--asistencia", "90 000"
    )
    assert out.output == ("Movilización 1: Marcha de prueba, prevista; se vigila del 2026-11-24 16:00 al 2026-11-29 00:00\n"), (
        out.output
    )
    (one,) = json.loads(run("lista", "--json").output)
    assert (one["hora"], one["alcaldia"], one["estado"]) == ("16:00", "cuauhtemoc", "prevista")
    out = run("cambiar", "1", "--inicio", "2026-11-25 17:00", "--vigilar-hasta", "2026-11-30 10:00")
    assert "se vigila del 2026-11-24 17:00 al 2026-11-30 10:00" in out.output
    assert run("cambiar", "1", "--causa", "").output == "Movilización 1: nada cambió\n"
    assert run("cancelar", "1").output == "Movilización 1: cancelada\n"
    assert json.loads(run("lista", "--json").output)[0]["estado"] == "cancelada"


def test_the_list_moves_the_states_by_the_clock(run):
    alta(run)
    assert json.loads(run("lista", "--json", hoy="2026-11-26").output)[0]["estado"] == "terminada"
    assert json.loads(run("lista", "--json", hoy="2026-12-26").output) == []
    assert len(json.loads(run("lista", "--json", "--desde", "2026-11-01", hoy="2026-12-26").output)) == 1
    assert json.loads(run("lista", "--json", "--hasta", "2026-11-24", hoy="2026-12-26").output) == []


def test_proposals_are_accepted_and_dismissed_all_or_none(run):
    assert alta(run).exit_code == 0
    found = json.loads(run("propuestas", "--json", hoy="2026-09-15").output)
    assert [one["dia"] for one in found] == ["2026-09-26", "2026-09-28", "2026-10-02"]
    first, second = str(found[0]["id"]), str(found[1]["id"])
    assert run("aceptar", first, "99", hoy="2026-09-15").exit_code == 2
    assert "movilización 2, " in run("aceptar", first, hoy="2026-09-15").output
    assert run("descartar", second, hoy="2026-09-15").exit_code == 0
    assert len(json.loads(run("propuestas", "--json", hoy="2026-09-15").output)) == 1
    assert json.loads(run("propuestas", "--json", hoy="2026-10-05").output) == []


def test_calendars_out_and_in(run, tmp_path):
    alta(run)
    path = tmp_path / "m.ics"
    assert run("ical", "-o", str(path)).output == f"Se escribió {path}: 1 movilizaciones\n"
    assert path.stat().st_mode & 0o077 == 0
    assert run("ical", "--recibir", str(path)).output == f"{path}: 1 iguales\n"
    path.write_bytes(
        path.read_bytes().replace(b"DTSTART;TZID=America/Mexico_City:2026", b"DTSTART;TZID=America/Mexico_City:9999x")
    )
    out = run("ical", "--recibir", str(path))
    assert (out.exit_code, "evento 1: no se entiende cuándo empieza" in out.output) == (5, True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("alta", "--nombre", "x", "--inicio", "mañana"), "«mañana» no es un momento"),
        (("alta", "--nombre", "x", "--inicio", "2026-02-30"), "no es un momento"),
        (("alta", "--nombre", "x", "--inicio", "2026-11-25", "--fin", "2026-11-25"), "fin: hace falta la hora"),
        (("alta", "--nombre", "x", "--inicio", "2026-11-25", "--asistencia", "muchas"), "no es un número"),
        (("alta", "--nombre", "x", "--inicio", "2026-11-25", "--fuente", "nadie"), "no hay fuente «nadie»"),
        (("cambiar", "9", "--causa", "x"), "no hay movilización 9"),
        (("ical",), "diga --salida"),
        (("ical", "--recibir", "no_hay.ics"), "no_hay.ics: no se puede leer (no existe)"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run, args, said):
    alta(run)
    out = run(*args)
    assert (out.exit_code, said in out.output, out.output.count("\n")) == (2, True, 1), out.output
