"""What belongs together, said by a person: merge, split, move a note, keep apart. The machine obeys it ever after."""

from collections.abc import Sequence

from sqlite_utils import Database

from nlp.vocabulario import EstadoHallazgo
from pipeline.registry import coding, decisions, findings, leaving, novedades, people, unions
from pipeline.registry.audit import Change
from pipeline.review.changes import Decision, Hand, change, not_merged, state
from pipeline.review.errors import ReviewError
from pipeline.review.fields import FREE_TEXT

DETECTED, VALIDATED = EstadoHallazgo.DETECTADO, EstadoHallazgo.VALIDADO
LEFT = "cambió con las noticias que se fueron"
DISCARDED, MERGED = EstadoHallazgo.DESCARTADO, EstadoHallazgo.FUSIONADO


def merge(db: Database, folio: str, into: str, hand: Hand) -> None:
    """Make a finding one with another: its notes move, `into` keeps the earlier `fecha_registro`.

    A validated `into` keeps its coding; a validated finding gives `into` its own, and its state. Where neither is validated,
    what a person corrected holds and the rest is coded anew from all the notes. Raises `ReviewError`.
    """
    if folio == into:
        raise ReviewError(f"{folio}: no se fusiona consigo mismo")
    with change(db, "fusionar", hand, folio, into) as decision:
        states = not_merged(db, folio), not_merged(db, into)
        if states == (VALIDATED, DISCARDED):
            raise ReviewError(f"{into}: está descartado y {folio} validado; reábralo antes")
        _join(decision, folio, into, states)
        if states[0] == VALIDATED and states[1] != VALIDATED:
            decisions.decide_state(db, into, VALIDATED)
            decision.note(Change("estado", "hallazgos", into, "estado", states[1], str(VALIDATED), f"fusión con {folio}"))
        decision.note(Change("fusionar", "hallazgos", folio, "fusionado_en", None, into))
        decision.note(Change("fusionar", "hallazgos", into, "", folio, into))


def _join(decision: Decision, folio: str, into: str, states: tuple[str, str]) -> None:
    db, hand = decision.db, decision.hand
    own, others = unions.note_ids(db, folio), unions.note_ids(db, into)
    unions.decide_pairs(db, own, others, unions.TOGETHER, quien=hand.quien, now=hand.now)
    unions.move_notes(db, own, into, decision="fusion", quien=hand.quien, now=hand.now)
    unions.keep_earliest(db, folio, into)
    if states == (VALIDATED, DETECTED):
        coding.take_over(db, folio, into)
    elif states[1] == DETECTED:
        people.copy_written_victims(db, folio, into)
    if states[1] == DETECTED:
        decisions.copy_corrections(db, folio, into)
    decisions.decide_state(db, folio, MERGED, fusionado_en=into)
    _code_again(db, into, judged=VALIDATED in states or states[1] != DETECTED)
    coding.rewrite_keys(db, folio)


def split(db: Database, folio: str, noticias: Sequence[int], hand: Hand) -> str:
    """Split notes off into a new finding to be reviewed; return its folio. The pairs are decided `aparte`.

    Its `fecha_registro` is the day of the earliest of its notes. What stays is coded anew, of a judged finding only what left
    with the notes; corrections stay on top of it, and the trail says which codes changed. Raises `ReviewError` for notes that
    are not the finding's, or all of them.
    """
    with change(db, "separar", hand, folio) as decision:
        not_merged(db, folio)
        chosen, rest = _part(db, folio, noticias)
        new = findings.create_finding(db, coding.earliest(db, chosen), origen=findings.origin(db, folio))
        decision.folios.append(new)
        unions.decide_pairs(db, chosen, rest, unions.APART, quien=hand.quien, now=hand.now)
        unions.move_notes(db, chosen, new, decision="separacion", quien=hand.quien, now=hand.now)
        _code_what_stays(decision, folio, chosen)
        _code_again(db, new, judged=False)
        decision.note(Change("separar", "hallazgos", folio, "noticias", [*chosen, *rest], rest))
        decision.note(Change("separar", "hallazgos", new, "noticias", None, chosen))
    return new


