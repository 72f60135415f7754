"""Breakdowns: every row of the catalogue, a finding once in each row that holds, units side by side, last year beside."""

from datetime import date

import pytest
from contados import acto, codigos, corregir, cubrir, hallazgo, registro, total, victima

from nlp import vocabulario as v
from pipeline.figures.breakdowns import TITLES
from pipeline.figures.m1 import Cuenta, Fecha
from pipeline.figures.period import figures_of, months_of
from pipeline.periodos import parse_period
from pipeline.views import expand

VOCABULARY = {
    "clase": v.Clase, "modalidad": v.Modalidad, "tipo_victima": v.Victima, "genero": v.Genero, "alcaldia": v.Alcaldia,
    "agresor": v.Agresor, "vinculo": v.Vinculo,
}  # fmt: skip


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def cifras(db, period, **counted):
    return figures_of(db, parse_period(period), Cuenta(**counted), today=date(2026, 7, 15))


def counts(table, unit="hallazgos"):
    return {row.valor: n for row in table.renglones if (n := getattr(row.actual, unit))}


def test_the_catalogue_is_the_vocabulary_with_the_rows_of_what_is_not_known(db):
    found = db.execute(expand("WITH\n-- incluye: catalogo_desgloses\nSELECT desglose, valor, etiqueta FROM catalogo"))
    rows = {}
    for name, value, label in found.fetchall():
        rows.setdefault(name, {})[value] = label
    assert set(rows) == set(TITLES)
    beside = {"modalidad": {"sin modalidad"}, "tipo_victima": {"sin asignar"}, "alcaldia": {"sin alcaldía", "a distancia"}}
    for name, words in VOCABULARY.items():
        assert {m.value: m.etiqueta for m in words}.items() <= rows[name].items()
        assert set(rows[name]) - {m.value for m in words} == beside.get(name, set())
    assert list(rows["agresion"]) == ["fisica", "verbal", "digital", "sólo institucional", "sin tipo", "riesgo"]


def varied(db):
    """Five registros of May worked out by hand, and what is none."""
    cubrir(db, "2026-05-01", "2026-05-31")
    beaten = hallazgo(db, "2026-05-02", alcaldia="coyoacan", vinculo="confirmado", fuentes=("faro", "voz"))
    codigos(db, beaten, "modalidad", "ataque_fisico", "danio_bienes", "amenaza")
    codigos(db, beaten, "agresion", "fisica", "verbal")
    codigos(db, beaten, "agresor", "fuerza_publica", "particular")
    codigos(db, beaten, "tipo_victima", "periodista")
    ana = victima(db, beaten, nombre="Ana Prueba", genero="mujer")
    group = victima(db, beaten, cantidad=4, genero="mujer")
    for modality, who in (("ataque_fisico", ana), ("ataque_fisico", group), ("danio_bienes", ana), ("amenaza", None)):
        acto(db, beaten, modality, who)
    sued = hallazgo(db, "2026-05-03", ambito="a_distancia_cdmx")
    codigos(db, sued, "modalidad", "acoso_judicial")
    codigos(db, sued, "agresion", "institucional")
    codigos(db, sued, "tipo_victima", "defensora")
    victima(db, sued, cantidad=2, tipo="defensora", genero="colectivo")
    hallazgo(db, "2026-05-04", clase="riesgo", ambito="persona_en_cdmx")
    killed = hallazgo(db, "2026-05-05", clase="privacion_vida", alcaldia="tlalpan")
    codigos(db, killed, "agresion", "fisica", "institucional")
    corrected = hallazgo(db, "2026-05-06", alcaldia="tlalpan", clase="riesgo")
    codigos(db, corrected, "modalidad", "estigmatizacion")
    for campo, valor in (("clase", '"agresion"'), ("modalidad", '["censura"]'), ("agresion", '["institucional"]'),
                         ("agresor", '["autoridad_civil"]'), ("alcaldia", "null")):  # fmt: skip
        corregir(db, corrected, campo, valor)
    for fields in ({"estado": "descartado"}, {"antecedente": 1}, {"ambito": "fuera"}, {"ambito": "por_determinar"}):
        hallazgo(db, "2026-05-07", **fields)
    hallazgo(db, "2026-05-08", estado="fusionado", fusionado_en=beaten)
    codigos(db, hallazgo(db, "2026-05-09", estado="detectado", alcaldia="tlalpan"), "agresion", "digital")


