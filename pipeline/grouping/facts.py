"""What a note says that tells its event from others: read once from its tags, compared many times."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from typing import Any

from pipeline.grouping.names import PersonName, fold
from pipeline.grouping.words import rarity, stems, weight

# Two texts are copies when this share of the shorter one's four-word runs is in the other.
COPY = 0.5
SHINGLE = 4
# Up to here a text says whom it is about; further on come asides and other cases.
FIRST_LINES = 500
# Trades that tell one unnamed victim from another; "periodista" or "activista" may be said of any of them.
TRADES = {
    "fotografa": r"fotograf|fotoperiod|fotorreport|reporter[oa]s? grafic",
    "reportera": r"reporter[oa]s?\b(?! grafic)",
    "camarografa": r"camarograf|videograf",
    "columnista": r"columnista",
    "caricaturista": r"caricaturista",
    "locutora": r"locutor",
    "abogada": r"abogad",
}
TRADE = re.compile(r"\b(?:" + "|".join(f"(?P<{trade}>{forms})" for trade, forms in TRADES.items()) + ")")
# Words before a name that bring up another case, or a relative: "a cuatro días del asesinato de", "la hermana de".
BACKGROUND = re.compile(
    r"\b(?:(?:a|hace) (?:\w+ ){1,2}(?:dias?|semanas?|mes|meses|anos?) del?|(?:dias?|semanas?|mes|meses|anos?) despues del?"
    r"|aniversario|(?:lee|lea|vea|ve|mira) tambien|te puede interesar|notas? relacionadas?"
    r"|en otr[oa]s? (?:hech|cas|estad|ciudad)\w+|igual que|como (?:ocurrio|paso|sucedio)|se sum[ao]n? al?|en memoria de"
    r"|(?:marcha|protesta|mitin|vigilia) (?:por|para))(?: \w+){0,5} $"
    r"|\b(?:(?:herman|hij|viud|espos|prim|sobrin|ti)[oa]s?|madres?|padres?|pareja) del?(?: \w+){0,2} $"
)
# Words after a name that do so: "asesinado en 2019", "desaparecida hace dos años".
AFTERMATH = re.compile(
    r" (?:\w+ ){0,2}(?:asesinad|desaparecid|ultimad|balead|atacad|muert|acribillad)[oa]s? (?:a tiros )?"
    r"(?:hace|en (?:19|20)\d\d|en (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
    r"|(?:el|la) (?:ano|mes|semana) pasad[oa]|(?:\w+ ){1,2}(?:dias|semanas|meses|anos) (?:antes|atras))\b"
)
# A run of capital words, each as rare as names are.
CAPITALS = re.compile(r"[A-ZÁÉÍÓÚÑ][\w'’-]{2,}(?: [A-ZÁÉÍÓÚÑ][\w'’-]{2,})+")
RARE_NAME = 15.0
# How far the words before a name are looked at.
BEFORE = 80
TOLD_GENDERS = frozenset({"mujer", "hombre", "no_binario"})


@dataclass(frozen=True)
class Facts:
    """One tagged note; `orden` is its place among pending notes: (day of publication or capture, canonical address or id)."""

    id: str
    orden: tuple[str, str]
    titulo: str
    texto: str
    nota: str
    clase: str | None
    tipos: frozenset[str]
    modalidades: frozenset[str]
    agresores: frozenset[str]
    movilizacion: bool
    alcaldia: str | None
    entidad: str | None
    nombres: tuple[PersonName, ...]
    fecha_hecho: str | None
    generos: frozenset[str] = frozenset()
    punto: tuple[float, float] | None = None

    @property
    def dia(self) -> date | None:
        """The note's own day, None where it is not known."""
        return date.fromisoformat(self.orden[0]) if self.orden[0] else None

    @property
    def turno(self) -> tuple[bool, str, str]:
        """The note's turn among pending ones; one without a day comes after all others."""
        return (not self.orden[0], *self.orden)

    @cached_property
    def palabras(self) -> frozenset[str]:
        """The content words of title and text."""
        return stems(f"{self.titulo} {self.texto}")

    @cached_property
    def largo(self) -> float:
        """The length of the vector of `palabras`."""
        return weight(self.palabras)

    @cached_property
    def encabezado(self) -> str:
        """The title, folded."""
        return fold(self.titulo)

    @cached_property
    def trozos(self) -> frozenset[tuple[str, ...]]:
        """The runs of four words of the text: what two copies of one wire share."""
        return runs(self.texto)

    @cached_property
    def oficios(self) -> frozenset[str]:
        """The trades that title and text speak of."""
        return frozenset(str(found.lastgroup) for found in TRADE.finditer(self.plano))

    @cached_property
    def cabeza(self) -> str:
        """Title and first lines, folded."""
        return f" {fold(self.titulo)} {fold(self.texto[:FIRST_LINES])} "

    @cached_property
    def propios(self) -> frozenset[str]:
        """The runs of two or more capital words up front whose words are all rare: people, small places."""
        return frozenset(
            fold(run)
            for run in CAPITALS.findall(f"{self.titulo}. {self.texto[:FIRST_LINES]}")
            if all(rarity(stem) >= RARE_NAME for stem in stems(run)) and len(fold(run).split()) > 1
        )

    @cached_property
    def plano(self) -> str:
        """Title and text folded, for looking a name up."""
        return f" {fold(self.titulo)} {fold(self.texto)} "


