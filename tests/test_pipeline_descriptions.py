"""Every table and column is described, and the closed list of restricted ones is the design's."""

import pytest
from factories import registry

from pipeline.descriptions import SHADOW, is_restricted, restricted_tables, table_docs

CLOSED_LIST = {
    *("enlaces", "noticias", "noticias_versiones", "pasajes", "personas", "victimas", "correcciones"),
    *("claves_union", "noticias_fts", "hallazgos_fts", "comentarios", "deshacer", "atenciones", "trabajos"),
    *("registros_base", "importaciones", "hallazgos_importados"),
    *("arco_solicitudes", "arco_sal", "arco_nombres", "arco_direcciones", "arco_noticias", "arco_cribas", "arco_ajenas"),
}


@pytest.fixture
def tables(tmp_path):
    with registry(tmp_path) as db:
        yield {t.name: [c.name for c in t.columns] for t in db.tables if not t.name.startswith("sqlite_")}


def test_every_table_and_column_has_a_description_and_none_is_of_something_gone(tables):
    docs = table_docs()
    assert {name for name in tables if not SHADOW.search(name)} == set(docs)
    for name, doc in docs.items():
        assert doc.titulo and doc.descripcion.endswith(".")
        assert [column for column in tables[name] if not doc.columnas.get(column)] == [], name


def test_own_column_descriptions_are_of_columns_that_exist(tables):
    for name, doc in table_docs().items():
        assert set(doc.propias) <= set(tables[name]), name


def test_the_restricted_list_is_closed_and_covers_the_shadows_of_its_indexes(tables):
    assert restricted_tables() == CLOSED_LIST
    assert {name for name in tables if is_restricted(name)} == {
        name for name in tables if name in CLOSED_LIST or SHADOW.sub("_fts", name) in CLOSED_LIST
    }
    assert is_restricted("tabla_que_nadie_describió")
