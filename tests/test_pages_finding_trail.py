"""The trail in words: one line for every kind of change."""

import json
from pathlib import Path

import pytest
from casos_ficha import registered
from factories import NOW
from sqlite_utils import Database

from pipeline import review
from pipeline.pages.finding_rows import LAST_CHANGE, TRAIL, rows
from pipeline.pages.finding_trail import shown_change, shown_last
from pipeline.registry.care import Attention
from pipeline.registry.connection import open_registry
from pipeline.review import Hand

CASE, EARLIER, DOUBLE = "H-2026-000002", "H-2026-000001", "H-2026-000003"
HAND = Hand("ana", NOW)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_registry(registered(tmp_path))


def told(db: Database, folio: str = CASE) -> list[str]:
    return [shown_change(row)["hizo"] for row in rows(db, TRAIL, folio)]


def test_every_decision_reads_as_what_somebody_did(db: Database) -> None:
    review.validate(db, CASE, HAND, motivo="dos fuentes")
    review.correct(db, CASE, "via", "presencial", HAND)
    review.correct(db, CASE, "sitio", "Plaza de Ejemplo", HAND)
    review.uncorrect(db, CASE, "via", HAND)
    review.keep_apart(db, CASE, DOUBLE, HAND)
    review.assign(db, CASE, "berta", HAND)
    review.postpone(db, CASE, "2026-05-12", HAND)
    review.comment(db, CASE, "Falta llamar.", HAND)
    review.hand_over(db, CASE, HAND, area="Atención")
    review.attend(db, CASE, HAND, Attention("canalizacion", "", "", "Se envió oficio."))
    review.split(db, CASE, [5], HAND)
    review.undo(db, CASE, HAND)
    assert told(db) == [
        "deshizo la separación de noticias",
        "separó 1 noticia",
        "anotó en atención: Canalización",
        "turnó a atención",
        "comentó",
        "lo pospuso hasta el 12 may 2026",
        "lo dejó a cargo de berta",
        f"dijo que {DOUBLE} es otro hecho",
        "volvió al valor calculado de vía: Presencial → Sin determinar",
        "corrigió sitio",
        "corrigió vía: Sin determinar → Presencial",
        "cambió el estado: Detectado → Validado",
    ]


def test_unions_read_from_both_sides(db: Database) -> None:
    review.move_note(db, 5, DOUBLE, HAND)
    review.merge(db, DOUBLE, CASE, HAND)
    assert [one for one in told(db) if "salieron" not in one] == [
        f"recibió a {DOUBLE}",
        f"movió una noticia de {CASE} a {DOUBLE}",
    ]
    assert "con las noticias que salieron cambió agresión: Física → Física, Verbal" in told(db)
    assert told(db, DOUBLE)[0] == f"lo fusionó en {CASE}"
    assert [shown_last(row)["cambio"] for row in rows(db, LAST_CHANGE, CASE)] == ["la fusión"]


def test_an_action_that_is_not_known_here_is_shown_by_its_own_name() -> None:
    assert shown_change({"accion": "importar", "campo": "", "antes": None, "despues": json.dumps(3)})["hizo"] == "importar"
