"""After a blocking no way out of the registry tells it: routes, tables, facets, exports, reports, notices, publications."""

import asyncio
import io
import zipfile
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from canarios import MARK, planted
from click.testing import CliRunner
from cuentas import session_cookies
from datasette.app import Datasette
from huellas import WORDS, told, traces
from invadido import NAME, NOW
from sembrado import CANARIES
from sqlite_utils import Database
from test_datasette_rutas import FORMS, PROBES

from pipeline.cli import hallazgos
from pipeline.pages.serving import build_site, names
from pipeline.privacy.erase import erase
from pipeline.registry.arco import Order
from pipeline.registry.held import TOLD_ONLY

ASKED = ("Zulema", "Tlacuilo")


@pytest.fixture(scope="module")
def registro(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The name in every text column of every table that holds a canary, and then nowhere."""
    path = planted(tmp_path_factory.mktemp("paseo") / "registro.db")
    with closing(Database(path)) as db, db.atomic():
        for table in db.tables:
            if table.name.startswith("sqlite_") or "_fts" in table.name or table.name in TOLD_ONLY:
                continue
            for column in (one.name for one in table.columns if one.type == "TEXT"):
                for word in (CANARIES[0], MARK, "<img src=x"):
                    db.execute(
                        f"UPDATE OR IGNORE {table.name} SET {column} = replace({column}, ?, ?)", [word, f"{NAME} {word}"]
                    )
        db.execute("UPDATE personas SET nombre = ?, clave = 'zulema quetzalli tlacuilo' WHERE id % 2 = 1", [NAME])
        ids = tuple(row[0] for row in db.execute("SELECT id FROM personas WHERE id % 2 = 1").fetchall())
    assert traces(path.parent)
    erase(path, Order("bloquear", ids, "oposición"), quien="ana", now=NOW)
    return path


@pytest.fixture(scope="module")
def site(registro: Path) -> Datasette:
    return build_site(registro, accounts=True, jobs_apart=True)


def answers(site: Datasette, paths: list[str], role: str) -> list[httpx.Response]:
    kept = session_cookies(site, [role], f"con-{role}")
    headers = {"cookie": "; ".join(f"{key}={value}" for key, value in kept.items())}
    transport = httpx.ASGITransport(app=site.app())

    async def all_of_them() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [await client.get(path, headers=headers) for path in paths]

    return asyncio.run(all_of_them())


def says(content: bytes) -> list[str]:
    """The words of the name in an answer's bytes, packed ones unpacked."""
    parts = [content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    return [word for word in WORDS for part in parts if word.encode() in part.lower()]


# Datasette drops the facets that it has begun when one of them fails.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.parametrize("role", ["analista", "administracion"])
def test_no_route_and_no_form_of_any_table_tells_it(site: Datasette, registro: Path, role: str) -> None:
    with closing(Database(registro)) as db:
        tables = [*db.table_names(), "v_hallazgos", "v_hallazgos_nombres", "v_pendientes"]
        columns = [one.name for one in db["v_hallazgos"].columns]
    paths = [*PROBES]
    if role == "analista":
        paths += [f"/registro/{table}.json?_labels=on&_size=max" for table in tables]
        paths += [f"/registro/{table}{form}" for table in names().restricted for form in ("", ".csv?_stream=1")]
        paths += [f"/registro/v_hallazgos.json?_facet={one}&_facet_size=max&_size=1" for one in columns]
        paths += [f"/registro/v_hallazgos{form.replace('=x', '=sitio').replace('?x', '?sitio')}" for form in FORMS]
    shapes = ("array", "object", "arrayfirst", "objects")
    paths += [f"/registro/{table}.json?_shape={shape}" for table in ("noticias", "personas", "comentarios") for shape in shapes]
    found = answers(site, paths, role)
    assert sum(one.status_code == 200 for one in found) > (200 if role == "analista" else 60)
    assert [(path, words) for path, one in zip(paths, found, strict=True) if (words := says(one.content))] == []


def test_no_search_finds_it(site: Datasette, registro: Path) -> None:
    assert told(registro) == []
    for word in ASKED:
        (answer,) = answers(site, [f"/registro/v_hallazgos.json?_search={word}&_shape=array"], "analista")
        assert answer.json() == []
        for page in answers(site, [f"/-/buscar?q={word}", f"/-/revision?q={word}"], "analista"):
            rest = page.text.replace(word, "").replace(word.lower(), "")
            assert says(rest.encode()) == []


@pytest.mark.parametrize(
    "order",
    [
        ["exportar", "hallazgos", "-o", "{}/hallazgos.xlsx"],
        ["exportar", "hallazgos", "-o", "{}/hallazgos.csv"],
        ["exportar", "hallazgos", "-o", "{}/hallazgos.json"],
        ["exportar", "comparativo", "--anio", "2026", "-o", "{}/comparativo.csv"],
        ["exportar", "corpus", "-o", "{}/corpus.jsonl"],
        ["informe", "--periodo", "2026-11", "-o", "{}/informe.html"],
        ["publicar", "-o", "{}/publico", "--corte", "2026-11-30", "--hoy", "2026-11-30"],
        ["aviso", "--ensayo"],
        ["salud"],
        ["movilizacion", "ical", "-o", "{}/movilizaciones.ics"],
        ["base", "formulario", "1", "-o", "{}/base.html"],
    ],
    ids=lambda order: "-".join(word.strip("-") for word in order if "{}" not in word and word != "-o"),
)
def test_no_command_tells_it(registro: Path, tmp_path: Path, order: list[str]) -> None:
    words = [word.format(tmp_path) for word in order]
    done = CliRunner().invoke(hallazgos, [*words, "--registro", str(registro)])
    assert done.exit_code in (0, 1), done.output
    assert says(done.output.encode()) == []
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written or "-o" not in order
    assert [(path.name, found) for path in written if (found := says(path.read_bytes()))] == []
