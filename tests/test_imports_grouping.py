"""A note that tells an event of an imported year goes to that finding: taking the year's archive in does not count it twice."""

import json

import pytest
from factories import NOW, etiquetas, fuente, noticia, registry, rows, tagged

from nlp.etiquetas import Lugar, Victima
from pipeline.incidents import group_pending
from pipeline.registry.imports import Registro, save_records, undo_records
from pipeline.registry.people import VictimRow
from pipeline.registry.plan import Arrival

COLUMNS = {
    "fecha_hecho": "2019-03-05", "fecha_publicacion": None, "hora_hecho": None, "sitio": "", "clase": "agresion", "cdmx": "si",
    "alcaldia": "tlalpan", "entidad": "cdmx", "ambito": "hecho_en_cdmx", "via": "presencial",
    "vinculo": "probable", "antecedente": 0,
}  # fmt: skip
LISTS = {"modalidad": ["ataque_fisico"], "agresion": ["fisica"], "agresor": ["fuerza_publica"], "tipo_victima": ["periodista"]}


def imported(db):
    victim = VictimRow("Ema Prueba Salas", "periodista", "mujer")
    one = Registro("b19:7", "2019-03-05", COLUMNS, LISTS, (victim,))
    done = save_records(db, Arrival("registros", "b19.csv", "0" * 64), [one], quien="ana", now=NOW)
    return done.numero, rows(db, "SELECT folio FROM hallazgos_importados")[0][0]


def told(db, key="a", text="Policías golpearon a la reportera Ema Prueba en Tlalpan.", **tags):
    said = {
        "victimas": (Victima("Ema Prueba", "periodista", "mujer"),),
        "fecha_hecho": "2019-03-05",
        "lugar": Lugar("si", "tlalpan", "cdmx"),
        "modalidad": ("ataque_fisico",),
        "agresor": ("fuerza_publica",),
    }
    note = noticia(key, "faro", titulo="Golpean a reportera", texto=text, publicada_en="2019-03-06T10:00:00Z")
    return tagged(db, note, etiquetas(**(said | tags)))


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path, fuente("faro")) as opened:
        yield opened


def test_a_note_of_an_imported_event_goes_to_it_and_changes_nothing_that_was_imported(db):
    _number, folio = imported(db)
    before = rows(db, "SELECT * FROM v_conteo")
    note = told(db)
    assert group_pending(db, pause=0) == 0
    assert rows(db, "SELECT folio, noticia_id FROM hallazgos_noticias") == [(folio, note)]
    assert rows(db, "SELECT folio, fecha_registro, clase FROM hallazgos") == [(folio, "2019-03-05", "agresion")]
    assert [row[:-3] for row in rows(db, "SELECT * FROM v_conteo")] == [row[:-3] for row in before]
    assert json.loads(rows(db, "SELECT razones FROM hallazgos_noticias")[0][0])["con"] == []
    second = told(db, "b", "Ema Prueba, reportera, fue golpeada por policías en la alcaldía Tlalpan, dijo su medio.")
    assert group_pending(db, pause=0) == 0
    assert rows(db, "SELECT noticia_id FROM hallazgos_noticias ORDER BY 1") == [(note,), (second,)]


@pytest.mark.parametrize(
    "other",
    [
        {"victimas": (Victima("Luz Olmo Vera", "periodista", "mujer"),), "text": "Policías golpearon a Luz Olmo Vera."},
        {"fecha_hecho": "2019-09-20", "text": "Policías golpearon el 20 de septiembre a la reportera Ema Prueba."},
    ],
    ids=["otra persona", "otra fecha"],
)
def test_another_event_stays_apart(db, other):
    imported(db)
    told(db, **other)
    assert group_pending(db, pause=0) == 1


def test_undoing_the_import_leaves_no_key_behind(db):
    number, _folio = imported(db)
    assert rows(db, "SELECT count(*) FROM claves_union")[0][0] > 0
    undo_records(db, number, quien="ana", now=NOW)
    assert rows(db, "SELECT count(*) FROM claves_union") == [(0,)]
