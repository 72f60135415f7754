"""No reserved figure can be worked out: not from one edition, not from all of them together."""

import json
import random
from datetime import date

import pytest
from atacante import told_apart
from contados import acto, codigos, cubrir, hallazgo, registro
from publicado import BOROUGHS, MODALITIES, editions, invented, published, shown

from pipeline.publication.counts import figures
from pipeline.publication.protect import protect
from pipeline.publication.tables import TOTAL, Clave

CUT = date(2025, 12, 31)
K = 3


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with registro(tmp_path_factory.mktemp("ataque")) as opened:
        cubrir(opened, "2025-12-31")
        yield opened


def write(db, chance, many, *years):
    """Some findings as the guide codes them: who is killed was murdered, and only who is killed was."""
    for _ in range(many):
        kind = chance.choices(("agresion", "riesgo", "privacion_vida"), (20, 6, 3))[0]
        day = f"{chance.choice(years)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        folio = hallazgo(db, day, clase=kind, alcaldia=chance.choices(BOROUGHS, (10, 10, 4, 2, 1, 1))[0])
        names = chance.sample(MODALITIES, chance.randint(0, 2))
        for name in [*names, *["asesinato"] * (kind == "privacion_vida")]:
            codigos(db, folio, "modalidad", name)
            acto(db, folio, name)
        codigos(db, folio, "agresion", chance.choice(("fisica", "verbal", "digital")))
        codigos(db, folio, "agresor", chance.choice(("fuerza_publica", "autoridad_civil", "particular")))
        codigos(db, folio, "tipo_victima", chance.choices(("periodista", "defensora"), (9, 1))[0])


def revise(db, chance, column, value):
    """Discard or move one finding."""
    folio = chance.choice([row[0] for row in db.execute("SELECT folio FROM hallazgos ORDER BY folio")])
    db.execute(f"UPDATE hallazgos SET {column} = ? WHERE folio = ?", [value, folio])


def sign(db, period):
    """Close a year's report with what it has by now; 2023 came from elsewhere."""
    count = "SELECT count(*) FROM v_registros WHERE fecha_registro LIKE ?"
    registros, before = (db.execute(count, [f"{year}%"]).fetchone()[0] for year in (period, int(period) - 1))
    told = {"registros": registros, "registros_comparados": registros}
    told |= dict.fromkeys(("registros_anterior", "anterior_comparado"), before or 9)
    row = dict.fromkeys((one.name for one in db.table("cierres").columns if one.name != "id"), "")
    figures = json.dumps({"indicadores": {"1.4": told | {"m1": 100.0}}})
    db.table("cierres").insert(row | {"periodo": period, "version": 1, "pendientes": 0, "cifras": figures})


def editions_of(db, chance, k):
    """A registry published at the end of a year, in the middle of the next and at its end, revised in between.

    Returns everything published, and the figures as they are at the end.
    """
    write(db, chance, chance.randint(4, 20), 2024, 2025)
    told = []
    for cut in (date(2024, 12, 31), date(2025, 6, 30), CUT):
        if cut.month == 12:
            sign(db, f"{cut.year}")
        cifras = figures(db, cut)
        done = protect(cifras, k, list(told))
        assert done.expuestos == ()
        told.append({key: None if key in done.reservados else one.valor for key, one in cifras.items()})
        revise(db, chance, "estado", "descartado")
        revise(db, chance, "alcaldia", chance.choice(BOROUGHS))
        write(db, chance, chance.randint(0, 2), 2024)
    return told, {key: one.valor for key, one in cifras.items()}


@pytest.mark.parametrize("seed", range(10))
def test_whatever_the_registry_its_editions_together_give_no_figure_away(db, seed):
    k = (3, 5)[seed % 2]
    db.execute("BEGIN")
    try:
        told, truth = editions_of(db, random.Random(seed), k)
    finally:
        db.rollback()
    assert all(value is None or value >= k for one in told for value in one.values())
    narrow = told_apart(told, k)
    first = {key: place for place, one in reversed(list(enumerate(told))) for key, value in one.items() if value is not None}
    assert {node: span for node, span in narrow.items() if first.get(node[1:], 9) > node[0]} == {}
    # what an earlier edition told stays near it; but what is small by now is not found out either
    found = {node for node, (least, most) in narrow.items() if node[0] == 2 and least <= truth[node[1:]] <= most}
    assert {node for node in found if truth[node[1:]] < k} == set()


def test_the_attack_finds_what_a_careless_publication_gives_away(tmp_path):
    with invented(tmp_path, (2025,)) as db:
        cifras = figures(db, CUT)
    careless = {key: None if one.valor < K else one.valor for key, one in cifras.items()}
    narrow = told_apart([careless], K)
    assert narrow
    assert all(
        least <= cifras[Clave(*key)].valor <= most for (_, *key), (least, most) in narrow.items() if key[0] == "anio_alcaldia"
    )


