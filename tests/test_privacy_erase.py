"""Erasing and blocking an invented person: every copy is found, in rows, indexes, captures, copies and an older backup."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from huellas import traces
from invadido import BODY, FOLIO, NAME, NOW, OTHER, SLUG, invaded
from sqlite_utils import Database

from crawlers.capture import read_responses
from pipeline.backup import text as backups
from pipeline.custody.store import check_store
from pipeline.descriptions import restricted_tables
from pipeline.evidence import select_kept
from pipeline.evidence_check import problems
from pipeline.privacy.erase import erase
from pipeline.privacy.give_back import release, unblock
from pipeline.privacy.members import members
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry
from pipeline.registry.people import VictimRow, person_id


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invaded(tmp_path_factory.mktemp("modelo") / "registro.db")


@pytest.fixture
def registro(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model.parent, tmp_path / "datos")
    return tmp_path / "datos" / "registro.db"


def order(tipo: str = "suprimir", **changes: object) -> Order:
    return Order(tipo, (1,), "a petición suya", **changes)


def test_the_canary_stands_in_every_restricted_table(model: Path) -> None:
    with closing(open_registry(model)) as db:
        names = [name for name in restricted_tables() if not name.startswith("arco_") and not name.endswith("_fts")]
        said = {
            name: json.dumps([list(row) for row in db.execute(f"SELECT * FROM {name}")], ensure_ascii=False) for name in names
        }
    assert [name for name, text in said.items() if "lacuilo" not in text and name != "claves_union"] == []
    assert traces(model.parent)


def test_erasing_leaves_no_byte_of_the_name(registro: Path) -> None:
    shutil.copy(registro, registro.with_name("registro.antes-de-m0011_privacidad.db"))
    done = erase(registro, order(), quien="ana", now=NOW)
    assert traces(registro.parent) == []
    assert done.conteos["capturas"] >= 4
    with closing(open_registry(registro)) as db:
        assert db.execute("SELECT nombre, clave, suprimida_en IS NULL FROM personas WHERE id = 1").fetchone() == ("", "", 0)
        tags = json.loads(db.execute("SELECT etiquetas FROM noticias WHERE url LIKE 'testada:%'").fetchone()[0])
        assert [one["nombre"] for one in tags["victimas"]] == [OTHER]
        assert len(tags["mas"]["victimas_sin_nombre"]) == 1
        assert OTHER in db.execute("SELECT texto FROM noticias WHERE url LIKE 'testada:%'").fetchone()[0]
        assert db.execute("SELECT count(*) FROM victimas WHERE folio = ?", [FOLIO]).fetchone()[0] == 3
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_captures_stay_whole_and_in_their_places(registro: Path) -> None:
    file = next((registro.parent / "captura").rglob("*.warc.gz"))
    before = [(one.offset, len(one.packed)) for one in members(file)]
    other = next(one for one in read_responses(file) if one.url.endswith("/otra"))
    erase(registro, order(), quien="ana", now=NOW)
    assert [(one.offset, len(one.packed)) for one in members(file)] == before
    answers = list(read_responses(file))
    assert len(answers) == 4
    assert other in answers
    assert "Pedro Ensayo Prueba" in answers[0].body.decode()


def test_evidence_checks_out_after_erasing(registro: Path) -> None:
    erase(registro, order(), quien="ana", now=NOW)
    with closing(open_registry(registro)) as db:
        told: list[str] = []
        done = check_store(db, registro.parent, told.append, deep=False)
        assert [line for line in told if "custodia anotó" in line or "dañado" in line or "custodia, renglón" in line] == []
        assert done.counts["danados"] == 0
        wrong = [line for one in select_kept(db, "n.url LIKE 'testada:%'") for line in problems(db, registro.parent, one)]
        assert [line for line in wrong if "huella" in line or "copia" in line] == []
        assert db.execute("SELECT count(*) FROM custodia WHERE accion = 'supresion'").fetchone()[0] >= 2


def test_a_name_that_was_erased_does_not_come_back(registro: Path) -> None:
    erase(registro, order(), quien="ana", now=NOW)
    with closing(open_registry(registro)) as db, db.atomic():
        for name in (NAME, "Zulema Tlacuilo", "Sulema Quetzalli Tlacuilo", "Zulema Quetzalli Tlacuilo Xóchitl"):
            assert person_id(db, VictimRow(name, "periodista", "mujer")) is None, name
        assert person_id(db, VictimRow("Zulema Ensayo", "periodista", "mujer"))


def test_blocking_is_undone_whole(registro: Path, model: Path) -> None:
    request = erase(registro, order("bloquear"), quien="ana", now=NOW).solicitud
    assert traces(registro.parent, besides="reservado") == []
    assert unblock(registro, request, "retiró su petición", quien="ana", now=NOW) == 0
    skipped = ("arco_solicitudes", "bitacora", "custodia", "arco_sal", "claves_union", "hallazgos", "enlaces")
    with closing(Database(model)) as was, closing(Database(registro)) as now:
        for table in was.table_names():
            if table not in skipped and "_fts" not in table:
                rows = [sorted(map(str, db.execute(f"SELECT * FROM {table}").fetchall())) for db in (was, now)]
                assert rows[0] == rows[1], table
    file = next((registro.parent / "captura").rglob("*.warc.gz"))
    assert next(read_responses(file)).body == BODY.encode()


def test_evidence_under_hold_is_kept_sealed_until_the_hold_ends(registro: Path) -> None:
    request = erase(registro, order(retencion="expediente en curso"), quien="ana", now=NOW).solicitud
    assert traces(registro.parent, besides="reservado") == []
    assert (registro.parent / "reservado" / f"solicitud-{request:06d}" / "capturas.jsonl").is_file()
    release(registro, request, "terminó", quien="ana", now=NOW)
    assert not (registro.parent / "reservado" / f"solicitud-{request:06d}").exists()


def test_an_older_backup_is_erased_again_when_restored(registro: Path, tmp_path: Path) -> None:
    backups.make_in_folder(registro, None, "", NOW)
    archive = next((registro.parent / "respaldos").glob("*.tar.gz"))
    erase(registro, order(nombres=("Zule Tlacuilo",)), quien="ana", now=NOW)
    backups.bring_back(archive, None, tmp_path / "vuelto", erased=None, now=NOW)
    assert traces(tmp_path / "vuelto") == []
    with closing(Database(tmp_path / "vuelto" / "registro.db")) as db:
        assert db.execute("SELECT nombre FROM personas WHERE id = 2").fetchone() == (OTHER,)


def test_an_address_that_told_the_name_is_known_again(registro: Path) -> None:
    from factories import enlace

    from pipeline.registry.links import find_links
    from pipeline.registry.noticias import noticia_by_url

    erase(registro, order(), quien="ana", now=NOW)
    with closing(open_registry(registro)) as db:
        link = enlace("uno", url_normalizada=SLUG)
        assert find_links(db, [link])[SLUG].destino == "nueva"
        assert noticia_by_url(db, SLUG) is not None
