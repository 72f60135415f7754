"""What is learned: each decision with the examples that an annotated note gives it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.rasgos_agresor import aggressor_candidates
from nlp.aprendizaje.rasgos_fecha import date_examples
from nlp.aprendizaje.rasgos_grupos import group_examples
from nlp.aprendizaje.rasgos_lugar import borough_examples, places_told, state_examples
from nlp.aprendizaje.rasgos_modalidad import modality_candidates
from nlp.aprendizaje.rasgos_nota import people_features
from nlp.aprendizaje.rasgos_protesta import protest_features
from nlp.aprendizaje.rasgos_victimas import person_examples
from nlp.fechas import parse_day
from nlp.reglas.actos import Lectura
from nlp.reglas.entorno import anchors, case_acts, date_acts
from nlp.vocabulario import TipoNota, Victima

Oro = Mapping[str, Any]  # an annotated record, the guide's keys
Ejemplo = tuple[Rasgos, bool]


@dataclass(frozen=True)
class Decision:
    """A yes/no question of the tagger, with what a note's reading, its whole features and its record give as examples."""

    nombre: str
    ejemplos: Callable[[Lectura, Rasgos, Oro], Iterator[Ejemplo]]
    umbral: float = 0.5  # probability from which the answer is yes, chosen on notes held out
    fuerza: float = 1.0  # the inverse of the regularisation


def _relevant(lectura: Lectura, whole: Rasgos, gold: Oro) -> Iterator[Ejemplo]:
    yield whole, bool(gold["relevante"])


def _of_finding(says: Callable[[Oro], bool]) -> Callable[[Lectura, Rasgos, Oro], Iterator[Ejemplo]]:
    """Return examples that findings alone give, from the features of the whole note and of its people."""

    def examples(lectura: Lectura, whole: Rasgos, gold: Oro) -> Iterator[Ejemplo]:
        if gold["relevante"]:
            yield whole | people_features(lectura), says(gold)

    return examples


def _marched(lectura: Lectura, whole: Rasgos, gold: Oro) -> Iterator[Ejemplo]:
    if gold["relevante"]:
        yield whole | people_features(lectura) | protest_features(lectura), bool(gold["movilizacion"])


def _dates(lectura: Lectura, whole: Rasgos, gold: Oro) -> Iterator[Ejemplo]:
    published = parse_day(lectura.parsed.nota.fecha_publicacion)
    if gold["relevante"] and published:
        marks = anchors(date_acts(lectura))
        yield from date_examples(lectura.parsed, marks, published, parse_day(gold["fecha_hecho"]))


def _states(lectura: Lectura, whole: Rasgos, gold: Oro) -> Iterator[Ejemplo]:
    if gold["relevante"]:
        yield from state_examples(places_told(lectura.parsed, anchors(case_acts(lectura))), gold["lugar"])


def _boroughs(lectura: Lectura, whole: Rasgos, gold: Oro) -> Iterator[Ejemplo]:
    if gold["relevante"]:
        yield from borough_examples(places_told(lectura.parsed, anchors(case_acts(lectura))), gold["lugar"])


def _is_victim(kind: str) -> Callable[[Oro], bool]:
    return lambda gold: kind in gold["victima"]


RELEVANTE, SEGUIMIENTO, MOVILIZACION, MODALIDAD, AGRESOR = "relevante", "seguimiento", "movilizacion", "modalidad", "agresor"
FECHA, VICTIMA_NOMBRE, VICTIMA_GRUPO, RIESGO = "fecha", "victima_nombre", "victima_grupo", "riesgo"
ENTIDAD, ALCALDIA = "entidad", "alcaldia"

DECISIONES = (
    Decision(RELEVANTE, _relevant, umbral=0.4, fuerza=0.5),
    Decision(SEGUIMIENTO, _of_finding(lambda gold: gold["nota"] == TipoNota.SEGUIMIENTO), umbral=0.25),
    Decision(MOVILIZACION, _marched, umbral=0.25),
    *(Decision(f"victima:{kind}", _of_finding(_is_victim(str(kind)))) for kind in Victima),
    Decision(VICTIMA_NOMBRE, person_examples, fuerza=0.3),
    Decision(VICTIMA_GRUPO, group_examples, umbral=0.4, fuerza=0.5),
    Decision(FECHA, _dates, umbral=0.22, fuerza=0.6),
    Decision(ENTIDAD, _states, umbral=0.3, fuerza=0.1),
    Decision(ALCALDIA, _boroughs, umbral=0.4, fuerza=0.1),
)


@dataclass(frozen=True)
class Candidatos:
    """A list field whose values are weighed one by one: those that the rules propose of a note, and those of its words."""

    nombre: str
    propuestos: Callable[[Lectura], dict[str, Rasgos]]
    umbral: float = 0.5
    fuerza: float = 1.0


POR_VALOR = (Candidatos(MODALIDAD, modality_candidates, umbral=0.4), Candidatos(AGRESOR, aggressor_candidates, umbral=0.5))
# Decided once the modalities are known.
DE_CLASE = Decision(RIESGO, lambda _lectura, _whole, _gold: iter(()), umbral=0.4, fuerza=0.3)
