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
    agrees,
    day_of_month,
    last_day_number,
    last_weekday,
    make_day,
    month_of,
    number_of,
)
from nlp.formas_fecha import (
    AGO,
    BARE_NUMBER,
    BARE_WEEKDAY,
    CHAIN,
    CLOSE,
    DASH,
    DATELINE,
    DAY_BEFORE,
    FAR_BACK,
    FULL,
    FUTURE,
    MONTH,
    MONTH_FIRST,
    MONTHS_BY_START,
    NUMBER,
    NUMERIC,
    RANGE,
    RELATIVE,
    SHORT,
    SOON,
    STREET,
    THIS_MONTH,
    WD_NUMBER,
    WEEKDAY,
    YEAR_TOLD,
    YEARS,
)
from nlp.plegado import even_fold


@dataclass(frozen=True)
class Expresion:
    """Characters `inicio`–`fin` of a text and the `dia` they fix, None where they contradict themselves.

    `clase`: `fecha` (day and month told), `numero` (a bare day number), `semana` (a weekday), `suelta` (one without article),
    `relativa` (ayer, hoy, hace…), `redonda` (hace una semana), `aniversario` (hoy hace un año).
    `completa` says that the year is told too.
    """

    inicio: int
    fin: int
    dia: date | None
    clase: str
    completa: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """The characters as a pair."""
        return (self.inicio, self.fin)


def _full(match: Match[str], published: date) -> Expresion:
    month, number = month_of(match["m"]), number_of(match["d"])
    day: date | None
    if match["anio"]:
        day = make_day(int(match["anio"]), month, number or 0)
    elif match["rel"] == "ano pasado":
        day = make_day(published.year - 1, month, number or 0)
    elif match["rel"] in ("ese ano", "aquel ano", "mismo ano"):
        told = YEAR_TOLD.findall(match.string[: match.start()])
        day = make_day(int(told[-1]), month, number or 0) if told else day_of_month(published, month, number or 0)
    else:
        day = day_of_month(published, month, number or 0)
        ahead = make_day(published.year, month, number or 0)
        if ahead and 0 < (ahead - published).days <= SOON:
            day = ahead  # still to come: the caller drops it
    day = day if day and agrees(day, match["wd"]) else None
    return Expresion(match.start(), match.end(), day, "fecha", completa=bool(match["anio"]))


def _short(match: Match[str], published: date) -> Expresion:
    """Read an abbreviated month or one told before the day ("23 sep", "mayo 14")."""
    month, number = MONTHS_BY_START[match["m"][:3]], int(match["d"])
    day = make_day(int(match["anio"]), month, number) if match["anio"] else day_of_month(published, month, number)
    return Expresion(match.start(), match.end(), day, "fecha", completa=bool(match["anio"]))


def _this_month(match: Match[str], published: date) -> Expresion:
    base = published if "pasado" not in match["m"] else published.replace(day=1) - timedelta(days=1)
    day = make_day(base.year, base.month, number_of(match["d"]) or 0)
    return Expresion(match.start(), match.end(), day if day and agrees(day, match["wd"]) else None, "fecha")


def _numeric(match: Match[str], published: date) -> Expresion:
    year, month, day = (match[a] or match[a + "2"] for a in "ymd")
    full = int(year) + (2000 if len(year) == 2 else 0)
    return Expresion(match.start(), match.end(), make_day(full, int(month), int(day)), "fecha", completa=True)


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
    if post.startswith("de la"):
        day = published - timedelta(days=published.weekday() + 7 - DIAS.index(match["wd"]))
        return Expresion(match.start(), match.end(), day, "semana")
    strictly = bool(match["pas"] or match["pas2"] or post)
    return Expresion(match.start(), match.end(), last_weekday(published, match["wd"], strictly=strictly), "semana")


def _bare_weekday(match: Match[str], published: date) -> Expresion:
    return Expresion(match.start(), match.end(), last_weekday(published, match["wd"]), "suelta")


def _relative(match: Match[str], published: date) -> Expresion:
    back = 0 if match["hoy"] else 1 if match["ayer"] else 2
    return Expresion(match.start(), match.end(), published - timedelta(days=back), "relativa")


