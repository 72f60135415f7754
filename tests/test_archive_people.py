"""Notes of an archive and the people in them: covered like any other, never brought back, never a danger of today."""

from contextlib import closing
from datetime import date

import pytest
from archivos_web import CASE, Archive, fill, page
from factories import NOW, etiquetas, noticia, rows, run_id, tagged

from pipeline.custody.store import check_store
from pipeline.incidents import group_pending
from pipeline.privacy.erase import erase
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry

NAME = "Renata Olmedo Prieto"
MARKED = "<p>La reportera Renata&nbsp;Olmedo <b>Pri</b>eto (renataolmedo@correo.ejemplo, #JusticiaParaOlmedoPrieto)"
SLUG = "https://faro.ejemplo/2019/03/04/golpean-a-renata-olmedo-prieto"


@pytest.fixture
def path(tmp_path):
    marked = page(CASE).replace(b"<p>La reportera Renata Olmedo Prieto", MARKED.encode())
    return Archive(tmp_path / "a.warc.gz").add(SLUG, marked).close()


@pytest.mark.parametrize("kind", ["bloquear", "suprimir"])
def test_a_covered_note_checks_out_and_the_archive_read_anew_does_not_bring_it_back(tmp_path, path, kind):
    fill(tmp_path, path)
    registro = tmp_path / "datos" / "registro.db"
    erase(registro, Order(kind, (1,), "a petición suya"), quien="ana", now=NOW)
    with closing(open_registry(registro)) as db:
        told = []
        assert (check_store(db, registro.parent, told.append).attention(), told) == (0, [])
        again = fill(tmp_path, path, hasta=date(2030, 1, 1))
        assert {name: count for name, count in again.cuentas.items() if count} == {"otro_registro": 1, "conocida": 1}
        assert rows(db, "SELECT count(*) FROM noticias JOIN noticias_archivo ON noticia_id = id") == [(1,)]
        every = rows(db, "SELECT titulo || texto || url || url_canonica || etiquetas FROM noticias")[0][0]
        assert not any(word in every.lower() for word in ("renata", "olmedo"))


def test_a_note_of_an_archive_is_deleted_by_nobody_without_its_row(tmp_path, path):
    fill(tmp_path, path)
    with closing(open_registry(tmp_path / "datos" / "registro.db")) as db:
        held = 'SELECT "table", "to" FROM pragma_foreign_key_list(\'noticias_archivo\') WHERE "from" = \'noticia_id\''
        assert rows(db, held) == [("noticias", "id")]
        assert rows(db, "PRAGMA foreign_keys") == [(1,)]


def today(db, *, urgent):
    run_id(db)
    told = noticia("hoy", titulo=CASE[0].format(name=NAME), publicada_en="2019-03-05T15:00:00Z")
    tagged(db, told, etiquetas(NAME, fecha_hecho="2019-03-03", urgente=urgent))
    group_pending(db, lambda: NOW, pause=0)


@pytest.mark.parametrize("urgent", [False, True])
def test_a_finding_of_an_archive_is_urgent_only_when_the_press_of_today_says_so(tmp_path, path, urgent):
    fill(tmp_path, path)
    with closing(open_registry(tmp_path / "datos" / "registro.db")) as db:
        with db.atomic():
            db.execute("UPDATE noticias SET etiquetas = json_set(etiquetas, '$.mas.urgente', json('true'))")
        today(db, urgent=urgent)
        assert rows(db, "SELECT origen, noticias, urgente FROM v_hallazgos") == [("archivo", 2, int(urgent))]
        assert rows(db, "SELECT count(*) FROM v_urgentes") == [(int(urgent),)]
