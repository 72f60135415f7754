"""Every registered route, by role and by form: who gets what, and no restricted word where it is not allowed."""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from canarios import ENTRY, MOTIVE, SECRETS, planted
from cuentas import session_cookies
from datasette.app import Datasette
from datasette.utils import resolve_routes
from sitio import rows

from pipeline.pages.access import Kind
from pipeline.pages.serving import build_site, names

ROLES = (None, "lectura", "analista", "administracion")
LETS_IN: dict[str, set[str | None]] = {
    "todos": set(ROLES),
    "cifras": {"lectura", "analista", "administracion"},
    "nombres": {"analista", "administracion"},
    "sistema": {"administracion"},
    "nadie": set(),
}
OURS = r"(?!-/|estatico/|robots\.txt$|favicon\.ico$)"
CLOSED = (
    "metadata|versions|plugins|settings|config|threads|databases|actor|permissions|messages|allow-debug|patterns|auth-token"
    "|logout|login|password-tool"
)
HIDDEN = "stands behind one of ours: never reached"
FOLIO = "/-/hallazgo/H-2026-000003"
BASE = r"^/-/base/(?P<number>\d{1,9})"

# Every pattern that Datasette is given → what is asked there, and whom it lets in.
ROUTES: dict[str, dict[str, str] | str] = {
    r"^/-/entrar$": {"/-/entrar": "todos", "/-/entrar?volver=/registro/noticias": "todos"},
    r"^/-/salir$": {"/-/salir": "nadie"},
    r"^/-/cuenta$": {"/-/cuenta": "cifras"},
    r"^/-/usuarios$": {"/-/usuarios": "sistema"},
    r"^/-/hallazgos\.atom$": {"/-/hallazgos.atom": "nadie", "/-/hallazgos.atom?clave=x": "nadie"},
    r"^/-/hallazgo/(?P<folio>[A-Za-z0-9-]+)$": {FOLIO: "cifras"},
    r"^/-/hallazgo/(?P<folio>[A-Za-z0-9-]+)/ficha$": {f"{FOLIO}/ficha": "cifras"},
    r"^/-/hallazgo/(?P<folio>[A-Za-z0-9-]+)/expediente$": {f"{FOLIO}/expediente": "nadie"},
    r"^/-/revision$": {"/-/revision": "nombres", "/-/revision?q=Canaria": "nombres"},
    r"^/-/revision/tarjetas$": {"/-/revision/tarjetas": "nombres", "/-/revision/tarjetas?folio=H-2026-000003": "nombres"},
    r"^/-/revision/llegados$": {"/-/revision/llegados?pestania=resto&desde=0": "nombres", "/-/revision/llegados": "nombres"},
    r"^/-/revision/decidir$": {"/-/revision/decidir": "nadie"},
    r"^/-/revision/trabajo/(?P<number>\d{1,15})$": {"/-/revision/trabajo/1": "nombres", "/-/revision/trabajo/99": "nadie"},
    r"^/-/acuse$": {"/-/acuse": "nombres"},
    r"^/-/segunda-lectura$": {"/-/segunda-lectura": "nombres", "/-/segunda-lectura?lectura=1": "nombres"},
    r"^/-/movilizaciones$": {"/-/movilizaciones": "nombres"},
    r"^/-/movilizaciones\.ics$": {"/-/movilizaciones.ics": "cifras", "/-/movilizaciones.ics?clave=x": "cifras"},
    r"^/-/movilizacion/(?P<number>\d{1,9})$": {"/-/movilizacion/1": "nombres", "/-/movilizacion/99": "nadie"},
    r"^/-/movilizacion/(?P<number>\d{1,9})/informe$": {"/-/movilizacion/1/informe": "nombres"},
    r"^/-/bases$": {"/-/bases": "nombres"},
    r"^/-/base/guardia\.js$": {"/-/base/guardia.js": "todos"},
    rf"{BASE}$": {"/-/base/1": "nombres", "/-/base/99": "nadie"},
    rf"{BASE}/estado$": {"/-/base/1/estado": "nombres", "/-/base/1/estado?registros=1": "nombres"},
    rf"{BASE}/datos$": {"/-/base/1/datos": "nombres"},
    rf"{BASE}/bitacora$": {"/-/base/1/bitacora": "nombres", "/-/base/99/bitacora": "nadie"},
    rf"{BASE}/formulario$": {"/-/base/1/formulario": "nombres"},
    rf"{BASE}/recibir$": {"/-/base/1/recibir": "nombres"},
    rf"{BASE}/atencion$": {f"/-/base/1/atencion?registro={ENTRY}": "nombres", "/-/base/1/atencion": "nombres"},
    r"^/-/arco$": {"/-/arco": "sistema"},
    r"^/-/indicadores$": {"/-/indicadores": "cifras"},
    r"^/-/exportar/(?P<what>comparativo|hallazgos)\.(?P<form>csv|xlsx|json)$": {
        "/-/exportar/comparativo.json?anio=2026": "cifras",
        "/-/exportar/comparativo.csv?anio=x": "cifras",
        "/-/exportar/hallazgos.csv?periodo=2026": "cifras",
        "/-/exportar/hallazgos.json?nombres=1": "nombres",
        "/-/exportar/hallazgos.xlsx?nombres=1": "nombres",
    },
    r"^/-/cierres$": {"/-/cierres": "cifras"},
    r"^/-/cierres/(?P<period>[0-9A-Z.-]{4,22})/(?P<version>\d{1,6})\.(?P<form>html|docx)$": {
        "/-/cierres/2026-B5/1.html": "nadie",
        "/-/cierres/2026-B5/9.docx": "nadie",
    },
    r"^/-/plan$": {"/-/plan": "cifras", "/-/plan?trimestre=2026-T1": "cifras"},
    r"^/-/tablero$": {"/-/tablero": "cifras", "/-/tablero?periodo=2026": "cifras"},
    r"^/-/tablero/(?P<name>[a-z]{1,20})\.svg$": {
        "/-/tablero/mensual.svg": "cifras",
        "/-/tablero/alcaldias.svg?angosto=1": "cifras",
        "/-/tablero/personas.svg": "nadie",
    },
    r"^/-/buscar$": {"/-/buscar": "cifras", "/-/buscar?q=coyoacan": "cifras", "/-/buscar?q=patrulla+color": "cifras"},
    r"^/robots\.txt$": {"/robots.txt": "todos"},
    rf"^/-/({CLOSED})(\.json)?$": {
        f"/-/{page}{form}": "nadie" for page in CLOSED.split("|") for form in ("", ".json", "?sql=select+1")
    },
    rf"^/{OURS}(?P<database>[^\/\.]+)\.db$": {"/registro.db": "sistema", "/_internal.db": "nadie", "/~72egistro.db": "sistema"},
    rf"^/{OURS}(?P<database>[^\/\.]+)(\.(?P<format>\w+))?$": {
        "/registro": "cifras",
        "/registro.json": "cifras",
        "/registro.json?_shape=object": "cifras",
        "/registro?sql=select+nombre+from+personas": "sistema",
        "/registro.json?sql=select+nombre+from+personas&_shape=array": "sistema",
        "/registro.csv?sql=select+titulo+from+noticias&_stream=1": "sistema",
        "/~72egistro.json?sql=select+titulo+from+noticias": "sistema",
        "/_internal": "nadie",
        "/_internal.json": "nadie",
        "/otra": "nadie",
    },
    rf"^/{OURS}(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)(\.(?P<format>\w+))?$": {
        "/registro/v_hallazgos": "cifras",
        "/registro/corridas": "nombres",
        "/registro/noticias": "nombres",
        "/registro/noticia~73": "nombres",
        "/~72egistro/noticias.json": "nombres",
        "/registro/noticias.blob?_blob_column=texto": "nadie",
        "/registro/noticias_fts": "nadie",
        "/registro/hallazgos_fts.json": "nadie",
        "/registro/noticias_fts_data.csv": "nadie",
        "/registro/sqlite_master": "nadie",
        "/registro/NOTICIAS": "nadie",
        "/registro/v_hallazgos?_search=Canaria&_fts_table=noticias_fts": "nadie",
        "/registro/v_hallazgos?_fts_pk=id": "nadie",
        "/registro/v_hallazgos.json?_where=1=1": "nadie",
        '/registro/hallazgos?_through={"table":"victimas","column":"id","value":"1"}': "nadie",
        "/_internal/tables": "nadie",
    },
    rf"^/{OURS}(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$": {
        "/registro/hallazgos/3": "nombres",
        "/registro/hallazgos/3.json?_extras=foreign_key_tables": "nombres",
        "/registro/fuentes/faro": "nombres",
        "/registro/noticias/1": "nombres",
        "/registro/noticias/1.json": "nombres",
        "/registro/noticias/1.csv": "nombres",
        "/registro/personas/1.json?_labels=on": "nombres",
        "/registro/comentarios/1": "nombres",
        "/registro/noticias/1.blob?_blob_column=texto": "nadie",
        "/registro/noticias_fts/1": "nadie",
        "/registro/NOTICIAS/1": "nadie",
        "/_internal/tables/1": "nadie",
    },
    r"/(\.(?P<format>jsono?))?$": {"/": "cifras", "/.json": "cifras"},
    "/favicon.ico": {"/favicon.ico": "todos"},
    "/-/static/(?P<path>.*)$": {"/-/static/app.css": "todos", "/-/static/../app.py": "nadie"},
    "/estatico/(?P<path>.*)$": {"/estatico/hallazgos.css": "todos", "/estatico/../metadata.json": "nadie"},
    "/:memory:(?P<rest>.*)$": HIDDEN,
    r"^/-/password-tool$": HIDDEN,
    r"^/-/login$": HIDDEN,
    **{rf"/-/{page}(\.(?P<format>json))?$": HIDDEN for page in ("metadata", "versions", "plugins", "settings", "threads")},
    **{rf"/-/{page}(\.(?P<format>json))?$": HIDDEN for page in ("databases", "actor")},
    **{f"/-/{page}$": HIDDEN for page in ("auth-token", "logout", "permissions", "messages", "allow-debug", "patterns")},
    "/-/config.json": HIDDEN,
    "/-/config": HIDDEN,
    r"/(?P<database>[^\/\.]+)\.db$": HIDDEN,
    r"/(?P<database>[^\/\.]+)(\.(?P<format>\w+))?$": HIDDEN,
    r"/(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)(\.(?P<format>\w+))?$": HIDDEN,
    r"/(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$": HIDDEN,
}
PROBES = {path: who for probes in ROUTES.values() if isinstance(probes, dict) for path, who in probes.items()}

