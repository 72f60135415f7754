"""Reasons that read the whole note: what its headline is about, and which other subjects its words belong to."""

from collections.abc import Iterable

from nlp.parsed import is_capital
from nlp.patrones import Hit, words_of
from nlp.reglas.actos import Acto, Lectura
from nlp.reglas.mencion import Mencion

DEEDS = words_of(
    "<golpear:i|agredir:i|matar:i|asesinar:i|robar:i|violar:i|abusar:i"
    "|lesionar:i|disparar:i|atropellar:i|conducir:i>"
) | {
    "fraude", "robo", "homicidio", "violencia", "lesiones", "abuso", "violacion", "narcomenudeo", "extorsion", "feminicidio",
}  # fmt: skip


def headline_of_others(lectura: Lectura) -> bool:
    """Say whether the headline tells a harm to others («Emboscan a policías») and none to a victim."""
    linked = {acto.hit.span.start for acto in lectura.actos if acto.parte == "titulo"}
    harms = [h for p, h in lectura.hits_of("modalidad") if p == "titulo" and h.entrada.tipo == "acto"]
    taken = {m.start for m in lectura.menciones["titulo"]} | {m.head.i for m in lectura.menciones["titulo"]}
    others = [h for h in harms if h.span.start not in linked and _object_of(h, taken)]
    return bool(others) and not linked


def _object_of(hit: Hit, taken: set[int]) -> bool:
    """Say whether a verb's object with «a» is none of the tokens in `taken` (victims) nor next to one."""
    doc = hit.span.doc
    after = [k for k in range(hit.span.end, min(len(doc), hit.span.end + 5)) if doc[k].norm_ in ("a", "al")]
    return bool(after) and not any(k in taken for k in range(after[0], min(len(doc), after[0] + 5)))


def headline_of_doer(lectura: Lectura) -> bool:
    """Say whether the headline tells a deed of a journalist or defender («Locutor golpea a mesero»), or an arrest for one."""
    doers = [mention for mention, hit in lectura.agentes if _heads(mention, lectura) and hit.entrada.tipo == "acto"]
    return bool(doers) or any(acto.parte == "titulo" and by_own_deed(acto) for acto in lectura.actos)


def _heads(mention: Mencion, lectura: Lectura) -> bool:
    """Say whether a mention stands in the headline, or opens a note without one in which nobody is harmed beside a verb."""
    untitled = not lectura.parsed.nota.titulo.strip() and not lectura.fuertes and mention in lectura.menciones["texto"]
    return mention in lectura.menciones["titulo"] or (untitled and mention.start < next(mention.doc.sents).end)


def by_own_deed(acto: Acto) -> bool:
    """Say whether the harm is an arrest for a deed of the person's own («detienen a periodista por golpear a su esposa»)."""
    after = acto.hit.span.doc[acto.hit.span.end : acto.hit.span.end + 10]
    if acto.mencion is not None and acto.mencion.start > acto.hit.span.end:
        after = acto.hit.span.doc[acto.mencion.end : acto.mencion.end + 10]
    return acto.modalidad in ("privacion_libertad", "acoso_judicial") and any(
        token.norm_ == "por" and token.i + 1 < len(token.doc) and token.nbor(1).norm_ in DEEDS for token in after
    )


def topics(lectura: Lectura, kinds: Iterable[str]) -> dict[str, int]:
    """Return the number of distinct words of each other subject, and whether the headline belongs to one of them."""
    foreign = any(
        p == "titulo" for kind in ("comun", "ficcion", "deporte", "accidente") for p, _ in lectura.hits_of("relevante", kind)
    )
    return {"título ajeno": int(foreign)} | {kind: len(_words(lectura, kind)) for kind in kinds}


def _words(lectura: Lectura, kind: str) -> set[str]:
    """Return the distinct words of a kind; a capital inside a sentence is a name («Martín Carrera»)."""
    hits = [hit for _, hit in lectura.hits_of("relevante", kind)]
    return {h.span[0].norm_ for h in hits if h.span[0].is_sent_start or not is_capital(h.span[0])}
