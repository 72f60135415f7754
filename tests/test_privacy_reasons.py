"""A reason that names the person is refused by every order: the trail keeps it for good, and no erasing covers it."""

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from huellas import traces
from invadido import NAME, invaded
from sqlite_utils import Database

from pipeline.cli import hallazgos

GIVEN, _, SURNAME = NAME.split()


@pytest.fixture(scope="module")
def registro(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invaded(tmp_path_factory.mktemp("motivos") / "datos" / "registro.db")


def arco(registro: Path, *words: str) -> Result:
    return CliRunner().invoke(hallazgos, ["arco", *words, "--registro", str(registro)])


def refused(out: Result) -> bool:
    return (out.exit_code, out.output.count("\n")) == (2, 1) and "escríbalo sin nombres" in out.output


def requests(registro: Path) -> list[tuple[str, str]]:
    with closing(Database(registro)) as db:
        return db.execute("SELECT tipo, motivo FROM arco_solicitudes ORDER BY id").fetchall()


def test_no_order_writes_down_a_reason_that_names_anybody_concerned(registro: Path, tmp_path: Path) -> None:
    why = ("--motivo", f"lo pide {GIVEN.lower()} {SURNAME}")
    assert refused(arco(registro, "exportar", "1", "-o", str(tmp_path / "e"), *why))
    assert refused(arco(registro, "rectificar", "1", "--medio", "Radio Nueva", *why))
    assert refused(arco(registro, "rectificar", "1", "--nombre", "Berta Nueva", "--motivo", "se llama Berta Nueva"))
    assert refused(arco(registro, "bloquear", "1", *why))
    assert refused(arco(registro, "suprimir", "1", "--motivo", "a petición", "--retencion", f"juicio de {NAME}"))
    assert refused(arco(registro, "suprimir", "--nombre", "Laura Testigo", "--motivo", "lo pide Laura Testigo"))
    assert requests(registro) == []
    assert not (tmp_path / "e").exists()

    assert arco(registro, "bloquear", "1", "--motivo", "oposición").exit_code == 0
    for order in (("desbloquear", "1"), ("liberar", "1"), ("exportar", "2", "-o", str(tmp_path / "e"))):
        assert refused(arco(registro, *order, "--motivo", f"ya resolvió {GIVEN} {SURNAME}"))
    assert arco(registro, "liberar", "1", "--motivo", "cancelación").exit_code == 0
    assert requests(registro) == [("suprimir", "oposición"), ("liberar", "cancelación")]
    assert not traces(registro.parent)


def test_an_outlet_has_no_personal_data_to_rectify(tmp_path: Path) -> None:
    registro = invaded(tmp_path / "datos" / "registro.db")
    with closing(Database(registro)) as db, db.atomic():
        db.execute("UPDATE personas SET tipo = 'medio' WHERE id = 2")
    out = arco(registro, "rectificar", "2", "--nombre", "Otro Medio", "--motivo", "corrección")
    assert (out.exit_code, "personas físicas" in out.output) == (2, True)
    assert requests(registro) == []
