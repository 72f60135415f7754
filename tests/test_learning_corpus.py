"""What people decided becomes annotated notes: with the codes that hold, of nobody who asked not to be named."""

import json
from dataclasses import replace

import pytest
from aprendido import ANA, HIDDEN, NAME, TEXT, decided, folio_of, named, tell
from factories import rows

from nlp.aprendizaje.corpus import FOLDER
from pipeline.errores import ErrorDeUso
from pipeline.figures.exports import Lector
from pipeline.incidents import group_pending
from pipeline.learning.corpus import collect
from pipeline.learning.export import as_lines, export_corpus
from pipeline.pages.queue_presets import PRESETS, about_the_note, read_presets
from pipeline.periodos import parse_period
from pipeline.review import accept_refused, discard, reopen, validate
from pipeline.tagging.evaluation import check_gold
from pipeline.tagging.records import check_note

READER = Lector("ana", ANA.now)


@pytest.fixture
def cases(tmp_path):
    made = decided(tmp_path)
    with made.db:
        yield made


def told(db, period=None):
    return {record["titulo"].removeprefix("Nota "): record for record in collect(db, period).registros}


def test_the_fullest_page_note_of_a_validated_finding_has_the_codes_that_hold(cases):
    record = told(cases.db)["larga"]
    (number,) = rows(cases.db, "SELECT id FROM noticias WHERE titulo = 'Nota larga'")[0]
    assert record == {
        "id": f"{cases.folio['caso']}.{number}",
        "url": "https://voz.ejemplo/larga",
        "medio": "El Voz",
        "fecha_publicacion": "2026-05-10",
        "titulo": "Nota larga",
        "texto": TEXT,
        "relevante": True,
        "nota": "hecho_nuevo",
        "clase": "agresion",
        "victima": ["periodista"],
        "agresion": ["fisica"],
        "modalidad": ["ataque_fisico", "danio_bienes"],
        "agresor": ["fuerza_publica"],
        "movilizacion": False,
        "lugar": {"cdmx": "si", "alcaldia": "cuauhtemoc", "entidad": "cdmx"},
        "victimas": [{"nombre": "Renata Olmedo", "tipo": "periodista", "genero": "mujer"}],
        "fecha_hecho": "2026-05-08",
    }
    first = json.loads((FOLDER / "a.jsonl").read_text("utf-8").splitlines()[0])
    assert list(record) == list(first)


def test_a_follow_up_is_a_record_and_a_shorter_note_or_one_of_a_feed_is_none(cases):
    found = told(cases.db)
    assert (found["detenidos"]["nota"], found["detenidos"]["victimas"][0]["nombre"]) == ("seguimiento", NAME)
    assert found["detenidos"]["modalidad"] == found["larga"]["modalidad"]
    assert set(found) == {"larga", "detenidos", "columna", "obras"}


def test_a_discard_for_what_the_note_says_is_a_negative_and_one_for_another_reason_is_none(cases):
    record = told(cases.db)["columna"]
    assert (record["relevante"], record["nota"], record["clase"], record["victimas"]) == (False, "sin_hecho", None, [])
    assert record["lugar"] == {"cdmx": "indeterminado", "alcaldia": None, "entidad": None}
    reopen(cases.db, cases.folio["opinion"], ANA)
    assert "columna" not in told(cases.db)
    discard(cases.db, cases.folio["opinion"], ANA, motivo="Con palabras que no están en la lista")
    assert "columna" not in told(cases.db)
    assert collect(cases.db, None).otros_motivos == 2


def test_the_sample_gives_what_was_rightly_refused_and_what_was_not_once_it_is_validated(cases):
    db = cases.db
    assert (told(db)["obras"]["relevante"], told(db)["obras"]["id"][:8]) == (False, "muestra.")
    number = tell(
        db, "brigada", "Retienen a la reportera Julia Cano Ortega.", replace(named("Julia Cano Ortega"), relevante=False)
    )
    group_pending(db, pause=0)
    db.execute("INSERT INTO muestra_rechazadas (noticia_id, semana, poblacion) VALUES (?, '2026-05-04', 40)", [number])
    folio = accept_refused(db, number, ANA)
    assert "brigada" not in told(db)
    validate(db, folio, ANA)
    assert told(db)["brigada"]["relevante"] is True
    assert told(db)["brigada"]["id"] == f"{folio}.{number}"


