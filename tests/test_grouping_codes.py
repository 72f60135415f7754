"""The codes of a finding: what holds among its notes."""

from dataclasses import replace

from factories import etiquetas

from nlp.etiquetas import Lugar
from pipeline.grouping.codes import TaggedNote, codes, fullest, sources
from pipeline.registry.noticias import tags_record


def note(site="a.ejemplo", *, texto="Texto", dia="2026-05-10", origen="pagina", huella="", **tags):
    record = tags_record(etiquetas(**tags))
    return TaggedNote((dia, site), texto, origen, site, huella or f"{site}{texto}", "hecho_nuevo", record)


def test_a_value_of_the_fullest_note_or_of_half_the_sources_holds():
    notes = [
        note("a.ejemplo", texto="El texto más largo de todos", modalidad=("amenaza", "espionaje")),
        note("b.ejemplo", modalidad=("amenaza", "danio_bienes")),
        note("c.ejemplo", modalidad=("danio_bienes",)),
        note("d.ejemplo", modalidad=("censura",)),
    ]
    assert codes(notes).lists["modalidad"] == {"amenaza": 0.5, "danio_bienes": 0.5, "espionaje": 0.25}


def test_notes_of_one_site_and_copies_of_one_text_are_one_source():
    notes = [
        note("a.ejemplo", huella="h1"),
        note("b.ejemplo", huella="h2"),
        note("b.ejemplo", texto="Otra", huella="h3"),
        note("c.ejemplo", huella="h1"),
    ]
    assert sorted(len(group) for group in sources(notes)) == [2, 2]
    assert codes(notes).singles["fuentes_independientes"] == 2
    chained = [note("a.ejemplo", huella="x"), note("b.ejemplo", huella="y"), note("b.ejemplo", huella="x")]
    assert len(sources(chained)) == 1


def test_a_wire_under_another_opening_and_ending_is_still_one_source():
    wire = " ".join(f"palabra{i}" for i in range(60))
    notes = [note("a.ejemplo", texto=wire), note("b.ejemplo", texto=f"(Agencia).- {wire} Con información de la agencia.")]
    assert codes(notes).singles["fuentes_independientes"] == 1
    own = note("c.ejemplo", texto=" ".join(f"otra{i}" for i in range(60)), modalidad=("amenaza",))
    assert codes([*notes, own]).lists["modalidad"] == {"amenaza": 0.5, "ataque_fisico": 0.5}


def test_the_fullest_note_is_the_longest_page_then_the_longest_then_the_earliest():
    page, feed = note("a.ejemplo", texto="corto"), note("b.ejemplo", texto="mucho más largo", origen="feed")
    assert fullest([feed, page]) is page
    early, late = note("a.ejemplo", dia="2026-05-09"), note("b.ejemplo")
    assert fullest([late, early]) is early


def test_single_values_are_what_most_sources_know():
    notes = [
        note("a.ejemplo", texto="El texto más largo", lugar=Lugar("indeterminado", None, None), fecha_hecho="2026-05-08"),
        note("b.ejemplo", lugar=Lugar("si", "tlalpan", "cdmx"), fecha_hecho="2026-05-09"),
        note("c.ejemplo", lugar=Lugar("si", "tlalpan", "cdmx"), fecha_hecho="2026-05-09"),
    ]
    found = codes(notes).singles
    assert (found["cdmx"], found["alcaldia"], found["fecha_hecho"]) == ("si", "tlalpan", "2026-05-09")


def test_a_tie_goes_to_the_fullest_note_and_nobody_knowing_leaves_it_open():
    notes = [
        note("a.ejemplo", texto="El texto más largo", fecha_hecho="2026-05-09", lugar=Lugar()),
        note("b.ejemplo", fecha_hecho="2026-05-08", lugar=Lugar()),
    ]
    found = codes(notes).singles
    assert found["fecha_hecho"] == "2026-05-09"
    assert (found["cdmx"], found["alcaldia"], found["sitio"]) == ("indeterminado", None, "")


def test_the_class_is_the_most_serious_that_holds():
    many = [note(f"{n}.ejemplo", clase="agresion") for n in "abc"]
    assert codes([*many, note("d.ejemplo", clase="privacion_vida")]).singles["clase"] == "agresion"
    longest = note("d.ejemplo", texto="El texto más largo", clase="privacion_vida")
    assert codes([*many, longest]).singles["clase"] == "privacion_vida"


def test_a_finding_without_a_class_gets_the_one_its_modality_implies():
    assert codes([note(clase=None)]).singles["clase"] == "agresion"
    assert codes([note(clase=None, modalidad=())]).singles["clase"] == "riesgo"


def test_danger_told_by_one_source_is_danger():
    assert codes([note("a.ejemplo", urgente=True), note("b.ejemplo"), note("c.ejemplo")]).singles["urgente"] == 1


def test_coordinates_come_with_the_place_that_was_chosen():
    place = Lugar("si", "cuauhtemoc", "cdmx", "Zócalo", 19.43, -99.13)
    other = replace(place, sitio="Alameda", latitud=19.44)
    found = codes([note("a.ejemplo", lugar=place), note("b.ejemplo", lugar=place), note("c.ejemplo", lugar=other)]).singles
    assert (found["sitio"], found["latitud"], found["longitud"]) == ("Zócalo", 19.43, -99.13)
