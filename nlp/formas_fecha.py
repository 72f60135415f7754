"""How Spanish texts write a day: the regular expressions of `nlp.expresiones`, over folded text."""

import re

from nlp.calendario import DIAS, MESES, NUMEROS

MONTHS_BY_START = {month[:3]: number for number, month in enumerate(MESES, 1)}
SOON = 100  # a day-month that near in the future is an appointment, not last year's event

WD = "(?:" + "|".join(DIAS) + ")"
MONTH = "(?:" + "|".join((*MESES, "setiembre")) + ")"
SPELT = "|".join(w for w, number in sorted(NUMEROS.items(), key=lambda one: -len(one[0])) if w.isalpha() or " " in w)
DAY = rf"(?:[0-3]?\d|1ro|1o|1º|1°|{SPELT})"
NUM = r"(?:\d{1,2}|" + "|".join(w for w in NUMEROS if w.isalpha()) + ")"
PART = r"(?:noche|tarde|manana|madrugada|mediodia|medianoche)"
YEAR = (
    r"(?:,?\s+(?:de|del)\s+(?:ano\s+)?(?P<anio>\d{4})|\s+(?:de|del)\s+(?P<rel>ano pasado|este ano|presente ano|ese ano"
    r"|mismo ano|aquel ano))"
)

