"""Expressions of a day in a Spanish text: where they stand and which day they fix, given the day of publication.

"hace tres días" fixes a day; "hace dos semanas" only where the text says it is exact ("hoy hace", "exactamente");
"el fin de semana" and "la semana pasada" fix none and are not returned. A weekday that contradicts its date gives
an expression without a day (guide, `fecha_hecho`; lexicon, section 7).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match

from nlp.calendario import (
    DIAS,
    MESES,
    NUMEROS,
    agrees,
    day_of_month,
    last_day_number,
    last_weekday,
    make_day,
    month_of,
    number_of,
)
from nlp.plegado import even_fold


@dataclass(frozen=True)
class Expresion:
    """Characters `inicio`–`fin` of a text and the `dia` they fix, None where they contradict themselves.

    `clase`: `fecha` (day and month told), `numero` (a bare day number), `semana` (a weekday), `relativa` (ayer, hoy, hace…).
    `completa` says that the year is told too.
    """

    inicio: int
    fin: int
    dia: date | None
    clase: str
    completa: bool = False


SOON = 100  # a day-month that near in the future is an appointment, not last year's event

_WD = "(?:" + "|".join(DIAS) + ")"
_MONTH = "(?:" + "|".join((*MESES, "setiembre")) + ")"
_DAY = r"(?:[0-3]?\d|primero|1ro|1o|1º|1°)"
_NUM = r"(?:\d{1,2}|" + "|".join(w for w in NUMEROS if w.isalpha()) + ")"
_PART = r"(?:noche|tarde|manana|madrugada|mediodia|medianoche)"
_YEAR = (
    r"(?:,?\s+(?:de|del)\s+(?:ano\s+)?(?P<anio>\d{4})|\s+(?:de|del)\s+(?P<rel>ano pasado|este ano|presente ano|ese ano"
    r"|mismo ano))"
)

_FULL = re.compile(rf"(?:\b(?P<wd>{_WD}),?\s+)?(?:pasado\s+)?\b(?P<d>{_DAY})\s+de\s+(?P<m>{_MONTH})\b{_YEAR}?", re.ASCII)
_THIS_MONTH = re.compile(
    rf"(?:\b(?P<wd>{_WD})\s+)?\b(?P<d>{_DAY})\s+(?:de|del)\s+(?P<m>este mes|presente mes|presente|mes en curso"
    rf"|mes pasado)\b"
)
_NUMERIC = re.compile(r"\b(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4})\b|\b(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})\b")
_WD_NUMBER = re.compile(rf"\b(?P<wd>{_WD})\s+(?P<d>[0-3]?\d)\b(?!\s*(?:de\s+{_MONTH}|del? (?:este|presente)|horas|:\d|%))")
_NUMBER = re.compile(
    rf"\b(?:(?:el|del)\s+pasado|(?:el|del|pasado)\s+dia|{_PART}\s+del(?:\s+dia)?)\s+(?P<d>[0-3]?\d)\b"
    rf"(?!\s*(?:de\s+{_MONTH}|del? (?:este|presente|mes)|horas|:\d|%))"
)
_WEEKDAY = re.compile(
    rf"\b(?:(?P<pre>este|esta|ese|aquel|ayer|hoy|anoche|antier|anteayer)\s+(?:mismo\s+)?|(?:el|del|al"
    rf"|de)\s+(?P<pas>pasado\s+)?|{_PART}\s+(?:de\s+)?(?:el|del"
    rf"|este)\s+(?P<pas2>pasado\s+)?)(?P<wd>{_WD})\b(?!\s+cumpl)(?!\s*,?\s+(?:[0-3]?\d\b"
    rf"|primero))(?P<post>\s+(?:pasado|ultimo|anterior|siguiente|proximo|entrante|que viene))?"
)
_RELATIVE = re.compile(
    rf"\b(?:(?P<hoy>(?<!la )(?<!el )(?<!hasta )hoy(?! en dia)|hace (?:unos (?:momentos|minutos)|unas horas"
    rf"|pocas horas)|(?:de|en)?\s*esta\s+{_PART}|(?:de|en)?\s*este\s+mediodia)|(?P<ayer>ayer|anoche)"
    r"|(?P<antier>antier|anteayer|antes de ayer|antenoche|anteanoche))\b"
)
_AGO = re.compile(
    rf"(?P<exact>\bhoy\s+)?\bhace\s+(?P<just>exactamente\s+|justo\s+|apenas\s+)?(?P<n>{_NUM})\s+(?P<u>dias?|noches?"
    rf"|semanas?)\b"
)
_YEARS = re.compile(rf"\b(?:un dia como )?hoy,?\s+(?:hace|se cumplen|cumple)\s+(?:exactamente\s+)?(?P<n>{_NUM})\s+anos?\b")
_CHAIN = re.compile(
    rf"\b(?:(?P<eve>(?:la|esa misma) (?:noche|tarde|madrugada|manana) anterior|el dia anterior|la vispera"
    rf"|(?P<n>{_NUM}) dias? antes(?! de))|(?P<next>al dia siguiente|el dia siguiente)"
    rf"|(?P<n2>{_NUM}) dias? despues (?:del?|de la|de los) (?:atentado|ataque|agresion|balacera|golpiza|disparos"
    rf"|hechos))\b"
)
_STREET = re.compile(
    r"(?:calles?|avenidas?|av\.?|colonia|col\.?|plaza|mercado|esquina(?: con| de)?|eje|calzada|unidad|escuela|hospital"
    r"|metro|barrio|glorieta|refineria|movimiento|movimientos|frente|organizacion|articulo|liga|club|estadio|banda"
    r"|secundaria|primaria|callejon|parque|jardin|bulevar|boulevard|auditorio|cine)\s+(?:de la |del |de |la |el )?$"
)
_RANGE = re.compile(
    r"(?:\b(?:al|entre|desde)\s+(?:el\s+)?[^.]{0,25}?\b(?:y|al|hasta)\s+(?:el\s+)?|\d\s+(?:al|y)\s+(?:el\s+)?)$"
)
_FUTURE = re.compile(
    r"\b(?:proximo|siguiente|hasta el?|para el|antes del|vence el|sera el|dia internacional)\s+(?:dia\s+)?$|, a\s+$"
)


def _full(match: Match[str], published: date) -> Expresion:
    month, number = month_of(match["m"]), number_of(match["d"])
    day: date | None
    if match["anio"]:
        day = make_day(int(match["anio"]), month, number or 0)
    elif match["rel"] == "ano pasado":
        day = make_day(published.year - 1, month, number or 0)
    else:
        day = day_of_month(published, month, number or 0)
        ahead = make_day(published.year, month, number or 0)
        if ahead and 0 < (ahead - published).days <= SOON:
            day = ahead  # still to come: the caller drops it
    day = day if day and agrees(day, match["wd"]) else None
    return Expresion(match.start(), match.end(), day, "fecha", completa=bool(match["anio"]))


def _this_month(match: Match[str], published: date) -> Expresion:
    base = published if "pasado" not in match["m"] else published.replace(day=1) - timedelta(days=1)
    day = make_day(base.year, base.month, number_of(match["d"]) or 0)
    return Expresion(match.start(), match.end(), day if day and agrees(day, match["wd"]) else None, "fecha")


def _numeric(match: Match[str], published: date) -> Expresion:
    year, month, day = (match[a] or match[a + "2"] for a in "ymd")
    return Expresion(match.start(), match.end(), make_day(int(year), int(month), int(day)), "fecha", completa=True)


def _number(match: Match[str], published: date) -> Expresion:
    day = last_day_number(published, int(match["d"]))
    weekday = match.groupdict().get("wd")
    return Expresion(match.start(), match.end(), day if day and agrees(day, weekday) else None, "numero")


def _weekday(match: Match[str], published: date) -> Expresion | None:
    post, pre = (match["post"] or "").strip(), match["pre"]
    if post in ("siguiente", "proximo", "entrante", "que viene", "anterior"):
        return None  # counted from another day of the text, or still to come
    back = {"ayer": 1, "anoche": 1, "hoy": 0, "antier": 2, "anteayer": 2}
    if pre in back:
        day = published - timedelta(days=back[pre])
        return Expresion(match.start(), match.end(), day if agrees(day, match["wd"]) else None, "relativa")
    strictly = bool(match["pas"] or match["pas2"] or post)
    return Expresion(match.start(), match.end(), last_weekday(published, match["wd"], strictly=strictly), "semana")


def _relative(match: Match[str], published: date) -> Expresion:
    back = 0 if match["hoy"] else 1 if match["ayer"] else 2
    return Expresion(match.start(), match.end(), published - timedelta(days=back), "relativa")


def _ago(match: Match[str], published: date) -> Expresion | None:
    count, exact = number_of(match["n"]) or 0, bool(match["exact"] or (match["just"] or "").startswith(("exact", "justo")))
    if match["u"].startswith("semana"):
        if not exact:
            return None  # "hace dos semanas" rounds; a reader cannot fix the day
        count *= 7
    elif count > 10 and not exact:
        return None
    return Expresion(match.start(), match.end(), published - timedelta(days=count), "relativa")


def _years(match: Match[str], published: date) -> Expresion:
    day = make_day(published.year - (number_of(match["n"]) or 0), published.month, published.day)
    return Expresion(match.start(), match.end(), day, "fecha", completa=True)


_READERS: tuple[tuple[re.Pattern[str], Callable[[Match[str], date], Expresion | None]], ...] = (
    (_YEARS, _years),
    (_FULL, _full),
    (_THIS_MONTH, _this_month),
    (_NUMERIC, _numeric),
    (_WD_NUMBER, _number),
    (_NUMBER, _number),
    (_WEEKDAY, _weekday),
    (_AGO, _ago),
    (_RELATIVE, _relative),
)


def _is_name(text: str, folded: str, match: Match[str]) -> bool:
    """Tell a street, colony or group that bears a date ("avenida 20 de Noviembre") from a date."""
    if _STREET.search(folded[max(0, match.start() - 30) : match.start()]):
        return True
    month = re.search(_MONTH, match[0])
    if match.re is not _FULL or month is None or not text[match.start() + month.start()].isupper():
        return False
    return text[match.start()].isupper() or not re.search(r"\b(?:el|del|este|dia|pasado)\s+$", folded[: match.start()][-12:])


def _readings(text: str, published: date) -> Iterator[Expresion]:
    folded = even_fold(text)
    taken: list[tuple[int, int]] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(folded):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            before = folded[max(0, match.start() - 45) : match.start()]
            if _is_name(text, folded, match) or _RANGE.search(before) or _FUTURE.search(before):
                continue
            found = reader(match, published)
            if found is not None and (found.dia is None or found.dia <= published):
                yield found


def _chained(folded: str, found: list[Expresion]) -> Iterator[Expresion]:
    """Yield the days counted from the day told before: "la noche anterior", "dos días antes", "un día después del atentado"."""
    for match in _CHAIN.finditer(folded):
        base = next((one.dia for one in reversed(found) if one.fin <= match.start() and match.start() - one.fin < 250), None)
        if base is None:
            continue
        step = 1 if match["next"] else -(number_of(match["n"] or match["n2"] or "un") or 1)
        yield Expresion(match.start(), match.end(), base + timedelta(days=step), "relativa")


def find_days(text: str, published: date) -> list[Expresion]:
    """Return the expressions of a day in the past (or today) of publication, in text order."""
    found = sorted(_readings(text, published), key=lambda one: one.inicio)
    chained = [one for one in _chained(even_fold(text), found) if one.dia is not None and one.dia <= published]
    return sorted([*found, *chained], key=lambda one: one.inicio)
