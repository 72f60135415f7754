"""A person's value for a whole field, and what follows from it by the guide: kinds of aggression, class, acts."""

from collections.abc import Sequence

from sqlite_utils import Database

from nlp.vocabulario import Agresion, Modalidad, Via, agresiones_de, clase_de
from pipeline.linking import link_finding
from pipeline.pages.headings import column_title
from pipeline.registry import coding, demonstrations, locating
from pipeline.registry.audit import Change
from pipeline.registry.decisions import corrections, drop_correction, value, values, write_correction
from pipeline.reloj import mexico_day
from pipeline.review.changes import Decision, Hand, change, not_merged
from pipeline.review.errors import ReviewError, Unchanged
from pipeline.review.fields import FREE_TEXT, checked
from pipeline.review.naming import refuse_names, refuse_own_names
from pipeline.review.places import FOLLOWS as FROM_PLACE
from pipeline.review.places import PLACE, followed, what_follows

BY_DIGITAL_MEANS = frozenset({Via.RED_SOCIAL, Via.MENSAJE, Via.CORREO, Via.LLAMADA})  # guide, `agresion`
FOLLOWS = "se sigue de la modalidad"
OF_ONE = "se sigue de la movilización"


def correct(db: Database, folio: str, campo: str, valor: object, hand: Hand) -> None:
    """Fix the whole value of a field above what machines compute; a list field takes the whole list.

    Correcting `modalidad` carries `agresion` and `clase` with it where they followed from it before; a place, the other fields
    of the place, its coordinates and `ambito`. Raises `ReviewError` for an unknown field or value, a text that names a person,
    or a finding that was merged into another, `Unchanged` for the value that it has.
    """
    stored = checked(campo, valor)
    with change(db, "corregir", hand, folio) as decision:
        not_merged(db, folio)
        if _same(stored, value(db, folio, campo)):
            raise Unchanged(f"{folio}: {column_title(campo)} ya dice eso; no se cambió nada")
        if campo in FREE_TEXT:
            refuse = refuse_own_names if campo == "sitio" else refuse_names  # streets bear people's names
            refuse(db, folio, str(stored), "este texto")
        if campo == "fecha_hecho" and stored is not None:
            _happened(db, folio, str(stored), hand)
        if campo == "movilizacion_id" and stored is not None and demonstrations.get(db, int(str(stored))) is None:
            raise ReviewError(f"{folio}: no hay movilización {stored}")
        place = what_follows(db, folio, campo, stored)
        _with_what_follows(decision, folio, campo, stored)
        for name, one in place.items():
            write(decision, folio, name, one, FROM_PLACE)
        _follow(db, folio, campo)


def uncorrect(db: Database, folio: str, campo: str, hand: Hand) -> None:
    """Give a field back to the machine's value. Raises `ReviewError` when nobody corrected it."""
    with change(db, "descorregir", hand, folio) as decision:
        not_merged(db, folio)
        corrected = corrections(db, folio)
        if campo not in corrected:
            raise ReviewError(f"{folio}: «{campo}» no está corregido")
        before = values(db, folio, "modalidad")
        after = [name for name in ("agresion", "clase") if campo == "modalidad" and _follows(db, folio, name, before)]
        for name in [campo, *(name for name in after if name in corrected), *followed(corrected, campo)]:
            drop_correction(db, folio, name)
            shown = (None, None) if name in FREE_TEXT else (corrected[name], value(db, folio, name))
            why = "" if name == campo else FROM_PLACE if campo in PLACE else FOLLOWS
            decision.note(Change("descorregir", "hallazgos", folio, name, *shown, why))
        _follow(db, folio, campo)


def _follow(db: Database, folio: str, campo: str) -> None:
    coding.follow(db, folio)
    if campo in (*PLACE, "sitio"):
        locating.locate(db, folio)
    link_finding(db, folio)


def _happened(db: Database, folio: str, day: str, hand: Hand) -> None:
    """Raise `ReviewError` for a day that has not come, or on which the press had told of it already."""
    if day > mexico_day(hand.now).isoformat():
        raise ReviewError(f"{folio}: la fecha del hecho está en el futuro")
    published = value(db, folio, "fecha_publicacion")
    if published is not None and day > str(published)[:10]:
        raise ReviewError(f"{folio}: la fecha del hecho es posterior a la primera publicación; corrija antes la que esté mal")


def write(decision: Decision, folio: str, campo: str, valor: object, motivo: str = "") -> None:
    """Write one correction and its line in the trail."""
    before = value(decision.db, folio, campo)
    write_correction(decision.db, folio, campo, valor, quien=decision.hand.quien, now=decision.hand.now)
    shown = (None, None) if campo in FREE_TEXT else (before, valor)
    decision.note(Change("corregir", "hallazgos", folio, campo, *shown, motivo))


def _with_what_follows(decision: Decision, folio: str, campo: str, valor: object) -> None:
    db = decision.db
    before = values(db, folio, "modalidad")
    followed = [name for name in ("agresion", "clase") if campo == "modalidad" and _follows(db, folio, name, before)]
    digital = _digital_threat(db, folio, before)
    write(decision, folio, campo, valor)
    if campo == "movilizacion_id" and valor is not None and not value(db, folio, "movilizacion"):
        write(decision, folio, "movilizacion", 1, OF_ONE)
    for name in followed:
        new = _derived(name, values(db, folio, "modalidad"), digital)
        if not _same(new, value(db, folio, name)):
            write(decision, folio, name, new, FOLLOWS)


def _follows(db: Database, folio: str, name: str, modalidades: Sequence[str]) -> bool:
    """Tell whether a field is what the guide derives from the modalities: a person who fixed it otherwise is obeyed."""
    corrected = name in corrections(db, folio)
    if name == "agresion" and not corrected:
        return True
    return _same(value(db, folio, name), _derived(name, modalidades, _digital_threat(db, folio, modalidades)))


def _same(a: object, b: object) -> bool:
    """Compare two values of a field; a list's order says nothing."""
    return sorted(a) == sorted(b) if isinstance(a, list) and isinstance(b, list) else a == b


def _derived(name: str, modalidades: Sequence[str], digital: bool) -> object:
    return clase_de(modalidades) if name == "clase" else list(agresiones_de(modalidades, digital=digital))


def _digital_threat(db: Database, folio: str, modalidades: Sequence[str]) -> bool:
    """A threat came by digital means: by the way it took, or because the finding is digital without a digital attack."""
    if value(db, folio, "via") in BY_DIGITAL_MEANS:
        return True
    said = Agresion.DIGITAL in values(db, folio, "agresion") and Modalidad.AMENAZA in modalidades
    return said and Agresion.DIGITAL not in agresiones_de(modalidades)
