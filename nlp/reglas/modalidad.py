"""`modalidad`: the harms that reach the victim, from strong acts and, in the same story, weak ones."""

from nlp.reglas.actos import Acto, Lectura
from nlp.vocabulario import Modalidad

Acts = dict[str, list[Acto]]

# A general word («agresión», «ataque») says nothing of its own where the text tells what it was.
GENERAL = frozenset({"agresion", "agresiones", "ataque", "ataques", "atacar", "agredir"})


def is_general(acto: Acto) -> bool:
    """Say whether an act is told by a word that leaves open which harm it was («la agresión»)."""
    word = acto.hit.span[0].norm_
    return len(acto.hit.span) == 1 and word.startswith(("agre", "ataq", "atac"))


def modalities(lectura: Lectura) -> dict[str, list[Acto]]:
    """Return the acts by modality, in the vocabulary's order; general words count only where nothing finer is told."""
    fine = [acto for acto in lectura.actos if not is_general(acto)]
    general = [acto for acto in lectura.actos if is_general(acto) and acto.fuerte]
    strong = {acto.modalidad for acto in fine if acto.fuerte}
    counted = [acto for acto in fine if acto.fuerte or acto.modalidad in strong or _tells(acto)]
    if not any(acto.modalidad in PHYSICAL for acto in counted):
        counted += general if not counted else []
    return {str(slug): acts for slug in Modalidad if (acts := [a for a in counted if a.modalidad == slug])}


PHYSICAL = frozenset({"ataque_fisico", "tentativa_asesinato", "asesinato", "violencia_sexual", "tortura"})


def _tells(acto: Acto) -> bool:
    """Say whether a weak act is told as a fact (a verb or a phrase), not named in passing by a noun."""
    return acto.hit.entrada.tipo in ("acto", "suceso")
