"""`modalidad`: the harms that reach the victim, from strong acts and, in the same story, weak ones."""

import re

from nlp.parsed import text_of
from nlp.plegado import fold
from nlp.reglas.actos import Acto, Lectura, once
from nlp.reglas.papeles import CLITICS, has_clitic
from nlp.vocabulario import Modalidad

Acts = dict[str, list[Acto]]

BESIDE = frozenset({"acoso_judicial", "hostigamiento"})  # told weakly beside a bodily harm: the trial of who did it, its manner
BODILY = frozenset(
    {"asesinato", "tentativa_asesinato", "ataque_fisico", "danio_bienes", "desaparicion", "tortura", "violencia_sexual"}
)
WOUND = re.compile(
    "hier|hir|heri|lesion|ata[cq]|agre|result|recib|termin|acab|ca|golp|traumat|punt|fract|present|ten|tien|sufr"
)
SHOT = re.compile("bal|dispar|tirot|rafag|deton|impact")
EMPTY = re.compile(
    r"\b(?:estaba vaci[oa]|vaci[oa]s?\b|no habia (?:nadie|personas|gente)|sin (?:nadie|gente|personas)|deshabitad)"
)
INSIDE = re.compile(
    r"\b(?:iles[oa]s?|viajaba|a bordo|iban? (?:en|con)|conducia|manejaba|dormia|(?:dentro|adentro|interior) (?:del|de la)"
    r"|herid[oa]|salvo la vida|en la que (?:iba|viajaba))"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OTHERS = re.compile(
    r"\b(?:en lo que va d|van \d|suman \d|otr[oa]s? (?:comunicador|periodist|reporter|activist|defensor|buscador|camarograf))"
)
LEAD = 60  # tokens of a part that tell the case itself, whatever years they name


def is_general(acto: Acto) -> bool:
    """Say whether an act is told by a word that leaves open which harm it was («la agresión»)."""
    word = acto.hit.span[0].norm_
    return len(acto.hit.span) == 1 and word.startswith(("agre", "ataq", "atac"))


@once
def modalities(lectura: Lectura) -> Acts:
    """Return the acts by modality, in the vocabulary's order; general words count only where nothing finer is told."""
    told = [acto for acto in lectura.actos if not is_background(acto, lectura)] or list(lectura.actos)
    fine = [acto for acto in told if not is_general(acto)]
    strong = {acto.modalidad for acto in fine if acto.fuerte}
    counted = [acto for acto in fine if acto.fuerte or acto.modalidad in strong or _tells(acto)]
    counted = counted or [acto for acto in told if is_general(acto)]
    counted = [acto for acto in counted if acto.fuerte or not strong & BODILY or not _beside(acto)]
    found = {str(slug): acts for slug in Modalidad if (acts := [a for a in counted if a.modalidad == slug])}
    return _without_manner(_without_means(_shots(found, lectura)))


def is_background(acto: Acto, lectura: Lectura) -> bool:
    """Say whether an act is an older incident or another person's («En 2018 la sacaron…», «van tres reporteros asesinados»)."""
    if acto.parte == "titulo" or acto.hit.span.start < LEAD:
        return False
    sentence = acto.hit.span[0].sent
    text = fold(text_of(sentence.doc)[sentence.start_char : sentence.end_char])
    year = (lectura.parsed.nota.fecha_publicacion or "")[:4]
    later = lectura.hits_of("nota", "seguimiento")
    old = bool(year) and len(later) < 2 and any(found < year for found in YEAR.findall(text))
    return old or bool(OTHERS.search(text))


def _beside(acto: Acto) -> bool:
    """Say whether a weak act is likely done to who did the harm («fueron detenidos»), or is only the harm's manner."""
    return acto.modalidad in BESIDE or (acto.modalidad == Modalidad.PRIVACION_LIBERTAD and not has_clitic(acto.hit))


def _words(acto: Acto) -> str:
    """Return the first word of an act that is no pronoun."""
    return next((token.norm_ for token in acto.hit.span if token.norm_ not in CLITICS), "")


def _shots(found: Acts, lectura: Lectura) -> Acts:
    """Settle shots at a thing (guide): with somebody inside an attempt on the life, at an empty one damage and a threat."""
    things = [acto for acto in found.get(Modalidad.DANIO_BIENES, []) if SHOT.match(_words(acto))]
    if not things:
        return found
    text = fold(lectura.parsed.nota.titulo + "\n" + lectura.parsed.textos["texto"])
    rest = [acto for acto in found[Modalidad.DANIO_BIENES] if acto not in things]
    if EMPTY.search(text):
        changed = found | {str(Modalidad.AMENAZA): found.get(Modalidad.AMENAZA, things)}
        return {str(m): changed[m] for m in Modalidad if m in changed and m != Modalidad.TENTATIVA_ASESINATO}
    if INSIDE.search(text):
        changed = found | {str(Modalidad.TENTATIVA_ASESINATO): found.get(Modalidad.TENTATIVA_ASESINATO, things)}
        changed |= {str(Modalidad.DANIO_BIENES): rest}
        return {str(m): changed[m] for m in Modalidad if changed.get(m)}
    return found


def _without_means(found: Acts) -> Acts:
    """Drop what is only the means of a graver act: the wound of a shot, the shot of a killing."""
    if Modalidad.ASESINATO in found:
        survived = any(
            (acto.fuerte and acto.hit.span[0].norm_.startswith(("sobreviv", "iles", "herid", "result")))
            for acts in found.values()
            for acto in acts
        )
        found = {slug: acts for slug, acts in found.items() if slug != Modalidad.TENTATIVA_ASESINATO or survived}
    if {Modalidad.ASESINATO, Modalidad.TENTATIVA_ASESINATO} & set(found):
        wounds = all(WOUND.match(_words(acto)) for acto in found.get(Modalidad.ATAQUE_FISICO, []))
        found = {slug: acts for slug, acts in found.items() if slug != Modalidad.ATAQUE_FISICO or not wounds}
    return found


def _without_manner(found: Acts) -> Acts:
    """Drop what another modality already holds: blows of a torture, stalking in a sexual assault, files wiped by a hacker."""
    dropped = set()
    if Modalidad.TORTURA in found and not any(acto.fuerte for acto in found.get(Modalidad.ATAQUE_FISICO, [])):
        dropped.add(Modalidad.ATAQUE_FISICO)
    if Modalidad.VIOLENCIA_SEXUAL in found and all(
        _words(a).startswith("acos") for a in found.get(Modalidad.HOSTIGAMIENTO, [])
    ):
        dropped.add(Modalidad.HOSTIGAMIENTO)
    if Modalidad.ATAQUE_DIGITAL in found and all(_words(a).startswith("borr") for a in found.get(Modalidad.OBSTRUCCION, [])):
        dropped.add(Modalidad.OBSTRUCCION)
    return {slug: acts for slug, acts in found.items() if slug not in dropped}


def _tells(acto: Acto) -> bool:
    """Say whether a weak act is told as a fact (a verb or a phrase), not named in passing by a noun."""
    return acto.hit.entrada.tipo in ("acto", "suceso")
