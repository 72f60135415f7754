"""Backups: what is restored equals what was saved, whoever writes meanwhile; what is damaged or hostile is only told."""

import gzip
import hashlib
import io
import json
import os
import random
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cuentas import add_account
from factories import etiquetas, noticia, registry, rows, tagged

from crawlers.capture import Captures, Exchange, read_record
from nlp.etiquetas import Etiquetas
from pipeline.accounts.file import accounts_path, read_accounts
from pipeline.accounts.secret import secret_path, site_secret
from pipeline.backup.rotation import kept
from pipeline.cli import hallazgos
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending
from pipeline.lock import upkeep_lock
from pipeline.registry.connection import open_registry
from pipeline.registry.schema import MIGRATIONS

MOMENT = datetime(2026, 5, 10, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[1]


def captured(captures, url, body):
    exchange = Exchange(url, 200, headers=(("Content-Type", "text/html"),), body=body)
    reference = captures.write_exchange(exchange, MOMENT)
    return {"captura": reference, "sha256": read_record(captures.folder, reference).sha256}


@pytest.fixture
def registro(tmp_path):
    """A registry with a finding, an ordinary noticia, their captures and the copy in `evidencia/`."""
    folder = tmp_path / "datos"
    folder.mkdir(mode=0o700)
    captures = Captures(folder, 1)
    with registry(folder) as db:
        tagged(db, noticia("uno", **captured(captures, "https://faro.ejemplo/uno", b"uno" * 900)), etiquetas("Ana Ruiz"))
        tagged(db, noticia("dos", texto="Otra.", **captured(captures, "https://faro.ejemplo/dos", b"dos")), Etiquetas())
        group_pending(db, pause=0)
        captures.close()
        assert keep_evidence(db, folder) == []
        db.conn.close()
    return folder / "registro.db"


def run(*args):
    return CliRunner().invoke(hallazgos, [str(arg) for arg in args])


def create(registro, *args):
    return run("respaldo", "crear", "--registro", registro, *args)


@pytest.fixture
def backup(registro, tmp_path):
    out = tmp_path / "copia.tar.gz"
    made = create(registro, "-o", out)
    assert made.exit_code == 0, made.output
    return out


def key(tmp_path, name="clave.txt"):
    out = run("respaldo", "clave", "-o", tmp_path / name)
    assert out.exit_code == 0
    return tmp_path / name, out.output.split()[2]


def content(registro):
    """Every row of every table, by table."""
    with closing(sqlite3.connect(registro)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def leftovers(*folders):
    return [path for folder in folders for path in folder.rglob(".*.a-medias*")]


def test_what_is_restored_equals_what_was_saved_row_by_row_and_its_evidence_holds(registro, tmp_path, monkeypatch):
    config = tmp_path / "hallazgos.toml"
    config.write_text('contacto = "x@faro.ejemplo"\ncatalogo = "propias.csv"\n', "utf-8")
    (tmp_path / "propias.csv").write_text("id,nombre\n", "utf-8")
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(config))
    made = create(registro)
    assert made.exit_code == 0, made.output
    (backup,) = (registro.parent / "respaldos").glob("*.tar.gz")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    restored = run("respaldo", "restaurar", backup, "--en", tmp_path / "nueva")
    assert restored.exit_code == 0, restored.output
    assert content(tmp_path / "nueva" / "registro.db") == content(registro)
    for name in ("captura", "evidencia"):
        before, after = (sorted(p for p in (f / name).rglob("*") if p.is_file()) for f in (registro.parent, tmp_path / "nueva"))
        assert [path.read_bytes() for path in before] == [path.read_bytes() for path in after] != []
    checked = run("evidencia", "verificar", "--todo", "--registro", tmp_path / "nueva" / "registro.db")
    assert (checked.exit_code, "2 capturas comprobadas, 0 noticias" in checked.output) == (0, True)
    assert (tmp_path / "nueva" / "configuracion" / "hallazgos.toml").read_bytes() == config.read_bytes()
    assert (tmp_path / "nueva" / "configuracion" / "propias.csv").exists()
    modes = {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in [tmp_path / "nueva", *(tmp_path / "nueva").rglob("*")]}
    assert modes <= {(True, 0o700), (False, 0o600), (False, 0o644)}  # 0644: the journal that the check above left behind
    assert leftovers(tmp_path) == []


WRITER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from crawlers.capture import Captures, Exchange, read_record
from factories import noticia
from pipeline.registry.connection import connect
from pipeline.registry.noticias import insert_noticia
from pipeline.registry.transaction import writing
registro = Path(sys.argv[1])
db, captures, number = connect(registro), Captures(registro.parent, 7), 0
while True:
    number += 1
    url = f"https://faro.ejemplo/n{number}"
    reference = captures.write_exchange(Exchange(url, 200, body=url.encode()), datetime.now(UTC))
    sha = read_record(registro.parent, reference).sha256
    with writing(db):
        insert_noticia(db, noticia(f"n{number}", captura=reference, sha256=sha))
    print(number, flush=True)
"""


def test_a_backup_made_while_another_process_writes_is_whole_and_stops_nobody(registro, tmp_path):
    with closing(sqlite3.connect(registro)) as db, db:
        db.execute("CREATE TABLE relleno (x)")
        db.executemany("INSERT INTO relleno VALUES (?)", [(random.randbytes(1 << 20),) for _ in range(12)])
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(registro)], stdout=subprocess.PIPE, text=True, env=env)
    try:
        assert writer.stdout.readline() == "1\n"
        count = "SELECT count(*) FROM noticias"
        with closing(sqlite3.connect(registro)) as db:
            before = db.execute(count).fetchone()[0]
        made = create(registro, "-o", tmp_path / "copia.tar.gz")
        with closing(sqlite3.connect(registro)) as db:
            after = db.execute(count).fetchone()[0]
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    assert made.exit_code == 0, made.output
    checked = run("respaldo", "verificar", tmp_path / "copia.tar.gz")
    assert (checked.exit_code, "sin defectos" in checked.output) == (0, True), checked.output
    run("respaldo", "restaurar", tmp_path / "copia.tar.gz", "--en", tmp_path / "nueva")
    with closing(open_registry(tmp_path / "nueva" / "registro.db")) as db:
        saved = rows(db, count)[0][0]
        assert before <= saved < after
        assert saved - before < after - saved  # it is of the moment when it began, not of when writing let it end
    assert run("evidencia", "verificar", "--todo", "--registro", tmp_path / "nueva" / "registro.db").exit_code == 0


def cli(*args, **extra):
    command = [sys.executable, "-m", "pipeline.cli", *(str(arg) for arg in args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, **extra)


def heavy(registro, megabytes=80):
    """Add captures that take a while to compress."""
    folder = registro.parent / "captura" / "2025"
    folder.mkdir()
    (folder / "grande.warc.gz").write_bytes(random.randbytes(1 << 20) * megabytes)


def test_killed_in_the_middle_nothing_bears_the_final_name_and_the_next_one_sweeps(registro):
    heavy(registro)
    folder = registro.parent / "respaldos"
    process, deadline = cli("respaldo", "crear", "--registro", registro), time.monotonic() + 30
    while not any(path.stat().st_size for path in leftovers(folder)) and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(leftovers(registro.parent)) == 2  # the registry's copy and the archive
    assert list(folder.glob("hallazgos-*")) == []
    (registro.parent / "captura" / "2025" / "grande.warc.gz").unlink()
    assert create(registro).exit_code == 0
    assert leftovers(registro.parent) == []


@pytest.mark.parametrize("encrypted", [False, True], ids=["abierto", "cifrado"])
def test_no_room_for_the_archive_is_one_line_and_leaves_nothing(registro, tmp_path, encrypted):
    heavy(registro, 6)
    extra = ("--clave-publica", key(tmp_path)[1]) if encrypted else ()
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, 2 << 20))  # noqa: E731 - runs in the child
    process = cli("respaldo", "crear", "--registro", registro, *extra, preexec_fn=small)
    said = process.communicate()[1]
    assert (process.returncode, said.count("\n")) == (2, 1), said
    assert "el archivo pasa del tamaño permitido" in said
    assert leftovers(registro.parent) == []
    assert list((registro.parent / "respaldos").iterdir()) == []


def test_an_encrypted_backup_is_read_with_its_key_only(registro, tmp_path):
    secret, public = key(tmp_path)
    other, _ = key(tmp_path, "otra.txt")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    recipients = tmp_path / "claves.txt"
    recipients.write_text(f"# la de la oficina\n{public}\n", "utf-8")
    made = create(registro, "--clave-publica", recipients)
    assert made.exit_code == 0, made.output
    (backup,) = (registro.parent / "respaldos").glob("*.tar.gz.age")
    assert backup.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert run("respaldo", "verificar", backup, "--identidad", secret).exit_code == 0
    for args, said in (((), "está cifrado"), (("--identidad", other), "no es la de este respaldo")):
        checked = run("respaldo", "verificar", backup, *args)
        assert (checked.exit_code, said in checked.output) == (1, True), checked.output
        refused = run("respaldo", "restaurar", backup, "--en", tmp_path / "nueva", *args)
        assert (refused.exit_code, said in refused.output, refused.output.count("\n")) == (2, True, 1)
    cut = tmp_path / "cortado.age"
    cut.write_bytes(backup.read_bytes()[:-9])
    checked = run("respaldo", "verificar", cut, "--identidad", secret)
    assert (checked.exit_code, "cortado o dañado" in checked.output) == (1, True)
    assert not (tmp_path / "nueva").exists()
    assert run("respaldo", "restaurar", backup, "--en", tmp_path / "nueva", "--identidad", secret).exit_code == 0
    assert content(tmp_path / "nueva" / "registro.db") == content(registro)


@pytest.mark.parametrize(
    ("text", "said"),
    [("age1nada", "no es una clave pública"), ("no-hay.txt", "no existe"), ("vacio.txt", "no trae ninguna clave")],
)
def test_a_bad_key_is_named_before_anything_is_made(registro, tmp_path, monkeypatch, text, said):
    monkeypatch.chdir(tmp_path)
    Path("vacio.txt").write_text("# nada\n", "utf-8")
    refused = create(registro, "--clave-publica", text)
    assert (refused.exit_code, said in refused.output, refused.output.count("\n")) == (2, True, 1), refused.output
    assert not (registro.parent / "respaldos").exists()


@pytest.mark.parametrize("part", [0.0, 0.02, 0.5, 0.9, 0.999])
def test_a_truncated_backup_is_told_and_not_restored(backup, tmp_path, part):
    raw = backup.read_bytes()
    backup.write_bytes(raw[: int(len(raw) * part)])
    checked = run("respaldo", "verificar", backup)
    assert (checked.exit_code, "cortado" in checked.output) == (1, True), checked.output
    refused = run("respaldo", "restaurar", backup, "--en", tmp_path / "nueva")
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
    assert not (tmp_path / "nueva").exists()
    assert leftovers(tmp_path) == []


def repacked(backup, change):
    """Write the backup anew with its members passed through `change` (name, bytes) → (TarInfo or name, bytes), ...."""
    with tarfile.open(backup) as tar:
        members = [(info.name, tar.extractfile(info).read()) for info in tar]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in change(members):
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    backup.write_bytes(gzip.compress(out.getvalue()))


def link(kind):
    info = tarfile.TarInfo("captura/enlace")
    info.type, info.linkname = kind, "/etc/passwd"
    return info


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("../fuera.txt", "no se admite"),
        ("/tmp/respaldo-fuera.txt", "no se admite"),
        ("captura/../../fuera.txt", "no se admite"),
        ("otra/cosa.txt", "no se admite"),
        ("captura/una\\dos", "no se admite"),
        (link(tarfile.SYMTYPE), "no es un archivo"),
        (link(tarfile.LNKTYPE), "no es un archivo"),
        (link(tarfile.CHRTYPE), "no es un archivo"),
        (link(tarfile.FIFOTYPE), "no es un archivo"),
        (link(tarfile.DIRTYPE), "no es un archivo"),
        ("registro.db", "dos veces"),
        ("captura/2026/ajena.warc.gz", "no lo nombra el manifiesto"),
    ],
    ids=lambda value: f"{value.name}-{value.type.decode()}" if isinstance(value, tarfile.TarInfo) else value,
)
def test_a_hostile_archive_writes_nothing_anywhere(backup, tmp_path, extra, said):
    data = b"" if isinstance(extra, tarfile.TarInfo) else b"algo"
    repacked(backup, lambda members: [*members[:-1], (extra, data), members[-1]])
    checked = run("respaldo", "verificar", backup)
    assert (checked.exit_code, said in checked.output) == (1, True), checked.output
    refused = run("respaldo", "restaurar", backup, "--en", tmp_path / "nueva")
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1), refused.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copia.tar.gz", "datos"]
    assert not Path("/tmp/respaldo-fuera.txt").exists()


def test_a_member_that_was_changed_is_named(backup, tmp_path):
    repacked(backup, lambda members: [(name, data + b"!" if "captura/" in name else data) for name, data in members])
    checked = run("respaldo", "verificar", backup)
    assert checked.exit_code == 1
    assert "captura/2026/corrida-000001-20260510T120000Z.warc.gz: su contenido no es el del manifiesto" in checked.output


def with_registry(members, data):
    """Return the members with another registry, and a manifest that agrees with it."""
    manifest = json.loads(members[-1][1])
    manifest["archivos"]["registro.db"] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    return [("registro.db", data), *members[1:-1], (members[-1][0], json.dumps(manifest).encode())]


def test_broken_foreign_keys_are_named(backup, tmp_path):
    def breaks(members):
        (tmp_path / "otra.db").write_bytes(members[0][1])
        with closing(sqlite3.connect(tmp_path / "otra.db")) as db, db:
            db.execute("INSERT INTO pasajes VALUES (99, 98, 1, 'x', 'clase', 'texto', 0, 1, 'x', 'x', 'x')")
        return with_registry(members, (tmp_path / "otra.db").read_bytes())

    repacked(backup, breaks)
    checked = run("respaldo", "verificar", backup)
    assert (checked.exit_code, "1 filas de pasajes apuntan a filas de noticias que no existen" in checked.output) == (1, True)


def test_a_damaged_database_is_named(backup):
    def damage(members):
        data = members[0][1]
        return with_registry(members, data[:8192] + b"\xff" * 4096 + data[12288:])

    repacked(backup, damage)
    checked = run("respaldo", "verificar", backup)
    assert (checked.exit_code, "registro.db: " in checked.output) == (1, True), checked.output


def test_captures_that_were_gone_already_are_told_at_every_step(registro, tmp_path):
    for path in (registro.parent / "captura").rglob("*.warc.gz"):
        path.unlink()
    out = tmp_path / "copia.tar.gz"
    made = create(registro, "-o", out)
    said = "falta la captura captura/2026/corrida-000001-20260510T120000Z.warc.gz"
    assert (made.exit_code, said in made.output, made.output.count("falta la")) == (1, True, 1)  # the finding has its copy
    checked = run("respaldo", "verificar", out)
    assert (checked.exit_code, said in checked.output) == (1, True)
    restored = run("respaldo", "restaurar", out, "--en", tmp_path / "nueva")
    assert (restored.exit_code, said in restored.output) == (1, True)
    assert content(tmp_path / "nueva" / "registro.db") == content(registro)


def test_nothing_is_restored_over_what_is_there(backup, tmp_path):
    (tmp_path / "vacia").mkdir()
    assert run("respaldo", "restaurar", backup, "--en", tmp_path / "vacia").exit_code == 0
    before = (tmp_path / "vacia" / "registro.db").read_bytes()
    refused = run("respaldo", "restaurar", backup, "--en", tmp_path / "vacia")
    assert (refused.exit_code, "no es una carpeta vacía" in refused.output) == (2, True)
    assert (tmp_path / "vacia" / "registro.db").read_bytes() == before
    again = create(tmp_path / "datos" / "registro.db", "-o", backup)
    assert (again.exit_code, "ya existe" in again.output) == (2, True)


def test_a_registry_of_an_earlier_version_is_saved_as_it_is(registro, tmp_path):
    with closing(sqlite3.connect(registro)) as db, db:
        for (view,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            db.execute(f"DROP VIEW {view}")  # else SQLite takes half a minute to see that none needs the column
        db.execute("DROP INDEX noticias_con_texto")
        db.execute("ALTER TABLE noticias DROP COLUMN depurada_en")
        db.execute("DROP TABLE capturas_depuradas")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0003_depurada'")
    made = create(registro, "-o", tmp_path / "copia.tar.gz")
    assert made.exit_code == 0, made.output
    assert list(registro.parent.glob("*antes-de*")) == []
    assert run("respaldo", "verificar", tmp_path / "copia.tar.gz").exit_code == 0
    assert run("respaldo", "restaurar", tmp_path / "copia.tar.gz", "--en", tmp_path / "nueva").exit_code == 0
    with closing(open_registry(tmp_path / "nueva" / "registro.db")) as db:
        assert not MIGRATIONS.pending(db)


def test_a_foreign_database_and_a_missing_one_are_refused(tmp_path):
    sqlite3.connect(tmp_path / "otra.db").execute("CREATE TABLE x (y)").connection.close()
    for name, said in (("otra.db", "otro programa"), ("no-hay.db", "no hay registro")):
        refused = create(tmp_path / name)
        assert (refused.exit_code, said in refused.output, refused.output.count("\n")) == (2, True, 1), refused.output


def test_two_at_once_are_told_apart_by_their_lock(registro):
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys; from pathlib import Path; from pipeline.lock import upkeep_lock\n"
         "with upkeep_lock(Path(sys.argv[1])): print(flush=True); sys.stdin.read()", str(registro)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    try:
        holder.stdout.readline()
        busy = create(registro)
        assert (busy.exit_code, f"proceso {holder.pid}" in busy.output) == (4, True)
    finally:
        holder.kill()
        holder.communicate()
    with upkeep_lock(registro):
        pass


def test_the_newest_of_each_day_week_and_month_stays():
    daily = {f"{day:03}": MOMENT - timedelta(days=day) for day in range(100)} | {"hoy temprano": MOMENT - timedelta(hours=3)}
    days, weeks, months = {"000", "001", "002"}, {"000", "007"}, {"000", "010", "040"}
    # 10 May 2026 is a Sunday: its week began on the 4th, the one before ends on 3 May, the third on 26 April
    assert kept(daily, 3) == days | weeks | {"014"} | months
    assert kept({}, 3) == set()
    assert kept(daily, 500) == daily.keys() - {"hoy temprano"}


def test_rotation_removes_only_what_is_on_its_own_list(registro):
    folder = registro.parent / "respaldos"
    folder.mkdir()
    foreign = folder / "hallazgos-registro-20200101T000000Z.tar.gz"
    foreign.write_text("de otra mano", "utf-8")
    for day in ("2026-05-08", "2026-05-09", "2026-05-10"):
        made = create(registro, "--conservar", "1", "--hoy", day)
        assert made.exit_code == 0, made.output
    left = sorted(path.name for path in folder.glob("*.tar.gz"))
    assert left == [foreign.name, "hallazgos-registro-20260510T120000Z.tar.gz"]
    listed = (folder / "respaldos.sha256").read_text("utf-8")
    assert subprocess.run(["sha256sum", "-c", "respaldos.sha256"], cwd=folder, capture_output=True, check=False).returncode == 0
    assert "20260509" not in listed
    late = create(registro, "--conservar", "1", "--hoy", "2026-05-01")  # a clock set back
    assert "20260501" in late.output
    assert (folder / "hallazgos-registro-20260501T120000Z.tar.gz").exists()


def test_accounts_come_along_and_the_secret_does_not(registro, tmp_path):
    add_account(registro, "ana", ["analista"])
    site_secret(registro)
    assert create(registro, "-o", tmp_path / "copia.tar.gz").exit_code == 0
    assert run("respaldo", "verificar", tmp_path / "copia.tar.gz").exit_code == 0
    assert run("respaldo", "restaurar", tmp_path / "copia.tar.gz", "--en", tmp_path / "nuevo").exit_code == 0
    back = tmp_path / "nuevo" / "registro.db"
    assert read_accounts(accounts_path(back)) == read_accounts(accounts_path(registro)) != {}
    assert stat.S_IMODE(accounts_path(back).stat().st_mode) == 0o600
    assert not secret_path(back).exists()
    with tarfile.open(tmp_path / "copia.tar.gz") as tar:
        assert secret_path(registro).name not in tar.getnames()
