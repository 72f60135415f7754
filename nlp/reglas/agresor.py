"""`agresor`: who did it, from the actors told beside the acts."""

from spacy.tokens import Span

from nlp.patrones import Hit
from nlp.reglas.actos import Acto, Lectura
from nlp.vocabulario import Agresor


def _sentence(acto: Acto) -> Span:
    return acto.hit.span[0].sent


def actors(lectura: Lectura) -> dict[str, list[tuple[str, Hit]]]:
    """Return the actors told in the sentences of the acts, by kind; the unknown only where nobody is named."""
    found: dict[str, list[tuple[str, Hit]]] = {}
    sentences = {(acto.parte, _sentence(acto).start): _sentence(acto) for acto in lectura.actos}
    busy = {(p, i) for p, ms in lectura.menciones.items() for m in ms for i in range(m.start, m.end)}
    for (parte, _), sentence in sentences.items():
        for hit in lectura.hits[parte]:
            inside = sentence.start <= hit.span.start < sentence.end
            if hit.entrada.campo == "agresor" and inside and (parte, hit.span.start) not in busy:
                found.setdefault(hit.entrada.valor, []).append((parte, hit))
    if len(found) > 1:
        found.pop(str(Agresor.NO_IDENTIFICADO), None)
    return {str(kind): found[kind] for kind in Agresor if kind in found}