def in_passing(plano: str, nombre: str) -> bool:
    """Tell whether a folded text names somebody only where it brings up another case."""
    name = f" {fold(nombre)} "
    at, found = plano.find(name), False
    while at >= 0:
        after = at + len(name) - 1
        if not (BACKGROUND.search(plano[max(0, at - BEFORE) : at + 1]) or AFTERMATH.match(plano, after)):
            return False
        at, found = plano.find(name, at + 1), True
    return found


def runs(texto: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of four words of a text, folded."""
    words = fold(texto).split()
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def days_between(a: Facts, b: Facts) -> float:
    """Return the days between the notes' own; infinite where one is not known."""
    return abs((a.dia - b.dia).days) if a.dia and b.dia else inf


def overlap(a: frozenset[Any], b: frozenset[Any]) -> float:
    """Return the share of the smaller set that is in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def facts_of(record: Mapping[str, Any], *, key: str, day: str, order: str) -> Facts:
    """Read a guide's record with `titulo`, `texto` and, where it has one, `mas`; a missing field counts as empty."""
    place, more = record.get("lugar") or {}, record.get("mas") or {}
    victims = record.get("victimas") or []
    every = [*victims, *(more.get("victimas_sin_nombre") or ())]
    nota = record.get("nota") or "hecho_nuevo"
    names = [PersonName(v["nombre"], v.get("genero") == "colectivo") for v in victims if v.get("nombre")]
    return Facts(
        id=key,
        orden=(day, order),
        titulo=record.get("titulo") or "",
        texto=record.get("texto") or "",
        nota=nota,
        clase=record.get("clase"),
        tipos=frozenset(record.get("victima") or ()),
        modalidades=frozenset(record.get("modalidad") or ()),
        agresores=frozenset(record.get("agresor") or ()) - {"no_identificado"},
        movilizacion=bool(record.get("movilizacion")),
        alcaldia=place.get("alcaldia"),
        entidad=place.get("entidad"),
        nombres=_own(names, record, nota),
        fecha_hecho=_iso(record.get("fecha_hecho")),
        generos=frozenset(str(v.get("genero")) for v in every) & TOLD_GENDERS,
        punto=_point(more, place.get("alcaldia")),
    )


def _own(names: Sequence[PersonName], record: Mapping[str, Any], nota: str) -> tuple[PersonName, ...]:
    """Return the note's own victims, those not only told in passing; who stands up front comes first.

    A follow-up all of whose victims are told so ("a un año del asesinato de") is about them.
    """
    titulo, texto = record.get("titulo") or "", record.get("texto") or ""
    if not names or not texto:
        return tuple(names)
    front, whole = f" {fold(titulo)} {fold(texto[:FIRST_LINES])} ", f" {fold(titulo)} {fold(texto)} "
    own = [name for name in names if not in_passing(whole, name.nombre)]
    if not own and nota != "hecho_nuevo":
        own = list(names)
    return tuple(sorted(own, key=lambda name: f" {fold(name.nombre)} " not in front))


def _point(more: Mapping[str, Any], alcaldia: str | None) -> tuple[float, float] | None:
    """Return the place's coordinates; a borough as a whole is no place to compare."""
    if more.get("latitud") is None or fold(more.get("sitio") or "").replace(" ", "_") == alcaldia:
        return None
    return more["latitud"], more["longitud"]


def _iso(text: object) -> str | None:
    try:
        return date.fromisoformat(str(text)).isoformat() if text else None
    except ValueError:
        return None
