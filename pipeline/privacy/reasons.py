"""Reasons stay in the trail, which only grows and is never covered: one that names who asks, or who is gone, is refused."""

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.privacy.forms import Forms
from pipeline.privacy.returning import returning
from pipeline.registry import erased


def check_reason(db: Database, told: str, own: Forms) -> None:
    """Raise `ErrorDeUso` for a reason in which `own` names stand, or the name of anybody blocked or erased."""
    known = erased.remembered(db)
    if own.named_in(told) or (known and returning([told], known)):
        raise ErrorDeUso("el motivo lleva un nombre, y la bitácora lo guardaría para siempre: escríbalo sin nombres")
