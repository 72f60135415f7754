"""What the weights say of a note: whether it is a finding, which harms, by whom, of which kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nlp.aprendizaje.actores import ACTOR, joined
from nlp.aprendizaje.decisiones import AGRESOR, MODALIDAD, MOVILIZACION, RIESGO, SEGUIMIENTO
from nlp.aprendizaje.lineal import Lineal, Rasgos
from nlp.aprendizaje.modelo import Modelo
from nlp.aprendizaje.palabras import Chances, note_words, weighed
from nlp.aprendizaje.rasgos_actor import actor_mentions
from nlp.aprendizaje.rasgos_agresor import aggressor_candidates
from nlp.aprendizaje.rasgos_clase import leaves_open, risk_features
from nlp.aprendizaje.rasgos_modalidad import modality_candidates
from nlp.aprendizaje.rasgos_nota import people_features
from nlp.aprendizaje.rasgos_protesta import protest_features
from nlp.etiquetas import Puntaje
from nlp.reglas.actos import Lectura
from nlp.vocabulario import Agresor, Clase, TipoNota, Victima, clase_de

LAST_RESORT = 0.15  # probability from which the likeliest modality stands where none reaches its threshold
BESIDE_UNKNOWN = 0.7  # probability from which a known aggressor stands beside an unknown one who is likelier


@dataclass(frozen=True)
class Decidido:
    """The answers about a finding, in the vocabulary's order, with how sure the weights are of each."""

    nota: str
    clase: str
    movilizacion: bool
    victima: tuple[str, ...]
    modalidades: tuple[str, ...]
    agresores: tuple[str, ...]
    puntajes: tuple[Puntaje, ...]


def decide(lectura: Lectura, model: Modelo, whole: Rasgos) -> Decidido:
    """Return what is said of a finding; `whole` are the features of `note_features`."""
    whole = whole | people_features(lectura)
    kinds = _kinds(model, whole)
    chances = model.palabras.probabilities(note_words(whole))
    harms = chosen_modalities(model[MODALIDAD], modality_candidates(lectura), chances)
    risk = model[RIESGO].probability(risk_features(whole, harms, lectura))
    doers = _known_first(_chosen(model[AGRESOR], weighed(AGRESOR, _doers(lectura, model), chances), 0.0))
    later = model[SEGUIMIENTO].probability(whole)
    protest = model[MOVILIZACION].probability(whole | protest_features(lectura))
    note = TipoNota.SEGUIMIENTO if later >= model[SEGUIMIENTO].umbral else TipoNota.HECHO_NUEVO
    marched = protest >= model[MOVILIZACION].umbral
    told = {
        "nota": {str(note): later if note == TipoNota.SEGUIMIENTO else 1 - later},
        "movilizacion": {str(marched).lower(): protest if marched else 1 - protest},
        "victima": kinds,
        "modalidad": harms,
        "agresor": doers,
    }
    scores = tuple(Puntaje(field, value, round(sure, 3)) for field, values in told.items() for value, sure in values.items())
    group = _group(harms, risky=risk >= model[RIESGO].umbral)
    return Decidido(str(note), group, marched, tuple(kinds), tuple(harms), tuple(doers), scores)


def _doers(lectura: Lectura, model: Modelo) -> dict[str, Rasgos]:
    """Return the candidates for aggressor with what is said of the actors that the note names."""
    actors, proposed = actor_mentions(lectura), aggressor_candidates(lectura)
    return joined(proposed, actors, [model[ACTOR].probability(features) for _, features in actors])


def chosen_modalities(line: Lineal, proposed: Mapping[str, Rasgos], chances: Chances) -> dict[str, float]:
    """Return the modalities that hold, with how sure the weights are of each."""
    return _chosen(line, weighed(MODALIDAD, proposed, chances), LAST_RESORT)


def _group(modalities: Collection[str], *, risky: bool) -> str:
    """Return the class: what the modalities say (guide, `clase`), and between risk and aggression, where open, the weights."""
    group = clase_de(modalities)
    if group == Clase.PRIVACION_VIDA or not leaves_open(modalities):
        return group
    return str(Clase.RIESGO if risky else Clase.AGRESION)


def _kinds(model: Modelo, whole: Rasgos) -> dict[str, float]:
    """Return the kinds of victim that reach their threshold, else the likelier."""
    lines = {str(kind): model[f"victima:{kind}"] for kind in Victima}
    chance = {kind: line.probability(whole) for kind, line in lines.items()}
    found = {kind: sure for kind, sure in chance.items() if sure >= lines[kind].umbral}
    best = max(chance, key=lambda kind: chance[kind])
    return found or {best: chance[best]}


def _known_first(found: dict[str, float]) -> dict[str, float]:
    """Drop the unknown beside somebody known; where it is the likeliest, only who reaches `BESIDE_UNKNOWN` stays with it."""
    if max(found, key=lambda kind: found[kind]) == Agresor.NO_IDENTIFICADO:
        return {k: sure for k, sure in found.items() if k == Agresor.NO_IDENTIFICADO or sure >= BESIDE_UNKNOWN}
    return {kind: sure for kind, sure in found.items() if kind != Agresor.NO_IDENTIFICADO}


def _chosen(line: Lineal, candidates: dict[str, Rasgos], last: float) -> dict[str, float]:
    """Return the candidates that reach the threshold, else the likeliest one if it reaches `last`."""
    chance = {value: line.probability(features) for value, features in candidates.items()}
    found = {value: sure for value, sure in chance.items() if sure >= line.umbral}
    if found or not chance:
        return found
    best = max(chance, key=lambda value: chance[value])
    return {best: chance[best]} if chance[best] >= last else {}