def _ago(match: Match[str], published: date) -> Expresion | None:
    count, exact = number_of(match["n"]) or 0, bool(match["exact"] or (match["just"] or "").startswith(("exact", "justo")))
    if match["u"].startswith("semana"):
        if not exact and count > 1:
            return None  # "hace dos semanas" rounds; a reader cannot fix the day
        count *= 7
        if not exact:
            return Expresion(match.start(), match.end(), published - timedelta(days=count), "redonda")
    elif count > 10 and not exact:
        return None
    return Expresion(match.start(), match.end(), published - timedelta(days=count), "relativa")


def _years(match: Match[str], published: date) -> Expresion:
    day = make_day(published.year - (number_of(match["n"]) or 0), published.month, published.day)
    return Expresion(match.start(), match.end(), day, "aniversario", completa=True)


_READERS: tuple[tuple[re.Pattern[str], Callable[[Match[str], date], Expresion | None]], ...] = (
    (YEARS, _years),
    (FULL, _full),
    (THIS_MONTH, _this_month),
    (SHORT, _short),
    (MONTH_FIRST, _short),
    (NUMERIC, _numeric),
    (WD_NUMBER, _number),
    (NUMBER, _number),
    (BARE_NUMBER, _number),
    (WEEKDAY, _weekday),
    (BARE_WEEKDAY, _bare_weekday),
    (AGO, _ago),
    (RELATIVE, _relative),
)


def _is_dateline(text: str, match: Match[str]) -> bool:
    """Tell the day that heads a dispatch ("Chilapa, Gro., 19 de febrero.-", a line of its own) from one that it tells."""
    line, rest = text[text.rfind("\n", 0, match.start()) + 1 : match.start()], text[match.end() : match.end() + 4]
    return match.start() < DATELINE and (bool(DASH.match(rest)) or (len(line) < DATELINE // 2 and rest.startswith("\n")))


def _is_name(text: str, folded: str, match: Match[str]) -> bool:
    """Tell a street, colony or group that bears a date ("avenida 20 de Noviembre") from a date."""
    if match.re is BARE_WEEKDAY:
        return text[match.start()].isupper()
    if STREET.search(folded[max(0, match.start() - 30) : match.start()]):
        return True
    month = re.search(MONTH, match[0])
    if match.re is not FULL or month is None or not text[match.start() + month.start()].isupper():
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
            before = folded[max(0, match.start() - 70) : match.start()]
            if _is_name(text, folded, match) or _is_dateline(text, match) or RANGE.search(before) or FUTURE.search(before):
                continue
            found = reader(match, published)
            if found is not None and (found.dia is None or found.dia <= published):
                yield found


def _chained(folded: str, found: list[Expresion], published: date) -> Iterator[Expresion]:
    """Yield the days counted from another: "la noche anterior", "dos días antes", "un día antes del cateo, el 12"."""
    for match in CHAIN.finditer(folded):
        before = [one.dia for one in found if one.fin <= match.start() and match.start() - one.fin < FAR_BACK]
        base = before[-1] if before else published if match["eve"] == "la vispera" else None
        if base is not None:
            step = 1 if match["next"] else -(number_of(match["n"] or match["n2"] or "un") or 1)
            yield Expresion(match.start(), match.end(), base + timedelta(days=step), "relativa")
    for match in DAY_BEFORE.finditer(folded):
        told = next((one.dia for one in found if 0 <= one.inicio - match.end() < CLOSE), None)
        if told is not None:
            yield Expresion(match.start(), match.end(), told + timedelta(days=number_of(match["n"]) or 1), "relativa")


def find_days(text: str, published: date) -> list[Expresion]:
    """Return the expressions of a day in the past (or today) of publication, in text order."""
    found = sorted(_readings(text, published), key=lambda one: one.inicio)
    chained = [one for one in _chained(even_fold(text), found, published) if one.dia is not None and one.dia <= published]
    return sorted([*found, *chained], key=lambda one: one.inicio)
