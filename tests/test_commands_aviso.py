"""`hallazgos aviso`: each channel is told what it does not know, in codes, and what failed is told again."""

from contextlib import closing
from pathlib import Path

import pytest
from buzon import Mailbox, mailbox
from click.testing import CliRunner, Result
from factories import rows
from sembrado import CANARIES, add_finding, insert, seeded

from pipeline.cli import hallazgos
from pipeline.registry.connection import open_registry

SECRET = "contraseña-que-nadie-ve"


@pytest.fixture
def registro(tmp_path: Path) -> Path:
    """Six findings, two of them discarded; two sources that failed in all three runs, one after the other."""
    path = seeded(tmp_path / "registro.db", 6)
    with closing(open_registry(path)) as db, db.atomic():
        given = [column.name for column in db.table("corridas_fuentes").columns if column.name != "corrida_id"]
        for _again in range(2):
            run = insert(db, "corridas", inicio="2026-11-23T12:00:00Z", dia="2026-11-23", estado="completa", version="0")
            copied = f"SELECT ?, {', '.join(given)} FROM corridas_fuentes WHERE corrida_id = 1"
            db.execute(f"INSERT INTO corridas_fuentes (corrida_id, {', '.join(given)}) {copied}", [run])
    return path


@pytest.fixture
def box():
    with mailbox() as opened:
        yield opened


def aviso(registro: Path, *args: str) -> Result:
    return CliRunner().invoke(hallazgos, ["aviso", "--registro", str(registro), "--hoy", "2026-11-24", *args])


def add(registro: Path, number: int) -> str:
    with closing(open_registry(registro)) as db, db.atomic():
        return add_finding(db, number)


def query(registro: Path, sql: str) -> list[tuple]:
    with closing(open_registry(registro)) as db:
        return rows(db, sql)


def test_mail_tells_findings_and_failed_sources_once(registro: Path, box: Mailbox) -> None:
    first = aviso(registro, "--canal", box.address, "--direccion", "http://127.0.0.1:8001/")
    assert first.exit_code == 0, first.output
    assert box.messages[0]["subject"] == "hallazgos: 4 hallazgos nuevos, 2 fuentes con problemas"
    body = box.body()
    assert "H-2026-000004 · Riesgo · Cuauhtémoc · registrado el 20 nov 2026" in body
    assert "http://127.0.0.1:8001/-/hallazgo/H-2026-000004" in body
    assert "Un colectivo de búsqueda pidió protección" in body
    assert "Agencia Ensayo (agencia) · fallando: No se puede leer desde el" in body
    assert "H-2026-000005" not in body  # discarded
    again = aviso(registro, "--canal", box.address)
    assert (again.exit_code, "nada nuevo" in again.output, len(box.messages)) == (0, True, 1)
    new = add(registro, 7)
    assert aviso(registro, "--canal", box.address).exit_code == 0
    assert "1 hallazgo nuevo (1 urgente)" in box.messages[-1]["subject"]
    assert f"{new} · Riesgo · Ciudad de México · registrado el 17 nov 2026 · URGENTE" in box.body()
    assert "H-2026-000004" not in box.body()
    assert "Fuentes" not in box.body()


def test_names_go_along_only_when_asked_and_are_noted(registro: Path, box: Mailbox) -> None:
    aviso(registro, "--canal", box.address)
    assert not any(canary in box.body() for canary in CANARIES)
    assert query(registro, "SELECT * FROM lecturas") == []
    add(registro, 7)
    aviso(registro, "--canal", box.address, "--con-nombres")
    assert f"Víctimas: {CANARIES[0]}" in box.body()
    assert CANARIES[1] not in box.body()  # asked for anonymity
    assert query(registro, "SELECT ruta, folios FROM lecturas") == [("aviso --con-nombres", '["H-2026-000007"]')]


def test_what_a_channel_missed_is_told_again_and_to_nobody_else(registro: Path, box: Mailbox, tmp_path: Path) -> None:
    file = tmp_path / "avisos.txt"
    channels = ["--canal", box.address, "--canal", f"archivo:{file}"]
    box.refuse = True
    failed = aviso(registro, *channels)
    assert failed.exit_code == 1
    assert f"Error: mailto://127.0.0.1:{box.port}: no se pudo entregar" in failed.output
    assert (box.messages, file.read_text("utf-8").count("H-2026-000004 ·")) == ([], 1)
    assert file.stat().st_mode & 0o777 == 0o600
    box.refuse = False
    assert aviso(registro, *channels).exit_code == 0
    assert "H-2026-000004" in box.body()
    assert file.read_text("utf-8").count("H-2026-000004 ·") == 1


def test_a_rehearsal_sends_nothing_and_moves_no_mark(registro: Path, box: Mailbox) -> None:
    shown = aviso(registro, "--canal", box.address, "--ensayo")
    assert shown.exit_code == 0
    assert "H-2026-000004" in shown.output
    assert (box.messages, query(registro, "SELECT * FROM avisos")) == ([], [])


def test_always_sends_even_when_idle(registro: Path, box: Mailbox) -> None:
    aviso(registro, "--canal", box.address)
    aviso(registro, "--canal", box.address, "--siempre")
    assert box.messages[-1]["subject"] == "hallazgos: sin novedades desde el último aviso"


