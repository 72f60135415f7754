"""A corrected place carries with it the fields that must agree with it, the scope and the point on the map."""

import pytest
from factories import rows
from revisado import ANA, ONE, TWO, findings, version

from pipeline.pages.asked import Asked
from pipeline.pages.decide import decide
from pipeline.review import Unchanged, correct, keep_apart, uncorrect, undo

PLACE = "SELECT cdmx, alcaldia, entidad, ambito FROM v_hallazgos WHERE folio = ?"
POINT = "SELECT round(latitud, 1), round(longitud, 1) FROM hallazgos WHERE folio = ?"


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


def place(db):
    return rows(db, PLACE, ONE)[0]


def start(db, **place):
    for name, value in {
        "alcaldia": None,
        "entidad": None,
        "cdmx": "indeterminado",
        "ambito": "por_determinar",
        **place,
    }.items():
        db.execute(f"UPDATE hallazgos SET {name} = ? WHERE folio = ?", [value, ONE])


@pytest.mark.parametrize(
    ("before", "campo", "valor", "after"),
    [
        ({}, "alcaldia", "coyoacan", ("si", "coyoacan", "cdmx", "hecho_en_cdmx")),
        ({}, "cdmx", "si", ("si", None, "cdmx", "hecho_en_cdmx")),
        ({}, "entidad", "puebla", ("no", None, "puebla", "fuera")),
        (
            {"cdmx": "si", "alcaldia": "tlalpan", "entidad": "cdmx", "ambito": "hecho_en_cdmx"},
            *("cdmx", "no", ("no", None, None, "fuera")),
        ),
        ({"ambito": "persona_en_cdmx"}, "entidad", "puebla", ("no", None, "puebla", "persona_en_cdmx")),
        (
            {"cdmx": "si", "alcaldia": "tlalpan", "entidad": "cdmx", "ambito": "hecho_en_cdmx"},
            *("alcaldia", None, ("si", None, "cdmx", "hecho_en_cdmx")),
        ),
    ],
    ids=["alcaldía", "en la ciudad", "otra entidad", "fuera de la ciudad", "ámbito decidido", "sin alcaldía"],
)
def test_what_must_agree_with_a_corrected_place_goes_with_it_and_comes_back(db, before, campo, valor, after):
    start(db, **before)
    was = place(db)
    correct(db, ONE, campo, valor, ANA)
    assert place(db) == after
    uncorrect(db, ONE, campo, ANA)
    assert place(db) == was
    undo(db, ONE, ANA)
    assert place(db) == after
    undo(db, ONE, ANA)
    assert place(db) == was


def test_the_point_on_the_map_goes_with_the_place(db):
    db.execute("UPDATE hallazgos SET latitud = 1, longitud = 1 WHERE folio = ?", [ONE])
    correct(db, ONE, "alcaldia", "coyoacan", ANA)
    assert rows(db, POINT, ONE) == [(None, None)]
    correct(db, ONE, "sitio", "Ciudad Universitaria", ANA)
    assert rows(db, POINT, ONE) == [(19.3, -99.2)]
    correct(db, ONE, "alcaldia", "iztapalapa", ANA)
    assert rows(db, POINT, ONE) == [(None, None)]
    undo(db, ONE, ANA)
    assert rows(db, POINT, ONE) == [(19.3, -99.2)]


def test_what_holds_already_changes_nothing_and_says_so(db):
    keep_apart(db, ONE, TWO, ANA)
    at, trail = version(db, ONE), rows(db, "SELECT count(*) FROM bitacora")
    same = rows(db, "SELECT clase FROM hallazgos WHERE folio = ?", ONE)[0][0]
    with pytest.raises(Unchanged, match="ya dice eso"):
        correct(db, ONE, "clase", same, ANA)
    with pytest.raises(Unchanged, match="ya estaba así"):
        keep_apart(db, ONE, TWO, ANA)
    asked = Asked({"accion": "corregir", "folio": ONE, "campo": "clase", "valor": same, "version": at}, form=False)
    status, told = decide(db, asked, "ana", ANA.now)
    assert (status, told["ok"], told["sin_cambio"], told["version"]) == (200, True, True, at)
    assert "no se cambió nada" in told["mensaje"]
    assert (version(db, ONE), rows(db, "SELECT count(*) FROM bitacora")) == (at, trail)
