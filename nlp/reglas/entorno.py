"""Calls the readers of place, date and names with the acts and mentions of a `Lectura`."""

from dataclasses import dataclass

from nlp.etiquetas import Lugar, Pasaje, Victima, VictimaSinNombre
from nlp.fechas import event_date
from nlp.lugares import find_place
from nlp.nombres import find_victims
from nlp.parsed import Anchor, Mention
from nlp.reglas.actos import BEFORE, PARTS, Acto, Lectura, in_focus
from nlp.reglas.menciones import Mencion
from nlp.reglas.victima import reached


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


def surroundings(lectura: Lectura, actos: list[Acto]) -> Entorno:
    """Return place, day, hour and victims of the case."""
    marks = anchors(actos)
    lugar, where = find_place(lectura.parsed, marks)
    fecha, hora, when = event_date(lectura.parsed, marks, lectura.parsed.nota.fecha_publicacion)
    named, unnamed, who = find_victims(lectura.parsed, victim_mentions(lectura))
    return Entorno(lugar, fecha, hora, named, unnamed, (*where, *when, *who))
