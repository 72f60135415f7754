"""The codes of a second reading: the guide's fields and the link with the work, of a form and of a finding."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from nlp.vocabulario import Cdmx, Entidad, EstadoHallazgo, Modalidad, agresiones_de
from pipeline.registry.decisions import LISTS, state_of, value
from pipeline.review.errors import ReviewError
from pipeline.review.fields import checked

Codes = dict[str, Any]

# In the order in which they are asked and shown; `agresion` follows from the modalities.
CODED = (
    *("clase", "tipo_victima", "modalidad", "agresion", "agresor", "movilizacion"),
    *("cdmx", "alcaldia", "entidad", "fecha_hecho", "vinculo"),
)
DERIVED = "agresion"
DIGITAL = "amenaza_digital"  # a threat came by digital means (guide, `agresion`)
NEEDED = {
    "clase": "la clase",
    "tipo_victima": "el tipo de víctima",
    "agresor": "el agresor (puede ser «No identificado»)",
    "movilizacion": "si fue por una movilización",
    "cdmx": "si ocurrió en la Ciudad de México",
    "vinculo": "el vínculo con la labor",
}
NO_CASE: Codes = {"relevante": 0} | {name: [] if name in LISTS else None for name in CODED}


def read_codes(given: Mapping[str, object]) -> Codes:
    """Return the codes of a form's values by field (`relevante` 1 or 0), as they are stored.

    What tells no case has no codes; what happened in the city happened in its state. Raises `ReviewError` for what is
    missing, contradicts itself, or is not of the vocabulary.
    """
    if given.get("relevante") not in (0, 1):
        raise ReviewError("falta decir si relata un caso")
    if not given["relevante"]:
        return dict(NO_CASE)
    missing = [what for name, what in NEEDED.items() if given.get(name) in (None, "", [])]
    if missing:
        raise ReviewError(f"falta {'; '.join(missing)}")
    codes: Codes = {name: checked(name, given.get(name)) for name in CODED if name != DERIVED}
    codes["entidad"] = codes["entidad"] or (Entidad.CDMX.value if codes["cdmx"] == Cdmx.SI else None)
    if (codes["entidad"] == Entidad.CDMX) != (codes["cdmx"] == Cdmx.SI) or (codes["alcaldia"] and codes["cdmx"] != Cdmx.SI):
        raise ReviewError("el lugar se contradice: la alcaldía y la entidad no son de donde dice que ocurrió")
    digital = bool(given.get(DIGITAL))
    if digital and Modalidad.AMENAZA not in codes["modalidad"]:
        raise ReviewError("marcó que la amenaza llegó por medios digitales y no marcó «Amenaza»")
    codes[DERIVED] = list(agresiones_de(codes["modalidad"], digital=digital))
    return {"relevante": 1} | {name: codes[name] for name in CODED}


def first_codes(db: Database, folio: str) -> Codes:
    """Return the codes of a reviewed finding as everyone sees them; a discarded one tells no case."""
    if state_of(db, folio) != EstadoHallazgo.VALIDADO:
        return dict(NO_CASE)
    return {"relevante": 1} | {name: value(db, folio, name) for name in CODED}