def test_a_rescued_note_is_a_record_beside_the_fullest_one(cases):
    db = cases.db
    number = tell(db, "suelta", "Golpean a Renata Olmedo Prieto, dicen.", replace(named(NAME), relevante=False))
    group_pending(db, pause=0)
    db.execute("INSERT INTO muestra_rechazadas (noticia_id, semana, poblacion) VALUES (?, '2026-05-04', 40)", [number])
    assert accept_refused(db, number, ANA) == folio_of(db, 1) == cases.folio["caso"]
    assert {"larga", "suelta"} <= set(told(db))


def test_nothing_is_told_of_who_asked_for_anonymity_or_was_erased(cases):
    db = cases.db
    text = as_lines(collect(db, None).registros).decode("utf-8")
    assert HIDDEN not in text and "Eva Solis" not in text
    assert collect(db, None).sin_nombre == 2  # the finding, and the refused note that names her
    db.execute("UPDATE personas SET suprimida_en = '2026-05-11T00:00:00Z' WHERE nombre = ?", [NAME])
    assert set(told(db)) == {"columna", "obras"}


def test_a_victim_whom_the_note_does_not_name_is_left_out_of_it(cases):
    db = cases.db
    db.execute("UPDATE noticias SET texto = replace(texto, 'Renata Olmedo', 'una colega') WHERE titulo = 'Nota larga'")
    assert told(db)["larga"]["victimas"] == []
    db.execute("UPDATE noticias SET texto = replace(texto, 'una colega', 'Renatta Olmedo') WHERE titulo = 'Nota larga'")
    assert told(db)["larga"]["victimas"] == []
    db.execute(
        "UPDATE noticias SET etiquetas = replace(etiquetas, 'Renata Olmedo', 'Renatta Olmedo') WHERE titulo = 'Nota larga'"
    )
    assert [victim["nombre"] for victim in told(db)["larga"]["victimas"]] == ["Renatta Olmedo"]


def test_a_period_takes_what_was_registered_or_captured_in_it(cases):
    assert told(cases.db, parse_period("2026-04")) == {}
    assert set(told(cases.db, parse_period("2026-05"))) == set(told(cases.db))


def test_the_file_is_private_written_down_and_equal_byte_by_byte(cases, tmp_path):
    one, two = tmp_path / "uno.jsonl", tmp_path / "dos.jsonl"
    export_corpus(cases.db, one, None, READER)
    export_corpus(cases.db, two, None, READER)
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_mode & 0o777 == 0o600
    folios = json.dumps(sorted([cases.folio["caso"], cases.folio["opinion"]]))
    assert rows(cases.db, "SELECT quien, ruta, folios FROM lecturas") == [("ana", "exportar corpus", folios)] * 2
    for line in one.read_text("utf-8").splitlines():
        check_note(json.loads(line))
        check_gold(json.loads(line))


@pytest.mark.parametrize(("path", "said"), [("x.csv", "debe ser .jsonl"), ("no/x.jsonl", "no existe la carpeta")])
def test_a_path_that_is_refused_writes_nothing(cases, tmp_path, path, said):
    with pytest.raises(ErrorDeUso, match=said):
        export_corpus(cases.db, tmp_path / path, None, READER)
    assert rows(cases.db, "SELECT count(*) FROM lecturas") == [(0,)]


def test_it_never_goes_into_the_project(cases):
    with pytest.raises(ErrorDeUso, match="corpus inventado"):
        export_corpus(cases.db, FOLDER / "revisado.jsonl", None, READER)
    assert not (FOLDER / "revisado.jsonl").exists()


def test_every_shipped_reason_says_what_it_is_about(tmp_path):
    about = about_the_note()
    assert 0 < len(about) < len(read_presets()["descartar"])
    path = tmp_path / "motivos.toml"
    path.write_text(PRESETS.read_text("utf-8").replace('sobre = "registro"', 'sobre = "x"', 1), "utf-8")
    with pytest.raises(ErrorDeUso, match="«sobre» es"):
        read_presets(path)