def _part(db: Database, folio: str, noticias: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the chosen notes and the rest. Raises `ReviewError`."""
    own, chosen = unions.note_ids(db, folio), sorted(set(noticias))
    if not chosen or not set(chosen) <= set(own):
        raise ReviewError(f"{folio}: elija noticias de este hallazgo")
    if len(chosen) == len(own):
        raise ReviewError(f"{folio}: al menos una noticia se queda; para pasarlas todas, fusione el hallazgo")
    if coding.untagged(db, chosen):
        raise ReviewError(
            f"{folio}: una de esas noticias cambió y falta etiquetarla; inténtelo después de la siguiente corrida"
        )
    return chosen, [one for one in own if one not in chosen]


def move_note(db: Database, noticia_id: int, into: str, hand: Hand) -> None:
    """Move a note to another finding: apart from the one it leaves, together with the one it joins. Raises `ReviewError`.

    `hand.version` is of the finding it leaves; one that would keep no note is to be merged instead.
    """
    folio = findings.folio_of(db, noticia_id)
    if folio is None:
        raise ReviewError(f"la noticia {noticia_id} no es de ningún hallazgo")
    if folio == into:
        raise ReviewError(f"la noticia {noticia_id} ya es de {into}")
    with change(db, "mover_nota", hand, folio, into) as decision:
        not_merged(db, folio)
        judged = not_merged(db, into) != DETECTED
        chosen, rest = _part(db, folio, [noticia_id])
        unions.decide_pairs(db, chosen, rest, unions.APART, quien=hand.quien, now=hand.now)
        unions.decide_pairs(db, chosen, unions.note_ids(db, into), unions.TOGETHER, quien=hand.quien, now=hand.now)
        unions.move_notes(db, chosen, into, decision="movida", quien=hand.quien, now=hand.now)
        _code_what_stays(decision, folio, chosen)
        _code_again(db, into, judged=judged)
        for one in (folio, into):
            decision.note(Change("mover_nota", "hallazgos", one, "noticias", folio, into, f"noticia {noticia_id}"))


def keep_apart(db: Database, folio: str, other: str, hand: Hand) -> None:
    """Say that two findings that look alike are two: the pair is proposed no more. Raises `ReviewError`."""
    if folio == other:
        raise ReviewError(f"{folio}: es el mismo")
    with change(db, "aparte", hand, folio, other) as decision:
        for one in (folio, other):
            not_merged(db, one)
        pairs = unions.note_ids(db, folio), unions.note_ids(db, other)
        unions.decide_pairs(db, *pairs, unions.APART, quien=hand.quien, now=hand.now)
        decision.note(Change("aparte", "hallazgos", folio, "", None, other))
        decision.note(Change("aparte", "hallazgos", other, "", None, folio))


def _code_what_stays(decision: Decision, folio: str, left: Sequence[int]) -> None:
    """Code a finding that lost notes; the trail says what changed, since somebody may have judged it by what it said before."""
    db = decision.db
    before = novedades.shown(db, folio)
    if state(db, folio) == DETECTED:
        coding.recode(db, folio)
    else:
        leaving.take_away(db, folio, left)
    coding.rewrite_keys(db, folio)
    for campo, value in novedades.shown(db, folio).items():
        if value != before[campo]:
            shown = (None, None) if campo in FREE_TEXT else (before[campo], value)
            decision.note(Change("recodificar", "hallazgos", folio, campo, *shown, LEFT))


def _code_again(db: Database, folio: str, *, judged: bool) -> None:
    """Code a finding whose notes changed; one that a person judged only counts its sources anew."""
    if judged:
        coding.count_sources(db, folio)
    else:
        coding.recode(db, folio)
    coding.rewrite_keys(db, folio)
