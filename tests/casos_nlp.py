"""Cases of `tests/data/<part>/casos.jsonl` and the parsed notes they speak of."""

import json
from functools import lru_cache
from pathlib import Path

from nlp.etiquetas import Nota
from nlp.modelo_base import load_base
from nlp.parsed import Anchor, Mention, Parsed

DATA = Path(__file__).parent / "data"


def cases(part):
    """Return the cases of a part; each has `caso` (what it shows) and the fields of its test."""
    return [json.loads(line) for line in (DATA / part / "casos.jsonl").read_text("utf-8").splitlines()]


@lru_cache(maxsize=1)
def base():
    return load_base()


def parse(texto, titulo="", publicada=None):
    return Parsed(base()(titulo), base()(texto), Nota("x", texto, titulo, publicada))


def anchor(parsed, act, modalidad="ataque_fisico", parte="texto"):
    """Return the anchor of the words `act` in the note."""
    start = parsed.doc(parte).text.index(act)
    span = parsed.doc(parte).char_span(start, start + len(act), alignment_mode="expand")
    return Anchor(span.doc, span, modalidad, span.sent, parte)


def mention(parsed, words, tipo="periodista", colectivo=False):
    start = parsed.texto.text.index(words)
    return Mention(
        "texto", parsed.texto.char_span(start, start + len(words), alignment_mode="expand"), tipo, "victima", colectivo
    )
