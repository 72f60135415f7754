"""From a text to `Etiquetas`: sieve, parse, rules. `build_nlp` once, then `tag_many` over any number of notes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language

from nlp.aprendizaje.decidir import decide
from nlp.aprendizaje.decisiones import RELEVANTE
from nlp.aprendizaje.explicar import by_words
from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.modelo import Modelo, shipped
from nlp.aprendizaje.rasgos_nota import note_features
from nlp.criba import passes
from nlp.etiquetas import Etiquetas, Nota, Pasaje, Puntaje
from nlp.modelo_base import load_base
from nlp.parsed import MAX_PARSED, Parsed
from nlp.patrones import Hit, uncollected
from nlp.piezas import add_entities, parse_lightly
from nlp.reglas import modalidad, movilizacion, nota, pasajes, resumen, riesgo, via
from nlp.reglas.actos import Acto, Lectura, read
from nlp.reglas.agresor import candidates
from nlp.reglas.entorno import surroundings
from nlp.vocabulario import agresiones_de

BATCH = 16  # notes parsed together
SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
Cues = Mapping[str, Sequence[object]]  # what stands for each value of a field


def build_nlp() -> Language:
    """Return the pipeline that the tagger parses with (half a second, 160 MB)."""
    return load_base()


def cut(text: str, limit: int = MAX_PARSED) -> str:
    """Return the part of a text that is parsed: its first `limit` characters, cut at a space."""
    if len(text) <= limit:
        return text
    space = text.rfind(" ", 0, limit)
    return text[: space if space > limit // 2 else limit]


def calmed(text: str) -> str:
    """Return a text of the same length as the parser knows it: plain spaces, and no capitals throughout."""
    text = text.translate(SPACES)
    letters = [char for char in text[:2_000] if char.isalpha()]
    if len(letters) < 8 or sum(char.isupper() for char in letters) < 0.7 * len(letters):
        return text
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered[:1].upper() + lowered[1:]


def tag_many(nlp: Language, notas: Iterable[Nota]) -> Iterator[Etiquetas]:
    """Yield the tags of each note, in order; what the sieve lets go is not parsed. Memory: one batch."""
    batch: list[Nota] = []
    for note in notas:
        batch.append(note)
        if len(batch) == BATCH:
            yield from _tag_batch(nlp, batch)
            batch = []
    yield from _tag_batch(nlp, batch)


def _tag_batch(nlp: Language, batch: list[Nota]) -> Iterator[Etiquetas]:
    with uncollected():
        tagged = _tagged(nlp, batch)
    yield from tagged


def _tagged(nlp: Language, batch: list[Nota]) -> list[Etiquetas]:
    chosen = [passes(note) for note in batch]
    texts = [calmed(cut(text)) for note, ok in zip(batch, chosen, strict=True) if ok for text in (note.titulo, note.texto)]
    docs = parse_lightly(nlp, texts)
    parsed = (read(Parsed(next(docs), next(docs), note)) for note, ok in zip(batch, chosen, strict=True) if ok)
    seen = [(lectura, looked(lectura, shipped())) for lectura in parsed]
    findings = [lectura.parsed for lectura, look in seen if look.relevante]
    add_entities(nlp, [doc for one in findings for doc in (one.titulo, one.texto)])  # only the readers of names want them
    tagged = (answer(lectura, shipped(), look) for lectura, look in seen)
    return [next(tagged) if ok else Etiquetas() for ok in chosen]


def tag_parsed(parsed: Parsed) -> Etiquetas:
    """Return the tags of a parsed note."""
    return tag_read(read(parsed), shipped())


def tag_read(lectura: Lectura, model: Modelo) -> Etiquetas:
    """Return the tags that a model gives to a note as the rules read it."""
    return answer(lectura, model, looked(lectura, model))


@dataclass(frozen=True)
class Mirada:
    """The first look at a note as read: its features as a whole, how surely it is a finding, whether it is one."""

    rasgos: Rasgos
    seguridad: float
    relevante: bool


def looked(lectura: Lectura, model: Modelo) -> Mirada:
    """Return the first look, which needs no entities."""
    whole = note_features(lectura)
    sure = model[RELEVANTE].probability(whole)
    return Mirada(whole, sure, sure >= model[RELEVANTE].umbral)


def answer(lectura: Lectura, model: Modelo, look: Mirada) -> Etiquetas:
    """Return the tags that follow from the first look."""
    if not look.relevante:
        return Etiquetas(confianza=round(1 - look.seguridad, 3))
    return _assembled(lectura, model, look)


def _acts(lectura: Lectura, slugs: Iterable[str]) -> modalidad.Acts:
    """Return what tells each modality: its acts, else its words wherever they stand."""
    found = {slug: [acto for acto in lectura.actos if acto.modalidad == slug] for slug in slugs}
    return {
        slug: acts or [Acto(hit, parte, None, False) for parte, hit in lectura.hits_of("modalidad", slug)]
        for slug, acts in found.items()
    }


def _doers(lectura: Lectura, kinds: Iterable[str]) -> dict[str, list[tuple[str, Hit]]]:
    """Return the words of each kind of aggressor: those taken for a doer's, else those told anywhere."""
    likely = [(parte, hit) for _, parte, hit in candidates(lectura)]
    return {
        kind: [(parte, hit) for parte, hit in likely if hit.entrada.valor == kind] or lectura.hits_of("agresor", kind)
        for kind in kinds
    }


