"""Who was attacked and what was done to whom, as a person writes it: the whole list of victims, the whole list of acts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from nlp import vocabulario as v
from pipeline.registry import coding, written_people
from pipeline.registry.audit import Change
from pipeline.registry.decisions import corrections, values
from pipeline.registry.written_people import WrittenAct, WrittenVictim
from pipeline.review.changes import Decision, Hand, change, not_merged
from pipeline.review.corrections import write
from pipeline.review.errors import ReviewError
from pipeline.review.fields import FREE_TEXT, Check, flag, one_of, words
from pipeline.review.naming import refuse_own_names

MOST_ROWS = 500
MOST_PEOPLE = 100_000  # counted in one row
GENDER_KNOWN = ("texto", "nombre", "dicho")
Given = Mapping[str, Any]


def edit_victims(db: Database, folio: str, victims: Sequence[Given], hand: Hand) -> list[int]:
    """Make the finding's victims these; return their numbers. `tipo_victima` and acts follow unless a person fixed them.

    Each: `id` of the row that it changes or None, `nombre`, `cantidad`, `tipo`, `genero`, `genero_origen`,
    `medio_u_organizacion`, `relacion`, `anonimato_solicitado`. A row with an `id` and no `nombre` keeps whom it names (a name
    that is not shown). Raises `ReviewError`.
    """
    with change(db, "victimas", hand, folio) as decision:
        not_merged(db, folio)
        before = sorted(written_people.victim_people(db, folio))
        followed = _kinds_follow(db, folio)
        rows = [_victim(given, before) for given in _listed(victims)]
        if not rows:
            raise ReviewError(f"{folio}: queda al menos una víctima, aunque sea sin nombre")
        given_ids = [row.id for row in rows if row.id is not None]
        if len(set(given_ids)) < len(given_ids):
            raise ReviewError("victimas: una víctima está dos veces")
        ids = written_people.write_victims(db, folio, rows)
        _not_told_already(db, folio)
        decision.note(Change("victimas", "hallazgos", folio, "victimas", before, ids))
        if followed:
            _write_kinds(decision, folio)
        coding.follow(db, folio)
        coding.rewrite_keys(db, folio)
    return ids


def edit_acts(db: Database, folio: str, acts: Sequence[Given], hand: Hand) -> None:
    """Make the finding's acts these, each `{modalidad, victima_id, agresor, confirmado}`; the machine leaves them alone then.

    Raises `ReviewError`, also for a modality or a perpetrator that is not among the finding's own.
    """
    with change(db, "actos", hand, folio) as decision:
        not_merged(db, folio)
        victims = list(written_people.victim_people(db, folio))
        rows = [_act(given, victims) for given in _listed(acts)]
        for field, said in (
            ("modalidad", {row.modalidad for row in rows}),
            ("agresor", {row.agresor for row in rows} - {None}),
        ):
            extra = sorted({str(one) for one in said} - set(values(db, folio, field)))
            if extra:
                raise ReviewError(f"actos: {field} «{extra[0]}» no es del hallazgo; corrija antes ese campo")
        written_people.write_acts(db, folio, rows)
        decision.note(Change("actos", "hallazgos", folio, "actos", None, len(rows)))


def _not_told_already(db: Database, folio: str) -> None:
    """Raise `ReviewError` when what a person wrote as summary or place names one of the people written down now."""
    corrected = corrections(db, folio)
    for campo in FREE_TEXT & set(corrected):
        refuse_own_names(db, folio, str(corrected[campo]), f"lo corregido en «{campo}»")


def _listed(given: Sequence[Given]) -> Sequence[Given]:
    if len(given) > MOST_ROWS:
        raise ReviewError(f"son más de {MOST_ROWS}")
    return given


def _kinds_follow(db: Database, folio: str) -> bool:
    """Tell whether `tipo_victima` is what the victims say: a person who fixed it otherwise is obeyed."""
    corrected = "tipo_victima" in corrections(db, folio)
    return not corrected or sorted(values(db, folio, "tipo_victima")) == written_people.kinds(db, folio)


def _write_kinds(decision: Decision, folio: str) -> None:
    kinds = [str(kind) for kind in v.Victima if kind in written_people.kinds(decision.db, folio)]
    if sorted(kinds) != sorted(values(decision.db, folio, "tipo_victima")):
        write(decision, folio, "tipo_victima", kinds, "se sigue de las víctimas")


def _victim(given: Given, known: Sequence[int]) -> WrittenVictim:
    number = _number(given.get("id"), "id")
    if number is not None and number not in known:
        raise ReviewError("victimas: una de ellas ya no es de este hallazgo")
    kept = number is not None and given.get("nombre") is None
    name = None if kept else str(_take(words, given, "nombre", ""))
    cantidad = None if name else _number(given.get("cantidad"), "cantidad")
    if cantidad is not None and not 1 <= cantidad <= MOST_PEOPLE:
        raise ReviewError(f"victimas: cantidad es un número de 1 a {MOST_PEOPLE}")
    genero = _take(one_of(v.Genero), given, "genero", "indeterminado")
    origin = given.get("genero_origen") or None
    if origin not in (None, *GENDER_KNOWN):
        raise ReviewError(f"victimas: genero_origen es uno de: {', '.join(GENDER_KNOWN)}")
    return WrittenVictim(
        id=number,
        nombre=name,
        cantidad=cantidad,
        tipo=str(_take(one_of(v.Victima), given, "tipo", None)),
        genero=str(genero),
        genero_origen=origin if genero != v.Genero.INDETERMINADO else None,
        medio_u_organizacion=str(_take(words, given, "medio_u_organizacion", "")),
        relacion=str(_take(one_of(v.Relacion), given, "relacion", "titular")),
        anonimato_solicitado=_flag(given, "anonimato_solicitado"),
    )


def _act(given: Given, victims: Sequence[int]) -> WrittenAct:
    victim = _number(given.get("victima_id"), "victima_id")
    if victim is not None and victim not in victims:
        raise ReviewError("actos: esa víctima no es de este hallazgo")
    aggressor = given.get("agresor") or None
    return WrittenAct(
        modalidad=str(_take(one_of(v.Modalidad), given, "modalidad", None)),
        victima_id=victim,
        agresor=str(_take(one_of(v.Agresor), given, "agresor", None)) if aggressor else None,
        confirmado=_flag(given, "confirmado"),
    )


def _take(check: Check, given: Given, name: str, default: object) -> object:
    """Return a value as its check takes it. Raises `ReviewError`, which quotes nothing that was written freely."""
    found = given.get(name)
    try:
        return check(default if found in (None, "") and default is not None else found)
    except ValueError as error:
        raise ReviewError(f"{name}: {error}") from error


def _flag(given: Given, name: str) -> int:
    found = given.get(name)
    told = {"1": 1, "on": 1, "0": 0}.get(found, found) if isinstance(found, str) else found
    return int(str(_take(flag, {name: told}, name, 0)))


def _number(given: object, name: str) -> int | None:
    """Return a whole number, None for an empty value. Raises `ReviewError`."""
    text = "" if given is None else str(given).strip()
    if text and not text.isdecimal():
        raise ReviewError(f"{name} es un número")
    return int(text) if text else None
