"""Second readings: a sample at random, never given to who decided; codes that change nothing; how far two readings agree."""

import json

import pytest
from aprendido import decided, named, tell
from candidatos import add_candidate
from click.testing import CliRunner
from cuentas import add_account
from factories import NOW, rows
from revisado import seen

from pipeline.cli import hallazgos
from pipeline.incidents import group_pending
from pipeline.periodos import parse_period
from pipeline.registry import second_readings
from pipeline.registry.connection import open_registry
from pipeline.review import Conflict, Hand, ReviewError, comment, correct, validate
from pipeline.review.second import Sample, ask, store
from pipeline.review.second_codes import read_codes

ANA, LUIS, EVA = Hand("ana", NOW), Hand("luis", NOW), Hand("eva", NOW)
READERS = {"ana", "luis", "eva"}
ALL = Sample(1.0)
CODES = {
    "relevante": 1,
    "clase": "agresion",
    "tipo_victima": ["periodista"],
    "modalidad": ["ataque_fisico", "danio_bienes"],
    "agresor": ["fuerza_publica"],
    "movilizacion": 0,
    "cdmx": "si",
    "alcaldia": "cuauhtemoc",
    "entidad": "cdmx",
    "fecha_hecho": "2026-05-08",
    "vinculo": "probable",
}


@pytest.fixture
def cases(tmp_path):
    made = decided(tmp_path)
    with made.db:
        yield made


def given(db):
    return [row[0] for row in rows(db, "SELECT folio FROM segundas_lecturas ORDER BY id")]


def test_sampled_are_the_validated_and_those_whose_note_tells_no_case(cases):
    asked = ask(cases.db, ALL, READERS, ANA)
    assert (asked.poblacion, asked.muestra, asked.nuevas) == (3, 3, 3)
    assert set(given(cases.db)) == {cases.folio[name] for name in ("caso", "oculto", "opinion")}
    first = dict(rows(cases.db, "SELECT folio, primera FROM segundas_lecturas"))
    assert json.loads(first[cases.folio["caso"]]) == CODES | {"agresion": ["fisica"]}
    assert json.loads(first[cases.folio["opinion"]])["relevante"] == 0
    again = ask(cases.db, ALL, READERS, ANA)
    assert (again.muestra, again.nuevas) == (3, 0)
    assert len(rows(cases.db, "SELECT 1 FROM bitacora WHERE accion = 'pedir_segunda_lectura'")) == 1


def test_who_decided_never_gets_it_whoever_it_was_asked_for(cases):
    db = cases.db
    assert ask(db, Sample(1.0, para="ana"), READERS, ANA).poblacion == 0
    assert ask(db, ALL, {"ana"}, ANA).poblacion == 0
    ask(db, ALL, READERS, ANA)
    numbers = second_readings.waiting(db, "luis")
    assert (len(numbers), second_readings.waiting(db, "ana")) == (3, [])
    with pytest.raises(ReviewError, match="ya decidió"):
        store(db, numbers[0], CODES, ANA)
    (folio,) = rows(db, "SELECT folio FROM segundas_lecturas WHERE id = ?", numbers[0])[0]
    comment(db, folio, "¿Hay otra fuente?", LUIS)
    assert second_readings.waiting(db, "luis") == numbers
    correct(db, folio, "cdmx", "indeterminado", LUIS)
    assert second_readings.waiting(db, "luis") == numbers[1:]
    assert second_readings.waiting(db, "eva") == numbers


def test_what_is_for_one_person_waits_for_no_other(cases):
    ask(cases.db, Sample(1.0, para="luis"), READERS, ANA)
    (first, *_) = second_readings.waiting(cases.db, "luis")
    assert second_readings.waiting(cases.db, "eva") == []
    with pytest.raises(ReviewError, match="para otra persona"):
        store(cases.db, first, CODES, EVA)


def test_what_waits_for_somebody_who_may_not_make_it_any_more_is_passed_on(cases):
    db = cases.db
    ask(db, Sample(1.0, para="luis"), READERS, ANA)
    numbers = second_readings.waiting(db, "luis")
    store(db, numbers[0], {"relevante": 0}, LUIS)
    (folio,) = rows(db, "SELECT folio FROM segundas_lecturas WHERE id = ?", numbers[1])[0]
    correct(db, folio, "cdmx", "indeterminado", LUIS)
    assert ask(db, Sample(1.0, para="eva"), READERS, ANA).pasadas == 1
    assert (second_readings.waiting(db, "luis"), second_readings.waiting(db, "eva")) == (numbers[2:], numbers[1:2])
    assert ask(db, ALL, {"ana", "eva"}, ANA).pasadas == 1  # luis has no account any more
    assert second_readings.waiting(db, "eva") == numbers[1:]
    assert ask(db, ALL, {"ana", "eva"}, ANA).pasadas == 0


