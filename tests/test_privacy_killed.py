"""Blocking and erasing killed with SIGKILL at every step: never called done before it is, and the same order finishes it."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from huellas import traces
from invadido import BODY, NOW, invaded
from muertes import killed_at
from sqlite_utils import Database

from crawlers.capture import read_responses
from pipeline.errores import ErrorDeUso
from pipeline.privacy.erase import erase
from pipeline.privacy.finish import finish_left
from pipeline.privacy.give_back import release, unblock
from pipeline.privacy.locks import alone
from pipeline.registry import arco
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry

STEPS = [("covering.tell", 2), ("captures.rewrite", 2), ("arco.apply_request", 1)]
AFTER = [("finish.forget", 1), ("restored.write_list", 1)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = invaded(tmp_path_factory.mktemp("modelo") / "registro.db")
    shutil.copy(path, path.with_name("registro.antes-de-m0011_privacidad.db"))
    return path


@pytest.fixture
def registro(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model.parent, tmp_path / "datos")
    (tmp_path / "datos" / "respaldos").mkdir()
    return tmp_path / "datos" / "registro.db"


def standing(registro: Path) -> list[tuple[str, bool]]:
    with closing(open_registry(registro)) as db:
        return [(one.tipo, bool(one.terminada_en)) for one in reversed(arco.requests(db))]


def everything(path: Path) -> dict[str, list[str]]:
    skipped = ("arco_solicitudes", "bitacora", "custodia", "arco_sal", "claves_union", "hallazgos", "enlaces")
    with closing(Database(path)) as db:
        names = [name for name in db.table_names() if name not in skipped and "_fts" not in name]
        return {name: sorted(map(str, db.execute(f"SELECT * FROM {name}").fetchall())) for name in names}


@pytest.mark.parametrize(("function", "times"), [*STEPS, *AFTER])
def test_an_erasure_that_broke_off_is_finished_by_the_same_order(registro: Path, function: str, times: int) -> None:
    order = Order("suprimir", (1,), "a petición suya")
    assert killed_at(function, times, lambda: erase(registro, order, quien="ana", now=NOW))
    assert standing(registro) == [("suprimir", False)]
    done = erase(registro, order, quien="ana", now=NOW)
    assert standing(registro) == [("suprimir", True)]
    assert done.solicitud == 1
    assert traces(registro.parent) == []
    for folder in ("reservado", "respaldos"):
        assert (registro.parent / folder / "supresiones.json").is_file()
    with pytest.raises(ErrorDeUso, match="ya no tiene nombre"):
        erase(registro, order, quien="ana", now=NOW)


@pytest.mark.parametrize(("function", "times"), [*STEPS, *AFTER])
def test_a_blocking_that_broke_off_is_finished_and_given_back_whole(
    registro: Path, model: Path, function: str, times: int
) -> None:
    order = Order("bloquear", (1,), "oposición")
    assert killed_at(function, times, lambda: erase(registro, order, quien="ana", now=NOW))
    if (function, times) in STEPS:
        with pytest.raises(ErrorDeUso, match="quedó a medias"):
            unblock(registro, 1, "no", quien="ana", now=NOW)
        with pytest.raises(ErrorDeUso, match=r"solicitud 1 \(bloquear\) quedó a medias"):
            erase(registro, Order("suprimir", (1,), "otra cosa"), quien="ana", now=NOW)
    request = erase(registro, order, quien="ana", now=NOW).solicitud
    registro.with_name("registro.antes-de-m0011_privacidad.db").unlink()
    assert (request, traces(registro.parent, besides="reservado")) == (1, [])
    assert unblock(registro, request, "retiró su petición", quien="ana", now=NOW) == 0
    assert everything(registro) == everything(model)
    assert next(read_responses(next((registro.parent / "captura").rglob("*.warc.gz")))).body == BODY.encode()


@pytest.mark.parametrize(
    ("function", "times"), [("captures.rewrite", 2), ("erasing.put_back", 1), ("finish.finish_left", 2), ("sealed.destroy", 1)]
)
def test_giving_back_that_broke_off_is_finished(registro: Path, model: Path, function: str, times: int) -> None:
    request = erase(registro, Order("bloquear", (1,), "oposición"), quien="ana", now=NOW).solicitud
    assert killed_at(function, times, lambda: unblock(registro, request, "vuelve", quien="ana", now=NOW))
    assert standing(registro) == [("bloquear", True), ("desbloquear", False)]
    assert unblock(registro, request, "vuelve", quien="ana", now=NOW) == 0
    assert standing(registro) == [("bloquear", True), ("desbloquear", True)]
    assert everything(registro) == everything(model)
    assert not (registro.parent / "reservado" / "solicitud-000001").exists()


@pytest.mark.parametrize(("function", "times"), [("finish.finish_left", 2), ("sealed.destroy", 1), ("finish.forget", 1)])
def test_letting_go_that_broke_off_leaves_nothing_once_it_is_finished(registro: Path, function: str, times: int) -> None:
    request = erase(registro, Order("bloquear", (1,), "oposición"), quien="ana", now=NOW).solicitud
    assert killed_at(function, times, lambda: release(registro, request, "pasa a supresión", quien="ana", now=NOW))
    assert traces(registro.parent)
    with alone(registro), closing(open_registry(registro)) as db:  # what the next run does
        finish_left(db, registro, NOW)
    assert traces(registro.parent) == []
    assert standing(registro) == [("suprimir", True), ("liberar", True)]
