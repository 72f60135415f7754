"""Where a text says what only the weights see: the word that speaks most for a value which no rule proposed."""

from spacy.tokens import Span

from nlp.aprendizaje.lemas import lemmas
from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.modelo import Modelo
from nlp.aprendizaje.palabras import note_words, question
from nlp.aprendizaje.rasgos_nota import BLOCKS_OF_ONE
from nlp.etiquetas import Pasaje
from nlp.reglas.actos import Lectura

LOOKED_AT = 40  # of the strongest features, those among which a word of the text is looked for


def by_words(lectura: Lectura, model: Modelo, whole: Rasgos, field: str, value: str) -> list[Pasaje]:
    """Return the passage of a value that rests on words alone: the one that weighs most, if the text holds it as such."""
    told = model.palabras.strongest(question(field, value), note_words(whole), LOOKED_AT)
    for block, lemma in (name.split(":", 1) for name in told):
        if block in BLOCKS_OF_ONE and " " not in lemma:
            parte = "titulo" if block == "t" else "texto"
            span = _first(lectura, parte, lemma)
            if span is not None:
                return [Pasaje(field, value, parte, span.start_char, span.end_char, field, f"palabras:{lemma}")]
    return []


def _first(lectura: Lectura, parte: str, lemma: str) -> Span | None:
    doc = lectura.parsed.doc(parte)
    return next((doc[at : at + 1] for at, told in enumerate(lemmas(doc)) if told == lemma), None)