def test_a_failed_unit_is_told_in_one_line_without_a_registry(tmp_path: Path, box: Mailbox) -> None:
    missing = tmp_path / "no.db"
    assert aviso(missing, "--canal", box.address, "--fallo", "hallazgos-correr\n").exit_code == 0
    assert "24 nov 2026, 06:00: falló hallazgos-correr. Para ver por qué: journalctl -u hallazgos-correr" in box.body()
    assert len(box.body().strip().splitlines()) == 1
    assert not missing.exists()
    box.refuse = True
    assert aviso(missing, "--canal", box.address, "--fallo", "x").exit_code == 1


@pytest.mark.parametrize(
    "address",
    [
        "mailto://ana:{s}@127.0.0.1:9?from=a@b.mx&to=c@d.mx&mode=insecure",
        "mailto://127.0.0.1:9?user=ana&pass={s}&from=a@b.mx&to=c@d.mx&mode=insecure",
        "json://127.0.0.1:9/ganchos/{s}?token={s}",
        "ninguno://ana:{s}@servidor.ejemplo",
        "{s}",
    ],
)
def test_no_secret_is_printed_or_kept(registro: Path, address: str, capfd: pytest.CaptureFixture) -> None:
    result = aviso(registro, "--canal", address.format(s=SECRET))
    printed = result.output + "".join(capfd.readouterr())
    assert result.exit_code == 1
    assert "Error: " in printed
    assert SECRET not in printed
    assert SECRET.encode() not in registro.read_bytes()


def test_the_registry_keeps_a_channel_without_its_address(registro: Path, box: Mailbox) -> None:
    aviso(registro, "--canal", f"{box.address}&pass={SECRET}")
    ((key, name),) = query(registro, "SELECT canal, nombre FROM avisos")
    assert name == f"mailto://127.0.0.1:{box.port}"
    assert (len(key), SECRET in key) == (32, False)


def test_channels_and_names_come_from_the_configuration(
    registro: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "hallazgos.toml"
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(config))
    config.write_text('canales = ["archivo:avisos.txt"]\n[aviso]\ncon_nombres = true\n', "utf-8")
    assert aviso(registro).exit_code == 0
    assert f"Víctimas: {CANARIES[0]}" in (tmp_path / "avisos.txt").read_text("utf-8")
    config.write_text('canales = "archivo:avisos.txt"\n', "utf-8")
    refused = aviso(registro)
    assert (refused.exit_code, "«canales» es una lista" in refused.output) == (2, True)


def test_an_address_that_is_none_is_said_in_one_line(registro: Path) -> None:
    result = aviso(registro, "--canal", "archivo:x", "--direccion", "monitor.ejemplo")
    assert (result.exit_code, "no empieza por http" in result.output) == (2, True)


@pytest.mark.parametrize("configured", [None, "canales = []\n"])
@pytest.mark.parametrize("args", [[], ["--fallo", "hallazgos-correr"], ["--siempre"]])
def test_without_channels_nobody_is_told_and_nothing_fails(
    registro: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configured: str | None, args: list[str]
) -> None:
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path / "hallazgos.toml"))
    if configured is not None:
        (tmp_path / "hallazgos.toml").write_text(configured, "utf-8")
    result = aviso(registro, *args)
    assert (result.exit_code, len(result.output.splitlines())) == (0, 1)
    assert "Sin canales: no se avisó a nadie" in result.output
    assert query(registro, "SELECT * FROM avisos") == []


def test_a_rehearsal_without_channels_shows_what_the_first_one_would_get(registro: Path) -> None:
    shown = aviso(registro, "--ensayo")
    assert shown.exit_code == 0
    assert "Se enviaría por el primer canal que se configure:\nhallazgos: 4 hallazgos nuevos" in shown.output
    assert query(registro, "SELECT * FROM avisos") == []
    assert "falló x" in aviso(registro, "--ensayo", "--fallo", "x").output


def test_a_file_that_cannot_be_written_is_a_failed_channel(registro: Path, tmp_path: Path) -> None:
    result = aviso(registro, "--canal", f"archivo:{tmp_path}/no-hay/avisos.txt")
    assert (result.exit_code, "no se puede escribir" in result.output) == (1, True)


def test_long_news_are_cut_and_counted(registro: Path, tmp_path: Path) -> None:
    with closing(open_registry(registro)) as db, db.atomic():
        for number in range(10, 55):
            add_finding(db, number)
    aviso(registro, "--canal", f"archivo:{tmp_path}/avisos.txt")
    text = (tmp_path / "avisos.txt").read_text("utf-8")
    told, left = text.count(" · registrado el "), query(registro, "SELECT count(*) FROM hallazgos WHERE estado <> 'descartado'")
    assert (told, f"Y otros {left[0][0] - 30}, que se ven en las páginas." in text) == (30, True)
    flags = ["URGENTE" in line for line in text.splitlines() if " · registrado el " in line]
    assert any(flags)
    assert flags == sorted(flags, reverse=True)


def test_a_registry_of_before_notices_gets_their_table_and_a_copy_aside(registro: Path) -> None:
    with closing(open_registry(registro)) as db, db.atomic():
        db.execute("DROP TABLE avisos")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0002_avisos'")
    assert query(registro, "SELECT count(*) FROM avisos") == [(0,)]
    assert query(registro, "SELECT count(*) FROM hallazgos") == [(6,)]
    copy = registro.with_name("registro.antes-de-m0002_avisos.db")
    assert copy.stat().st_mode & 0o777 == 0o600
