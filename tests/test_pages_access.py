"""The role table of the design, on names alone."""

import pytest

from pipeline.pages.access import LOCAL, ROLES, Kind, Names, allowed, rights
from pipeline.pages.serving import names

NAMES = Names(figures=frozenset({"v_cifra"}), tables=frozenset({"corridas"}), restricted=frozenset({"personas"}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("v_cifra", Kind.FIGURES),
        ("corridas", Kind.TABLES),
        ("personas", Kind.RESTRICTED),
        ("PERSONAS", Kind.RESTRICTED),
        ("desconocida", None),
        ("personas_fts", None),
        ("personas_fts_data", None),
        ("sqlite_master", None),
    ],
)
def test_a_name_is_what_the_descriptions_say_and_else_nothing(name: str, kind: Kind | None) -> None:
    assert NAMES.kind(name) is kind


def test_a_name_that_is_both_restricted_and_open_counts_as_restricted() -> None:
    both = Names(figures=frozenset({"x"}), tables=frozenset({"x"}), restricted=frozenset({"x"}))
    assert both.kind("x") is Kind.RESTRICTED


@pytest.mark.parametrize(
    ("actor", "accounts", "granted"),
    [
        (None, False, LOCAL),
        (None, True, frozenset()),
        ({"id": "ana", "roles": ["lectura"]}, True, {Kind.FIGURES}),
        ({"id": "ana", "roles": ["lectura", "analista"]}, True, ROLES["analista"]),
        ({"id": "ana", "roles": ["administracion"]}, True, frozenset(Kind)),
        ({"id": "ana", "roles": ["inventado"]}, True, frozenset()),
        ({"id": "ana"}, True, frozenset()),
        ({"id": "root"}, False, frozenset()),
    ],
)
def test_rights_are_the_union_of_the_known_roles(actor: dict | None, accounts: bool, granted: set) -> None:
    assert rights(actor, accounts=accounts) == granted


@pytest.mark.parametrize(
    ("role", "action", "resource", "expected"),
    [
        ("lectura", "view-table", ("registro", "v_cifra"), True),
        ("lectura", "view-table", ("registro", "corridas"), False),
        ("lectura", "view-table", ("registro", "personas"), False),
        ("lectura", "revisar", None, False),
        ("analista", "view-table", ("registro", "personas"), True),
        ("analista", "view-table", ("otra", "personas"), False),
        ("analista", "revisar", None, True),
        ("analista", "execute-sql", "registro", False),
        ("administracion", "execute-sql", "registro", True),
        ("administracion", "view-database-download", "registro", True),
        ("administracion", "view-database", "_internal", False),
        ("administracion", "view-table", ("registro", "personas_fts"), False),
        ("administracion", "accion-nueva", None, False),
    ],
)
def test_what_each_role_may_do(role: str, action: str, resource: object, expected: bool) -> None:
    assert allowed(ROLES[role], action, resource, NAMES) is expected


def test_without_accounts_nothing_is_changed_and_no_sql_is_run() -> None:
    assert LOCAL.isdisjoint({Kind.REVIEW, Kind.SYSTEM})


def test_the_closed_list_holds_every_table_with_names_or_texts() -> None:
    expected = {"enlaces", "noticias", "noticias_versiones", "pasajes", "personas", "victimas", "correcciones"}
    assert expected | {"noticias_fts", "hallazgos_fts", "v_hallazgos_nombres"} <= names().restricted
    assert names().restricted.isdisjoint(names().figures | names().tables)