def test_each_row_is_the_one_worked_out_by_hand(db):
    varied(db)
    may = cifras(db, "2026-05")
    assert may.figura.registros == 5
    found = {table.clave: counts(table) for table in may.desgloses}
    assert found == {
        "clase": {"riesgo": 1, "agresion": 3, "privacion_vida": 1},
        "agresion": {"fisica": 2, "verbal": 1, "sólo institucional": 2, "riesgo": 1},
        "modalidad": {
            "ataque_fisico": 1,
            "danio_bienes": 1,
            "amenaza": 1,
            "acoso_judicial": 1,
            "censura": 1,
            "sin modalidad": 2,
        },
        "tipo_victima": {"periodista": 1, "defensora": 1, "sin asignar": 3},
        "genero": {"mujer": 1, "colectivo": 1, "indeterminado": 3},
        "alcaldia": {"coyoacan": 1, "tlalpan": 1, "sin alcaldía": 2, "a distancia": 1},
        "agresor": {"fuerza_publica": 1, "particular": 1, "autoridad_civil": 1, "no_identificado": 3},
        "vinculo": {"confirmado": 1, "no_confirmado": 4},
    }
    assert counts(may.desglose("agresion"), "por_revisar") == {"digital": 1}
    assert counts(may.desglose("alcaldia"), "por_revisar") == {"tlalpan": 1}
    assert may.desglose("alcaldia").por_valor["tlalpan"].actual.privacion_vida == 1


def test_units_of_a_row_are_those_of_its_acts_and_victims(db):
    varied(db)
    tables = {table.clave: table for table in cifras(db, "2026-05").desgloses}
    assert counts(tables["modalidad"], "actos") == {"ataque_fisico": 5, "danio_bienes": 1, "amenaza": 1}
    assert counts(tables["modalidad"], "publicaciones")["ataque_fisico"] == 2
    assert counts(tables["genero"], "victimas") == {"mujer": 5, "colectivo": 2}
    assert counts(tables["genero"], "actos") == {"mujer": 6, "indeterminado": 1}
    assert counts(tables["tipo_victima"], "victimas") == {"periodista": 5, "defensora": 2}
    assert counts(tables["tipo_victima"], "actos") == {"periodista": 6, "sin asignar": 1}
    assert counts(tables["agresor"], "actos") == {"fuerza_publica": 7, "particular": 7}  # no act says whose it was
    assert counts(tables["clase"], "actos") == {"agresion": 7}


def test_an_act_that_says_whose_it_was_counts_there_only(db):
    cubrir(db, "2026-05-01", "2026-05-31")
    folio = hallazgo(db, "2026-05-02")
    codigos(db, folio, "agresor", "fuerza_publica", "particular")
    acto(db, folio, "amenaza")
    acto(db, folio, "censura")
    db.execute("UPDATE actos SET agresor = 'particular' WHERE modalidad = 'censura'")
    assert counts(cifras(db, "2026-05").desglose("agresor"), "actos") == {"fuerza_publica": 1, "particular": 2}


def test_acts_of_several_perpetrators_some_told_and_some_not(db):
    """The told act against three people is one perpetrator's; the other two acts are of both; two acts make no finding more."""
    cubrir(db, "2026-05-01", "2026-05-31")
    folio = hallazgo(db, "2026-05-02")
    codigos(db, folio, "modalidad", "amenaza", "ataque_fisico")
    codigos(db, folio, "agresor", "fuerza_publica", "particular")
    group, ana = victima(db, folio, cantidad=3, genero="colectivo"), victima(db, folio, nombre="Ana Prueba", genero="mujer")
    acto(db, folio, "ataque_fisico", group)
    db.execute("UPDATE actos SET agresor = 'fuerza_publica'")
    acto(db, folio, "amenaza", ana)
    acto(db, folio, "amenaza")
    may = cifras(db, "2026-05")
    assert counts(may.desglose("agresor"), "actos") == {"fuerza_publica": 5, "particular": 2}
    assert counts(may.desglose("modalidad"), "actos") == {"ataque_fisico": 3, "amenaza": 2}
    assert counts(may.desglose("genero"), "actos") == {"colectivo": 3, "mujer": 1, "indeterminado": 1}
    assert counts(may.desglose("clase"), "actos") == {"agresion": 5}
    for table in may.desgloses:
        assert set(counts(table).values()) == {1}, table.clave


def test_a_finding_counts_once_in_the_gender_of_its_victims_and_its_victims_each(db):
    cubrir(db, "2026-05-01", "2026-05-31")
    folio = hallazgo(db, "2026-05-02", fuentes=("faro", "voz"))
    for genero, cantidad in (("mujer", 2), ("mujer", None), ("hombre", 1), ("mujer", 1)):
        victima(db, folio, genero=genero, cantidad=cantidad)
    hallazgo(db, "2026-05-03")  # nobody is told: indeterminado, without a victim
    table = cifras(db, "2026-05").desglose("genero")
    assert counts(table) == {"mujer": 1, "hombre": 1, "indeterminado": 1}
    assert counts(table, "victimas") == {"mujer": 4, "hombre": 1}
    assert counts(table, "publicaciones") == {"mujer": 2, "hombre": 2, "indeterminado": 1}


