"""Who may see what on the pages: the role table of the design ("Roles") as data, and pure functions on names.

Deny is the default: a table, view, action or role that is not listed here or in the descriptions is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

DATABASE = "registro"
ARCO = "arco_"  # tables of requests on personal data: who administers alone may see them (design, "Roles")


class Kind(StrEnum):
    """What a request asks for: one row of the role table (names and texts apart, since opening them is written down)."""

    FIGURES = "cifras"
    TABLES = "tablas"
    RESTRICTED = "restringido"
    REVIEW = "revision"
    SYSTEM = "sistema"


ROLES: dict[str, frozenset[Kind]] = {
    "lectura": frozenset({Kind.FIGURES}),
    "analista": frozenset({Kind.FIGURES, Kind.TABLES, Kind.RESTRICTED, Kind.REVIEW}),
    "administracion": frozenset(Kind),
}
# No accounts yet, on this machine only: everything is read, nothing is changed.
LOCAL = frozenset({Kind.FIGURES, Kind.TABLES, Kind.RESTRICTED})

ACTIONS: dict[str, Kind] = {
    "revisar": Kind.REVIEW,
    "execute-sql": Kind.SYSTEM,
    "view-database-download": Kind.SYSTEM,
    "administrar": Kind.SYSTEM,
}


@dataclass(frozen=True)
class Names:
    """The described names: views with figures and codes, open tables, and the closed list R of the design."""

    figures: frozenset[str]
    tables: frozenset[str]
    restricted: frozenset[str]

    def kind(self, name: str) -> Kind | None:
        """Return what a table or view is, or None when nobody may browse it (undescribed, full-text index)."""
        folded = name.lower()
        if folded.startswith(ARCO) and folded in self.restricted:
            return Kind.SYSTEM
        if folded.endswith("_fts") or "_fts_" in folded:
            return None
        for names, kind in (
            (self.restricted, Kind.RESTRICTED),
            (self.figures, Kind.FIGURES),
            (self.tables, Kind.TABLES),
        ):
            if folded in names:
                return kind
        return None


def rights(actor: Mapping[str, Any] | None, *, accounts: bool) -> frozenset[Kind]:
    """Return what an actor may do: the union over its `roles`; without accounts, an anonymous local reader's."""
    if actor is None:
        return frozenset() if accounts else LOCAL
    granted = [ROLES.get(str(role), frozenset()) for role in actor.get("roles") or ()]
    return frozenset().union(*granted)


def allowed(granted: frozenset[Kind], action: str, resource: object, names: Names) -> bool:
    """Say whether somebody with `granted` may do a Datasette action on a resource of ours."""
    if action == "view-instance":
        return bool(granted)
    if action == "view-database":
        return resource == DATABASE and bool(granted)
    if action == "view-table":
        database, table = resource if isinstance(resource, tuple) else (None, "")
        return database == DATABASE and names.kind(table) in granted
    return ACTIONS.get(action) in granted
