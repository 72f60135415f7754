"""The plan: its thirty indicators, what is reached of them by hand or by file, what is computed, the table of a quarter."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro

from pipeline.cli import hallazgos
from pipeline.errores import ErrorDeUso
from pipeline.plan.changes import load_plan, say_reached, take_reached, undo_import, unsay_reached
from pipeline.plan.goals import SHIPPED, read_goals
from pipeline.plan.quarter import quarter_rows
from pipeline.plan.reached import Reached, quarter_of, read_reached
from pipeline.plan.sheet import arrival
from pipeline.registry.plan import Arrival
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError

NOW = datetime(2026, 7, 2, 12, tzinfo=UTC)
FILE = Arrival("avances", "a.csv", "0" * 64)
TEAM = Hand("ana", NOW)


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as found:
        load_plan(found, 2026, read_goals(), arrival("metas", SHIPPED), TEAM)
        yield found


def row(db, key, quarter, year=2026):
    return next(r for r in quarter_rows(db, year, quarter) if r["clave"] == key)


def say(db, key, quarter, reached, planned=None, **more):
    told = Reached(more.pop("year", 2026), quarter, key, reached, planned)
    say_reached(db, told, Hand("ana", NOW, **more))


def trail(db):
    return db.execute("SELECT accion, tabla, clave, campo, antes, despues FROM bitacora WHERE tabla = 'avances'").fetchall()


def test_the_shipped_plan_is_the_thirty_indicators_and_their_schedule(db):
    goals = {r["clave"]: r for r in db.query("SELECT * FROM metas ORDER BY orden")}
    assert len(goals) == 30
    assert " ".join(f"{k}={g['valor_meta']:g}" for k, g in goals.items() if g["valor_meta"]) == (
        "1.1.1=4 1.1.2=6 1.1.3=1 1.1.4=1 1.1.5=1 1.3=12 2.1=3 2.4=2 3.1=2 3.2=5 3.3=6 3.4=3 3.5=2 4.x1=1 7=1"
    )
    assert {k: g["medicion"] for k, g in goals.items() if g["medicion"] != "a_mano"} == {
        "1.4": "monitoreo",
        "1.5.1": "base_ddhh",
        "1.5.2": "base_mpi",
    }
    # section 8: every row ascends, a quarter of the goal each, but the plan's own approval; 3.5 is not in it
    assert {k for k, g in goals.items() if g["sentido"] != "ascendente"} == {"3.5"}
    assert {k: g["programado"] for k, g in goals.items() if g["programado"] != "[25, 25, 25, 25]"} == {
        "3.5": None,
        "7": "[100, 0, 0, 0]",
    }


def test_a_goal_in_number_adds_up_over_the_year(db):
    assert row(db, "1.1.1", 1)["situacion"] == "sin dato"
    say(db, "1.1.1", 1, 1)
    say(db, "1.1.1", 2, 0)
    first, second = row(db, "1.1.1", 1), row(db, "1.1.1", 2)
    assert [first[c] for c in ("meta_anual", "meta", "alcanzado", "porcentaje", "avance", "situacion", "sentido")] == [
        *(4.0, 1.0, 1.0, 25.0, 25.0, "en meta", "ascendente"),
    ]
    assert [second[c] for c in ("alcanzado", "avance", "alcanzado_acumulado", "avance_acumulado", "programado_acumulado")] == [
        *(0.0, 0.0, 1.0, 25.0, 50.0),
    ]
    assert second["situacion"] == "por debajo"


def test_without_a_goal_in_number_what_was_planned_for_the_quarter_is_told(db):
    say(db, "2.2", 1, 3)
    assert (row(db, "2.2", 1)["porcentaje"], row(db, "2.2", 1)["marcas"]) == (None, "sin meta en número")
    say(db, "2.2", 1, 3, 4)
    say(db, "2.2", 2, 8, 4)
    first, second = row(db, "2.2", 1), row(db, "2.2", 2)
    assert (first["meta"], first["porcentaje"], first["avance"], first["marcas"]) == (4.0, 75.0, 18.8, "")
    # twice what was planned is 200 %, and no more than the quarter's part of the goal
    assert (second["porcentaje"], second["avance"], second["avance_acumulado"]) == (200.0, 25.0, 43.8)


def test_a_ratio_to_the_period_before_looks_back_over_the_year_and_never_divides_by_nothing(db):
    say(db, "5.2", 1, 20)
    assert (row(db, "5.2", 1)["porcentaje"], row(db, "5.2", 1)["marcas"]) == (None, "sin línea base")
    load_plan(db, 2025, read_goals(), arrival("metas", SHIPPED), TEAM)
    say(db, "5.2", 4, 0, year=2025)
    assert (row(db, "5.2", 1)["porcentaje"], row(db, "5.2", 1)["marcas"]) == (None, "sin línea base")
    say(db, "5.2", 4, 16, year=2025)
    say(db, "5.2", 2, 30)
    assert (row(db, "5.2", 1)["denominador"], row(db, "5.2", 1)["porcentaje"]) == (16.0, 125.0)
    assert (row(db, "5.2", 2)["porcentaje"], row(db, "5.2", 2)["avance"], row(db, "5.2", 2)["situacion"]) == (
        150.0,
        None,
        "sin meta",
    )


def test_imported_totals_are_the_period_before_when_its_three_months_are_there(db):
    say(db, "5.2", 1, 20)
    for month, total in ((10, 5), (11, 5)):
        total_of(db, month, total)
    assert row(db, "5.2", 1)["porcentaje"] is None
    total_of(db, 12, 6)
    assert (row(db, "5.2", 1)["denominador"], row(db, "5.2", 1)["porcentaje"]) == (16, 125.0)


def total_of(db, month, total):
    db.execute(
        "INSERT INTO lineas_base (anio, mes, indicador, total, unidad, importada_en) VALUES (2025, ?, '5.2', ?, 'hallazgo', ?)",
        [month, total, "2026-01-01T00:00:00Z"],
    )


def test_a_count_has_no_percentage_and_the_approval_of_the_plan_is_due_in_march(db):
    say(db, "1.2.3", 1, 7)
    say(db, "7", 1, 1)
    say(db, "3.5", 1, 1)
    counted, plan, outside = row(db, "1.2.3", 1), row(db, "7", 1), row(db, "3.5", 1)
    assert (counted["alcanzado"], counted["denominador"], counted["porcentaje"], counted["marcas"]) == (7.0, None, None, "")
    assert (plan["programado"], plan["avance"], plan["situacion"]) == (100.0, 100.0, "en meta")
    assert (row(db, "7", 3)["programado"], row(db, "7", 3)["programado_acumulado"]) == (0.0, 100.0)
    assert (outside["sentido"], outside["avance"], outside["situacion"]) == ("", 50.0, "fuera del cronograma")


def test_the_monitoring_advances_by_covered_days_and_its_ratio_is_another_figure(db):
    cubrir(db, "2026-01-01", "2026-03-31")
    cubrir(db, "2026-04-01", "2026-05-15")
    for day in ("2025-02-01", "2026-02-01", "2026-02-02", "2026-02-03"):
        hallazgo(db, day)
    first, second = row(db, "1.4", 1), row(db, "1.4", 2)
    told = next(r for r in db.query("SELECT * FROM v_indicador_trimestral WHERE periodo = '2026-T1'"))
    assert (first["alcanzado"], first["porcentaje"], first["marcas"]) == (told["registros"], told["m1"], told["marcas"])
    assert (first["alcanzado"], first["avance"], first["situacion"], first["origen"]) == (3, 25.0, "en meta", "calculado")
    assert (second["avance"], second["avance_acumulado"], second["situacion"]) == (12.4, 37.4, "en curso")


def test_what_the_monitor_measures_is_not_told_by_hand(db):
    for key in ("1.4", "1.5.1", "1.5.2"):
        with pytest.raises(ReviewError, match=f"^{key} no se dice a mano"):
            say(db, key, 1, 3)
    with pytest.raises(ReviewError, match=r"no tiene el indicador «9\.9»"):
        say(db, "9.9", 1, 3)
    with pytest.raises(ReviewError, match="van de 0 a"):
        say(db, "1.3", 1, 2e6)


def test_two_people_do_not_step_on_each_other_and_the_trail_tells(db):
    say(db, "1.3", 1, 2, version=0)
    with pytest.raises(Conflict) as refused:
        say(db, "1.3", 1, 5, version=0)
    assert refused.value.version == 1
    say(db, "1.3", 1, 3, version=1)
    unsay_reached(db, 2026, "1.3", 1, Hand("luis", NOW, 2))
    assert row(db, "1.3", 1)["alcanzado"] is None
    assert trail(db) == [
        ("alta", "avances", "2026/1.3/1", "alcanzado", None, "2"),
        ("cambiar", "avances", "2026/1.3/1", "alcanzado", "2.0", "3"),
        ("quitar", "avances", "2026/1.3/1", "alcanzado", "3.0", None),
    ]
    with pytest.raises(ReviewError, match="no hay nada dicho"):
        unsay_reached(db, 2026, "1.3", 1, TEAM)


def test_a_note_bears_no_name_of_the_registry(db):
    db.execute(
        "INSERT INTO personas (nombre, clave, tipo, genero, genero_origen)"
        " VALUES ('Ximena Canaria Prueba', 'ximena canaria prueba', 'persona', 'mujer', 'texto')"
    )
    with pytest.raises(ReviewError, match="la nota"):
        say_reached(db, Reached(2026, 1, "1.3", 1, None, "taller a Ximena Canaria Prueba"), TEAM)
    assert row(db, "1.3", 1)["alcanzado"] is None


def test_a_file_twice_changes_nothing_and_is_undone_as_it_was(db):
    say(db, "1.3", 1, 2)
    told = [(2, Reached(2026, 1, "1.3", 3)), (3, Reached(2026, 1, "2.1", 1))]
    done = take_reached(db, told, FILE, TEAM)
    assert (done.nuevas, done.cambiadas, done.iguales) == (1, 1, 0)
    again = take_reached(db, told, FILE, TEAM)
    assert (again.nuevas, again.cambiadas, again.iguales, again.numero) == (0, 0, 2, None)
    assert undo_import(db, done.numero, TEAM) == 2
    assert (row(db, "1.3", 1)["alcanzado"], row(db, "2.1", 1)["alcanzado"]) == (2.0, None)
    with pytest.raises(ReviewError, match="ya se deshizo"):
        undo_import(db, done.numero, TEAM)


def test_an_import_is_not_undone_over_what_somebody_said_after_it(db):
    done = take_reached(db, [(2, Reached(2026, 1, "2.1", 1)), (3, Reached(2026, 1, "1.3", 3))], FILE, TEAM)
    say(db, "1.3", 1, 4)
    with pytest.raises(ReviewError, match=r"^2026/1\.3/1: alguien lo cambió"):
        undo_import(db, done.numero, TEAM)
    assert (row(db, "1.3", 1)["alcanzado"], row(db, "2.1", 1)["alcanzado"]) == (4.0, 1.0)
    with pytest.raises(ReviewError, match="no hay importación 99"):
        undo_import(db, 99, TEAM)


def test_a_plan_with_reached_indicators_is_not_undone_and_a_missing_one_is_named(db):
    say(db, "1.3", 1, 2)
    with pytest.raises(ReviewError, match=r"^2026/1\.3: ya tiene avances dichos"):
        undo_import(db, 1, TEAM)
    fewer = [goal for goal in read_goals() if goal.clave != "4.x2"]
    done = load_plan(db, 2026, fewer, arrival("metas", SHIPPED), TEAM)
    assert (done.nuevas, done.cambiadas, done.iguales, done.aparte) == (0, 0, 29, ("4.x2",))
    assert len(quarter_rows(db, 2026, 1)) == 30


def test_a_bad_file_is_refused_whole_by_line_and_column(db, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("trimestre,clave,alcanzado\n2026-T5,1.3,2\n2026-T1,1.3,muchos\n2026-T1,2.1,\n2026-T1,2.2,-1\n", "utf-8")
    with pytest.raises(ErrorDeUso) as refused:
        read_reached(path)
    assert [line.removeprefix(f"{path}: ") for line in refused.value.message.splitlines()] == [
        "línea 2, columna trimestre: «2026-T5» no es un trimestre; se escribe como 2026-T3",
        "línea 3, columna alcanzado: «muchos» no es un número de cero o más (con punto decimal)",
        "línea 4, columna alcanzado: está vacía; si no se hizo nada, escriba 0",
        "línea 5, columna alcanzado: «-1» no es un número de cero o más (con punto decimal)",
    ]
    path.write_text("trimestre,clave,alcanzado\n2026-T1,1.3,2\n2026-t1,1.3,3\n", "utf-8")
    with pytest.raises(ErrorDeUso, match=r"línea 3: 1\.3 de ese trimestre ya está en la línea 2"):
        read_reached(path)
    with pytest.raises(ReviewError, match=r"^a\.csv: línea 7: 1\.4 no se dice a mano"):
        take_reached(db, [(6, Reached(2026, 1, "1.3", 2)), (7, Reached(2026, 1, "1.4", 2))], FILE, TEAM)
    assert row(db, "1.3", 1)["alcanzado"] is None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"clave": ""}, "columna clave: está vacía"),
        ({"valor_meta": "cuatro"}, "columna valor_meta: «cuatro»"),
        ({"formula_tipo": "otra"}, "columna formula_tipo: «otra» no es ninguno de"),
        ({"programado": "50 50"}, "columna programado: «50 50» no son cuatro enteros que sumen 100"),
        ({"programado": "25 25 25 30"}, "no son cuatro enteros"),
        ({"medicion": "satélite"}, "columna medicion: «satélite»"),
        ({"clave": "1.1.2"}, "columna clave: 1.1.2 ya está en otra línea"),
    ],
)
def test_a_bad_plan_is_refused_by_line_and_column(tmp_path, changed, told):
    rows = list(csv.DictReader(io.StringIO(SHIPPED.read_text("utf-8"))))
    rows[3] |= changed
    path = tmp_path / "metas.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(ErrorDeUso) as refused:
        read_goals(path)
    assert "línea 5, " in refused.value.message
    assert told in refused.value.message


def run(*args):
    return CliRunner().invoke(hallazgos, list(map(str, args)))


def test_the_commands_load_import_undo_and_print_the_same_rows(tmp_path):
    path, file = tmp_path / "registro.db", tmp_path / "a.csv"
    file.write_text("trimestre,clave,alcanzado,nota\n2026-T1,1.3,3,=1+1\n", "utf-8")
    missing = run("plan", "trimestre", "2026-T1", "--registro", path)
    assert missing.exit_code == 2
    silent = run("plan", "cargar", "--anio", 2026, "--registro", path)
    assert silent.exit_code == 2
    assert "no hay un plan de 2026 incluido" in silent.output and "--incluido" in silent.output
    both = run("plan", "cargar", SHIPPED, "--incluido", "--anio", 2026, "--registro", path)
    assert (both.exit_code, "sin ARCHIVO" in both.output) == (2, True)
    assert run("plan", "cargar", "--anio", 2026, "--incluido", "--registro", path).output.startswith("Renglones nuevos: 30;")
    assert run("plan", "cargar", "--anio", 2021, "--ensayo", "--registro", path).exit_code == 0
    assert "Fue un ensayo" in run("plan", "avances", file, "--ensayo", "--registro", path).output
    assert "nuevos: 1" in run("plan", "avances", file, "--registro", path).output
    as_json = json.loads(run("plan", "trimestre", "2026-T1", "--json", "--registro", path).output)
    as_csv = list(
        csv.DictReader(io.StringIO(run("plan", "trimestre", "2026-T1", "--formato", "csv", "--registro", path).output))
    )
    table = run("plan", "trimestre", "2026-T1", "--registro", path).output
    assert [list(r) for r in as_csv] == [list(r) for r in as_json]
    assert [r["nota"] for r in as_csv if r["nota"]] == ["'=1+1"] and [r["nota"] for r in as_json if r["nota"]] == ["=1+1"]
    assert table.startswith("Plan anual: primer trimestre de 2026\n") and "de –" not in table
    assert [(r["clave"], r["avance"]) for r in as_json if r["alcanzado"]] == [("1.3", 25.0)]
    assert next(line for line in table.splitlines() if line.startswith("1.3 ")).split()[1:6] == ["3", "3", "25", "25", "de"]
    assert "renglones como estaban: 1" in run("plan", "deshacer", 2, "--registro", path).output
    refused = run("plan", "trimestre", "2026-05", "--registro", path)
    assert (refused.exit_code, "se espera un trimestre" in refused.output) == (2, True)


def test_a_quarter_is_written_in_one_way():
    assert quarter_of(" 2026-t3 ") == (2026, 3)
    for text in ("2026", "2026-B5", "T3"):
        with pytest.raises(ErrorDeUso):
            quarter_of(text)
