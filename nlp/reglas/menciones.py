"""Who may be a victim: phrases that tell a journalist or a defender, by role noun, by name and by their own voice.

Examples that must be found: «la reportera Ana Ruiz», «Ana Ruiz, reportera de Canal Norte,», «dos fotógrafas»,
«Efrén Tolentino, del semanario El Barrio», «Ruiz» after any of them, «esta casa editorial». Not: «comunicador social»,
«jefe de prensa», «exreportero», a byline («Por Ana Ruiz, reportera»), a photo credit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from nlp.patrones import Hit, words_of
from nlp.pistas import word_set

PARTICLES = frozenset({"de", "del", "la", "las", "los", "y"})
DETERMINERS = word_set("determinante")
COVERS = words_of("<cubrir|conducir|escribir|reportear|fotografiar>")
GROUPS = word_set("grupo_civil")
COUNTED = word_set("contado")
OUTLETS = word_set("clase_de_medio")
AIRWAVES = frozenset({"radio", "estereo", "canal"})
OFFICES = word_set("no_grupo_civil")
ORGANISERS = tuple(sorted(word_set("raiz_de_cargo_civil")))
NOT_PRESS = frozenset({"social", "deportivo", "deportiva", "interno", "interna"})


@dataclass(frozen=True)
class Mencion:
    """A possible victim: tokens `start`–`end` of `doc` (name included), its head token, kind and how it was found.

    `modo`: `persona` (role noun), `medio`, `colectivo`, `propio` (the outlet's own voice), `nombre` (a name told before).
    """

    doc: Doc
    start: int
    end: int
    head: Token
    tipo: str
    modo: str
    regla: str
    nombre: tuple[str, ...] = ()

    @property
    def concreta(self) -> bool:
        """Say whether somebody in particular is told: a name, one person, a number of them; not «los periodistas»."""
        if self.nombre or self.modo in ("propio", "nombre"):
            return True
        plural = self.head.norm_.endswith("s")
        after = self.doc[max(self.start, self.end - 2) : self.end + 3]  # «integrantes de la Asamblea por el Agua»
        group = any(token.norm_ in GROUPS for token in after)
        return self.head.norm_ != "prensa" and (not plural or group or self.span[0].norm_ in COUNTED)

    @property
    def span(self) -> Span:
        """The tokens of the mention."""
        return self.doc[self.start : self.end]


def is_capital(token: Token) -> bool:
    """Say whether a token could be part of a proper name."""
    return token.text[:1].isupper() and token.text[:1].isalpha() and len(token.text) > 1


def name_after(doc: Doc, start: int) -> int:
    """Return the end of the proper name that begins at `start` (`start` itself when there is none)."""
    end = at = start
    while at < len(doc) and at - start < 8:
        if is_capital(doc[at]) or (end > start and len(doc[at].text) == 2 and doc[at].text.endswith(".")):
            end = at + 1
        elif not (end > start and doc[at].lower_ in PARTICLES):
            break
        at += 1
    return end


def name_before(doc: Doc, end: int) -> int:
    """Return the start of the proper name that ends at `end` (`end` itself when there is none)."""
    start = at = end
    while at > 0 and end - at < 8:
        at -= 1
        if is_capital(doc[at]):
            start = at
        elif not (start < end and doc[at].lower_ in PARTICLES):
            break
    return start


def _widened(doc: Doc, hit: Hit) -> tuple[int, int, tuple[str, ...]]:
    """Return the mention's limits with determiner and name, and the name's words."""
    start, end = hit.span.start, hit.span.end
    while start > 0 and doc[start - 1].norm_ in DETERMINERS and not doc[start].is_sent_start:
        start -= 1
    direct = () if _names_group(hit) else (end,)
    for after in (*direct, *_after_outlet(doc, end)):
        stop = name_after(doc, after)
        if stop - after >= (1 if after == end else 2):
            return start, stop, tuple(t.norm_ for t in doc[after:stop] if t.lower_ not in PARTICLES)
    comma = start - 1
    if start > 3 and doc[start - 1].lower_ == "y" and doc[start - 3].text == ",":  # «Ana Ruiz, directora y reportera»
        comma = start - 3
    if comma > 0 and doc[comma].text == ",":
        begin = name_before(doc, comma)
        if comma - begin >= 2:
            return begin, end, tuple(t.norm_ for t in doc[begin:comma] if t.lower_ not in PARTICLES)
    return start, end, ()


def _names_group(hit: Hit) -> bool:
    """Say whether the name after a role is that of its group or school («coordinadora del colectivo Luz y Rastro»)."""
    last = hit.span[-1]
    people = last.norm_.endswith("s") and last.is_lower  # «dirigente de costureras [Armida Treviño]»
    joined = any(token.norm_ in ("de", "del") for token in hit.span[1:])
    return hit.span[0].norm_.startswith(ORGANISERS) and joined and not people


def _after_outlet(doc: Doc, end: int) -> tuple[int, ...]:
    """Return where a name may begin after «de Canal Norte,» or «del diario El Día,» (one place or none)."""
    for at in range(end, min(end + 14, len(doc))):
        if doc[at].text == "," and doc[end].lower_ in ("de", "del"):
            return (at + 1,)
        if doc[at].pos_ in ("VERB", "AUX") or doc[at].text in ".;:":
            break
    return ()


def _refused(doc: Doc, hit: Hit) -> bool:
    """Say whether a role noun is none here: a press officer, an ex, a byline or a credit."""
    span = hit.span
    following = doc[span.end].norm_ if span.end < len(doc) else ""
    before = doc[span.start - 1].norm_ if span.start else ""
    speaker = following == ":" and span.text.isupper()  # «REPORTERA: ¿…?»
    signature = span.text.lower().endswith("redacción") or span.text.lower().endswith("redaccion")
    speaker = speaker or (signature and (span.text.isupper() or "\n" in following))
    alias = before == "el" and span[0].text.istitle() and span.start > 1 and doc[span.start - 2].text in "“\"‘'«"
    return speaker or alias or following in NOT_PRESS or before in ("ex", "foto", "fotos") or _byline(doc, span.start)


def _byline(doc: Doc, start: int) -> bool:
    line = start
    while line > 0 and "\n" not in doc[line - 1].text and start - line < 12:
        line -= 1
    return doc[line].lower_ in ("por", "foto", "fotos", "texto", "video") and start - line < 8 and start - line > 0


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.span.start, -len(h.span))):
        if not kept or hit.span.start >= kept[-1].span.end:
            kept.append(hit)
    return kept


def role_mentions(doc: Doc, hits: Sequence[Hit]) -> list[Mencion]:
    """Return the mentions by role noun, outlet, collective or own voice, in text order."""
    found = []
    masked = {
        i for h in hits if h.entrada.campo == "victima" and h.entrada.tipo == "traba" for i in range(h.span.start, h.span.end)
    }
    for hit in _longest(h for h in hits if h.entrada.campo == "victima" and h.entrada.tipo != "traba"):
        if hit.span.start in masked or _refused(doc, hit):
            continue
        start, end, name = _widened(doc, hit)
        entry = hit.entrada
        found.append(Mencion(doc, start, end, hit.span.root, entry.valor, entry.tipo, entry.regla, name))
    return found + outlet_people(doc)


def outlet_people(doc: Doc) -> list[Mencion]:
    """Return people told by outlet, group or trade only: «Efrén Tolentino, del semanario El Barrio», «Ana Cruz, que cubre».

    And outlets by their name: «Radio Tlayoltsin».
    """
    found = []
    for token in doc[1:]:
        if token.text == "," and (kind := _trade(doc, token.i + 1)) and token.i - (start := name_before(doc, token.i)) >= 2:
            name = tuple(t.norm_ for t in doc[start : token.i] if t.lower_ not in PARTICLES)
            found.append(Mencion(doc, start, token.i, doc[start], kind, "persona", "menciones.outlet_people", name))
        elif is_capital(doc[token.i - 1]) and (kind := _own_name(doc, token.i)):
            stop = name_after(doc, token.i)
            name = (token.norm_,) if kind == "medio" else ()
            whose = "periodista" if kind == "medio" else "defensora"
            found.append(Mencion(doc, token.i - 1, stop, doc[token.i - 1], whose, kind, "menciones.own_name", name))
    return found


def _own_name(doc: Doc, at: int) -> str:
    """Return `medio` or `colectivo` where the word before `at` begins such a name («Radio Nahui», «Frente del Pedregal»)."""
    first, second = doc[at - 1].norm_, doc[at]
    if first in AIRWAVES and is_capital(second):
        return "medio"
    joins = is_capital(second) or (second.norm_ in ("de", "del", "por", "en", "contra") and name_after(doc, at + 1) > at + 1)
    if first not in GROUPS or not joins or second.norm_ in OFFICES:
        return ""
    return "" if doc[min(at + 1, len(doc) - 1)].norm_ in OFFICES else "colectivo"


def _trade(doc: Doc, at: int) -> str:
    """Return the kind that «de Canal Norte», «de la Asamblea», «que cubre» tell of the name before, or an empty string."""
    words = [token.norm_ for token in doc[at : at + 4]]
    if words[:1] == ["que"] or words[:1] == ["quien"]:
        return "periodista" if any(word in COVERS for word in words[1:3]) else ""
    if words[:1] not in (["de"], ["del"]):
        return ""
    rest = words[1:3] if words[1:2] in (["la"], ["el"], ["las"], ["los"]) else words[1:2]
    return "periodista" if OUTLETS & set(rest) else "defensora" if GROUPS & set(rest) else ""


def name_mentions(doc: Doc, named: Sequence[Mencion], taken: Sequence[Mencion]) -> list[Mencion]:
    """Return later mentions by name ("Ruiz", "Ana Ruiz") of the people in `named`, outside the mentions in `taken`."""
    people = [mention for mention in named if mention.modo == "persona"]
    kinds = {word: mention.tipo for mention in people for word in mention.nombre if len(word) > 2}
    busy = {i for mention in taken for i in range(mention.start, mention.end)}
    found: list[Mencion] = []
    at = 0
    while at < len(doc):
        stop = name_after(doc, at) if is_capital(doc[at]) and at not in busy else at
        words = [t.norm_ for t in doc[at:stop] if t.lower_ not in PARTICLES]
        acronym = stop - at == 1 and doc[at].text.isupper() and len(doc[at]) < 6
        if words and not acronym and all(word in kinds for word in words):
            found.append(Mencion(doc, at, stop, doc[stop - 1], kinds[words[0]], "nombre", "menciones.name_mentions"))
        at = max(stop, at + 1)
    return found