def test_rows_without_a_place_a_kind_or_a_perpetrator_and_risk_apart(db):
    cubrir(db, "2026-05-01", "2026-05-31")
    for fields, kinds in (
        ({"ambito": "a_distancia_cdmx"}, ("digital",)),
        ({"ambito": "a_distancia_cdmx", "alcaldia": "tlalpan"}, ("institucional", "verbal")),  # the place is known: there
        ({"ambito": "persona_en_cdmx", "vinculo": "probable"}, ("institucional",)),
        ({"clase": "riesgo", "vinculo": "confirmado"}, ("verbal", "institucional")),  # a kind of a risk is no aggression yet
        ({"clase": "privacion_vida"}, ()),
    ):
        codigos(db, hallazgo(db, "2026-05-02", **fields), "agresion", *kinds)
    may = cifras(db, "2026-05")
    assert counts(may.desglose("alcaldia")) == {"a distancia": 1, "tlalpan": 1, "sin alcaldía": 3}
    assert counts(may.desglose("agresion")) == {"verbal": 1, "digital": 1, "sólo institucional": 1, "sin tipo": 1, "riesgo": 1}
    assert counts(may.desglose("agresion"), "riesgo") == {"riesgo": 1}
    assert counts(may.desglose("agresor")) == {"no_identificado": 5}
    assert counts(may.desglose("vinculo")) == {"confirmado": 1, "probable": 1, "no_confirmado": 3}
    shown = db.execute("SELECT alcaldia, registros, riesgo FROM v_por_alcaldia WHERE registros").fetchall()
    assert shown == [("tlalpan", 1, 0), ("sin alcaldía", 3, 1), ("a distancia", 1, 0)]


def test_days_of_both_spans_count_in_both(db):
    cubrir(db, "2024-01-01", "2026-05-31")
    for dia in ("2024-03-01", "2025-03-01", "2025-04-01", "2026-03-01"):
        hallazgo(db, dia, alcaldia="tlalpan")
    hallazgo(db, "2025-04-02", alcaldia="tlalpan", estado="detectado")
    both = cifras(db, "2025-01-01..2026-05-31")
    assert (both.figura.registros, both.figura.anterior_comparado) == (3, 3)
    row = both.desglose("alcaldia").por_valor["tlalpan"]
    assert (row.actual.hallazgos, row.anterior.hallazgos) == (3, 3)
    assert (row.actual.por_revisar, row.anterior.por_revisar) == (1, 1)


def test_last_year_stands_beside_over_the_same_days(db):
    cubrir(db, "2025-05-01", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-20")
    for dia, alcaldia in (("2025-05-10", "tlalpan"), ("2025-05-25", "tlalpan"), ("2026-05-02", "coyoacan")):
        hallazgo(db, dia, alcaldia=alcaldia)
    may = cifras(db, "2026-05")
    assert (may.figura.marcas, may.figura.anterior_comparado) == (("parcial",), 1)
    row = may.desglose("alcaldia").por_valor["tlalpan"]
    assert (row.actual.hallazgos, row.anterior.hallazgos) == (0, 1)


def test_totals_and_an_unknown_year_have_no_rows_to_tell_apart(db):
    cubrir(db, "2026-04-01", "2026-05-31")
    total(db, "2025-05", 9)
    hallazgo(db, "2026-05-02")
    for period in ("2026-04", "2026-05"):
        assert {row.anterior for table in cifras(db, period).desgloses for row in table.renglones} == {None}


def test_another_date_moves_the_findings_of_every_table(db):
    cubrir(db, "2026-05-01", "2026-06-30")
    hallazgo(db, "2026-06-01", fecha_hecho="2026-05-30", alcaldia="tlalpan")
    assert counts(cifras(db, "2026-05").desglose("alcaldia")) == {}
    assert counts(cifras(db, "2026-05", fecha=Fecha.HECHO).desglose("alcaldia")) == {"tlalpan": 1}


def test_months_are_whole_or_the_part_that_the_period_holds():
    assert [m.clave for m in months_of(parse_period("2024-01-15..2024-03-31"))] == [
        "2024-01-15..2024-01-31", "2024-02", "2024-03",
    ]  # fmt: skip
    assert [m.clave for m in months_of(parse_period("12M-2026-02"))][::11] == ["2025-03", "2026-02"]


def test_views_of_months_and_years_say_the_same(db):
    varied(db)
    for period, view, column in (("2026-05", "v_desglose_mensual", "mes"), ("2026", "v_desglose_anual", "anio")):
        fields = "desglose, valor, hallazgos, publicaciones, actos, victimas, riesgo, por_revisar"
        shown = set(db.execute(f"SELECT {fields} FROM {view} WHERE {column} = ?", [period if column == "mes" else 2026]))
        names = fields.split(", ")[2:]
        read = {
            (table.clave, row.valor, *(getattr(row.actual, name) for name in names))
            for table in cifras(db, period).desgloses
            for row in table.renglones
        }
        assert shown == read
    boroughs = set(db.execute("SELECT alcaldia, registros, riesgo, por_revisar FROM v_por_alcaldia WHERE anio = 2026"))
    sql = "SELECT valor, hallazgos, riesgo, por_revisar FROM v_desglose_anual WHERE anio = 2026 AND desglose = 'alcaldia'"
    assert boroughs == set(db.execute(sql))