def _by_words(
    lectura: Lectura, model: Modelo, whole: Rasgos, found: Mapping[str, Mapping[str, Sequence[object]]]
) -> list[Pasaje]:
    """Return the passages of the values of some fields for which no word of the lexicon stands."""
    lone = [(field, value) for field, values in found.items() for value, cues in values.items() if not cues]
    return [one for field, value in lone for one in by_words(lectura, model, whole, field, value)]


def _assembled(lectura: Lectura, model: Modelo, look: Mirada) -> Etiquetas:
    said, sure = decide(lectura, model, look.rasgos), look.seguridad
    acts, aggressors = _acts(lectura, said.modalidades), _doers(lectura, said.agresores)
    around = surroundings(lectura, model)
    slugs, protest = list(acts), movilizacion.protests(lectura) if said.movilizacion else []
    way, way_cues = via.way(lectura, acts)
    linked, link_cues = riesgo.link(lectura)
    urgent, urgent_cues = riesgo.is_urgent(lectura, slugs, said.nota, around.lugar.cdmx)
    who = resumen.people(said.victima, around.victimas, around.sin_nombre)
    scores = (Puntaje("relevante", "true", round(sure, 3)), *said.puntajes)
    passages = [*pasajes.of_victims(lectura), *pasajes.of_acts(acts), *around.pasajes, *pasajes.of_derived(acts, said.clase)]
    passages += [p for slug, cues in aggressors.items() for p in pasajes.of_cues("agresor", slug, cues)]
    passages += _by_words(lectura, model, look.rasgos, {"modalidad": acts, "agresor": aggressors})
    passages += pasajes.of_cues("movilizacion", "true", protest) + pasajes.of_cues("via", way, way_cues)
    passages += pasajes.of_cues("nota", said.nota, nota.follow_ups(lectura)) if said.nota == "seguimiento" else []
    passages += pasajes.of_cues("vinculo", linked, link_cues) + pasajes.of_cues("urgente", "true", urgent_cues * urgent)
    return Etiquetas(
        relevante=True,
        nota=said.nota,
        clase=said.clase,
        victima=said.victima,
        agresion=agresiones_de(slugs, digital=via.is_digital(lectura, acts)),
        modalidad=tuple(slugs),
        agresor=said.agresores,
        movilizacion=said.movilizacion,
        lugar=around.lugar,
        victimas=around.victimas,
        fecha_hecho=around.fecha,
        confianza=round(sure, 3),
        hora_hecho=around.hora,
        victimas_sin_nombre=around.sin_nombre,
        urgente=urgent,
        via=way,
        vinculo=linked,
        ambito=riesgo.scope(around.lugar, slugs, way, lives_in_city=riesgo.lives_in_city(lectura)),
        resumen=resumen.sentence(slugs, who, around.lugar, said.agresores, said.movilizacion),
        pasajes=tuple(pasajes.with_scores(passages, scores)),
        puntajes=scores,
    )
