"""Plan 1.5.1 and 1.5.2: records of the Base and acts during demonstrations, worked out by hand, each row in its unit."""

import json
from collections import Counter
from datetime import date

import pytest
from click.testing import CliRunner
from contados import acto, corregir, cubrir, hallazgo, registro, total, victima

from crawlers.fechas import local_day
from pipeline.cli import hallazgos
from pipeline.figures.indicator_text import as_table
from pipeline.figures.indicators import indicator
from pipeline.figures.m1 import BASE_DDHH, BASE_MPI, Cuenta, Fecha, measure
from pipeline.figures.period import figures_of
from pipeline.periodos import parse_period

# 05:30 UTC is 23:30 in winter and 00:30 in summer: each day on which the clock was ever changed, and the days around it.
CLOCK_CHANGES = tuple(
    f"{month}-{day:02}T05:30:00Z"
    for month, days in (("04", range(1, 10)), ("05", range(1, 10)), ("09", range(23, 31)), ("10", range(24, 32)))
    for day in days
)


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def shown(db, period, indicador, **counted):
    return indicator(db, parse_period(period), Cuenta(indicador=indicador, **counted), today=date(2030, 1, 1))


def movilizacion(db, dia):
    with db.atomic():
        sql = (
            "INSERT INTO movilizaciones (uid, nombre, dia, inicio, vigilar_desde, vigilar_hasta, origen, quien, cuando)"
            " VALUES (?, 'Marcha', ?, ?, ?, ?, 'a_mano', 'ana', '')"
        )
        uid = f"m{db.table('movilizaciones').count}"
        return db.execute(sql, [uid, dia, f"{dia}T18:00:00Z", f"{dia}T12:00:00Z", f"{dia}T23:00:00Z"]).lastrowid


def base(db, marcha, inicio, *registros, tipo="base_ddhh"):
    with db.atomic():
        made = db.execute(
            "INSERT INTO bases (movilizacion_id, tipo, inicio, quien, cuando) VALUES (?, ?, ?, 'ana', '')",
            [marcha, tipo, inicio],
        ).lastrowid
        for n, (hora, what) in enumerate(registros):
            db.execute(
                "INSERT INTO registros_base (uuid, base_id, hora, tipo, texto, quien, recibido_en)"
                " VALUES (?, ?, ?, ?, 'x', 'ana', '')",
                [f"{made}-{n}", made, hora, what],
            )
        return made


def two_marches(db):
    """8 March of 2025 and 2026 with a Base each; 2026's goes on after midnight in UTC, and another entry is of the next day."""
    old = base(db, movilizacion(db, "2025-03-08"), "2025-03-08T18:00:00Z", ("2025-03-08T19:00:00Z", "observacion"))
    new = base(
        db, movilizacion(db, "2026-03-08"), "2026-03-08T18:00:00Z",
        ("2026-03-08T18:30:00Z", "observacion"), ("2026-03-09T03:00:00Z", "agresion"), ("2026-03-09T07:00:00Z", "seguimiento"),
    )  # fmt: skip
    base(db, 2, "2026-03-08T18:00:00Z", ("2026-03-08T19:00:00Z", "agresion"), tipo="base_mpi")
    base(db, 2, "2026-03-08T22:00:00Z")
    for year in (2025, 2026):
        cubrir(db, f"{year}-03-01", f"{year}-03-31")
    return old, new


def test_an_entry_is_of_its_day_in_mexico_city_also_while_there_was_summer_time(db):
    clock = [*(f"{year}-{day}" for year in range(1995, 2027) for day in CLOCK_CHANGES), "2022-07-01T04:30:00Z"]
    base(db, movilizacion(db, "2022-06-30"), "2022-07-01T04:30:00Z", *((moment, "observacion") for moment in clock))
    days = Counter(local_day(moment) for moment in clock)
    told = db.query("SELECT dia, renglon, n FROM v_serie_base_ddhh")
    assert {(row["dia"], row["renglon"]): row["n"] for row in told} == {
        ("2022-06-30", "instalacion"): 1,
        **{(day, "observacion"): n for day, n in days.items()},
    }


def test_records_of_the_base_are_the_unit_and_installations_stand_apart(db):
    two_marches(db)
    record = shown(db, "2026-03", BASE_DDHH)
    assert (record["registros"], record["registros_anterior"], record["m1"], record["unidad"]) == (3, 1, 300.0, "registro")
    rows = {name: (row["periodo"], row["anterior"], row["unidad"]) for name, row in record["renglones"].items()}
    assert rows["instalacion"] == (2, 1, "instalaciones")
    assert {name: row[0] for name, row in rows.items() if row[2] == "registros" and row[0]} == {
        "observacion": 1, "agresion": 1, "seguimiento": 1,
    }  # fmt: skip
    assert record["canasta_comun"]["motivo"] == "los registros de la Base no salen de fuentes"
    day = measure(db, [parse_period("2026-03-08")], Cuenta(indicador=BASE_DDHH))[0]
    assert day.registros == 2  # 21:00 of the 8th in the city is the 9th in UTC
    assert "300.0 % = 3 ÷ 1 × 100" in as_table(record)