def test_storing_changes_nothing_of_the_finding_and_leaves_one_line(cases):
    db = cases.db
    ask(db, ALL, READERS, ANA)
    (number,) = [n for n, folio in rows(db, "SELECT id, folio FROM segundas_lecturas") if folio == cases.folio["caso"]]
    before, versions = seen(db), rows(db, "SELECT folio, version FROM hallazgos")
    lines = rows(db, "SELECT count(*) FROM bitacora")[0][0]
    store(db, number, CODES | {"modalidad": ["amenaza"], "amenaza_digital": True}, LUIS)
    assert (seen(db), rows(db, "SELECT folio, version FROM hallazgos")) == (before, versions)
    assert rows(db, "SELECT count(*) FROM bitacora") == [(lines + 1,)]
    last = rows(db, "SELECT quien, accion, tabla, clave, antes, despues FROM bitacora ORDER BY id DESC LIMIT 1")
    assert last == [("luis", "segunda_lectura", "segundas_lecturas", str(number), None, None)]
    codes = json.loads(rows(db, "SELECT codigos FROM segundas_lecturas WHERE id = ?", number)[0][0])
    assert codes["agresion"] == ["verbal", "digital"]
    with pytest.raises(Conflict, match="ya la hizo luis"):
        store(db, number, CODES, EVA)
    with pytest.raises(ReviewError, match="no hay tal"):
        store(db, 999, CODES, EVA)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"relevante": None}, "si relata un caso"),
        ({"clase": None, "agresor": []}, "la clase; el agresor"),
        ({"clase": "otra"}, "no es uno de"),
        ({"modalidad": ["golpes"]}, "no es uno de"),
        ({"fecha_hecho": "2026-02-30"}, "fecha_hecho"),
        ({"cdmx": "no"}, "el lugar se contradice"),
        ({"cdmx": "indeterminado", "entidad": None}, "el lugar se contradice"),
        ({"entidad": "puebla"}, "el lugar se contradice"),
        ({"amenaza_digital": True}, "no marcó «Amenaza»"),
    ],
)
def test_codes_that_are_not_whole_or_not_of_the_vocabulary_are_refused(change, said):
    with pytest.raises(ReviewError, match=said):
        read_codes(CODES | change)


def test_a_place_in_the_city_gives_its_state():
    assert read_codes(CODES | {"entidad": None})["entidad"] == "cdmx"
    assert read_codes(CODES | {"cdmx": "no", "alcaldia": None, "entidad": None})["entidad"] is None


def test_what_tells_no_case_has_no_codes_whatever_else_was_typed():
    assert {name: value for name, value in read_codes(CODES | {"relevante": 0}).items() if value} == {}


def many(folder, amount=200):
    """A registry with `amount` findings validated by ana."""
    db = open_registry(folder / "registro.db")
    with db.atomic():
        for key in ("faro", "agencia", "red"):
            db.execute("INSERT INTO fuentes (id, nombre, tipo, sitio) VALUES (?, ?, 'agencia', '')", [key, key])
        for number in range(1, amount + 1):
            add_candidate(db, number, sources=1, estado="validado", fecha_registro=f"2026-{1 + number % 2:02d}-15")
    return db


def test_a_share_is_rounded_up_repeatable_seeded_and_of_the_period(tmp_path):
    with many(tmp_path) as db:
        assert ask(db, Sample(0.05, parse_period("2026-02")), READERS, ANA).muestra == 5
        assert ask(db, Sample(0.001, parse_period("2026-02")), READERS, ANA).nuevas == 0
        assert {int(folio[-6:]) % 2 for folio in given(db)} == {1}
        asked = ask(db, Sample(0.05), READERS, ANA)
        assert (asked.poblacion, asked.muestra) == (200, 10)
        other = ask(db, Sample(0.05, semilla="otra"), READERS, ANA)
        assert other.nuevas > 5


def test_every_finding_is_as_likely_as_another(tmp_path):
    with many(tmp_path, 20) as db:
        taken = []
        for seed in range(400):
            ask(db, Sample(0.25, semilla=str(seed)), READERS, ANA)
            taken += given(db)
            db.execute("DELETE FROM segundas_lecturas")
        counts = [taken.count(folio) for folio in sorted(set(taken))]
        assert (len(counts), sum(counts)) == (20, 2000)
        assert 65 < min(counts) <= max(counts) < 135  # 100 expected, standard deviation 9