def test_what_one_edition_reserved_the_next_does_not_tell_by_difference(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-12-31")
        for borough, n in (("tlalpan", 2), ("coyoacan", 3), ("cuauhtemoc", 9)):
            for _ in range(n):
                hallazgo(db, "2025-02-10", alcaldia=borough)
        published(db, tmp_path / "una", contacto="x")
        one = shown(tmp_path / "una")
        assert one["anio_alcaldia", "2025", "tlalpan"] is None
        for _ in range(2):
            hallazgo(db, "2025-02-11", alcaldia="tlalpan")
        published(db, tmp_path / "sola")
        published(db, tmp_path / "dos", tmp_path / "una")
    alone, two = shown(tmp_path / "sola"), shown(tmp_path / "dos")
    assert alone["anio_alcaldia", "2025", "tlalpan"] == 4
    # beside the edition before, 4 and the total would tell that it was 2
    assert two["anio_alcaldia", "2025", "tlalpan"] is None or two["registros_anuales", "2025", TOTAL] is None


def test_a_year_that_goes_on_does_not_tell_what_one_month_added(tmp_path):
    with registro(tmp_path) as db:
        for day in ("2026-02-10", "2026-03-10"):
            for n in range(8):
                hallazgo(db, day, alcaldia="coyoacan" if n < 5 else "tlalpan")
        published(db, tmp_path / "una", corte=date(2026, 9, 30))
        hallazgo(db, "2026-10-05", alcaldia="coyoacan")
        published(db, tmp_path / "dos", tmp_path / "una", corte=date(2026, 10, 31))
    one, two = shown(tmp_path / "una"), shown(tmp_path / "dos")
    assert one["anio_alcaldia", "2026-01..2026-09", "coyoacan"] == 10
    assert two["anio_alcaldia", "2026-01..2026-10", "coyoacan"] is None


def test_a_figure_that_rests_on_few_registros_is_reserved_however_large(tmp_path):
    with registro(tmp_path) as db:
        for _ in range(5):
            hallazgo(db, "2025-02-10")
        folio = hallazgo(db, "2025-02-10")
        codigos(db, folio, "modalidad", "tortura")
        for _ in range(7):
            acto(db, folio, "tortura")
        cifras = figures(db, CUT)
    key = Clave("articulo19", "2025", "Tortura y tratos crueles")
    assert (cifras[key].valor, cifras[key].casos) == (7, 1)
    assert key in protect(cifras, K, []).reservados


def test_a_small_correction_of_a_closed_year_takes_no_figure_from_the_reader(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-12-31")
        chance = random.Random(5)
        write(db, chance, 60, 2024, 2025)
        published(db, tmp_path / "p", corte=date(2024, 12, 31))
        one = shown(tmp_path / "p")
        moved = db.execute(
            "SELECT min(folio) FROM hallazgos WHERE fecha_registro < '2025' AND alcaldia = 'coyoacan'"
        ).fetchone()
        db.execute("UPDATE hallazgos SET estado = 'descartado' WHERE folio = ?", moved)
        published(db, tmp_path / "p")
    two = shown(tmp_path / "p")
    assert two["registros_anuales", "2024", TOTAL] == one["registros_anuales", "2024", TOTAL] - 1
    assert [key for key, value in one.items() if value is not None and two[key] is None] == []


def test_what_an_edition_told_and_the_next_must_reserve_is_repeated_and_marked(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-12-31")
        many = {"tlalpan": 3, "iztapalapa": 2, "benito_juarez": 2, "coyoacan": 5, "cuauhtemoc": 9}
        folios = [hallazgo(db, "2024-02-10", alcaldia=name) for name in many for _ in range(many[name])]
        published(db, tmp_path / "p", corte=date(2024, 12, 31))
        db.execute("UPDATE hallazgos SET estado = 'descartado' WHERE folio = ?", folios[:1])
        done = published(db, tmp_path / "p", corte=date(2024, 12, 31))
    rows = json.loads((tmp_path / "p" / "cuadros" / "anio_alcaldia.json").read_text("utf-8"))["anio_alcaldia"]
    assert [(row["valor"], row["situacion"]) for row in rows if row["renglon"] == "tlalpan"] == [(3, "de la edición 1")]
    repeated = [row for row in rows if row["situacion"] == "de la edición 1"]
    told = editions(tmp_path / "p")
    assert done.de_antes >= len(repeated)
    for row in repeated:
        key = ("anio_alcaldia", "2024", row["renglon"])
        assert (told[0][key], told[1][key]) == (row["valor"], None)
    found = {node: span for node, span in told_apart(told, K).items() if node[0] == 1}
    assert not any(least <= 2 <= most for node, (least, most) in found.items() if node[3] == "tlalpan")
