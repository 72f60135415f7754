"""A backfill end to end: what is stored, what never moves, done once."""

import json
import sys
from contextlib import closing
from datetime import date

import pytest
from archivos_web import CASE, ENGLISH, ORDINARY, Archive, archive, fill, here, order, page
from click.testing import CliRunner
from factories import NOW, etiquetas, noticia, rows, run_id, tagged
from terminal import at_terminal, is_clean

from crawlers.article import extract
from crawlers.capture import read_record
from pipeline.archive import pages, plan, span, work
from pipeline.cli import hallazgos
from pipeline.custody.breaks import read_log
from pipeline.custody.store import check_store
from pipeline.incidents import group_pending
from pipeline.registry.connection import open_registry
from pipeline.tagging.workers import tag_lot


@pytest.fixture
def opened(tmp_path):
    with closing(open_registry(tmp_path / "datos" / "registro.db")) as db:
        yield db


def test_a_case_of_years_ago_is_a_finding_of_its_day_with_its_record_as_evidence(tmp_path, opened):
    made = Archive(tmp_path / "a.warc.gz").add("https://faro.ejemplo/2019/03/04/caso", page(CASE))
    done = fill(tmp_path, made.close())
    assert {name: count for name, count in done.cuentas.items() if count} == {"otro_registro": 1, "nueva": 1}
    (finding,) = rows(opened, "SELECT origen, estado, fecha_registro, antecedente, urgente FROM hallazgos")
    assert finding == ("archivo", "detectado", "2019-03-04", 0, 0)
    (note,) = rows(opened, "SELECT fuente_id, captura, capturada_en, sha256 FROM noticias")
    kept = read_record(tmp_path / "datos", note[1])
    assert (note[0], note[2], kept.body, kept.sha256) == ("faro", "2019-03-05T12:00:00Z", page(CASE), note[3])
    (told,) = rows(opened, "SELECT lugar, registro FROM noticias_archivo")
    assert told[0] == made.places[0] and told[1].startswith("<urn:uuid:")
    told: list[str] = []
    check = check_store(opened, tmp_path / "datos", told.append)
    assert (check.attention(), told, check.counts["comprobadas"]) == (0, [], 1)
    assert rows(opened, "SELECT * FROM v_urgentes") == rows(opened, "SELECT * FROM v_dias_cubiertos") == []


def test_each_record_ends_in_one_counted_fate(tmp_path, opened):
    made = Archive(tmp_path / "a.warc")
    made.add("https://faro.ejemplo/1/caso-uno", page(CASE)).add("https://faro.ejemplo/1/caso-uno", page(CASE))
    made.add("https://faro.ejemplo/2/nota", page(ORDINARY)).add("https://faro.ejemplo/3/note", page(ENGLISH, lang="en"))
    made.add("https://otro.ejemplo/4/caso", page(CASE)).add(
        "https://faro.ejemplo/5/foto", b"\x89PNG....", Content_Type="image/png"
    )
    made.add("https://faro.ejemplo/6/no-esta", page(CASE), status="404 Not Found")
    made.add("https://faro.ejemplo/7/caso-viejo", page(CASE, day="2001-02-03"))
    made.add("https://faro.ejemplo/8/vacia", page(("La sección de la tarde en el diario", ())))
    done = fill(tmp_path, made.close(), desde=date(2010, 1, 1), sitios=frozenset({"faro.ejemplo"}))
    fates = {name: count for name, count in done.cuentas.items() if count}
    assert fates == {
        "otro_registro": 1,
        "nueva": 1,
        "conocida": 1,
        "cribada": 1,
        "fuera_de_sitio": 1,
        "rechazada": 2,
        "fuera_de_fecha": 1,
        "otro_idioma": 1,
        "sin_texto": 1,
    }
    (row,) = rows(opened, "SELECT estado, leido, recibidos, nueva FROM v_archivos")
    assert row == ("completo", 1.0, 10, 1)


