"""Forms of Spanish verbs, folded: the model's lemmas miss enclitics and headlines, so the lexicon is inflected here.

Stem changes (e→ie, e→i, o→ue, c→qu …) are tried for every verb: a form that does not exist matches nothing.
"""

import re
from functools import lru_cache

FINITE, PARTICIPLE, INFINITIVE, GERUND = "f", "p", "i", "g"
FUTURE, SUBJUNCTIVE, IMPERATIVE = "c", "s", "m"  # parts of the finite forms: «buscarian», «que dejara», «bajale»
CLITICS = ("lo", "la", "le", "los", "las", "les", "me", "nos", "se", "selo", "sela", "selos", "selas", "melo", "mela")

_AR_BACK = "o as a amos an aste aron aba abas abamos aban ara aras aramos aran ase asen"  # endings that begin with a, o
_AR_FRONT = "e es emos en"
_ER_BACK = "o a as amos an"
_ER_FRONT = "es e emos imos en i iste io ieron ia ias iamos ian iera ieras ieramos ieran iese iesen"
_FUTURE = "e as a emos an ia ias iamos ian"
_AR_PAST, _ER_PAST = "ara aras aramos aran ase asen", "iera ieras ieramos ieran iese iesen"
_ER_BACK_SUBJUNCTIVE = "a as amos an"
_ORDERED = ("te", "le", "les", "lo", "la", "los", "las", "me", "nos", "se", "nle", "nse", "nlo", "nla")
_CHANGES = (("e", "ie"), ("o", "ue"), ("u", "ue"))
_CHANGES_IR = (*_CHANGES, ("e", "i"), ("o", "u"))  # "persiguió", "murió": verbs in -ir only

_IRREGULAR: dict[str, tuple[str, str]] = {  # infinitive → stems with strong preterite endings, participle stem
    "decir": ("dij dec dic dig", "dich"),
    "hacer": ("hic hiz hag", "hech"),
    "poner": ("pus pong", "puest"),
    "traer": ("traj traig", "traid"),
    "tener": ("tuv teng tien", "tenid"),
    "romper": ("", "rot"),
    "morir": ("", "muert"),
    "abrir": ("", "abiert"),
    "cubrir": ("", "cubiert"),
    "escribir": ("", "escrit"),
    "poder": ("pud", "podid"),
    "saber": ("sup", "sabid"),
    "querer": ("quis", "querid"),
    "venir": ("vin veng", "venid"),
    "andar": ("anduv", "andad"),
    "ver": ("", "vist"),
}
_WHOLE = {  # verbs too short for stems: «ir» would give "a", "en", "es"; «dar» "de"; «ser» "se"; «estar» "este"
    "ir": "va vas vamos van voy fue fui fuiste fuimos fueron iba ibas ibamos iban ira iras iremos iran iria irian"
    " vaya vayas vayamos vayan fuera fueras fueran fuese fuesen",
    "dar": "da das damos dan doy dio di diste dimos dieron daba dabas dabamos daban dara daremos daran daria darian"
    " des demos den diera dieran diese diesen",
    "ver": "ve ves vemos ven veo vio vi viste vimos vieron veia veias veiamos veian vera veremos veran veria verian"
    " vea veas veamos vean viera vieran viese viesen",
    "ser": "es eres somos son soy era eras eramos eran fue fui fuiste fuimos fueron sera seras seremos seran seria serian"
    " sea seas seamos sean fuera fueran fuese fuesen",
    "haber": "ha has han hay he hemos habia habias habiamos habian hubo hubieron habra habran habria habrian"
    " haya hayan hubiera hubieran hubiese hubiesen",
    "estar": "esta estas estamos estan estoy estaba estabas estabamos estaban estuvo estuve estuvimos estuvieron"
    " estara estaran estaria estarian esten estes estuviera estuvieran",
}
_STRONG = "e iste o imos ieron eron ian a an en iera ieran"


def _front(stem: str) -> str:
    """Return a stem of an -ar verb as written before e ("atac" → "ataqu", "amenaz" → "amenac")."""
    for end, other in (("c", "qu"), ("gu", "gü"), ("g", "gu"), ("z", "c")):
        if stem.endswith(end):
            return stem[: -len(end)] + other.replace("ü", "u")
    return stem


def _back(stem: str) -> str:
    """Return a stem of an -er/-ir verb as written before a, o ("perseguir" → "persig", "dirig" → "dirij")."""
    for end, other in (("gu", "g"), ("g", "j"), ("ec", "ezc"), ("uc", "uzc"), ("c", "z")):
        if stem.endswith(end):
            return stem[: -len(end)] + other
    return stem


