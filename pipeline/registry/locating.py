"""Where a finding lies on the map, by its place as everyone sees it: a note's coordinates for it, else the gazetteer's."""

from sqlite_utils import Database

from nlp.nomenclator import find_names
from pipeline.registry import decisions, findings

Point = tuple[float | None, float | None]
NOWHERE: Point = (None, None)


def locate(db: Database, folio: str) -> None:
    """Write the coordinates that go with the place as shown; none where the site is not known in that borough."""
    site, borough, state = (decisions.value(db, folio, name) for name in ("sitio", "alcaldia", "entidad"))
    point = _of_notes(db, folio, site, borough, state) if site else NOWHERE
    if site and point == NOWHERE:
        point = _of_gazetteer(str(site), borough, state)
    db.execute("UPDATE hallazgos SET latitud = ?, longitud = ? WHERE folio = ?", [*point, folio])


def _of_notes(db: Database, folio: str, site: object, borough: object, state: object) -> Point:
    for note in (one.tagged for one in findings.notes_of(db, folio)):
        there = note.value("sitio") == site and note.value("alcaldia") == borough and note.value("entidad") == state
        if there and note.value("latitud") is not None:
            return note.value("latitud"), note.value("longitud")
    return NOWHERE


def _of_gazetteer(site: str, borough: object, state: object) -> Point:
    """Return the point of the first place so called that lies in the borough, or in the state where no borough is known."""
    for found in find_names(site):
        for place in found.lugares:
            inside = place.alcaldia == borough if borough else place.entidad == state
            if inside and place.latitud is not None:
                return place.latitud, place.longitud
    return NOWHERE