def test_the_same_order_again_reads_nothing_and_another_one_stores_nothing_twice(tmp_path, opened):
    path = archive(tmp_path / "a.warc.gz", cases=2)
    assert fill(tmp_path, path).cuentas["nueva"] == 2
    assert sum(fill(tmp_path, path).cuentas.values()) == 0
    path = path.rename(tmp_path / "movido.warc.gz")
    assert sum(fill(tmp_path, path).cuentas.values()) == 0
    again = fill(tmp_path, path, hasta=date(2020, 1, 1))
    assert (again.cuentas["conocida"], again.cuentas.get("nueva", 0), again.hallazgos) == (2, 0, 0)
    assert rows(opened, "SELECT count(*) FROM hallazgos") == [(2,)]


def test_a_finding_of_the_monitoring_is_told_by_old_notes_and_stays_as_it_was(tmp_path, opened):
    fill(tmp_path, archive(tmp_path / "vacio.warc.gz", cases=0))
    run_id(opened)
    today = noticia("hoy", titulo=CASE[0].format(name="Renata Olmedo Prieto"), publicada_en="2019-03-05T15:00:00Z")
    tagged(opened, today, etiquetas("Renata Olmedo Prieto", fecha_hecho="2019-03-03", urgente=True))
    group_pending(opened, lambda: NOW)
    before = rows(opened, "SELECT * FROM hallazgos")
    fill(tmp_path, archive(tmp_path / "a.warc.gz"))
    assert rows(opened, "SELECT origen, count(*) FROM hallazgos_noticias JOIN hallazgos USING (folio)") == [("monitoreo", 2)]
    assert rows(opened, "SELECT * FROM hallazgos") == before


def test_a_rehearsal_says_the_same_and_writes_nothing(tmp_path):
    path = archive(tmp_path / "a.warc.gz", cases=2)
    found = work.rehearse(order(tmp_path), plan.sources([path]), here())
    assert not (tmp_path / "datos").exists()
    assert dict(found.cuentas) == {k: v for k, v in fill(tmp_path, path).cuentas.items() if v}


def test_a_file_that_is_no_archive_is_named_and_the_others_are_read(tmp_path):
    folder = tmp_path / "carpeta"
    folder.mkdir()
    archive(folder / "bueno.warc.gz")
    (folder / "malo.warc.gz").write_bytes(b"esto no es")
    (folder / "vacio.warc").write_bytes(b"")
    (folder / "cortado.warc.gz").write_bytes((folder / "bueno.warc.gz").read_bytes()[:60])
    done = fill(tmp_path, folder)
    assert done.fallas == (
        f"{folder / 'malo.warc.gz'}: no es un archivo WARC",
        f"{folder / 'vacio.warc'}: está vacío",
    )
    assert (done.cuentas["nueva"], done.cuentas["danada"]) == (1, 1)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0000-00-00T00:00:00Z", "ayer"])
def test_a_record_with_an_impossible_moment_costs_itself(tmp_path, moment):
    made = Archive(tmp_path / "a.warc.gz").add("https://faro.ejemplo/2019/03/04/imposible", page(ORDINARY), moment=moment)
    done = fill(tmp_path, made.add("https://faro.ejemplo/2019/03/04/caso", page(CASE)).close())
    assert (done.cuentas["danada"], done.cuentas["nueva"], done.fallas) == (1, 1, ())


def test_a_record_that_its_reader_did_not_foresee_costs_itself(tmp_path, monkeypatch):
    def spoilt(body, *rest, **more):
        if b"carteles" in body:
            raise OverflowError("date value out of range")
        return extract(body, *rest, **more)

    monkeypatch.setattr(pages, "extract", spoilt)
    done = fill(tmp_path, archive(tmp_path / "a.warc.gz"))
    assert (done.cuentas["error"], done.cuentas["nueva"], done.fallas) == (1, 1, ())