def test_a_year_without_bases_is_no_zero_baseline_and_imported_totals_stand_in(db):
    base(db, movilizacion(db, "2026-03-08"), "2026-03-08T18:00:00Z", ("2026-03-08T18:30:00Z", "observacion"))
    cubrir(db, "2025-03-01", "2025-03-31")  # the monitor ran, nobody kept Bases in it
    cubrir(db, "2026-03-08", "2026-03-31")
    assert shown(db, "2026-03", BASE_DDHH)["marcas"] == ["sin línea base", "cobertura incompleta"]
    total(db, "2025-03", 4, unidad="registro")
    db.execute("UPDATE lineas_base SET indicador = '1.5.1'")
    record = shown(db, "2026-03", BASE_DDHH)
    assert (record["m1"], record["base"], record["marcas"]) == (25.0, "importada", ["cobertura incompleta", "cambio de método"])
    assert {row["anterior"] for row in record["renglones"].values()} == {None}
    assert shown(db, "2026-03", BASE_MPI)["registros_anterior"] is None


def marched(db):
    """Findings tied to the march of 8 March 2026: three acts during it, and what is none of its M1."""
    two_marches(db)
    during = hallazgo(db, "2026-03-09", movilizacion_id=2, fase="durante")
    acto(db, during, "ataque_fisico", victima(db, during, cantidad=2))
    corrected = hallazgo(db, "2026-03-10", movilizacion_id=2, fase="antes", alcaldia="cuauhtemoc")
    acto(db, corrected, "amenaza")
    corregir(db, corrected, "fase", '"durante"')
    linked = hallazgo(db, "2026-03-11", fase="durante", estado="detectado")
    acto(db, linked, "censura")
    corregir(db, linked, "movilizacion_id", "2")
    for dia, fields in (
        ("2026-03-08", {"fase": "antes"}), ("2026-03-12", {"fase": "despues"}), ("2026-03-12", {"fase": "sin_determinar"}),
        ("2026-03-12", {"fase": "durante", "ambito": "fuera"}), ("2026-03-12", {"fase": "durante", "antecedente": 1}),
        ("2026-03-12", {"fase": "durante", "estado": "descartado"}),
    ):  # fmt: skip
        acto(db, hallazgo(db, dia, movilizacion_id=2, **fields), "amenaza")
    acto(db, hallazgo(db, "2026-03-12", fase="durante"), "amenaza")  # of no demonstration
    unlinked = hallazgo(db, "2026-03-12", fase="durante", movilizacion_id=2)
    acto(db, unlinked, "amenaza")
    corregir(db, unlinked, "movilizacion_id", "null")
    acto(db, hallazgo(db, "2025-03-09", movilizacion_id=1, fase="durante"), "amenaza")
    return during


def test_acts_during_a_demonstration_are_the_unit_and_the_rest_are_rows_of_their_own(db):
    during = marched(db)
    with db.atomic():
        for folio, base_id, tipo, when in (
            (during, None, "atencion", "2026-03-10T18:00:00Z"), (None, 3, "turno", "2026-03-10T18:00:00Z"),
            (during, None, "acompanamiento", "2026-04-01T05:00:00Z"), (None, 2, "atencion", "2026-03-10T18:00:00Z"),
        ):  # fmt: skip
            db.table("atenciones").insert({"folio": folio, "base_id": base_id, "tipo": tipo, "quien": "ana", "cuando": when})
    record = shown(db, "2026-03", BASE_MPI)
    assert (record["registros"], record["por_revisar"], record["registros_anterior"], record["m1"]) == (3, 1, 1, 300.0)
    assert record["m1_provisional"] == 400.0
    assert {name: row["periodo"] for name, row in record["renglones"].items()} == {
        "durante": 3, "antes": 1, "despues": 1, "sin_determinar": 1, "antecedente": 1, "por_determinar": 0, "fuera": 1,
        "detecciones": 2, "atenciones": 1, "canalizaciones": 1, "seguimientos": 1,
    }  # fmt: skip
    assert record["renglones"]["durante"]["anterior"] == 1
    assert record["canasta_comun"]["m1"] == 300.0
    tables = figures_of(db, parse_period("2026-03"), Cuenta(indicador=BASE_MPI), today=date(2030, 1, 1))
    boroughs = tables.desglose("alcaldia").por_valor
    assert (boroughs["cuauhtemoc"].actual.actos, boroughs["sin alcaldía"].actual.actos) == (1, 2)