def _stems(infinitive: str) -> set[str]:
    """Return a verb's stem and its vowel changes ("perseguir" → "persegu", "persigu"; "rodar" → "rod", "rued")."""
    stem = infinitive[:-2]
    found = {stem}
    for old, new in _CHANGES_IR if infinitive.endswith("ir") else _CHANGES:
        place = stem.rfind(old)
        tail = re.sub("(?<=[gq])u", "", stem[place:])  # the silent u of "persegu"
        if place >= 0 and not re.search("[aeiou].*[aeiou]", tail):
            found.add(stem[:place] + new + stem[place + 1 :])
    return found


def _finite(infinitive: str) -> set[str]:
    if infinitive in _WHOLE:
        return set(_WHOLE[infinitive].split())
    first = infinitive[-2] == "a"
    found = _futures(infinitive)
    for one in _stems(infinitive):
        if first:
            found |= {one + e for e in _AR_BACK.split()} | {_front(one) + e for e in _AR_FRONT.split()}
        else:
            found |= {_back(one) + e for e in _ER_BACK.split()} | {one + e for e in _ER_FRONT.split()}
            found |= {one + e for e in ("yo", "yeron", "yera", "yen", "ye", "ya", "yan")}
            found |= {one + e for e in ("o", "eron", "era", "eran")} if infinitive.endswith(("ñir", "nir")) else set()
    for root, (strong, _) in _IRREGULAR.items():
        if infinitive.endswith(root) and (infinitive == root or len(root) > 3):
            found |= {infinitive[: -len(root)] + s + e for s in strong.split() for e in _STRONG.split()}
    return found


def _futures(infinitive: str) -> set[str]:
    return {infinitive + ending for ending in _FUTURE.split()}


def _subjunctives(infinitive: str) -> set[str]:
    first = infinitive[-2] == "a"
    found: set[str] = set()
    for one in _stems(infinitive):
        found |= {one + e for e in (_AR_PAST if first else _ER_PAST).split()}
        present, endings = (_front(one), _AR_FRONT) if first else (_back(one), _ER_BACK_SUBJUNCTIVE)
        found |= {present + e for e in endings.split()}
    return found


def _imperatives(infinitive: str) -> set[str]:
    """Return the orders with a pronoun («bajale», «callense»): those without one are finite forms like others."""
    first = infinitive[-2] == "a"
    found: set[str] = set()
    for one in _stems(infinitive):
        familiar, polite = (one + "a", _front(one) + "e") if first else (one + "e", _back(one) + "a")
        found |= {base + pronoun for base in (familiar, polite) for pronoun in _ORDERED}
    return found


def _participles(infinitive: str) -> set[str]:
    base = infinitive[:-2] + ("ad" if infinitive[-2] == "a" else "id")
    for root, (_, participle) in _IRREGULAR.items():
        if infinitive.endswith(root) and (infinitive == root or len(root) > 3):
            base = infinitive[: -len(root)] + participle
    return {base + e for e in ("o", "a", "os", "as")}


def _gerunds(infinitive: str) -> set[str]:
    if infinitive[-2] == "a":
        return {infinitive[:-2] + "ando"}
    return {one + e for one in _stems(infinitive) for e in ("iendo", "yendo")}


@lru_cache(maxsize=4_000)
def forms(infinitive: str, kinds: str = "fpig") -> frozenset[str]:
    """Return the folded forms of a verb, enclitics included; `kinds`: finite, participle, infinitive, gerund, and of the
    finite ones future and conditional (c), subjunctive (s); orders with a pronoun (m) only where asked for.

    >>> {"atacaron", "ataquen", "atacada", "atacarlos", "atacandola"} <= forms("atacar")
    True
    """
    found: set[str] = set()
    if FINITE in kinds:
        found |= _finite(infinitive)
    if PARTICIPLE in kinds:
        found |= _participles(infinitive)
    if INFINITIVE in kinds:
        found |= {infinitive} | {infinitive + clitic for clitic in CLITICS}
    if GERUND in kinds:
        found |= {g + clitic for g in _gerunds(infinitive) for clitic in ("", *CLITICS)}
    for kind, inflected in ((FUTURE, _futures), (SUBJUNCTIVE, _subjunctives), (IMPERATIVE, _imperatives)):
        found |= inflected(infinitive) if kind in kinds else set()
    return frozenset(found)


@lru_cache(maxsize=50_000)
def noun_forms(noun: str) -> frozenset[str]:
    """Return a folded noun and its plural.

    >>> sorted(noun_forms("agresion"))
    ['agresion', 'agresiones']
    """
    if noun.endswith("s"):
        return frozenset({noun})
    plural = noun[:-1] + "ces" if noun.endswith("z") else noun + ("s" if noun[-1] in "aeiou" else "es")
    return frozenset({noun, plural})
