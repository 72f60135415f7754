"""Any run of decisions, undone step by step, comes back to where it was; rows hold together all the way."""

import random

import pytest
from factories import rows
from revisado import ANA, LUIS, findings, partition, seen

from pipeline.review import (
    ReviewError,
    correct,
    discard,
    edit_acts,
    edit_victims,
    keep_apart,
    merge,
    move_note,
    reopen,
    split,
    uncorrect,
    undo,
    validate,
)


def decide(db, dice):
    """Try one decision at random; return the finding to undo it by, or None when it was refused."""
    folios = [folio for (folio,) in rows(db, "SELECT folio FROM hallazgos ORDER BY folio")]
    folio, other = dice.choice(folios), dice.choice(folios)
    notes = partition(db).get(folio) or [1]
    numbers = [number for (number,) in rows(db, "SELECT id FROM victimas WHERE folio = ?", folio)]
    victim = {"id": dice.choice([None, *numbers]), "nombre": dice.choice(["Ana Ruiz Paz", "Tomás Arce Luna", "", None])}
    act = {"modalidad": "amenaza", "victima_id": dice.choice([None, *numbers])}
    hand = dice.choice([ANA, LUIS])
    acts = [
        lambda: validate(db, folio, hand),
        lambda: discard(db, folio, hand, motivo="no es labor"),
        lambda: reopen(db, folio, hand),
        lambda: correct(db, folio, "modalidad", dice.choice([["amenaza"], ["censura", "asesinato"], []]), hand),
        lambda: correct(db, folio, "alcaldia", dice.choice(["tlalpan", None]), hand),
        lambda: correct(db, folio, "tipo_victima", ["defensora"], hand),
        lambda: uncorrect(db, folio, dice.choice(["modalidad", "alcaldia", "agresion"]), hand),
        lambda: edit_victims(db, folio, [victim | {"tipo": dice.choice(["periodista", "defensora"])}], hand),
        lambda: edit_acts(db, folio, [act], hand),
        lambda: merge(db, folio, other, hand),
        lambda: split(db, folio, dice.sample(notes, max(1, len(notes) // 2)), hand),
        lambda: move_note(db, dice.randint(1, 5), other, hand),
        lambda: keep_apart(db, folio, other, hand),
    ]
    before = rows(db, "SELECT count(*) FROM bitacora")
    try:
        dice.choice(acts)()
    except ReviewError:
        assert rows(db, "SELECT count(*) FROM bitacora") == before
        return None
    return rows(db, "SELECT folio FROM deshacer ORDER BY id DESC LIMIT 1")[0][0]


def at_first(state, folios):
    """What is seen of the findings that there were at first: those that splits made stay, merged and empty."""
    shown, *others = state
    return [row for row in shown if row[1] in folios], others


@pytest.mark.parametrize("seed", range(150))
def test_decisions_undone_in_turn_leave_everything_as_it_was(tmp_path, seed):
    dice = random.Random(seed)
    with findings(tmp_path) as db:
        folios = {folio for (folio,) in rows(db, "SELECT folio FROM hallazgos")}
        states, taken = [at_first(seen(db), folios)], []
        while len(taken) < 8:
            folio = decide(db, dice)
            if folio:
                taken.append(folio)
                states.append(at_first(seen(db), folios))
                assert rows(db, "PRAGMA foreign_key_check") == []
                firsts = rows(
                    db, "SELECT folio FROM hallazgos_noticias WHERE papel = 'primera' GROUP BY folio HAVING count(*) > 1"
                )
                assert firsts == []
        for folio, expected in zip(reversed(taken), reversed(states[:-1]), strict=True):
            undo(db, folio, ANA)
            assert at_first(seen(db), folios) == expected
        assert rows(db, "SELECT count(*) FROM deshacer") == [(0,)]