def test_another_date_of_the_finding_decides_where_it_is_asked_for(db):
    marched(db)
    db.execute("UPDATE hallazgos SET fecha_hecho = '2026-02-28' WHERE fecha_registro = '2026-03-09'")
    assert shown(db, "2026-03", BASE_MPI, fecha=Fecha.HECHO)["registros"] == 1
    assert shown(db, "2026-03", BASE_MPI)["registros"] == 3


@pytest.mark.parametrize(("key", "view"), [(BASE_DDHH, "v_indicador_base_ddhh"), (BASE_MPI, "v_indicador_base_mpi")])
def test_the_views_say_what_the_command_says(db, key, view):
    marched(db)
    names = "registros, registros_anterior, registros_comparados, anterior_comparado, base, m1, por_revisar, m1_provisional"
    rows = {row["periodo"]: row for row in db.query(f"SELECT periodo, {names}, marcas FROM {view}")}
    assert {"2026-03", "2026-B2", "2026-T1", "2026-S1", "2026", "12M-2026-03"} <= set(rows)
    for period, row in rows.items():
        figure = measure(db, [parse_period(period)], Cuenta(indicador=key))[0]
        assert row == {"periodo": period} | {n: getattr(figure, n) for n in names.split(", ")} | {
            "marcas": "; ".join(figure.marcas)
        }


def test_the_command_asks_for_one_indicator_and_refuses_what_it_does_not_have(db, tmp_path):
    marched(db)
    told = ["indicador", "--registro", str(tmp_path / "registro.db"), "--periodo", "2026-03"]
    out = CliRunner().invoke(hallazgos, [*told, "--indicador", "1.5.2", "--json"])
    assert json.loads(out.output)["renglones"]["detecciones"]["periodo"] == 2
    out = CliRunner().invoke(hallazgos, [*told, "--indicador", "1.5.1"])
    assert "registros de información por su hora" in out.output
    for more, said in (
        (["--indicador", "1.5.1", "--fecha", "hecho"], "por su hora"),
        (["--indicador", "1.5.2", "--unidad", "acto"], "una sola"),
        (["--indicador", "1.5.1", "--desglose", "genero"], "desglose genero"),
    ):  # fmt: skip
        out = CliRunner().invoke(hallazgos, [*told, *more])
        assert (out.exit_code, said in out.output) == (2, True), out.output


def test_the_command_shows_a_breakdown(db, tmp_path):
    marched(db)
    told = ["indicador", "--registro", str(tmp_path / "registro.db"), "--periodo", "2026-03", "--desglose", "modalidad"]
    out = CliRunner().invoke(hallazgos, told).output
    assert "los actos no son hallazgos" in " ".join(out.split())
    assert "año anterior: 2025-03-01 a 2025-03-31" in " ".join(out.split())
    rows = json.loads(CliRunner().invoke(hallazgos, [*told, "--json"]).output)
    assert {row["valor"]: row["actos"] for row in rows if row["actos"]} == {"ataque_fisico": 2, "amenaza": 6}
    assert rows[0]["hallazgos_anterior"] == 0


def test_what_was_signed_stands_beside_the_corrected_figure(db):
    marched(db)
    with db.atomic():
        for version, n in ((1, 7), (2, 8)):
            cifras = {"indicadores": {"1.4": {"registros": n}, "1.5.2": {"registros": 5}}}
            db.table("cierres").insert({
                "periodo": "2025-T1", "version": version, "unidad": "hallazgo", "fecha": "registro", "corte": "2025-04-05",
                "pendientes": 0, "consulta": "", "cifras": json.dumps(cifras), "documento": "", "sha256": "",
                "documento_docx": b"", "sha256_docx": "",
                "version_programa": "", "quien": "ana", "cuando": "2025-04-05T12:00:00Z",
            })  # fmt: skip
    record = shown(db, "2026-T1", "1.4")
    assert (record["firmado_anterior"]["registros"], record["anterior_comparado"]) == (8, 1)
    assert "8, en el informe de 2025-T1, versión 2 (corte 2025-04-05); M1 divide entre la cifra corregida" in as_table(record)
    assert shown(db, "2026-T1", BASE_MPI)["firmado_anterior"]["registros"] == 5
    assert shown(db, "2026-03", "1.4")["firmado_anterior"] is None
    assert shown(db, "2026-T1", "1.4", fecha=Fecha.HECHO)["firmado_anterior"] is None
