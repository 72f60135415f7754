"""Lists of feeds in and out."""

import pytest

from crawlers.catalogue import CatalogueError
from crawlers.fuente import Fuente
from crawlers.opml import read_opml, write_opml

NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Lista</title></head><body>
 <outline text="Medios"><outline text="Ciudad">
   <outline type="rss" text="Radio Tezontle &amp; Cía." xmlUrl="https://tezontle.ejemplo/feed" htmlUrl="https://tezontle.ejemplo/inicio"/>
   <outline type="rss" title="El Pregonero" xmlurl="https://pregonero.ejemplo/rss.xml"/>
 </outline></outline>
 <outline text="Sin canal" htmlUrl="https://nada.ejemplo"/>
 <outline text="Repetido" xmlUrl="https://tezontle.ejemplo/feed/"/>
 <outline text="Mala" xmlUrl="javascript:alert(1)"/>
 <outline text="El pregonero" xmlUrl="https://otro.ejemplo/rss"/>
</body></opml>"""


def test_nested_lists_are_flattened_and_each_feed_comes_once(tmp_path):
    path = tmp_path / "lista.opml"
    path.write_text(NESTED, "utf-8")
    assert read_opml(path) == [
        Fuente(
            "radio_tezontle_cia",
            "Radio Tezontle & Cía.",
            "medio_independiente",
            "https://tezontle.ejemplo/inicio",
            "https://tezontle.ejemplo/feed",
        ),
        Fuente(
            "el_pregonero",
            "El Pregonero",
            "medio_independiente",
            "https://pregonero.ejemplo",
            "https://pregonero.ejemplo/rss.xml",
        ),
        Fuente("el_pregonero_2", "El pregonero", "medio_independiente", "https://otro.ejemplo", "https://otro.ejemplo/rss"),
    ]


def test_what_is_written_is_read_again(tmp_path):
    fuentes = [
        Fuente("a", 'Diario "A" & <B>', "medio_independiente", "https://a.ejemplo", "https://a.ejemplo/rss?x=1&y=2"),
        Fuente("sin_canal", "Sin canal", "agencia", "https://b.ejemplo", seccion_url="https://b.ejemplo/hoy"),
    ]
    path = tmp_path / "salida.opml"
    assert write_opml(path, fuentes) == 1
    assert [(fuente.nombre, fuente.rss, fuente.sitio) for fuente in read_opml(path)] == [
        (fuentes[0].nombre, fuentes[0].rss, fuentes[0].sitio)
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["salida.opml"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<opml><body>", "línea 1, columna 13: no es un OPML bien formado"),
        ("", "línea 1, columna 1: no es un OPML bien formado"),
        ("<rss></rss>", "no es una lista OPML"),
    ],
)
def test_a_bad_list_is_named(tmp_path, content, words):
    path = tmp_path / "mala.opml"
    path.write_text(content)
    with pytest.raises(CatalogueError) as error:
        read_opml(path)
    assert str(path) in str(error.value)
    assert words in str(error.value)


def test_a_missing_list_is_named(tmp_path):
    with pytest.raises(CatalogueError, match="no existe"):
        read_opml(tmp_path / "nada.opml")


def test_entities_are_neither_expanded_nor_files_read(tmp_path):
    secret = tmp_path / "secreto.txt"
    secret.write_text("secreto")
    path = tmp_path / "trampa.opml"
    path.write_text(
        f"""<!DOCTYPE opml [<!ENTITY f SYSTEM "file://{secret}">]><opml><body>
        <outline text="&f;" xmlUrl="https://a.ejemplo/rss"/></body></opml>"""
    )
    try:
        names = [fuente.nombre for fuente in read_opml(path)]
    except CatalogueError:
        names = []
    assert "secreto" not in names
