"""A demonstration and the notes that tell of it, all invented."""

from datetime import UTC, datetime

from factories import noticia, tagged

from crawlers.fechas import MEXICO
from crawlers.noticia import Precision
from nlp.etiquetas import Nota
from nlp.tagger import tag_many
from pipeline.demonstrations import Demonstration, Draft, create
from pipeline.demonstrations.places import route
from pipeline.incidents import group_pending
from pipeline.review import Hand

ANA = Hand("ana", datetime(2026, 3, 1, 18, tzinfo=UTC))
# day of publication, title, text
THREAT = (
    "2026-03-07",
    "Amenazan a defensora antes de la marcha del 8M",
    "La defensora de derechos humanos Irene Solano Prats recibió este sábado 7 de marzo amenazas de muerte por teléfono para"
    " que no acuda a la marcha del 8 de marzo en la Ciudad de México, denunció la Asamblea Violeta. Le dijeron que si va al"
    " Zócalo la van a matar.",
)
KETTLE = (
    "2026-03-08",
    "Policías encapsulan y golpean a fotógrafas en la marcha 8M",
    "Tres fotógrafas fueron golpeadas por policías a las 17:30 horas de este domingo 8 de marzo en avenida Juárez, alcaldía"
    " Cuauhtémoc, cuando cubrían la marcha del 8M. Los agentes las encapsularon y les quitaron las cámaras.",
)
LATE = (
    "2026-03-09",
    "Amenazan con un arma a defensor al volver de la marcha",
    "El defensor de derechos humanos Ulises Nieves Otero fue amenazado de muerte con un arma por dos civiles la noche del"
    " domingo 8 de marzo, a las 22:40 horas, en la calle Donceles, alcaldía Cuauhtémoc, cuando regresaba de acompañar la marcha"
    " por el Día de la Mujer en el Zócalo.",
)
ARREST = (
    "2026-03-08",
    "Detienen a activista en el Zócalo",
    "La activista feminista Marta Oviedo Lara fue detenida de forma arbitraria por policías en el Zócalo este domingo durante"
    " la protesta contra la violencia feminicida.",
)
CHARGE = (
    "2026-06-15",
    "Vinculan a proceso a defensora detenida en la marcha del 8 de marzo",
    "Un juez de control vinculó a proceso a la defensora Clara Urbina Soto, detenida en la marcha del 8 de marzo en la Ciudad"
    " de México, por el delito de daño a la propiedad. Su defensa dijo que es un proceso fabricado para castigar su activismo.",
)
ROBBERY = (
    "2026-03-08",
    "Roban a periodista en Iztapalapa",
    "El periodista Luis Barrera Noh fue asaltado y golpeado por dos sujetos este domingo 8 de marzo en la colonia Santa Cruz"
    " Meyehualco, alcaldía Iztapalapa, cuando salía de su casa.",
)
ANOTHER = (
    "2026-03-08",
    "Amenazan a periodista en la Cuauhtémoc",
    "El periodista Saúl Rentería Paz recibió este domingo amenazas de muerte en su domicilio de la alcaldía Cuauhtémoc por un"
    " reportaje sobre desalojos.",
)
EVERY = {
    "amenaza": THREAT,
    "encapsulan": KETTLE,
    "noche": LATE,
    "detienen": ARREST,
    "cargos": CHARGE,
    "roban": ROBBERY,
    "otra": ANOTHER,
}


def at(hour: int, minute: int = 0, *, day: int = 8) -> datetime:
    """A moment of March 2026 in Mexico City."""
    return datetime(2026, 3, day, hour, minute, tzinfo=MEXICO)


def march(db, **changes) -> Demonstration:
    """The 8 March march, from 14:00 to 21:00, as a person tells it."""
    told = {
        "nombre": "Marcha 8M",
        "inicio": at(14),
        "fin": at(21),
        "recorrido": route(["Ángel de la Independencia", "Avenida Juárez", "Zócalo"]),
        "convocantes": ("Asamblea Violeta",),
        "causa": "contra la violencia feminicida",
        "alcaldia": "cuauhtemoc",
    }
    return create(db, Draft(**(told | changes)), ANA)


def tell(db, nlp, *names: str) -> None:
    """Store notes of `EVERY`, tagged as the tagger does, and group them."""
    notes = {name: EVERY[name] for name in names}
    tags = tag_many(nlp, [Nota(name, text, title, day) for name, (day, title, text) in notes.items()])
    for (name, (day, title, text)), found in zip(notes.items(), tags, strict=True):
        stored = noticia(name, titulo=title, texto=text, publicada_en=day, fecha_precision=Precision.DIA)
        tagged(db, stored, found)
    group_pending(db, pause=0)
