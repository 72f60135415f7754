"""From a text to `Etiquetas`: sieve, parse, rules. `build_nlp` once, then `tag_many` over any number of notes."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.criba import passes
from nlp.etiquetas import Etiquetas, Nota
from nlp.modelo_base import load_base
from nlp.parsed import MAX_PARSED, Parsed
from nlp.piezas import parse
from nlp.reglas import clase, modalidad, movilizacion, nota, pasajes, relevante, resumen, riesgo, via, victima
from nlp.reglas.actos import Lectura, read
from nlp.reglas.agresor import actors
from nlp.reglas.entorno import Entorno, surroundings
from nlp.vocabulario import Agresor, agresiones_de

VERSION_ETIQUETADOR = "1.1"
BATCH = 16  # notes parsed together


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
    """Return a text of the same length without shouting: capitals throughout mislead the parser, so they are lowered."""
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
    chosen = [passes(note) for note in batch]
    texts = [calmed(cut(text)) for note, ok in zip(batch, chosen, strict=True) if ok for text in (note.titulo, note.texto)]
    docs = parse(nlp, texts)
    for note, ok in zip(batch, chosen, strict=True):
        yield tag_parsed(Parsed(next(docs), next(docs), note)) if ok else Etiquetas()


def tag_docs(titulo: Doc, texto: Doc, note: Nota) -> Etiquetas:
    """Return the tags of a note already parsed."""
    return tag_parsed(Parsed(titulo, texto, note))


def tag_parsed(parsed: Parsed) -> Etiquetas:
    """Return the tags of a parsed note."""
    lectura = read(parsed)
    sure = relevante.confidence(lectura)
    if sure < relevante.THRESHOLD:
        return Etiquetas(confianza=round(1 - sure, 3))
    acts = modalidad.modalities(lectura)
    around = surroundings(lectura, [acto for found in acts.values() for acto in found])
    return _assembled(lectura, acts, around, sure)


def _assembled(lectura: Lectura, acts: modalidad.Acts, around: Entorno, sure: float) -> Etiquetas:
    slugs, aggressors, protest = list(acts), actors(lectura), movilizacion.protests(lectura)
    kinds, kind = victima.kinds(lectura), nota.kind(lectura)
    way, way_cues = via.way(lectura, acts)
    linked, link_cues = riesgo.link(lectura)
    urgent, urgent_cues = riesgo.is_urgent(lectura, slugs, kind, around.lugar.cdmx)
    named = tuple(aggressors) or (str(Agresor.NO_IDENTIFICADO),)
    who = resumen.people(kinds, around.victimas, around.sin_nombre)
    group = clase.group(acts)
    passages = [*pasajes.of_victims(lectura), *pasajes.of_acts(acts), *around.pasajes, *pasajes.of_derived(acts, group)]
    passages += [p for slug, cues in aggressors.items() for p in pasajes.of_cues("agresor", slug, cues)]
    passages += pasajes.of_cues("movilizacion", "true", protest) + pasajes.of_cues("via", way, way_cues)
    passages += pasajes.of_cues("nota", kind, nota.follow_ups(lectura)) if kind == "seguimiento" else []
    passages += pasajes.of_cues("vinculo", linked, link_cues) + pasajes.of_cues(
        "urgente", "true", urgent_cues if urgent else []
    )
    return Etiquetas(
        relevante=True,
        nota=kind,
        clase=group,
        victima=kinds,
        agresion=agresiones_de(slugs, digital=via.is_digital(lectura, acts)),
        modalidad=tuple(slugs),
        agresor=named,
        movilizacion=bool(protest),
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
        resumen=resumen.sentence(slugs, who, around.lugar, named, bool(protest)),
        pasajes=tuple(passages),
    )