AGREEMENT = "SELECT campo, leidas, iguales, proporcion, kappa, jaccard FROM v_acuerdo"


def readings(db, *pairs):
    for number, (one, two) in enumerate(pairs, 1):
        db.execute(
            "INSERT INTO segundas_lecturas (folio, pedida_en, primera, codigos) VALUES (?, '', ?, ?)",
            [f"H-2026-{number:06d}", json.dumps(one), json.dumps(two)],
        )


def agreement(db):
    return {row[0]: row[1:] for row in rows(db, AGREEMENT)}


def test_agreement_counts_each_field_over_what_both_called_a_case(tmp_path):
    with many(tmp_path, 6) as db:
        one = read_codes(CODES)
        threat = read_codes(CODES | {"modalidad": ["danio_bienes", "amenaza"], "clase": "riesgo", "fecha_hecho": None})
        undated = one | {"fecha_hecho": None, "modalidad": []}
        none = read_codes({"relevante": 0})
        assert agreement(db)["clase"] == (0, 0, None, None, None)
        turned = one | {"modalidad": one["modalidad"][::-1]}
        readings(db, (one, turned), (one, threat), (threat, threat), (undated, undated), (one, none), (none, none))
        found = agreement(db)
        assert found["relevante"] == (6, 5, 0.833, round((5 * 6 - (5 * 4 + 1 * 2)) / (36 - 22), 3), None)
        # clase: agresion/riesgo by the first 3 and 1, by the second 2 and 2
        assert found["clase"] == (4, 3, 0.75, 0.5, None)
        assert found["modalidad"] == (4, 3, 0.75, None, round((1 + 1 / 3 + 1 + 1) / 4, 3))
        assert found["fecha_hecho"][:3] == (4, 3, 0.75)
        assert found["cdmx"] == (4, 4, 1.0, None, None)  # both always the same: chance alone would do
        assert found["agresor"] == (4, 4, 1.0, None, 1.0)
        assert list(found)[:2] == ["relevante", "clase"] and len(found) == 12


def run(folder, *words):
    command = ["segunda-lectura", *words, "--registro", str(folder / "registro.db"), "--hoy", "2026-05-10"]
    return CliRunner().invoke(hallazgos, command, env={"HALLAZGOS_QUIEN": "direccion"})


def test_the_command_gives_the_sample_to_an_account_that_may_review(tmp_path):
    made = decided(tmp_path)
    number = tell(made.db, "otra", "Amagan a la reportera Irma Paz Gil.", named("Irma Paz Gil", fecha_hecho="2026-04-01"))
    group_pending(made.db, pause=0)
    (folio,) = rows(made.db, "SELECT folio FROM hallazgos_noticias WHERE noticia_id = ?", number)[0]
    validate(made.db, folio, LUIS)
    made.db.close()
    assert "no hay cuentas" in run(tmp_path, "--muestra", "50%").stderr
    add_account(tmp_path / "registro.db", "luis")
    add_account(tmp_path / "registro.db", "lector", ["lectura"])
    assert "no es una cuenta que pueda revisar" in run(tmp_path, "--muestra", "50%", "--para", "lector").stderr
    out = run(tmp_path, "--muestra", "50%", "--para", "luis")
    assert (out.exit_code, out.stdout) == (
        0,
        "De 3 hallazgos revisados que puede leer otra persona, la muestra es de 2: 2 se dieron ahora y 0 ya se habían dado."
        " Se leen en /-/segunda-lectura\n",
    )
    with open_registry(tmp_path / "registro.db") as db:
        assert rows(db, "SELECT DISTINCT para FROM segundas_lecturas") == [("luis",)]
        assert folio not in given(db)
        (said,) = rows(db, "SELECT quien, despues FROM bitacora WHERE accion = 'pedir_segunda_lectura'")
    asked = {"parte": 0.5, "semilla": "", "para": "luis", "hallazgos": 2, "pasados": 0}
    assert (said[0], json.loads(said[1])) == ("direccion", asked)


@pytest.mark.parametrize("share", ["0%", "101%", "cinco", "5", "-5%"])
def test_a_share_that_is_none_is_told(tmp_path, share):
    out = run(tmp_path, f"--muestra={share}")
    assert (out.exit_code, "no es una parte como 5%" in out.stderr) == (2, True)
