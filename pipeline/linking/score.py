"""How well a finding fits a demonstration: points by place, day, hour and text, each under the name of its rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import cos, hypot, radians

from pipeline.grouping.names import fold
from pipeline.grouping.words import rarity, stems
from pipeline.linking.phase import last_day
from pipeline.linking.told import Told
from pipeline.linking.weights import LATE_CONSEQUENCES, LIMITS, POINTS
from pipeline.registry.demonstrations import Demonstration

# Words that any demonstration's name may hold; the others are its own.
COMMON = stems(
    "marcha marchas manifestación movilización protesta plantón mitin bloqueo concentración caravana jornada nacional"
    " internacional conmemoración aniversario megamarcha contra ciudad méxico para desde hasta sobre"
)
KILOMETRES = 111.2  # of a degree of latitude
Rule = tuple[str, float]


@dataclass(frozen=True)
class Fit:
    """The points of one finding for one demonstration, and what of them each rule gave."""

    puntos: float
    reglas: dict[str, float]

    @property
    def links(self) -> bool:
        """Whether they are enough."""
        return self.puntos >= LIMITS["enlace"]


def fit(told: Told, demo: Demonstration) -> Fit:
    """Score a finding against a demonstration."""
    words = list(_text(told, demo))
    named = {name for name, _ in words}
    place = list(_place(told, demo))
    rules = {name: round(points, 1) for name, points in (*words, *place, *_day(told, demo, named), *_hour(told, demo))}
    rules |= dict(_protest(told, named))
    return Fit(round(sum(rules.values()), 1), rules)


def _text(told: Told, demo: Demonstration) -> Iterator[Rule]:
    share = _share(told, demo.nombre)
    if told.names(demo.nombre):
        yield _rule("nombre")
    elif share:
        yield _rule("nombre_parcial", share)
    dates = told.named(demo.dia, last_day(demo))
    if any(one.protest for one in dates):
        yield _rule("fecha_en_marcha")
    elif dates:
        yield _rule("fecha_mencionada")
    if any(told.names(group) for group in demo.convocantes):
        yield _rule("convocante")
    if cause := _share(told, demo.causa):
        yield _rule("causa", cause)


def _share(told: Told, text: str) -> float:
    """Return which part (0 to 1) of a text's own words the finding says, rare ones counting more."""
    own = stems(text) - COMMON
    whole = sum(rarity(word) for word in own)
    return sum(rarity(word) for word in own & told.palabras) / whole if whole else 0.0


def _place(told: Told, demo: Demonstration) -> Iterator[Rule]:
    along = _along(told, demo)
    if along:
        yield along
    if told.cdmx == "no":
        yield _rule("fuera_de_la_ciudad")
    elif told.alcaldia and demo.alcaldia:
        if told.alcaldia == demo.alcaldia:
            yield _rule("misma_alcaldia")
        elif along is None or along[1] < 0:
            yield _rule("otra_alcaldia")


def _along(told: Told, demo: Demonstration) -> Rule | None:
    """Return what the route says, by its best rule."""
    points = [point.nombre for point in demo.recorrido]
    site = f" {fold(told.sitio)} "
    if any(fold(name) and f" {fold(name)} " in site for name in points):
        return _rule("recorrido_en_sitio")
    far = _kilometres(told, demo)
    if far is not None and far <= LIMITS["kilometros_cerca"]:
        return _rule("cerca")
    if any(told.names(name) for name in points):
        return _rule("recorrido_en_texto")
    return _rule("lejos") if far is not None and far > LIMITS["kilometros_lejos"] else None


def _kilometres(told: Told, demo: Demonstration) -> float | None:
    """Return the distance to the nearest point of the route, None where either is not known."""
    known = [(one.latitud, one.longitud) for one in demo.recorrido if one.latitud is not None and one.longitud is not None]
    if told.punto is None or not known:
        return None
    north, east = told.punto
    narrow = cos(radians(north))
    return min(hypot(lat - north, (lon - east) * narrow) for lat, lon in known) * KILOMETRES


def _day(told: Told, demo: Demonstration, named: set[str]) -> Iterator[Rule]:
    first, last = demo.dia, last_day(demo)
    if told.dia is None:
        if told.publicada and first <= told.publicada <= last + timedelta(days=LIMITS["dias_publicada"]):
            yield _rule("publicacion_cercana")
        elif told.publicada and told.publicada > last:
            yield from _long_after(told)
    elif first <= told.dia <= last:
        yield _rule("mismo_dia")
    elif first - timedelta(days=LIMITS["dias_antes"]) <= told.dia <= last + timedelta(days=LIMITS["dias_despues"]):
        yield _rule("dia_cercano")
    else:
        if not named & {"fecha_en_marcha", "nombre"}:
            yield _rule("otro_dia")
        yield from _long_after(told)


def _long_after(told: Told) -> Iterator[Rule]:
    if not told.modalidades & LATE_CONSEQUENCES:
        yield _rule("lejana_sin_consecuencia")


def _hour(told: Told, demo: Demonstration) -> Iterator[Rule]:
    moment = told.momento
    if moment is None or not demo.hora_sabida:
        return
    end = demo.termina
    near = timedelta(hours=LIMITS["horas_cerca"])
    if demo.inicio <= moment <= end:
        yield _rule("hora")
    elif demo.inicio - near <= moment <= end + near:
        yield _rule("hora_cercana")


def _protest(told: Told, named: set[str]) -> Iterator[Rule]:
    if told.movilizacion:
        yield _rule("movilizacion")
    elif not named & {"nombre", "fecha_en_marcha", "convocante"}:
        yield _rule("sin_movilizacion")


def _rule(name: str, part: float = 1.0) -> Rule:
    return name, POINTS[name] * part