FULL = re.compile(rf"(?:\b(?P<wd>{WD}),?\s+)?(?:pasado\s+)?\b(?P<d>{DAY})\s+de\s+(?P<m>{MONTH})\b{YEAR}?", re.ASCII)
THIS_MONTH = re.compile(
    rf"(?:\b(?P<wd>{WD})\s+)?\b(?P<d>{DAY})\s+(?:de|del)\s+(?P<m>este mes|presente mes|presente|mes en curso"
    rf"|los corrientes|actual(?= mes\b|,|\.|$)|corriente(?: mes)?|mes que corre|mes pasado|pasado mes)\b"
)
SHORT = re.compile(
    rf"\b(?P<d>[0-3]?\d)(?:\s+|[/-]|\s+de\s+)(?P<m>{'|'.join(month[:3] for month in MESES)}|sept)\b\.?"
    r"(?:(?:\s+|[/-])(?P<anio>\d{4})\b)?(?!\w)"
)
MONTH_FIRST = re.compile(rf"\b(?P<m>{MONTH})\s+(?P<d>[0-3]?\d)(?!\d)(?:,?\s+(?:de\s+)?(?P<anio>\d{{4}})\b)?")
NUMERIC = re.compile(
    r"\b(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:20)?\d{2})\b|\b(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})\b"
)
THINGS = r"(?!horas\b|de\b|del\b|los\b|las\b)[a-z]{3,}s\b"  # "el miércoles 18 familias": a count, no day of the month
WD_NUMBER = re.compile(
    rf"\b(?P<wd>{WD})\s+(?P<d>[0-3]?\d)\b(?!\s*(?:de\s+{MONTH}|del? (?:este|presente)|horas|:\d|%|{THINGS}))"
)
NUMBER = re.compile(
    rf"\b(?:(?:el|del)\s+pasado|(?:el|del|pasado)\s+dia|{PART}\s+del(?:\s+dia)?)\s+(?P<d>[0-3]?\d)\b"
    rf"(?!\s*(?:de\s+{MONTH}|del? (?:este|presente|mes)|horas|:\d|%))"
)
BARE_NUMBER = re.compile(
    r"\b(?:el|este)\s+(?P<d>[0-3]?\d)(?=\s*(?:[,.;:](?!\d)|$)"
    r"|\s+(?:a las|por la (?:noche|tarde|manana|madrugada)|en la|fue|se)\b)"
)
_NOT_BEFORE = "".join(
    rf"(?<!\b{word} )" for word in ("los", "cada", "en", "por", "todo", "de", "a", "y", "e", "o", "al", "proximo")
)
BARE_WEEKDAY = re.compile(
    rf"{_NOT_BEFORE}(?<![-/])\b(?P<wd>{WD})\b(?!\s*(?:[-/]|a|y|o|santo|de gloria|siguiente|proximo|que viene|negro)\b)"
)
WEEKDAY = re.compile(
    rf"\b(?:(?P<pre>este|esta|ese|aquel|ayer|hoy|anoche|antier|anteayer)\s+(?:mismo\s+)?|(?:el|del|al"
    rf"|de)\s+(?P<pas>pasado\s+)?|{PART}\s+(?:de\s+)?(?:el|del"
    rf"|este)\s+(?P<pas2>pasado\s+)?)(?P<wd>{WD})\b(?!\s+cumpl)(?!\s*,?\s+(?:[0-3]?\d\b(?!\s+{THINGS})"
    rf"|primero))(?P<post>\s+(?:pasado|ultimo|anterior|siguiente|proximo(?! pasado)|proximo pasado|entrante|que viene"
    r"|de la (?:semana pasada|pasada semana)))?"
)
RELATIVE = re.compile(
    rf"\b(?:(?P<hoy>(?<!la )(?<!el )(?<!hasta )hoy(?! en dia)|hace (?:unos (?:momentos|minutos)"
    rf"|(?:unas|pocas|algunas|media|{NUM})\s+(?:horas?|minutos))|(?:de|en)?\s*esta\s+(?:misma\s+)?{PART}|(?:de|en)?\s*este\s+mediodia)|(?P<ayer>ayer|anoche)"
    r"|(?P<antier>antier|anteayer|antes de ayer|antenoche|anteanoche))\b"
)
AGO = re.compile(
    rf"(?P<exact>\bhoy\s+)?\bhace\s+(?P<just>exactamente\s+|justo\s+|apenas\s+)?(?P<n>{NUM})\s+(?P<u>dias?|noches?"
    rf"|semanas?)\b"
)
YEARS = re.compile(rf"\b(?:un dia como )?hoy,?\s+(?:hace|se cumplen|cumple)\s+(?:exactamente\s+)?(?P<n>{NUM})\s+anos?\b")
FAR_BACK = 450  # characters between a day and one counted from it
CHAIN = re.compile(
    rf"\b(?:(?P<eve>(?:la|esa misma) (?:noche|tarde|madrugada|manana) anterior|el dia anterior|la vispera"
    rf"|(?P<n>{NUM}) dias? antes(?! de))|(?P<next>al dia siguiente|el dia siguiente)"
    rf"|(?P<n2>{NUM}) dias? despues (?:del?|de la|de los) (?:atentado|ataque|agresion|balacera|golpiza|disparos"
    rf"|hechos))\b"
)
CLOSE = 8  # characters between "un día antes del cateo," and the day
DAY_BEFORE = re.compile(rf"\b(?P<n>un|{NUM}) dias? antes (?:de|del) [^.,;]{{3,40}}[,(]")
YEAR_TOLD = re.compile(r"\b(?:19|20)\d\d\b")
STREET = re.compile(
    r"(?:calles?|avenidas?|av\.?|colonia|col\.?|plaza|mercado|esquina(?: con| de)?|eje|calzada|unidad|escuela|hospital"
    r"|metro|barrio|glorieta|refineria|movimiento|movimientos|frente|organizacion|articulo|liga|club|estadio|banda"
    r"|secundaria|primaria|callejon|parque|jardin|bulevar|boulevard|auditorio|cine)\s+(?:de la |del |de |la |el )?$"
)
DATELINE = 120  # characters of a text that may hold the day of the dispatch
DASH = re.compile(r"\s?[.)]{0,2}\s?[-–—]")
RANGE = re.compile(
    r"(?:\bentre\s+(?:el|la(?: noche| tarde| manana| madrugada)?(?: del?)?)\s+$"
    r"|\bentre\s+(?:el|la)\s[^.;]{0,55}?\by\s+(?:(?:el|la)\s+)?"
    r"|\b(?:al|entre|desde)\s+(?:el\s+)?[^.]{0,25}?\b(?:y|al|hasta)\s+(?:el\s+)?|\d\s+(?:al|y)\s+(?:el\s+)?)$"
)
FUTURE = re.compile(
    r"\b(?:proximo|siguiente|hasta el?|para(?: el| este| la)?|antes del|vence el|sera el"
    r"|dia internacional)\s+(?:dia\s+)?$|, a\s+$"
)
