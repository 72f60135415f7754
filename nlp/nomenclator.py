"""The gazetteer: names of boroughs, places of Mexico City, states, towns and foreign places, and where a text bears them.

Read from `nlp/lugares/*.csv` (`municipios.csv` after the names of INEGI's Marco Geoestadístico). A name is looked for
word by word in the folded text; the longest wins. It only counts where its first word that is no generic ("calzada") is
written with a capital, so "reforma" (law) and "Reforma" differ.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from nlp.pistas import word_set
from nlp.plegado import even_fold, fold

DATA = Path(__file__).parent / "lugares"
ABROAD = "extranjero"
_WORD = re.compile(r"\+?\w+")
_SMALL = {"el", "la", "los", "las", "de", "del"}
_GENERIC = _SMALL | word_set("generico_de_lugar")  # words of a name that the press also writes in lower case


@dataclass(frozen=True)
class Toponimo:
    """A name of the gazetteer. `tipo`: the file's, or `alcaldia`, `entidad`, `abreviatura`, `municipio`, `localidad`, `pais`.

    `entidad` is a guide slug or `extranjero`; an ambiguous name is also a person's, an outlet's, another place's or a word.
    """

    nombre: str
    tipo: str
    entidad: str
    alcaldia: str | None = None
    ambiguo: bool = False
    latitud: float | None = None
    longitud: float | None = None


@dataclass(frozen=True)
class Hallado:
    """Characters `inicio`–`fin` of a text that bear a name, with every place so called."""

    inicio: int
    fin: int
    lugares: tuple[Toponimo, ...]


_PEOPLE = {"cuauhtemoc", "benito juarez", "miguel hidalgo", "venustiano carranza", "alvaro obregon", "gustavo a madero"}
_SHORT_BOROUGH = {"cuajimalpa": ("Cuajimalpa",), "magdalena_contreras": ("Magdalena Contreras",), "gustavo_a_madero": ("GAM",)}


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _boroughs() -> Iterator[Toponimo]:
    for row in _rows("alcaldias.csv"):
        for name in (row["nombre"], *_SHORT_BOROUGH.get(row["slug"], ())):
            person = " ".join(words(name)) in _PEOPLE or name == "GAM"
            yield Toponimo(name, "alcaldia", "cdmx", row["slug"], person, float(row["lat"]), float(row["lon"]))


def _city_places() -> Iterator[Toponimo]:
    for file in ("lugares_cdmx.csv", "lugares_cdmx_propios.csv"):
        for row in _rows(file):
            where = row["alcaldia_slug"] or None
            yield Toponimo(
                row["nombre"], row["tipo"], "cdmx", where, row["ambiguo"] == "1", _number(row["lat"]), _number(row["lon"])
            )


def _states() -> Iterator[Toponimo]:
    for row in _rows("entidades.csv"):
        yield Toponimo(row["nombre"], "entidad", row["slug"])
        for short in filter(None, row["abreviaturas"].split("|")):
            code = short.endswith(".") or (len(short) <= 3 and row["slug"] != "cdmx")
            yield Toponimo(short, "abreviatura" if code else "entidad", row["slug"])


def _towns() -> Iterator[Toponimo]:
    for file, kind in (("localidades.csv", "localidad"), ("municipios.csv", "municipio")):
        for row in _rows(file):
            yield Toponimo(row["nombre"], kind, row["entidad"], None, row["ambiguo"] == "1")
    for row in _rows("extranjero.csv"):
        yield Toponimo(row["nombre"], "pais", ABROAD, None, row["ambiguo"] == "1")


def words(text: str) -> list[str]:
    """Return the folded words of a text ("Gustavo A. Madero" → gustavo, a, madero)."""
    return _WORD.findall(fold(text))


def _shared(places: list[Toponimo]) -> Iterator[Toponimo]:
    """Yield the places of one name, towns as ambiguous where several states have one so called."""
    several = len({place.entidad for place in places}) > 1
    for place in places:
        yield replace(place, ambiguo=True) if several and place.tipo in ("municipio", "localidad") else place


def _keys(place: Toponimo) -> Iterator[tuple[str, ...]]:
    """Yield the words that a place is called by; a metro station also by "estación"."""
    key = tuple(words(place.nombre))
    yield key
    if place.tipo == "metro" and key[0] == "metro":
        yield ("estacion", *key[1:])


@lru_cache(maxsize=1)
def _index() -> dict[str, list[tuple[tuple[str, ...], tuple[Toponimo, ...]]]]:
    """Return first word → (all words, places so called), the longest names first."""
    by_words: dict[tuple[str, ...], list[Toponimo]] = defaultdict(list)
    for source in (_boroughs(), _city_places(), _states(), _towns()):
        for place in source:
            for key in _keys(place):
                by_words[key].append(place)
    index: dict[str, list[tuple[tuple[str, ...], tuple[Toponimo, ...]]]] = defaultdict(list)
    for key, places in sorted(by_words.items(), key=lambda item: -len(item[0])):
        index[key[0]].append((key, tuple(_shared(places))))
    return dict(index)


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Return folded demonym (with its plural) → state slug ("poblanas" → puebla)."""
    found: dict[str, str] = {}
    for row in _rows("entidades.csv"):
        for name in filter(None, row["gentilicios"].split("|")):
            base = fold(name)
            found |= {base: row["slug"], base + ("s" if base[-1] in "aeiou" else "es"): row["slug"]}
    return found


def is_place_name(key: tuple[str, ...]) -> bool:
    """Tell whether folded words without particles are a whole name of the gazetteer ("guadalupe", "calvo")."""
    return key in _bare_names()


@lru_cache(maxsize=1)
def _bare_names() -> frozenset[tuple[str, ...]]:
    small = _SMALL | {"y"}
    return frozenset(tuple(w for w in key if w not in small) for entries in _index().values() for key, _ in entries)


def _capital(text: str, spans: list[tuple[int, int]], at: int, size: int) -> bool:
    """Tell whether the first word of a name that is neither article nor generic is written with a capital (or a figure)."""
    for position in range(at, at + size):
        word = text[spans[position][0] : spans[position][1]]
        if fold(word) not in _GENERIC:
            return not word[0].islower()
    return not text[spans[at][0]].islower()


def find_names(text: str) -> list[Hallado]:
    """Return the names of the gazetteer in a text, in order, none inside another."""
    folded = even_fold(text)
    spans = [match.span() for match in _WORD.finditer(folded)]
    tokens = [folded[start:end] for start, end in spans]
    found, at, index = [], 0, _index()
    while at < len(tokens):
        size, places = next(
            ((len(key), places) for key, places in index.get(tokens[at], ()) if tuple(tokens[at : at + len(key)]) == key),
            (1, ()),
        )
        if places and _capital(text, spans, at, size) and "\n" not in text[spans[at][0] : spans[at + size - 1][1]]:
            found.append(Hallado(spans[at][0], spans[at + size - 1][1], places))
            at += size
        else:
            at += 1
    return found
