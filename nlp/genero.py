"""Gender of a victim: from the grammar around the name, else from the given name, else not determined (guide, `victimas`)."""

import re
from collections import Counter
from collections.abc import Iterable

from nlp.personas import Persona, folded_text, given_names
from nlp.pistas import any_of
from nlp.plegado import fold

WOMAN, MAN, NON_BINARY, GROUP, UNKNOWN = "mujer", "hombre", "no_binario", "colectivo", "indeterminado"

_WOMAN_ROLE = any_of("mujer")
_MAN_ROLE = any_of("hombre")
_PARTICIPLE = (
    r"(?:fue|habia sido|ha sido|resulto|quedo|es|era|estaba|esta|sera|acabo|salio|sigue"
    r"|permanece)(?: \w+)? \w+[aeio](?P<end>da|do|ta|to)\b"
)
_NEUTRAL = any_of("comun_de_dos")
_ELLE = re.compile(r"\b(?:no binari[aoe]|elle|periodiste|activiste|fotografe|reportere|defensore)\b")


def _votes(before: str, after: str) -> Iterable[tuple[str, int]]:
    for pattern, gender in ((_WOMAN_ROLE, WOMAN), (_MAN_ROLE, MAN)):
        if re.search(rf"\b(?:{pattern})(?: \w+){{0,2}}?(?: (?:de|del) [^,.;]{{1,40}})?,?\s+$", before):
            yield gender, 3
        if re.match(rf"^,? ?\(?(?:(?:de )?\d{{2}} anos,? )?(?:el |la |una |un |joven )?(?:{pattern})\b", after):
            yield gender, 3
    for article, gender in ((r"(?:la|una|esta|otra)", WOMAN), (r"(?:el|un|al|del|este|otro)", MAN)):
        if re.search(
            rf"\b{article} (?:joven |conocid[oa] )?{_NEUTRAL}(?: \w+){{0,2}}?(?: (?:de|del) [^,.;]{{1,40}})?,?\s+$", before
        ):
            yield gender, 3
    match = re.match(rf"^,?(?: [^.;]{{0,60}}?,)? {_PARTICIPLE}", after)
    if match:
        yield (WOMAN if match["end"].endswith("a") else MAN), 2


def by_name(name: str) -> str:
    """Return the gender that the given names tell; the first decides, the second where the first is for both."""
    for word in re.findall(r"\w+", fold(name))[:2]:
        gender = given_names().get(word, UNKNOWN)
        if gender != UNKNOWN:
            return gender
    return UNKNOWN


def gender_of(person: Persona, texts: dict[str, str]) -> tuple[str, str]:
    """Return the gender and where it is known from (`texto` or `nombre`)."""
    votes: Counter[str] = Counter()
    for mention in person.menciones:
        folded = folded_text(texts[mention.parte])
        before, after = folded[max(0, mention.inicio - 80) : mention.inicio], folded[mention.fin : mention.fin + 100]
        if _ELLE.search(before[-60:] + " " + after[:60]):
            votes[NON_BINARY] += 5
        for gender, weight in _votes(re.split(r"[.;\n]", before)[-1], re.split(r"[.;\n]", after)[0]):
            votes[gender] += weight
    named = by_name(person.nombre)
    if votes:
        best, weight = votes.most_common(1)[0]
        agrees = named in (best, UNKNOWN) or best == NON_BINARY
        if agrees or weight >= 6:  # one word of the wrong person nearby is likelier than a name of the other gender
            return best, "texto"
    return (named, "nombre") if named != UNKNOWN else (UNKNOWN, "texto")
