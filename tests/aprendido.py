"""A registry in which people decided: validated, corrected, discarded for one reason or another, refused notes answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from factories import NOW, etiquetas, fuente, noticia, registry, tagged
from sqlite_utils import Database

from nlp.etiquetas import Etiquetas, Lugar, Victima
from pipeline.incidents import group_pending
from pipeline.review import Hand, confirm_refused, correct, discard, edit_victims, validate

ANA = Hand("ana", NOW)
NAME, OTHER, HIDDEN = "Renata Olmedo Prieto", "Tomás Arce Luna", "Eva Solís Vera"
TEXT = (
    "La reportera Renata Olmedo fue golpeada por policías la noche del sábado cuando cubría una protesta en la alcaldía"
    " Cuauhtémoc. Le arrebataron el teléfono. Sus colegas pidieron que se investigue."
)


@dataclass(frozen=True)
class Decided:
    """The registry and the folio of each case by a short name."""

    db: Database
    folio: Mapping[str, str]


def tell(db: Database, name: str, text: str, tags: Etiquetas, source: str = "faro", **changes: object) -> int:
    base = {"titulo": f"Nota {name}", "texto": text, "publicada_en": "2026-05-10T10:00:00Z"}
    return tagged(db, noticia(name, source, **{**base, **changes}), tags)


def named(nombre: str, genero: str = "mujer", **changes: object) -> Etiquetas:
    return etiquetas(victimas=(Victima(nombre, "periodista", genero),), **changes)


def folio_of(db: Database, number: int) -> str:
    return str(db.execute("SELECT folio FROM hallazgos_noticias WHERE noticia_id = ?", [number]).fetchone()[0])


def decided(folder) -> Decided:
    """Cases: `caso` (corrected, with a follow-up), `opinion` and `fuera` (discarded), `oculto` (anonymity asked for)."""
    db = registry(folder, fuente("faro"), fuente("voz"), fuente("eco"))
    notes = {"caso": tell(db, "corta", "Golpean a Renata Olmedo Prieto.", named(NAME))}
    tell(db, "larga", TEXT, named("Renata Olmedo"), "voz")
    tell(db, "canal", TEXT * 2, named("Renata Olmedo"), "eco", texto_origen="feed")
    group_pending(db, pause=0)
    later = "Detienen a dos policías por golpear a la periodista Renata Olmedo Prieto el 9 de mayo."
    tell(db, "detenidos", later, named(NAME, nota="seguimiento"), publicada_en="2026-05-24T10:00:00Z")
    column = named("Luz Peña Lara", fecha_hecho="2026-03-01", lugar=Lugar("no", None, "jalisco"), modalidad=("amenaza",))
    notes["opinion"] = tell(db, "columna", "Columna: la periodista Luz Peña Lara recuerda amenazas.", column)
    abroad = named(OTHER, "hombre", fecha_hecho="2026-02-01", modalidad=("censura",), lugar=Lugar("no", None, None))
    notes["fuera"] = tell(db, "lejos", "Censuran a Tomás Arce Luna en otro país.", abroad)
    quiet = named(HIDDEN, fecha_hecho="2026-01-15", modalidad=("espionaje",), lugar=Lugar("no", None, "oaxaca"))
    notes["oculto"] = tell(db, "espiada", "Espían a la periodista Eva Solís Vera.", quiet)
    for name, text in (("obras", "Avisan de obras en la calle."), ("homenaje", "Recuerdan a Eva Solis Vera en un foro.")):
        number = tell(db, name, text, Etiquetas(), publicada_en="2025-01-10T10:00:00Z")
        db.execute("INSERT INTO muestra_rechazadas (noticia_id, semana, poblacion) VALUES (?, '2026-05-04', 40)", [number])
        notes[name] = number
    group_pending(db, pause=0)
    folio = {name: folio_of(db, number) for name, number in notes.items() if name not in ("obras", "homenaje")}
    correct(db, folio["caso"], "modalidad", ["danio_bienes", "ataque_fisico"], ANA)
    correct(db, folio["caso"], "fecha_hecho", "2026-05-08", ANA)
    validate(db, folio["caso"], ANA)
    discard(db, folio["opinion"], ANA, motivo="No relata un hecho: opinión, balance o efeméride")
    discard(db, folio["fuera"], ANA, motivo="Ocurrió fuera del país")
    hide(db, folio["oculto"])
    validate(db, folio["oculto"], ANA)
    for name in ("obras", "homenaje"):
        confirm_refused(db, notes[name], ANA)
    return Decided(db, folio)


def hide(db: Database, folio: str) -> None:
    """The finding's victim asks for anonymity."""
    number = db.execute("SELECT id FROM victimas WHERE folio = ?", [folio]).fetchone()[0]
    asked = {"id": number, "nombre": HIDDEN, "tipo": "periodista", "genero": "mujer", "anonimato_solicitado": 1}
    edit_victims(db, folio, [asked], ANA)
