"""The catalogue: what is shipped, what is refused and how it is said, and how the operator's own lies over it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.catalogue import COLUMNS, TIPOS, CatalogueError
from crawlers.fuente import Fuente, merged_catalogue, put_in_catalogue, read_catalogue, shipped_catalogue, write_catalogue

HEADER = "id,nombre,tipo,sitio,rss,seccion_url,sitemap,activa,alta,verificada_en,notas"
GOOD = "faro,Faro,organizacion,https://faro.ejemplo,https://faro.ejemplo/rss,,,1,2026-11-24,,"


@pytest.fixture
def write(tmp_path: Path):
    def writer(*rows: str, header: str = HEADER, name: str = "fuentes.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
        return path

    return writer


def test_every_shipped_source_is_valid():
    fuentes = read_catalogue(shipped_catalogue())
    assert len(fuentes) > 100
    assert {fuente.tipo for fuente in fuentes} == set(TIPOS)
    assert [
        fuente.id for fuente in fuentes if fuente.tipo == "agregador" and fuente.activa
    ] == []  # R36: they tell a third party


def test_a_good_row(write):
    (fuente,) = read_catalogue(write(GOOD))
    assert fuente == Fuente(
        "faro", "Faro", "organizacion", "https://faro.ejemplo", "https://faro.ejemplo/rss", alta="2026-11-24"
    )


def test_only_the_first_columns_are_needed_and_any_order_does(write):
    header = "activa,id,nombre,tipo,sitio,rss,seccion_url,sitemap,incluir"
    (fuente,) = read_catalogue(write("0,faro,Faro,organizacion,https://faro.ejemplo,,,,/notas/", header=header))
    assert (fuente.activa, fuente.incluir, fuente.notas) == (False, "/notas/", "")


def row(**cells: str) -> str:
    base = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    return ",".join((base | cells).values())


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ((row(id=""),), "línea 2, columna id", "no sirve de id"),
        ((row(id="Faro Uno"),), "línea 2, columna id", "no sirve de id"),
        ((GOOD, row(nombre="Otro")), "línea 3, columna id", "repetido"),
        ((row(nombre=""),), "línea 2, columna nombre", "vacía"),
        ((row(tipo="periodico"),), "línea 2, columna tipo", "periodico"),
        ((row(sitio=""),), "línea 2, columna sitio", "vacía"),
        ((row(sitio="faro.ejemplo"),), "línea 2, columna sitio", "http"),
        ((row(rss="ftp://faro.ejemplo/rss"),), "línea 2, columna rss", "http"),
        ((row(sitemap="https://[faro"),), "línea 2, columna sitemap", "http"),
        ((row(seccion_url="https://faro.ejemplo/una nota"),), "línea 2, columna seccion_url", "http"),
        ((row(rss=""),), "línea 2, columna rss", "no tiene con qué leerse"),
        ((row(activa="quizá"),), "línea 2, columna activa", "quizá"),
        ((row(alta="24/11/2026"),), "línea 2, columna alta", "AAAA-MM-DD"),
        ((row(verificada_en="2026-02-30"),), "línea 2, columna verificada_en", "AAAA-MM-DD"),
        ((GOOD + ",sobra",), "línea 2, columna notas", "12 celdas"),
        (("", GOOD, "faro2,Faro"), "línea 4, columna tipo", "2 celdas"),
        (('faro,"Faro" mal,organizacion',), "línea 2, columna 1", "mal formado"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_column(write, rows, place, words):
    path = write(*rows)
    with pytest.raises(CatalogueError) as error:
        read_catalogue(path)
    assert str(error.value).startswith(f"{path}: {place}: ")
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("header", "place", "words"),
    [
        (HEADER.replace("tipo", "clase"), "columna clase", "no es una columna"),
        (HEADER + ",notas", "columna notas", "repetida"),
        (HEADER.replace(",activa", ""), "columna activa", "falta"),
    ],
)
def test_a_bad_header_is_named(write, header, place, words):
    with pytest.raises(CatalogueError) as error:
        read_catalogue(write(GOOD, header=header))
    assert f"línea 1, {place}" in str(error.value)
    assert words in str(error.value)


@pytest.mark.parametrize("pattern", ["[", "(?P<x", "*"])
def test_a_bad_pattern_is_named(write, pattern):
    with pytest.raises(CatalogueError, match=r"línea 2, columna excluir: .*expresión regular"):
        read_catalogue(write(f"{GOOD},,{pattern}", header=HEADER + ",incluir,excluir"))


def test_what_is_not_utf_8_is_named(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes(f"{HEADER}\n{GOOD}\n{GOOD.replace('Faro', 'Cámara')}\n".encode("cp1252"))
    with pytest.raises(CatalogueError, match="línea 3, columna 2: el texto no está en UTF-8"):
        read_catalogue(path)


@pytest.mark.parametrize(("content", "words"), [(b"", "está vacío"), (b"\n\n", "está vacío")])
def test_an_empty_catalogue_is_named(tmp_path, content, words):
    path = tmp_path / "vacio.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=words):
        read_catalogue(path)


def test_a_missing_catalogue_or_a_folder_is_named(tmp_path):
    with pytest.raises(CatalogueError, match="no existe"):
        read_catalogue(tmp_path / "nada.csv")
    with pytest.raises(CatalogueError, match="no se puede leer"):
        read_catalogue(tmp_path)


def test_lines_are_counted_over_cells_of_several_lines(write):
    with pytest.raises(CatalogueError, match="línea 4, columna tipo"):
        read_catalogue(write(GOOD + '"una nota\nen dos renglones"', row(id="otra", tipo="x")))


def test_the_own_catalogue_lies_over_the_shipped_one(write, tmp_path):
    shipped = read_catalogue(shipped_catalogue())
    own = tmp_path / "propio.csv"
    mine = replace(shipped[3], nombre="Mi nombre", activa=False)
    write_catalogue(own, [mine, Fuente("faro", "Faro", "organizacion", "https://faro.ejemplo", "https://faro.ejemplo/rss")])
    merged = merged_catalogue(own)
    assert merged[3] == mine
    assert [fuente.id for fuente in merged] == [*(fuente.id for fuente in shipped), "faro"]
    assert merged_catalogue(tmp_path / "todavía-no.csv") == shipped


def test_only_means_only(write, tmp_path):
    assert [fuente.id for fuente in merged_catalogue(tmp_path / "propio.csv", write(GOOD))] == ["faro"]
    with pytest.raises(CatalogueError):
        merged_catalogue(None, tmp_path / "nada.csv")


def test_putting_sources_replaces_in_place_and_appends(tmp_path):
    path = tmp_path / "carpeta" / "propio.csv"
    one, two = (Fuente(key, key, "agencia", "https://a.ejemplo", f"https://a.ejemplo/{key}") for key in ("uno", "dos"))
    put_in_catalogue(path, [one, two])
    put_in_catalogue(path, [replace(one, verificada_en="2026-11-24")])
    assert read_catalogue(path) == [replace(one, verificada_en="2026-11-24"), two]
    assert [file.name for file in path.parent.iterdir()] == ["propio.csv"]
    assert path.read_text("utf-8").splitlines()[0] == ",".join(COLUMNS)


texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30).map(str.strip)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(texts.filter(bool), texts, st.booleans()), max_size=5))
def test_what_is_written_is_read_again(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("catalogo") / "c.csv"
    fuentes = [
        Fuente(f"f{n}", name, "agencia", "https://a.ejemplo", "https://a.ejemplo/rss", activa=active, notas=note)
        for n, (name, note, active) in enumerate(rows)
    ]
    write_catalogue(path, fuentes)
    assert read_catalogue(path) == fuentes