ONE_EACH = [path for probes in ROUTES.values() if isinstance(probes, dict) for path in list(probes)[:1]]

# Every form in which a table or view can be asked for; `x` and `l` stand for one of its columns.
FORMS = (
    *("", ".json", ".csv", "?_labels=on", ".json?_labels=on", ".csv?_labels=on&_stream=1", ".csv?_dl=1", ".csv?_header=off"),
    *(".json?_shape=arrays", ".json?_shape=objects", ".json?_shape=array", ".json?_shape=object", ".json?_shape=arrayfirst"),
    *(".json?_nl=on&_shape=array", ".json?_facet=x&_facet_size=max", ".json?_facet_array=x", ".json?_facet_date=x"),
    *("?_facet=x&_labels=on", ".json?_extra=suggested_facets,foreign_key_tables,expandable_columns", ".json?_size=max"),
    *(".json?_next=2", ".json?_sort=x", ".json?_col=x", ".json?x__contains=a", ".json?_trace=1", ".csv?_trace=1", "?_todas=1"),
    *(".json?_search=Canaria", ".json?_search_x=Canaria", ".json?_json=x", ".json?_timelimit=1000"),
)
SHORT = ("", ".json?_labels=on&_size=max", ".csv?_labels=on&_stream=1")
SAMPLE = {"v_hallazgos": "sitio", "v_indicador_mensual": "anio", "bitacora": "quien", "hallazgos_noticias": "noticia_id"}
SAMPLE |= {"noticias": "titulo", "victimas": "persona_id", "v_hallazgos_nombres": "folio", "comentarios": "texto"}
KINDS = {Kind.FIGURES: "cifras", Kind.TABLES: "nombres", Kind.RESTRICTED: "nombres", Kind.SYSTEM: "sistema"}

