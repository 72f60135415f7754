"""The site's own data: descriptions from the code, private connections, the words on the pages."""

import asyncio
import re
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sembrado import add_note, seeded
from sitio import rows

from pipeline.descriptions import table_docs
from pipeline.pages.access import DATABASE
from pipeline.pages.headings import column_title
from pipeline.pages.labels import label, labels_of
from pipeline.pages.last_run import run_text
from pipeline.pages.passages import highlight
from pipeline.pages.search import match_expression, search_all
from pipeline.pages.serving import build_site, metadata
from pipeline.pages.wording import LOOKUPS, day_text, filters_text, moment_text, number
from pipeline.registry.connection import open_registry
from pipeline.views import view_docs


def test_every_table_and_view_gets_its_description_from_the_code() -> None:
    tables = metadata()["databases"][DATABASE]["tables"]
    assert set(tables) == set(table_docs()) | set(view_docs())
    for name, doc in (table_docs() | view_docs()).items():
        assert (tables[name]["title"], tables[name]["description"]) == (doc.titulo, doc.descripcion)
        assert tables[name]["columns"].items() >= doc.columnas.items()


def test_findings_have_at_most_four_facets_and_stand_newest_first() -> None:
    findings = metadata()["databases"][DATABASE]["tables"]["v_hallazgos"]
    assert findings["facets"] == ["clase", {"array": "agresion"}, "alcaldia", "estado"]
    assert (findings["sort_desc"], findings["fts_table"], findings["fts_pk"]) == ("fecha_registro", "hallazgos_fts", "id")


def test_connections_keep_foreign_keys_and_wait(tmp_path) -> None:
    site = build_site(seeded(tmp_path / "r.db", 1))
    asyncio.run(site.invoke_startup())
    assert rows(site, "PRAGMA foreign_keys") == [{"foreign_keys": 1}]
    assert rows(site, "PRAGMA busy_timeout") == [{"timeout": 30_000}]

    async def writing() -> int:
        return int(await site.get_database(DATABASE).execute_write_fn(lambda c: c.execute("PRAGMA foreign_keys").fetchone()[0]))

    assert asyncio.run(writing()) == 1


def test_every_operator_of_datasette_has_a_spanish_name() -> None:
    from datasette.filters import Filters

    assert {key for key, _, _ in Filters([]).lookups()} == set(LOOKUPS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2026-11-24", "24 nov 2026"), ("2026-01-01T05:30:00Z", "31 dic 2025"), (None, ""), ("", ""), ("ayer", "ayer")],
)
def test_a_day_reads_as_one_of_mexico_city(value: str | None, expected: str) -> None:
    assert day_text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-24T12:00:00Z", "24 nov 2026, 06:00"),
        ("2026-11-24", "24 nov 2026"),
        ("sin fecha conocida", "sin fecha conocida"),
    ],
)
def test_a_moment_reads_in_mexico_city_time(value: str, expected: str) -> None:
    assert moment_text(value) == expected


@pytest.mark.parametrize(
    ("state", "failed", "expected"),
    [
        ("completa", 0, "Última corrida: 24 nov 2026, 06:00; ninguna fuente falló"),
        ("completa", 1, "Última corrida: 24 nov 2026, 06:00; 1 fuente falló"),
        ("en_curso", 2, "Última corrida: 24 nov 2026, 06:00 (en curso); 2 fuentes fallaron"),
    ],
)
def test_the_last_run_reads_as_a_sentence(state: str, failed: int, expected: str) -> None:
    assert run_text("2026-11-24T12:00:00Z", state, failed) == expected
    assert run_text(None, "", 0) == "Sin corridas"


def test_slugs_have_labels_and_other_values_stay() -> None:
    assert (label("clase", "privacion_vida"), label("urgente", 1), label("sitio", "Zócalo"), label("clase", None)) == (
        "Privación de la vida",
        "Sí",
        "Zócalo",
        "",
    )
    assert labels_of("resumen") == {}
    headings = [column_title(name) for name in ("fecha_publicacion", "titulo", "fuente_id", "sin_texto", "m1")]
    assert headings == ["fecha de publicación", "título", "fuente", "sin texto", "M1 (%)"]
    assert (number(1234567), number(104.25), number("x")) == ("1,234,567", "104.2", "x")


def test_filters_read_in_words() -> None:
    assert filters_text([("clase", "exact", "riesgo"), ("fecha_hecho", "isnull", "")], "paz") == (
        "el texto contiene «paz»; clase es «Riesgo»; fecha del hecho no tiene valor"
    )
    assert filters_text([]) == ""


def test_match_expressions_quote_every_word() -> None:
    assert match_expression('amenaza OR "plaza mayor" (') == '"amenaza"* "OR"* "plaza mayor"'
    assert match_expression('(") *') == '""'


PASSAGES = st.lists(
    st.tuples(st.integers(-3, 40), st.integers(-3, 40), st.sampled_from(["modalidad", "agresor"]), st.text(max_size=5)),
    max_size=6,
)


@given(text=st.text(max_size=30), spans=PASSAGES)
def test_marking_never_changes_the_text_nor_lets_markup_through(text: str, spans: list) -> None:
    passages = [{"inicio": a, "fin": b, "campo": f, "valor": v, "regla": "<r>"} for a, b, f, v in spans]
    marked = str(highlight(text, passages))
    bare = re.sub(r'<mark class="campo-\w+" title="[^"<>]*">|</mark>', "", marked)
    assert bare == str(highlight(text, []))
    assert "<" not in bare


def test_overlapping_passages_share_a_mark() -> None:
    passages = [
        {"inicio": 0, "fin": 4, "campo": "modalidad", "valor": "amenaza", "regla": "r1"},
        {"inicio": 2, "fin": 6, "campo": "agresor", "valor": "particular", "regla": "r2"},
    ]
    assert re.findall(r">([^<]+)</mark>", highlight("abcdefgh", passages)) == ["ab", "cd", "ef"]
    assert highlight("abcdefgh", passages).endswith("gh")


def test_what_full_text_search_keeps_for_itself_is_not_counted(tmp_path: Path) -> None:
    site = build_site(seeded(tmp_path / "r.db", 2))
    counts = asyncio.run(site.get_database("registro").table_counts(1000))
    assert counts["hallazgos"] == 2
    assert {name: n for name, n in counts.items() if "_fts" in name and n} == {}


def test_of_too_many_notes_the_newest_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = seeded(tmp_path / "r.db", 1)
    with closing(open_registry(path)) as db:
        for number, text in ((7, "golpeada golpeada golpeada"), (8, "golpeada entre otras muchas palabras de una nota larga")):
            add_note(db, number, "Otra", text)
        db.conn.commit()
    site = build_site(path)

    def found() -> list[int]:
        return [note["id"] for note in asyncio.run(search_all(site, "golpeada", news=True)).news or ()]

    assert found()[0] == 2
    monkeypatch.setattr("pipeline.pages.search.TOO_MANY", 3)
    assert found() == [3, 2, 1]


def test_no_table_has_a_permission_block_since_nobody_would_read_it() -> None:
    def keys(value: object) -> set[str]:
        if not isinstance(value, dict):
            return set()
        return set(value).union(*(keys(one) for one in value.values()))

    assert not {"allow", "allow_sql", "permissions"} & keys(metadata()["databases"][DATABASE]["tables"])
