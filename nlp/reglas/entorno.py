"""Calls the readers of place, date and names with the acts and mentions of a `Lectura`."""

from dataclasses import dataclass

from nlp.aprendizaje.modelo import Modelo
from nlp.etiquetas import Lugar, Pasaje, Victima, VictimaSinNombre
from nlp.fechas import event_date
from nlp.lugares import Pesos, find_place
from nlp.parsed import Anchor, Mention
from nlp.reglas.actos import BEFORE, PARTS, Acto, Lectura, in_focus
from nlp.reglas.mencion import Mencion
from nlp.reglas.modalidad import modalities
from nlp.reglas.victima import reached
from nlp.victimas import find_victims


@dataclass(frozen=True)
class Entorno:
    """Where, when and who, with the passages they rest on."""

    lugar: Lugar
    fecha: str | None
    hora: str | None
    victimas: tuple[Victima, ...]
    sin_nombre: tuple[VictimaSinNombre, ...]
    pasajes: tuple[Pasaje, ...]


def anchors(actos: list[Acto]) -> list[Anchor]:
    """Return the acts as the readers of place and date want them, strong ones first."""
    ordered = sorted(actos, key=lambda acto: not acto.fuerte)
    return [Anchor(a.hit.span.doc, a.hit.span, a.modalidad, a.hit.span[0].sent, a.parte) for a in ordered]


def victim_mentions(lectura: Lectura) -> list[Mention]:
    """Return the mentions that acts reach, each once, as the reader of names wants them."""
    seen: dict[tuple[str, int], Mention] = {}
    told = [*reached(lectura), *told_before(lectura)]
    if not any(mention.nombre for _, mention in told):
        told += [(parte, m) for parte in PARTS for m in lectura.menciones[parte] if m.modo == "persona" and m.nombre][:1]
    for parte, mention in told:
        group = mention.modo in ("medio", "colectivo")
        seen.setdefault((parte, mention.start), Mention(parte, mention.span, mention.tipo, "victima", group))
    return list(seen.values())


def told_before(lectura: Lectura) -> list[tuple[str, Mencion]]:
    """Return the mentions that acts without a patient of their own are about: the last one told before each."""
    found = []
    for acto in lectura.actos:
        near = [m for m in lectura.menciones[acto.parte] if in_focus(m) and 0 < acto.hit.span.start - m.start <= BEFORE]
        if not acto.fuerte and near and acto.hit.entrada.tipo in ("acto", "suceso"):
            found.append((acto.parte, near[-1]))
    return found


def case_acts(lectura: Lectura) -> list[Acto]:
    """Return the acts that the rules take for the case's own."""
    return [acto for found in modalities(lectura).values() for acto in found]


def date_acts(lectura: Lectura) -> list[Acto]:
    """Return the acts that a day may hang on: those that reach somebody told beside them, else all."""
    acts = case_acts(lectura)
    return [acto for acto in acts if acto.fuerte] or acts


def surroundings(lectura: Lectura, model: Modelo) -> Entorno:
    """Return place, day, hour and victims of the case."""
    note = lectura.parsed.nota
    places = Pesos(model["entidad"], model["alcaldia"])
    lugar, where = find_place(lectura.parsed, anchors(case_acts(lectura)), places)
    fecha, hora, when = event_date(lectura.parsed, anchors(date_acts(lectura)), note.fecha_publicacion, model["fecha"])
    named, unnamed, who = find_victims(lectura, victim_mentions(lectura), model["victima_nombre"], model["victima_grupo"])
    return Entorno(lugar, fecha, hora, named, unnamed, (*where, *when, *who))
