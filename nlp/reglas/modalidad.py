"""`modalidad`: the harms that reach the victim, from strong acts and, in the same story, weak ones."""

import re

from nlp.reglas.actos import Acto, Lectura
from nlp.vocabulario import Modalidad

Acts = dict[str, list[Acto]]


def is_general(acto: Acto) -> bool:
    """Say whether an act is told by a word that leaves open which harm it was («la agresión»)."""
    word = acto.hit.span[0].norm_
    return len(acto.hit.span) == 1 and word.startswith(("agre", "ataq", "atac"))


def modalities(lectura: Lectura) -> dict[str, list[Acto]]:
    """Return the acts by modality, in the vocabulary's order; general words count only where nothing finer is told."""
    fine = [acto for acto in lectura.actos if not is_general(acto)]
    strong = {acto.modalidad for acto in fine if acto.fuerte}
    counted = [acto for acto in fine if acto.fuerte or acto.modalidad in strong or _tells(acto)]
    counted = counted or [acto for acto in lectura.actos if is_general(acto)]
    counted = [acto for acto in counted if acto.fuerte or not strong & BODILY or acto.modalidad not in BESIDE]
    found = {str(slug): acts for slug in Modalidad if (acts := [a for a in counted if a.modalidad == slug])}
    return _without_means(found)


def _without_means(found: dict[str, list[Acto]]) -> dict[str, list[Acto]]:
    """Drop what is only the means of a graver act: the wound of a shot, the shot of a killing."""
    if Modalidad.ASESINATO in found:
        survived = any(
            (acto.fuerte and acto.hit.span[0].norm_.startswith(("sobreviv", "iles", "herid", "result")))
            for acts in found.values()
            for acto in acts
        )
        found = {slug: acts for slug, acts in found.items() if slug != Modalidad.TENTATIVA_ASESINATO or survived}
    if {Modalidad.ASESINATO, Modalidad.TENTATIVA_ASESINATO} & set(found):
        wounds = all(WOUND.match(acto.hit.span[0].norm_) for acto in found.get(Modalidad.ATAQUE_FISICO, []))
        found = {slug: acts for slug, acts in found.items() if slug != Modalidad.ATAQUE_FISICO or not wounds}
    return found


BESIDE = frozenset({"acoso_judicial", "hostigamiento"})  # told weakly beside a bodily harm: the trial of who did it, its manner
BODILY = frozenset({"asesinato", "tentativa_asesinato", "ataque_fisico", "danio_bienes", "desaparicion"})
WOUND = re.compile("hier|hir|heri|lesion|ata[cq]|agre|result|recib|termin|acab|ca|golp|traumat|punt|fract")


def _tells(acto: Acto) -> bool:
    """Say whether a weak act is told as a fact (a verb or a phrase), not named in passing by a noun."""
    return acto.hit.entrada.tipo in ("acto", "suceso")