def test_a_page_over_which_the_tagger_fails_costs_itself(tmp_path, monkeypatch):
    def spoilt(lot):
        if any("Robredo" in one.titulo for one in lot):
            raise ValueError
        return tag_lot(lot)

    monkeypatch.setattr(span, "tag_lot", spoilt)
    done = fill(tmp_path, archive(tmp_path / "a.warc.gz", cases=3, ordinary=0))
    assert (done.cuentas["error"], done.cuentas["nueva"], sum(done.cuentas.values())) == (1, 2, 4)


def test_the_log_of_custody_says_that_it_came_from_an_archive(tmp_path, opened):
    made = Archive(tmp_path / "a.warc.gz").add("https://faro.ejemplo/2019/03/04/caso", page(CASE))
    fill(tmp_path, made.close())
    assert rows(opened, "SELECT accion, metodo, detalle FROM custodia") == [
        ("ingreso", "copia byte por byte de un archivo web", f"archivo 1, lugar {made.places[0]}")
    ]
    assert read_log(opened).ruptura is None


def test_a_record_that_is_not_the_one_of_the_archive_is_told(tmp_path, opened):
    fill(tmp_path, archive(tmp_path / "a.warc.gz"))
    with opened.atomic():
        opened.execute("UPDATE noticias_archivo SET sha256 = ?", ["0" * 64])
    told: list[str] = []
    assert check_store(opened, tmp_path / "datos", told.append).counts["distintas"] == 1
    assert "no es el registro que se copió del archivo web" in told[0]


def test_the_command_says_what_is_wrong_in_one_line(tmp_path):
    bad, path = tmp_path / "sitios.txt", archive(tmp_path / "a.warc.gz")
    bad.write_text("faro.ejemplo\nno es un sitio\n")
    for words, said in (
        ([str(tmp_path / "no-hay.warc")], "no existe"),
        ([str(tmp_path), "--sitios", str(bad)], "sitios.txt: línea 2: no es un sitio"),
        ([str(tmp_path), "--desde", "2020-01-02", "--hasta", "2020-01-01"], "posterior"),
        ([], "--estado"),
        ([str(path), "--planificador", "donde sea"], "se escribe tcp://SERVIDOR:PUERTO"),
    ):
        done = CliRunner().invoke(hallazgos, ["archivo", *words, "--registro", str(tmp_path / "r.db")])
        assert (done.exit_code, said in done.output, "Traceback" in done.output) == (2, True, False)
    assert not (tmp_path / "r.db").exists()


def test_the_state_of_every_archive_is_told_as_rows(tmp_path):
    fill(tmp_path, archive(tmp_path / "a.warc.gz"))
    words = ["archivo", "--estado", "--json", "--registro", str(tmp_path / "datos" / "registro.db")]
    (row,) = json.loads(CliRunner().invoke(hallazgos, words, catch_exceptions=False).output)
    assert (row["estado"], row["recibidos"], row["nueva"], row["cribada"]) == ("completo", 3, 1, 1)


def test_without_the_extra_one_line_says_what_to_install(tmp_path, monkeypatch):
    path = archive(tmp_path / "a.warc.gz")
    for module, more in (("fastwarc", []), ("distributed", ["--planificador", "tcp://127.0.0.1:1"])):
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, module, None)
            done = CliRunner().invoke(hallazgos, ["archivo", str(path), *more, "--registro", str(tmp_path / "r.db")])
        assert done.exit_code == 2
        (line,) = done.output.strip().splitlines()
        assert f"falta {module}" in line and "'.[archivo]'" in line
    assert not (tmp_path / "r.db").exists()


def test_a_person_at_a_terminal_sees_how_far_it_is(tmp_path):
    path = archive(tmp_path / "a.warc.gz", cases=0, ordinary=2)
    words = ["archivo", str(path), "--trabajadores", "1", "--registro", str(tmp_path / "r.db")]
    status, out, shown = at_terminal("-m", "pipeline.cli", *words)
    assert (status, "Leyendo archivos" in shown, is_clean(shown)) == (0, True, True)
    assert "Cribada" in out and "\x1b" not in out
