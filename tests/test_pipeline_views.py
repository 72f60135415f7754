"""The views: documented column by column, a person's word on top, every rule in one place."""

import json
import time

import pytest
from contados import acto, codigos, corregir, cubrir, hallazgo, registro, total, victima

from nlp.vocabulario import Alcaldia
from pipeline.views import FOLDER, ORDER, install_views, view_docs

EXPECTED = {
    "v_hallazgos", "v_hallazgos_nombres", "v_registros", "v_serie_diaria", "v_indicador_mensual", "v_indicador_bimestral",
    "v_indicador_trimestral", "v_indicador_anual", "v_indicador_ambito", "v_comparativo_anual", "v_dias_cubiertos",
    "v_pendientes", "v_salud_fuentes", "v_por_alcaldia",
}  # fmt: skip


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A registry for tests that look only at what they wrote themselves."""
    with registro(tmp_path_factory.mktemp("compartido")) as opened:
        yield opened


def one(db, sql, *values):
    return next(db.query(sql, list(values)))


def test_every_file_is_a_view_and_every_view_is_there(db):
    assert {path.stem for path in FOLDER.glob("*.sql")} == set(ORDER) == set(db.view_names())
    assert set(ORDER) >= EXPECTED


@pytest.mark.parametrize("name", ORDER)
def test_a_view_describes_its_columns_in_their_order(shared, name):
    doc = view_docs()[name]
    columns = one_columns(shared, name)
    assert list(doc.columnas) == columns
    assert doc.titulo
    assert doc.descripcion.endswith(".")
    assert all(text.endswith(".") for text in doc.columnas.values())


@pytest.mark.parametrize("name", ORDER)
def test_no_view_asks_what_day_it_is(name):
    text = (FOLDER / f"{name}.sql").read_text("utf-8") + "".join(p.read_text("utf-8") for p in FOLDER.glob("partes/*.sql"))
    assert "'now'" not in text
    assert "CURRENT_" not in text.upper()


def test_installing_again_changes_nothing_and_mends_an_older_view(db):
    version = db.execute("PRAGMA schema_version").fetchone()
    install_views(db)
    assert db.execute("PRAGMA schema_version").fetchone() == version
    with db.atomic():
        db.execute("DROP VIEW v_registros")
        db.execute("CREATE VIEW v_registros AS SELECT 1 AS viejo")
        db.execute("CREATE VIEW v_de_antes AS SELECT 1 AS viejo")
    install_views(db)
    assert "folio" in one_columns(db, "v_registros")
    assert "v_de_antes" not in db.view_names()


def one_columns(db, view):
    return [column[0] for column in db.execute(f"SELECT * FROM {view}").description]


def test_a_finding_without_corrections_shows_what_was_computed(db):
    folio = hallazgo(db, "2026-05-01", alcaldia="coyoacan", fuentes=("faro", "voz"))
    codigos(db, folio, "modalidad", "danio_bienes", "ataque_fisico")
    victima(db, folio, nombre="Ximena Prueba", cantidad=9)
    victima(db, folio, cantidad=3)
    victima(db, folio)
    row = one(db, "SELECT * FROM v_hallazgos")
    assert json.loads(row["modalidad"]) == ["ataque_fisico", "danio_bienes"]
    assert row["agresor"] == "[]"
    assert (row["noticias"], row["victimas"], row["alcaldia"], row["movilizacion"]) == (2, 5, "coyoacan", 0)


@pytest.mark.parametrize(
    ("campo", "valor", "seen"),
    [
        ("modalidad", '["amenaza", "censura"]', '["amenaza","censura"]'),
        ("agresion", "[]", "[]"),
        ("agresor", '["particular"]', '["particular"]'),
        ("tipo_victima", '["defensora"]', '["defensora"]'),
        ("alcaldia", '"tlalpan"', "tlalpan"),
        ("alcaldia", "null", None),
        ("entidad", "null", None),
        ("clase", '"privacion_vida"', "privacion_vida"),
        ("cdmx", '"no"', "no"),
        ("ambito", '"fuera"', "fuera"),
        ("movilizacion", "true", 1),
        ("antecedente", "1", 1),
        ("urgente", "true", 1),
        ("fecha_hecho", '"2026-04-30"', "2026-04-30"),
        ("fecha_hecho", "null", None),
        ("hora_hecho", '"18:30"', "18:30"),
        ("fecha_publicacion", '"2026-05-02"', "2026-05-02"),
        ("sitio", '"Parque Hundido"', "Parque Hundido"),
        ("fase", '"durante"', "durante"),
        ("movilizacion_id", "7", 7),
        ("vinculo", '"confirmado"', "confirmado"),
        ("via", '"llamada"', "llamada"),
        ("resumen", '"Otro resumen."', "Otro resumen."),
    ],
)
def test_a_correction_covers_the_whole_field_of_its_finding_only(shared, campo, valor, seen):
    db = shared
    folio, other = (hallazgo(db, "2026-05-01", alcaldia="coyoacan", entidad="cdmx", hora_hecho="10:00") for _ in "ab")
    for each in (folio, other):
        for tabla in ("modalidad", "agresion", "agresor", "tipo_victima"):
            codigos(db, each, tabla, "algo")
    before = one(db, "SELECT * FROM v_hallazgos WHERE folio = ?", folio)
    corregir(db, folio, campo, valor)
    after = one(db, "SELECT * FROM v_hallazgos WHERE folio = ?", folio)
    assert after[campo] == seen != before[campo]
    assert {k: v for k, v in after.items() if k != campo} == {k: v for k, v in before.items() if k != campo}
    assert one(db, f"SELECT {campo} FROM v_hallazgos WHERE folio = ?", other)[campo] == before[campo]


def test_what_counts_is_validated_of_the_city_and_no_old_case(db):
    counted = {hallazgo(db, "2026-05-01", ambito=a) for a in ("hecho_en_cdmx", "persona_en_cdmx", "a_distancia_cdmx")}
    outside = (
        {"estado": "detectado"},
        {"estado": "descartado"},
        {"antecedente": 1},
        {"ambito": "fuera"},
        {"ambito": "por_determinar"},
    )
    for fields in outside:
        hallazgo(db, "2026-05-01", **fields)
    hallazgo(db, "2026-05-01", estado="fusionado", fusionado_en=min(counted))
    assert {row["folio"] for row in db.query("SELECT folio FROM v_registros")} == counted


def test_a_correction_moves_a_finding_in_and_out_of_the_count(db):
    inside = hallazgo(db, "2026-05-01", ambito="por_determinar")
    outside = hallazgo(db, "2026-05-01")
    old = hallazgo(db, "2026-05-01")
    corregir(db, inside, "ambito", '"persona_en_cdmx"')
    corregir(db, outside, "ambito", '"fuera"')
    corregir(db, old, "antecedente", "true")
    rows = list(db.query("SELECT folio, ambito FROM v_registros"))
    assert rows == [{"folio": inside, "ambito": "persona_en_cdmx"}]
    assert {r["renglon"] for r in db.query("SELECT renglon FROM v_conteo")} == {"persona_en_cdmx", "fuera", "antecedente"}


def test_units_follow_the_rule_of_named_counted_and_unknown_victims(db):
    folio = hallazgo(db, "2026-05-01", fuentes=("faro", "voz"))
    named = victima(db, folio, nombre="Ximena Prueba", cantidad=9)
    group = victima(db, folio, cantidad=4)
    vague = victima(db, folio)
    for modalidad, who in (("ataque_fisico", named), ("ataque_fisico", group), ("danio_bienes", vague), ("amenaza", None)):
        acto(db, folio, modalidad, who)
    row = one(db, "SELECT publicaciones, actos, victimas FROM v_registros")
    assert row == {"publicaciones": 2, "actos": 1 + 4 + 1 + 1, "victimas": 1 + 4 + 1}


def test_days_are_covered_by_complete_runs_of_every_source(db):
    cubrir(db, "2026-05-01")
    cubrir(db, "2026-05-02", modo="solo_feeds")
    cubrir(db, "2026-05-03", modo="solo_fuentes")
    cubrir(db, "2026-05-04", estado="interrumpida")
    cubrir(db, "2026-05-05", estado="en_curso")
    cubrir(db, "2026-05-06", fuentes=())
    cubrir(db, "2026-05-06")
    assert [(r["dia"], r["corridas"]) for r in db.query("SELECT dia, corridas FROM v_dias_cubiertos")] == [
        ("2026-05-01", 1),
        ("2026-05-02", 1),
        ("2026-05-06", 2),
    ]


def test_boroughs_always_show_the_rows_without_one_and_add_up(db):
    for fields in (
        {"alcaldia": "coyoacan"},
        {"alcaldia": "coyoacan", "clase": "riesgo"},
        {"alcaldia": "tlalpan", "clase": "privacion_vida"},
        {"ambito": "a_distancia_cdmx"},
        {"ambito": "persona_en_cdmx"},
        {},
        {"estado": "detectado", "alcaldia": "tlalpan"},
        {"ambito": "fuera", "alcaldia": None},
    ):
        hallazgo(db, "2026-05-01", **fields)
    rows = {r["alcaldia"]: r for r in db.query("SELECT * FROM v_por_alcaldia WHERE anio = 2026")}
    assert len(rows) == 18
    assert (rows["coyoacan"]["registros"], rows["coyoacan"]["agresion"], rows["coyoacan"]["riesgo"]) == (2, 1, 1)
    assert (rows["tlalpan"]["registros"], rows["tlalpan"]["privacion_vida"], rows["tlalpan"]["por_revisar"]) == (1, 1, 1)
    assert (rows["a distancia"]["registros"], rows["sin alcaldía"]["registros"], rows["xochimilco"]["registros"]) == (1, 2, 0)
    assert sum(r["registros"] for r in rows.values()) == one(db, "SELECT count(*) AS n FROM v_registros")["n"] == 6


def test_the_boroughs_are_the_guides(db):
    hallazgo(db, "2026-05-01")
    rows = [r["alcaldia"] for r in db.query("SELECT alcaldia FROM v_por_alcaldia")]
    assert rows == [*sorted(a.value for a in Alcaldia), "sin alcaldía", "a distancia"]


def test_what_waits_for_review_begins_with_the_urgent(db):
    late = hallazgo(db, "2026-05-02", estado="detectado")
    early = hallazgo(db, "2026-05-01", estado="detectado")
    outside = hallazgo(db, "2026-04-01", estado="detectado", ambito="fuera")
    urgent = hallazgo(db, "2026-05-03", estado="detectado", urgente=1)
    hallazgo(db, "2026-05-01")
    assert [r["folio"] for r in db.query("SELECT folio FROM v_pendientes")] == [urgent, early, late, outside]


def test_the_health_of_a_source_is_its_last_run(db):
    cubrir(db, "2026-05-01", fuentes=("faro", "voz"))
    cubrir(db, "2026-05-02", fuentes=("faro",))
    db.execute("UPDATE corridas_fuentes SET fallida = 0 WHERE corrida_id = 2 AND fuente_id = 'voz'")
    with db.atomic():
        for clave, activa in (("eco", 1), ("lira", 0)):
            db.table("fuentes").insert({"id": clave, "nombre": clave, "tipo": "agencia", "sitio": "x", "activa": activa})
    rows = {r["fuente_id"]: (r["situacion"], r["dia"]) for r in db.query("SELECT * FROM v_salud_fuentes")}
    assert rows == {
        "faro": ("bien", "2026-05-02"),
        "voz": ("con aviso", "2026-05-02"),
        "eco": ("sin leer", None),
        "lira": ("inactiva", None),
    }


def test_only_the_restricted_view_holds_names(db):
    folio = hallazgo(db, "2026-05-01")
    victima(db, folio, nombre="Ximena Prueba", medio_u_organizacion="Radio Prueba")
    victima(db, folio, nombre="Anónima Prueba", anonimato_solicitado=1)
    for name in ORDER:
        text = str(list(db.query(f"SELECT * FROM {name}")))
        assert ("Ximena" in text) == (name == "v_hallazgos_nombres")
        assert "Anónima" not in text


def test_an_empty_registry_has_no_figures_and_no_errors(db):
    total(db, "2025-05", 20)
    assert all(list(db.query(f"SELECT * FROM {name}")) == [] for name in ORDER if name.startswith(("v_indicador", "v_comp")))


def test_indicator_views_cost_little_more_than_reading_the_findings(db):
    days = [f"{year}-{month:02}-{day:02}" for year in (2024, 2025) for month in range(1, 13) for day in (3, 9, 21)]
    with db.atomic():
        db.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            " INSERT INTO hallazgos (folio, fecha_registro, clase, ambito, estado)"
            " SELECT 'H-2025-' || printf('%06d', i), json_extract(?, '$[' || (i % 72) || ']'), 'agresion', 'hecho_en_cdmx',"
            " iif(i % 3, 'validado', 'detectado') FROM n",
            [json.dumps(days)],
        )
    cubrir(db, "2024-01-01", "2025-12-31")
    scan = timed(db, "SELECT * FROM v_conteo")
    for name in ("v_indicador_mensual", "v_indicador_anual", "v_indicador_ambito", "v_comparativo_anual", "v_por_alcaldia"):
        assert timed(db, f"SELECT * FROM {name}") < 8 * scan


def timed(db, sql):
    best = 9.0
    for _ in range(2):
        start = time.process_time()
        db.execute(sql).fetchall()
        best = min(best, time.process_time() - start)
    return best


def test_a_finding_is_found_by_its_folio_without_a_scan(db):
    plan = " ".join(row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT * FROM v_hallazgos WHERE folio = 'H-2026-000001'"))
    assert "SCAN h" not in plan.replace("SCAN hallazgos_", "")
    plan = " ".join(row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT * FROM v_registros"))
    assert "hallazgos_estado" in plan
