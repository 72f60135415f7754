"""What follows from a corrected place: borough, state and city agree (guide, `lugar`), and `ambito` goes with the city."""

from collections.abc import Mapping

from sqlite_utils import Database

from nlp.vocabulario import Ambito, Cdmx, Entidad
from pipeline.registry.decisions import value

PLACE = ("cdmx", "alcaldia", "entidad")
FOLLOWS = "se sigue del lugar"
SCOPES: Mapping[object, str] = {
    Cdmx.SI: Ambito.HECHO_EN_CDMX.value,
    Cdmx.NO: Ambito.FUERA.value,
    Cdmx.INDETERMINADO: Ambito.POR_DETERMINAR.value,
}


def implied(campo: str, valor: object) -> dict[str, object]:
    """Return the values of the other place fields that go with a value; those it leaves open are not among them."""
    if campo == "alcaldia":
        return {"cdmx": Cdmx.SI.value, "entidad": Entidad.CDMX.value} if valor else {}
    if campo == "entidad" and valor:
        inside = valor == Entidad.CDMX
        return {"cdmx": Cdmx.SI.value} if inside else {"cdmx": Cdmx.NO.value, "alcaldia": None}
    if campo == "cdmx":
        return {"entidad": Entidad.CDMX.value} if valor == Cdmx.SI else {"alcaldia": None}
    return {}


def what_follows(db: Database, folio: str, campo: str, valor: object) -> dict[str, object]:
    """Return the fields, of the place and `ambito`, that change with a correction, by name; empty for other fields.

    An `ambito` other than what the place gave (the person lives here, an attack from afar) was decided on and stays.
    """
    if campo not in PLACE:
        return {}
    new = implied(campo, valor)
    if campo == "cdmx" and valor != Cdmx.SI and value(db, folio, "entidad") == Entidad.CDMX:
        new["entidad"] = None
    before = value(db, folio, "cdmx")
    if value(db, folio, "ambito") == SCOPES.get(before):
        new["ambito"] = SCOPES[new.get("cdmx", valor if campo == "cdmx" else before)]
    return {name: one for name, one in new.items() if one != value(db, folio, name)}


def followed(corrected: Mapping[str, object], campo: str) -> list[str]:
    """Return the corrected fields that say what follows from the corrected value of `campo`, which is taken back."""
    if campo not in PLACE:
        return []
    new = implied(campo, corrected[campo])
    city = new.get("cdmx", corrected[campo] if campo == "cdmx" else None)
    new |= {"ambito": SCOPES[city]} if city in SCOPES else {}
    new |= {"entidad": None} if city != Cdmx.SI and campo == "cdmx" else {}
    return [name for name, one in new.items() if name in corrected and corrected[name] == one]
