"""Any run of decisions, undone step by step, comes back to where it was; rows hold together all the way."""

import random
from contextlib import suppress

import pytest
from factories import etiquetas, rows
from revisado import ANA, LUIS, findings, note, partition, seen

from pipeline.incidents import group_pending
from pipeline.registry.noticias import save_etiquetas
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
    """What is seen of the findings that there were at first, numbers of rows apart; those of splits stay, merged and empty."""
    shown, told, pairs, corrected, victims, acts, others = state
    place = {row[0]: number for number, row in enumerate(victims)} | {None: None}
    who = [(row[1], *row[3:]) for row in victims]
    did = sorted((folio, act, str(place[victim]), *more) for folio, act, victim, *more in acts)
    return [row for row in shown if row[1] in folios], told, pairs, corrected, who, did, others


BROKEN = {
    "una fila cuelga de otra que no existe": "PRAGMA foreign_key_check",
    "una nota fuera de todo hallazgo": "SELECT id FROM noticias WHERE id NOT IN (SELECT noticia_id FROM hallazgos_noticias)",
    "un hallazgo sin notas, o uno fusionado con ellas": (
        "SELECT folio FROM hallazgos AS h WHERE (estado = 'fusionado') ="
        " EXISTS (SELECT 1 FROM hallazgos_noticias WHERE folio = h.folio)"
    ),
    "no hay justo una nota primera": "SELECT folio FROM hallazgos_noticias GROUP BY folio HAVING sum(papel = 'primera') <> 1",
    "un nombre que nadie lleva": "SELECT id FROM personas WHERE id NOT IN (SELECT persona_id FROM victimas WHERE persona_id)",
    "un fusionado sin decir en cuál": "SELECT folio FROM hallazgos WHERE (estado = 'fusionado') <> (fusionado_en IS NOT NULL)",
}


def broken(db):
    return [what for what, sql in BROKEN.items() if rows(db, sql)]


@pytest.mark.parametrize("seed", range(15))
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
                assert broken(db) == []
        for folio, expected in zip(reversed(taken), reversed(states[:-1]), strict=True):
            undo(db, folio, ANA)
            assert at_first(seen(db), folios) == expected
            assert broken(db) == []
        assert rows(db, "SELECT count(*) FROM deshacer") == [(0,)]


@pytest.mark.parametrize("seed", range(15))
def test_notes_and_retaggings_between_decisions_break_nothing(tmp_path, seed):
    dice = random.Random(seed)
    names = ("Renata Olmedo Prieto", "Tomás Arce", "Eva Solís", "Ana Ruiz Paz", "Irma Cordero Vidal")
    with findings(tmp_path) as db:
        taken = []
        for step in range(20):
            match dice.choice(("decidir", "decidir", "nota", "etiquetar", "deshacer")):
                case "decidir":
                    taken += filter(None, [decide(db, dice)])
                case "nota":
                    note(db, f"x{step}", etiquetas(dice.choice(names)), medio=5, dia=f"2026-05-1{dice.randint(0, 3)}")
                    group_pending(db, pause=0)
                case "etiquetar":
                    for noticia_id, version in rows(db, "SELECT id, version FROM noticias"):
                        save_etiquetas(db, noticia_id, version, etiquetas(dice.choice(names)), "otra")
                    group_pending(db, pause=0)
                case "deshacer" if taken:
                    with suppress(ReviewError):  # a later note may have closed the way back
                        undo(db, taken.pop(), ANA)
            assert broken(db) == [], step
