"""People that a note names: sequences of capitals that are a person's name, joined under the fullest form of each."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Span

from nlp.nomenclator import is_place_name
from nlp.parsed import text_of
from nlp.pistas import any_of, word_set
from nlp.plegado import even_fold, fold

_DATA = Path(__file__).parent / "lexico" / "nombres_de_pila.csv"
_LOW = r"a-záéíóúñüäëïöàèìòùâêîôûçãõ"
_CAP = rf"[A-ZÁÉÍÓÚÑÜÄÖ][{_LOW}]+(?:['’][{_LOW}]+)*(?:-[A-ZÁÉÍÓÚÑÜ][{_LOW}]+)?"
_ALIAS = r"(?:\s[“\"'‘(][A-ZÁÉÍÓÚÑ]\w+[”\"'’)](?=\s[A-ZÁÉÍÓÚÑ]))?"  # «Emmanuel “Manu” Castro»
_SEQUENCE = re.compile(
    rf"(?:(?:Ma|Gpe|Fco)\.|{_CAP}){_ALIAS}(?:(?:\s(?:de\sla|de\slos|de\slas|de|del|la|las|los|y|e|san|von|van))?\s(?:{_CAP}{_ALIAS}"
    rf"|[A-ZÁÉÍÓÚÑ]\.))*(?:\s[A-ZÁÉÍÓÚÑ]\.(?=[\s,;)]))?"
)
_ROLE_BEFORE = re.compile(rf"\b{any_of('prensa', 'defensa')}\s$", re.IGNORECASE)
_ROLE_AFTER = re.compile(rf", {any_of('prensa')}\b")
PARTICLES = frozenset(["de", "del", "la", "las", "los", "y", "e", "san", "von", "van"])
_NOT_PERSON = word_set("no_persona")
_DATES = word_set("fecha_o_nombre")
_SURNAMES = word_set("cosa_o_apellido")
_OPENERS = word_set("apertura")
_PLACE_BEFORE = re.compile(
    r"\b(?:calles?|avenida|av\.|colonia|col\.|plaza|parque|mercado|metro|estaci[oó]n|hospital|escuela|secundaria"
    r"|primaria|preparatoria|alcald[ií]a|delegaci[oó]n|municipio|ley|premio|fundaci[oó]n|aeropuerto|estadio|barrio"
    r"|unidad|calzada|bulevar|boulevard|eje|jard[ií]n|glorieta|cine|teatro|foro|auditorio|c[aá]tedra|beca|centro"
    r"|instituto|albergue|grupo|hotel|cl[ií]nica|laboratorios?|constructora|empresa|ejido|comunidad|pueblo"
    r"|rancher[ií]a|parroquia|iglesia|capilla|puente|presa|r[ií]o|sierra|deportivo|cultura|normal|prepa"
    r"|caf[eé])\s(?:de\s|del\s|la\s)*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"(?:^|\n)\s*(?:por|fotos?|fotograf[íi]as?|texto|con informaci[óo]n de|redacci[óo]n|imagen|v[íi]deo|reportaje|cr[óo]nica)"
    rf"(?:\sde)?:?\s(?:(?-i:{_CAP})(?:\s(?:de|del|la))*[\s,]+(?:y\s)?)*$",
    re.IGNORECASE,
)
_PAIRED = frozenset(["rto", "ino", "sio", "lio"])  # endings of men's names that women's mirror
DID = re.compile(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+(?:ó|aron|ieron|eron)")  # a verb that opens a sentence
_LONG = 6  # words of a name at most


@dataclass(frozen=True)
class Nombrado:
    """One mention of a name: characters `inicio`–`fin` of `parte`, and its words folded, without particles."""

    parte: str
    inicio: int
    fin: int
    texto: str
    palabras: tuple[str, ...]


@dataclass(frozen=True)
class Persona:
    """A person with every mention; `nombre` is the fullest form in the text."""

    nombre: str
    palabras: tuple[str, ...]
    menciones: tuple[Nombrado, ...]


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Return folded given name → `mujer`, `hombre` or `indeterminado` (used for both); a woman's «Filiberta» by «Filiberto»."""
    with _DATA.open(encoding="utf-8", newline="") as stream:
        told = {fold(row["nombre"]): row["genero"] for row in csv.DictReader(stream)}
    women = {f"{name[:-1]}a": "mujer" for name, gender in told.items() if gender == "hombre" and name[-3:] in _PAIRED}
    return women | told


def folded_text(text: str) -> str:
    """Return `even_fold(text)`, kept for the few texts in hand: every mention of a name looks at it."""
    return even_fold(text)


