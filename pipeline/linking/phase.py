"""`fase`: the moment of the demonstration at which the case happened, from its day and hour (R14)."""

from datetime import date, timedelta

from nlp.vocabulario import Fase
from pipeline.linking.told import Told
from pipeline.linking.weights import LIMITS
from pipeline.registry.demonstrations import Demonstration
from pipeline.reloj import mexico_day


def last_day(demo: Demonstration) -> date:
    """Return the Mexico City day of its end, told or supposed; without an hour, that of its start."""
    return mexico_day(demo.termina) if demo.fin or demo.hora_sabida else demo.dia


def phase(told: Told, demo: Demonstration) -> Fase:
    """Return `antes`, `durante`, `despues`, or `sin_determinar` where hours are needed and not known.

    Another day needs no hour, and a day in the midst of several neither. Where nobody told the end, what comes after the
    supposed one (`Demonstration.termina`) cannot be told before the start's day is over.
    """
    last = last_day(demo)
    if _is_late_consequence(told, last):
        return Fase.DESPUES
    if told.dia is None:
        return Fase.SIN_DETERMINAR
    if told.dia < demo.dia:
        return Fase.ANTES
    if told.dia > last:
        return Fase.DESPUES
    if demo.dia < told.dia < last:
        return Fase.DURANTE
    return _by_hour(told, demo)


def _by_hour(told: Told, demo: Demonstration) -> Fase:
    moment = told.momento
    if moment is None or not demo.hora_sabida:
        return Fase.SIN_DETERMINAR
    if moment < demo.inicio:
        return Fase.ANTES
    if moment <= demo.termina:
        return Fase.DURANTE
    return Fase.DESPUES if demo.fin or told.dia != demo.dia else Fase.SIN_DETERMINAR


def _is_late_consequence(told: Told, last: date) -> bool:
    """Tell charges that came long after: a text of then that gives no day, or that of the demonstration, tells the charge."""
    if told.publicada is None or told.publicada <= last + timedelta(days=LIMITS["dias_tardios"]):
        return False
    late = told.dia is None or told.dia <= last
    return late and "acoso_judicial" in told.modalidades