Ask = Callable[..., list[httpx.Response]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    """A registry under another file's name, in which every restricted table holds a canary."""
    return build_site(planted(tmp_path_factory.mktemp("rutas") / "otro nombre.sqlite"), accounts=True)


@pytest.fixture(scope="module")
def ask(site: Datasette) -> Iterator[Ask]:
    """Ask (role, path) pairs one after another, each role with an account of its own."""
    cookies = {role: session_cookies(site, [role], f"con-{role}") if role else {} for role in ROLES}
    headers = {role: {"cookie": "; ".join(f"{key}={value}" for key, value in kept.items())} for role, kept in cookies.items()}
    transport = httpx.ASGITransport(app=site.app())  # once: `site.client` builds it anew for each request

    def asked(pairs: list[tuple[str | None, str]], method: str = "GET", **extra: Any) -> list[httpx.Response]:
        more = extra.pop("headers", {})

        async def all_of_them() -> list[httpx.Response]:
            client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
            return [await client.request(method, path, headers=headers[role] | more, **extra) for role, path in pairs]

        return asyncio.run(all_of_them())

    yield asked


def check(answers: list[httpx.Response], asked: list[tuple[str | None, str]], who: Callable[[str], str]) -> list[str]:
    """Return what is wrong: a status that is not the role's, a restricted word before who may not read it, an error."""
    wrong = []
    for (role, path), answer in zip(asked, answers, strict=True):
        lets_in = role in LETS_IN[who(path)]
        fine = answer.status_code in ((200, 302, 400) if lets_in else (403, 404, 405))
        clean = role in LETS_IN["nombres"] or not any(word in answer.text for word in (*SECRETS, MOTIVE))
        if not fine or not clean:
            wrong.append(f"{role} {path}: {answer.status_code}{'' if clean else ', con un nombre'}")
    return wrong


def test_every_registered_route_stands_in_the_table(site: Datasette) -> None:
    registered = [regex.pattern for regex, _ in site._routes()]
    assert set(registered) - set(ROUTES) == set(), "a new route: say in ROUTES whom it lets in"
    assert set(ROUTES) - set(registered) == set()
    for pattern, probes in ROUTES.items():
        for path in probes if isinstance(probes, dict) else ():
            match, _ = resolve_routes(site._routes(), path.partition("?")[0])
            assert match is not None and match.re.pattern == pattern, path


def test_what_stands_behind_ours_is_never_reached(site: Datasette) -> None:
    first = {}
    for path in PROBES:
        match, _ = resolve_routes(site._routes(), path.partition("?")[0])
        first[path] = match.re.pattern
    assert not {path for path, pattern in first.items() if ROUTES[pattern] == HIDDEN}


@pytest.mark.parametrize("role", ROLES)
def test_each_route_lets_in_whom_the_table_says(ask: Ask, role: str | None) -> None:
    pairs = [(role, path) for path in PROBES]
    assert check(ask(pairs), pairs, lambda path: PROBES[path]) == []


@pytest.mark.parametrize("role", ROLES)
def test_every_table_and_view_in_the_usual_forms(site: Datasette, ask: Ask, role: str | None) -> None:
    tables = [row["name"] for row in rows(site, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    assert len(tables) > 60

    def who(path: str) -> str:
        kind = names().kind(re.split(r"[.?]", path.removeprefix("/registro/"))[0])
        return KINDS[kind] if kind else "nadie"

    pairs = [(role, f"/registro/{table}{form}") for table in tables for form in SHORT]
    assert check(ask(pairs), pairs, who) == []


# Datasette drops the facets that it has begun when one of them fails.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("table", "column"), SAMPLE.items())
def test_a_table_of_each_kind_in_every_form(ask: Ask, role: str | None, table: str, column: str) -> None:
    pairs = [(role, f"/registro/{table}{form.replace('=x', f'={column}').replace('?x', f'?{column}')}") for form in FORMS]
    assert check(ask(pairs), pairs, lambda _path: KINDS[names().kind(table)]) == []


def test_no_label_facet_or_row_of_an_open_table_carries_a_name(ask: Ask) -> None:
    opened = sorted(names().figures | names().tables)
    pairs = [("administracion", f"/registro/{table}{form}") for table in opened for form in SHORT]
    for (_, path), answer in zip(pairs, ask(pairs), strict=True):
        assert answer.status_code == 200, path
        assert [word for word in SECRETS if word in answer.text] == [], path


@pytest.mark.parametrize(
    "path", ["/registro/noticias/", "/registro//noticias", "/registro/noticias%2Ejson", "/registro/%6Eoticias"]
)
@pytest.mark.parametrize("role", [None, "lectura"])
def test_an_odd_spelling_is_no_way_in(site: Datasette, ask: Ask, path: str, role: str | None) -> None:
    (answer,) = ask([(role, path)], follow_redirects=True)
    assert answer.status_code in (403, 404)
    assert not any(word in answer.text for word in SECRETS)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_other_methods_show_no_more_and_change_nothing(site: Datasette, ask: Ask, method: str) -> None:
    before = everything(site)
    for role in ROLES:
        pairs = [(role, path) for path in ONE_EACH if not path.startswith(("/-/static", "/estatico", "/favicon"))]
        for (_, path), answer in zip(pairs, ask(pairs, method), strict=True):
            open_to = role in LETS_IN[PROBES[path]] or answer.text == "ok"  # how Datasette answers OPTIONS, whoever asks
            assert answer.status_code in ((200, 302, 400, 403, 404, 405) if open_to else (403, 404, 405)), (role, path)
            assert role in LETS_IN["nombres"] or not any(word in answer.text for word in SECRETS), (role, path)
    assert everything(site) == before


# Of the restricted tables: what is a name, a text, an address of a note, or what somebody typed.
NAMED = {
    "noticias": {"titulo", "texto", "autor", "url", "url_canonica", "etiquetas"},
    "noticias_versiones": {"titulo", "texto"},
    "enlaces": {"url_normalizada", "url", "titulo", "resumen", "contenido", "autor"},
    "pasajes": {"etiqueta"},
    "personas": {"nombre", "clave"},
    "victimas": {"medio_u_organizacion"},
    "claves_union": {"clave"},
    "comentarios": {"texto"},
    "deshacer": {"antes"},
    "atenciones": {"area", "a_quien", "nota"},
    "trabajos": {"datos", "mensaje"},
    "registros_base": {"texto", "iniciales"},
    "bitacora": {"motivo", "antes", "despues"},
}


def names_read(site: Datasette, view: str) -> set[tuple[str, str]]:
    """The columns with names that a view reads, whatever tables and views it goes through."""
    read: set[tuple[str, str]] = set()

    def see(action: int, table: str | None, column: str | None, *_more: object) -> int:
        if action == sqlite3.SQLITE_READ:
            read.add((str(table), str(column)))
        return sqlite3.SQLITE_OK

    with closing(sqlite3.connect(site.get_database("registro").path)) as db:
        db.set_authorizer(see)
        db.execute(f"SELECT * FROM {view} LIMIT 0")
    assert read
    return {(table, column) for table, column in read if column in NAMED.get(table, ())}


@pytest.mark.parametrize("view", sorted(names().figures))
def test_no_view_of_figures_reads_a_name_even_when_it_is_empty_here(site: Datasette, view: str) -> None:
    assert names_read(site, view) == set()
    assert names_read(site, "v_hallazgos_nombres") >= {("personas", "nombre")}


def test_every_answer_with_a_name_in_it_is_written_down(site: Datasette, ask: Ask) -> None:
    with closing(sqlite3.connect(site.get_database("registro").path)) as db:

        def lines() -> int:
            return int(db.execute("SELECT count(*) FROM lecturas WHERE quien = 'con-administracion'").fetchone()[0])

        tables = [f"/registro/{table}{form}" for table in sorted(names().restricted) for form in SHORT]
        for path in [*PROBES, *tables]:
            before = lines()
            (answer,) = ask([("administracion", path)])
            if any(word in answer.text for word in SECRETS):
                assert lines() == before + 1, path
        assert lines() > 20


def everything(site: Datasette) -> list[dict]:
    return rows(site, "SELECT 'b', count(*) AS n FROM bitacora UNION ALL SELECT 'h', sum(version) FROM hallazgos")


FORMS_SENT = ["/-/revision/decidir", "/-/segunda-lectura", "/-/cuenta", "/-/usuarios", "/-/salir", "/-/entrar"]
FORMS_SENT += [
    "/-/movilizaciones",
    "/-/movilizacion/1",
    "/-/bases",
    "/-/base/1",
    "/-/base/1/datos",
    "/-/base/1/recibir",
    "/-/base/1/atencion",
]


@pytest.mark.parametrize("path", [*FORMS_SENT, *(path for path in ONE_EACH if path.partition("?")[0] not in FORMS_SENT)])
def test_nothing_is_written_without_a_session_or_without_the_token(site: Datasette, ask: Ask, path: str) -> None:
    before = everything(site)
    token = site.sign("prueba", "csrftoken")
    form = {"accion": "validar", "folio": "H-2026-000003", "version": "1", "nombre": "luz", "rol": "lectura"}
    with_token = {"headers": {"x-csrftoken": token, "cookie": f"ds_csrftoken={token}"}, "data": form}
    if path != "/-/entrar":
        assert ask([(None, path)], "POST", **with_token)[0].status_code == 403
    assert ask([(None, path)], "POST", data=form)[0].status_code == 403
    assert {answer.status_code for answer in ask([(role, path) for role in ROLES[1:]], "POST", data=form)} == {403}
    assert {answer.status_code for answer in ask([(role, path) for role in ROLES[1:]], "POST", json=form)} == {403}
    assert everything(site) == before


def test_without_accounts_nothing_is_written_at_all(tmp_path: Path) -> None:
    local = build_site(planted(tmp_path / "r.db"))
    before = everything(local)
    form = {"accion": "validar", "folio": "H-2026-000003", "version": "1"}
    for path in FORMS_SENT:
        assert asyncio.run(local.client.post(path, data=form)).status_code in (
            (302,) if path == "/-/salir" else (401, 403, 405)
        ), path
    assert everything(local) == before