def name_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name without particles ("Ana de la Cruz" → ana, cruz)."""
    return tuple(word for word in re.findall(r"\w+", fold(text)) if word not in PARTICLES)


def _foreign(words: Sequence[str]) -> bool:
    """Tell whether a word of a name is none of a person's, but for given names and surnames («Julio Sierra»)."""
    own = len(words) > 1 and (words[0] in given_names() or words[0] in _DATES)
    rest = set(words[1:] if own and words[0] in _DATES else words)
    return bool(_NOT_PERSON & (rest - _SURNAMES if own else rest))


def _names_outlet(word: str) -> bool:
    """Tell whether a word after "de" begins an outlet's or institution's name ("Ana Ruiz de El Portal")."""
    return fold(word) in _NOT_PERSON or word in ("El", "La", "Los", "Las")


def _pieces(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the names in a sequence of capitals: parted at "y" before a given name and at "de" after what is no person."""
    given, at = given_names(), 0
    for match in re.finditer(r"\s(?P<by>y|e|de|del)\s(?P<next>\w+)(?P<more>\s\w+)?", text):
        head = name_words(text[at : match.start()])
        foreign = not head or head[0] not in given or _foreign(head)
        if (match["by"] in ("de", "del") and not foreign and _names_outlet(match["next"])) or (
            (fold(match["next"]) in given or (match["by"] in "ye" and match["more"] and len(head) > 1))
            and (match["by"] in "ye" or foreign)
        ):
            yield text[at : match.start()], start + at
            at = match.start("next")
    yield text[at:], start + at


def _trimmed(text: str, start: int) -> tuple[str, int]:
    """Return a name without the words in front that open a sentence or give a title, nor particles at its end."""
    while (match := re.match(r"(\S+)\s", text)) and (fold(match[1]) in _OPENERS or DID.fullmatch(match[1])):
        text, start = text[match.end() :], start + match.end()
    return re.sub(r"(?:\s(?:de|del|la|las|los|y|e|san|von|van))+$", "", text), start


def _is_place(name: Nombrado) -> bool:
    return re.match(r"(?:San|Santa|Santo)\s", name.texto) is not None or is_place_name(name.palabras)


def _is_group(name: Nombrado, text: str) -> bool:
    """Tell a group or outlet from a person with a rare given name: an article or an outlet's noun stands before it."""
    before = text[max(0, name.inicio - 40) : name.inicio].lower()
    return name.palabras[0] not in given_names() and bool(
        re.search(
            r"\b(?:el|la|los|las|en|portal|p[oó]dcast|podcast|canal|p[aá]gina|revista|medio|diario|peri[oó]dico"
            r"|noticiero|colectiv[oa]|digital|impreso|informativo|noticias(?:\s\w+)?|casa,)\s[\"“'‘]?(?:el\s|la\s"
            r"|los\s|las\s)?$",
            before,
        )
        or re.search(r", de(?:l| la)?\s[\"“]?$", before)
        or re.search(
            r"\b(?:reporter|fot[oó]graf|director|fundador|conductor|integrante|coordinador|vocer|locutor|editor"
            r"|organizador)\w*(?:\s\w+)?\s(?:de|del)\s[\"“]?$",
            before,
        )
    )


@lru_cache(maxsize=4)  # the names of a note are looked for twice: full ones, then those that shorten them
def _candidates(text: str) -> tuple[Nombrado, ...]:
    """Return every sequence of capitals that may be a name."""
    return tuple(_sequences(text))


def _sequences(text: str) -> Iterator[Nombrado]:
    for match in _SEQUENCE.finditer(text):
        for piece, at in _pieces(match[0], match.start()):
            name, start = _trimmed(piece, at)
            words = name_words(name)
            if words and len(words) <= _LONG and fold(name) not in _OPENERS and not _foreign(words):
                yield Nombrado("", start, start + len(name), name, words)


def _alone(name: Nombrado, text: str) -> bool:
    """Tell whether a single given name stands where a person is named: in a list, or after a role noun."""
    given = given_names().get(name.palabras[0])
    if given in (None, "indeterminado") or is_place_name(name.palabras):
        return False
    before, after = text[max(0, name.inicio - 30) : name.inicio], text[name.fin : name.fin + 30]
    listed = re.match(rf" y (?:{_CAP})\s(?:{_CAP})", after) or re.search(
        rf"(?:{_CAP})(?:[^.]{{0,25}}),? y (?:de |a )?$", before
    )
    return bool(listed or re.search(r"\b(?:hermano|hermana|reporter[oa]|fotógraf[oa]|activista|don|doña)\s$", before))


def _initials(text: str, parte: str) -> Iterator[Nombrado]:
    """Yield names hidden behind initials after a role noun: "la reportera J. O.", "el activista H. Jasso"."""
    for match in re.finditer(
        rf"\b(?:reporter[oa]|fotorreporter[oa]|periodista|fot[oó]graf[oa]|camar[oó]graf[oa]|activista"
        rf"|defensora?)\s(?P<name>[A-Z]\.\s?(?:{_CAP}|[A-Z]\.))",
        text,
    ):
        yield Nombrado(parte, match.start("name"), match.end("name"), match["name"], name_words(match["name"]))


def _opens_with_verb(doc: Doc, name: Nombrado) -> bool:
    span = doc.char_span(name.inicio, name.fin, alignment_mode="expand")
    return (
        span is not None
        and span[0].pos_ in ("VERB", "AUX", "ADV", "ADP", "PRON", "DET", "SCONJ")
        and span[0].is_sent_start is True
    )


def is_person(name: Nombrado, text: str) -> bool:
    """Tell a name that may be a person's from a place, an institution or a group."""
    named_after = text[: name.inicio].endswith((" del ", " Del "))  # people take no article
    head, _, tail = name.texto.rpartition(" de ")
    of_place = bool(head) and name.palabras[0] not in given_names() and is_place_name(name_words(tail))
    article = name.texto.startswith(("El ", "La ", "Los ", "Las "))
    return not (named_after or article or of_place or _foreign(name.palabras) or _is_place(name) or _is_group(name, text))


def find_names(doc: Doc, parte: str, known: frozenset[str] = frozenset()) -> list[Nombrado]:
    """Return the names of people in a part, single words only where they belong to a name in `known`."""
    text, found, given = text_of(doc), [], given_names()
    folded = folded_text(text)
    by_model = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PER"]
    for name in _candidates(text):
        words = name.palabras
        if _PLACE_BEFORE.search(text[max(0, name.inicio - 30) : name.inicio]):
            continue
        modelled = any(start < name.fin and name.inicio < end for start, end in by_model)
        rare = modelled and not _opens_with_verb(doc, name)
        rare = rare or _ROLE_BEFORE.search(folded[max(0, name.inicio - 40) : name.inicio]) is not None
        rare = rare or _ROLE_AFTER.match(folded[name.fin : name.fin + 30]) is not None
        full = len(words) >= 2 and (words[0] in given or rare) and is_person(name, text)
        short = len(words) <= 2 and all(word in known for word in words)
        if full or short or (len(words) == 1 and _alone(name, text)):
            found.append(replace(name, parte=parte))
    return [*found, *_initials(text, parte)]


_FULL_NAME = re.compile(rf"{_CAP}(?:\s(?:(?:de|del|la|los)\s)*(?:{_CAP}|[A-ZÁÉÍÓÚÑ]\.))+")


def signs_a_note(name: Nombrado, text: str) -> bool:
    """Tell whether a mention is the signature of a note or a picture («Por Ana Ruiz y [Luis Soto]», «Foto: …»)."""
    return _BYLINE.search(text[max(0, name.inicio - 80) : name.inicio]) is not None


def names_in(span: Span, parte: str, text: str) -> list[Nombrado]:
    """Return the personal names in the mention of a person, rare given names too: capitals that no "de" precedes."""
    found = []
    for match in _FULL_NAME.finditer(span.text):
        before = span.text[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
        start = span.start_char + match.start()
        name = Nombrado(parte, start, start + len(match[0]), match[0], name_words(match[0]))
        led = match.start() > 0 and before not in ("de", "del", "en", "para", "radio", "canal")
        if led and 2 <= len(name.palabras) <= 5 and is_person(name, text):
            found.append(name)
    return found


def _fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether one name is the other shortened: all its words, in order."""
    rest = iter(full)
    return all(any(word == other or (len(word) == 1 and other.startswith(word)) for other in rest) for word in short)


def join_names(found: Sequence[Nombrado]) -> list[Persona]:
    """Return one person per fullest name, in order of first mention ("Camacho" joins "Víctor Manuel Camacho")."""
    groups: list[list[Nombrado]] = []
    for name in sorted(
        found, key=lambda one: (-len(one.palabras), -len("".join(one.palabras)), one.parte != "titulo", one.inicio)
    ):
        home = next((group for group in groups if _fits(name.palabras, group[0].palabras)), None)
        if home is None:
            groups.append([name])
        else:
            home.append(name)
    order = {"titulo": 0, "texto": 1}
    people = []
    for group in groups:
        mentions = tuple(sorted(group, key=lambda one: (order[one.parte], one.inicio)))
        people.append(Persona(group[0].texto, group[0].palabras, mentions))
    return sorted(people, key=lambda person: (order[person.menciones[0].parte], person.menciones[0].inicio))


def find_people(parts: Sequence[tuple[str, Doc]], extra: Sequence[Nombrado] = ()) -> list[Persona]:
    """Return the people named in the parts of a note; `extra` are names found otherwise (by the mentions of victims)."""
    full = [name for parte, doc in parts for name in find_names(doc, parte)] + list(extra)
    known = frozenset(word for name in full for word in name.palabras if len(word) > 2)
    taken = {(name.parte, name.inicio) for name in full}
    short = [name for parte, doc in parts for name in find_names(doc, parte, known) if (name.parte, name.inicio) not in taken]
    return join_names([*full, *short])
