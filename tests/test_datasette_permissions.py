"""Every door of the site, by role: status, and no restricted word where it is not allowed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from sembrado import CANARIES, seeded
from sitio import ask, rows

from pipeline.pages.access import ARCO
from pipeline.pages.serving import build_site, names

READER, ANALYST, ADMIN = ["lectura"], ["analista"], ["administracion"]
FIGURES = [
    "/",
    "/.json",
    "/registro",
    "/registro.json",
    "/-/indicadores",
    "/-/buscar?q=reportera",
    "/registro/v_hallazgos",
    "/registro/v_hallazgos.json?_labels=on&_facet=sitio",
    "/registro/v_hallazgos.csv",
    "/-/hallazgo/H-2026-000003",
    "/registro/v_hallazgos?_search=reportera",
    "/registro/v_salud_fuentes",
]
TABLES = [
    "/registro/corridas",
    "/registro/hallazgos_noticias?_labels=on",
    "/registro/actos.json?_labels=on",
    "/registro/bitacora.csv",
    "/registro/hallazgos/1",
    "/registro/lecturas",
]
RESTRICTED = [
    "/registro/noticias",
    "/registro/noticias.json",
    "/registro/noticias.csv?_stream=1",
    "/registro/noticias/1",
    "/registro/noticias/1.json",
    "/registro/personas",
    "/registro/victimas?_labels=on",
    "/registro/pasajes",
    "/registro/correcciones",
    "/registro/enlaces",
    "/registro/v_hallazgos_nombres",
    "/registro/noticia~73",
    "/~72egistro/noticias",
]
NOBODY = [
    "/registro/noticias_fts",
    "/registro/hallazgos_fts",
    "/registro/noticias_fts_data",
    "/registro/sqlite_master",
    "/registro/Noticias",
    "/registro/NOTICIAS/1",
    "/registro/Noticias/1.json",
    "/_internal",
    "/_internal/tables",
    "/registro/v_hallazgos?_search=x&_fts_table=noticias_fts",
    "/registro/v_hallazgos?_fts_pk=id",
    '/registro/hallazgos?_through={"table":"victimas","column":"id","value":"1"}',
    "/-/metadata.json",
    "/-/metadata",
    "/-/databases.json",
    "/-/settings",
    "/-/plugins.json",
    "/-/versions.json",
    "/-/allow-debug",
    "/-/permissions",
    "/-/threads",
    "/-/patterns",
    "/-/messages",
    "/-/actor.json",
    "/-/config",
]
SYSTEM = [
    "/registro?sql=select+nombre+from+personas",
    "/registro.json?sql=select+1",
    "/registro.csv?sql=select+1",
    "/registro.db",
    "/registro/v_hallazgos?_where=1=1",
    "/registro/v_hallazgos.json?_where=1=1",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    """A registry under another file name, with accounts on."""
    yield build_site(seeded(tmp_path_factory.mktemp("sitio") / "otro nombre.sqlite"), accounts=True)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    """The same without accounts."""
    return build_site(seeded(tmp_path_factory.mktemp("local") / "x.db"))


@pytest.mark.parametrize("path", FIGURES + TABLES + RESTRICTED + NOBODY + SYSTEM)
def test_with_accounts_nobody_sees_anything_without_logging_in(site: Datasette, path: str) -> None:
    answer = ask(site, path)
    assert answer.status_code in (403, 404)
    assert not any(word in answer.text for word in CANARIES)


@pytest.mark.parametrize("path", FIGURES)
def test_a_reader_sees_figures_and_codes_without_a_name(site: Datasette, path: str) -> None:
    answer = ask(site, path, READER)
    assert answer.status_code == 200
    assert not any(word in answer.text for word in CANARIES)


@pytest.mark.parametrize("path", TABLES + RESTRICTED + NOBODY + SYSTEM)
def test_a_reader_sees_nothing_else(site: Datasette, path: str) -> None:
    answer = ask(site, path, READER)
    assert answer.status_code in (403, 404)
    assert not any(word in answer.text for word in CANARIES)


@pytest.mark.parametrize("path", FIGURES + TABLES + RESTRICTED)
def test_analysts_see_all_that_is_described(site: Datasette, path: str) -> None:
    assert ask(site, path, ANALYST, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("path", NOBODY)
def test_closed_doors_are_closed_for_administration_too(site: Datasette, path: str) -> None:
    assert ask(site, path, ADMIN, follow_redirects=True).status_code in (403, 404)


@pytest.mark.parametrize("path", SYSTEM)
@pytest.mark.parametrize("roles", [READER, ANALYST])
def test_sql_and_download_are_refused(site: Datasette, path: str, roles: list[str]) -> None:
    assert ask(site, path, roles).status_code == 403


def test_administration_may_ask_in_sql_and_download(site: Datasette) -> None:
    assert ask(site, "/registro.json?sql=select+count(*)+from+hallazgos", ADMIN).status_code == 200
    assert ask(site, "/registro.db", ADMIN).status_code == 200


@pytest.mark.parametrize("path", FIGURES + TABLES + RESTRICTED)
def test_without_accounts_everything_described_is_readable_here(local: Datasette, path: str) -> None:
    assert ask(local, path, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("path", NOBODY + SYSTEM)
def test_without_accounts_sql_download_and_indexes_stay_closed(local: Datasette, path: str) -> None:
    assert ask(local, path, follow_redirects=True).status_code in (403, 404)


@pytest.mark.parametrize("path", SYSTEM)
def test_without_accounts_sql_is_forbidden_not_missing(local: Datasette, path: str) -> None:
    assert ask(local, path).status_code == 403


@pytest.mark.parametrize("path", ["/registro/noticias", "/registro/v_hallazgos", "/registro/hallazgos/1", "/registro"])
def test_tables_are_only_read(local: Datasette, path: str) -> None:
    assert ask(local, path, method="post").status_code == 405


def test_every_table_of_the_registry_is_described_or_closed(local: Datasette) -> None:
    for row in rows(local, "select name from sqlite_master where type in ('table', 'view')"):
        status = ask(local, f"/registro/{row['name']}.json?_size=1").status_code
        seen = names().kind(row["name"]) and not row["name"].startswith(ARCO)
        assert status == (200 if seen else 403), row["name"]


def test_no_label_leads_out_of_a_restricted_table(site: Datasette) -> None:
    labelled = site.metadata()["databases"]["registro"]["tables"]
    for name in names().restricted - {"v_hallazgos_nombres"}:
        assert labelled[name]["label_column"] == "rowid", name
    for path in TABLES:
        assert not any(word in ask(site, path, ANALYST).text for word in CANARIES), path


def test_metadata_alone_denies_everything(tmp_path: Path) -> None:
    bare = Datasette(metadata=build_site(seeded(tmp_path / "r.db"), accounts=True).metadata())
    assert bare.metadata("allow") is False
    assert bare.metadata("allow_sql", database="registro") is False
