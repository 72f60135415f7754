"""What `salud` says of the machine: room on the disk, modes of the files, encryption, the last run."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from historias import monitor

from pipeline.health import disk
from pipeline.health.disk import Disk, day_of, measure
from pipeline.health.encryption import Cifrado, encryption
from pipeline.health.modes import lax_modes
from pipeline.health.report import Health, last_run
from pipeline.health.text import closing_lines, disk_text, size_text

TODAY = date(2026, 5, 30)


def write(path: Path, size: int, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(b"x" * size)
    path.chmod(mode)
    return path


def capture(folder: Path, name: str, when: date, size: int) -> None:
    write(folder / name / "2026" / f"corrida-000001-{when:%Y%m%d}T120000Z-7.warc.gz", size)


def test_days_left_are_free_room_over_growth_of_the_last_weeks(tmp_path, monkeypatch):
    with monitor(tmp_path, TODAY, days=57) as db:
        path = tmp_path / "registro.db"
        size = disk.registry_bytes(path)
        capture(tmp_path, "captura", TODAY, 28_000)
        capture(tmp_path, "captura", TODAY - timedelta(days=27), 28_000)
        capture(tmp_path, "captura", TODAY - timedelta(days=28), 5_000_000)  # before the four weeks
        capture(tmp_path, "evidencia", TODAY - timedelta(days=3), 28_000)
        growth = size // 56 + 3_000
        monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: SimpleNamespace(free=growth * 100 + 5))
        assert measure(db, path, TODAY) == Disk(growth * 100 + 5, growth, 100)


def test_a_young_monitor_does_not_know_how_it_grows(tmp_path):
    with monitor(tmp_path, TODAY, days=7) as db:
        found = measure(db, tmp_path / "registro.db", TODAY)
    assert (found.por_dia, found.dias) == (None, None)
    assert "menos de 7 días" in disk_text(found)


def test_a_capture_s_day_is_its_name_s_not_its_file_s(tmp_path):
    name = "corrida-000012-20260103T120000Z.warc.gz"
    assert day_of(write(tmp_path / name, 1)) == date(2026, 1, 3)
    other = write(tmp_path / "otro.warc.gz", 1)
    os.utime(other, (1_780_000_000, 1_780_000_000))
    assert day_of(other) == date(2026, 5, 28)


@pytest.mark.parametrize(
    ("found", "short"),
    [
        (Disk(10**10, 10**8, 100), False),
        (Disk(2 * 10**9, 10**8, 20), True),
        (Disk(9 * 10**8, motivo="x"), True),
        (Disk(10**10, motivo="x"), False),
    ],
)
def test_little_room_needs_a_person(found, short):
    assert found.short is short


def test_sizes_read_as_people_write_them():
    assert [size_text(n) for n in (12, 4_500, 7_000_000, 81_800_000_000)] == ["12 B", "4.5 kB", "7.0 MB", "81.8 GB"]


def test_private_files_are_well(tmp_path):
    write(tmp_path / "registro.db", 1)
    write(tmp_path / "captura" / "2026" / "a.warc.gz", 1)
    for folder in ("captura", "captura/2026"):
        (tmp_path / folder).chmod(0o700)
    assert lax_modes(tmp_path / "registro.db", tmp_path / "hallazgos.toml") == ()


@pytest.mark.parametrize(
    "name",
    [
        "registro.db",
        "registro.db-wal",
        "registro.db-shm",
        "registro.db.candado",
        "registro.db.cuentas",
        "registro.db.cuentas.intentos",
        "registro.db.secreto",
        "registro.antes-de-0002.db",
        "hallazgos.toml",
    ],
)
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_open_is_named(tmp_path, name, mode):
    write(tmp_path / name, 1, mode)
    (found,) = lax_modes(tmp_path / "registro.db", tmp_path / "hallazgos.toml")
    assert (found.ruta, found.modo, found.debe) == (str(tmp_path / name), f"{mode:04o}", "0600")


@pytest.mark.parametrize("folder", ["captura", "evidencia", "reservado"])
def test_a_folder_s_open_files_are_one_line(tmp_path, folder):
    for name in "abc":
        write(tmp_path / folder / "2026" / f"{name}.warc.gz", 1, 0o644)
    (tmp_path / folder).chmod(0o700)
    (tmp_path / folder / "2026").chmod(0o755)
    (tmp_path / folder / "enlace").symlink_to("/etc/hostname")
    (found,) = lax_modes(tmp_path / "registro.db", tmp_path / "no-hay.toml")
    assert (found.ruta, found.modo, found.debe, found.otros) == (str(tmp_path / folder / "2026"), "0755", "0700", 3)


@pytest.fixture
def machine(tmp_path) -> Callable[..., Cifrado]:
    """Asks about a folder of an invented machine: its mounts as lines, its block devices as {name: (uuid, under)}."""
    blocks = tmp_path / "sys"
    data = tmp_path / "datos"
    data.mkdir()

    def asked(mounts: str, devices: dict[str, tuple[str, tuple[str, ...]]] | None = None) -> Cifrado:
        for name, (uuid, under) in (devices or {}).items():
            (blocks / name / "slaves").mkdir(parents=True)
            for each in under:
                (blocks / name / "slaves" / each).mkdir()
            if uuid:
                (blocks / name / "dm").mkdir()
                (blocks / name / "dm" / "uuid").write_text(uuid)
        (tmp_path / "mounts").write_text(mounts.replace("DATOS", str(data).replace(" ", "\\040")))
        return encryption(data, mounts=tmp_path / "mounts", blocks=blocks)

    return asked


LUKS = "CRYPT-LUKS2-0123-abierto\n"


@pytest.mark.parametrize(
    ("mounts", "devices", "expected"),
    [
        ("/dev/dm-0 / ext4 rw 0 0\n", {"dm-0": (LUKS, ("sda2",)), "sda2": ("", ())}, Cifrado.SI),
        ("/dev/dm-1 / xfs rw 0 0\n", {"dm-1": ("LVM-x", ("dm-0",)), "dm-0": (LUKS, ())}, Cifrado.SI),
        ("/dev/dm-1 / xfs rw 0 0\n", {"dm-1": ("LVM-x", ("sda2",)), "sda2": ("", ())}, Cifrado.NO),
        ("/dev/md0 / ext4 rw 0 0\n", {"md0": ("", ("dm-0", "sdb1")), "dm-0": (LUKS, ()), "sdb1": ("", ())}, Cifrado.NO),
        ("/dev/md0 / ext4 rw 0 0\n", {"md0": ("", ("dm-0", "dm-1")), "dm-0": (LUKS, ()), "dm-1": (LUKS, ())}, Cifrado.SI),
        ("/dev/sda1 / ext4 rw 0 0\n", {"sda1": ("", ())}, Cifrado.NO),
        ("/dev/sda1 / ext4 rw 0 0\n/dev/dm-0 DATOS ext4 rw 0 0\n", {"sda1": ("", ()), "dm-0": (LUKS, ())}, Cifrado.SI),
        ("/dev/dm-0 / ext4 rw 0 0\n/dev/sda1 DATOS ext4 rw 0 0\n", {"sda1": ("", ()), "dm-0": (LUKS, ())}, Cifrado.NO),
        ("gocryptfs / fuse.gocryptfs rw 0 0\n", {}, Cifrado.SI),
        ("overlay / overlay rw 0 0\n", {}, Cifrado.NO_SE_SABE),
        ("servidor:/casa / nfs4 rw 0 0\n", {}, Cifrado.NO_SE_SABE),
        ("/dev/loop3 / ext4 rw 0 0\n", {"loop3": ("", ())}, Cifrado.NO_SE_SABE),
        ("/dev/root / ext4 rw 0 0\n", {}, Cifrado.NO_SE_SABE),
        ("", {}, Cifrado.NO_SE_SABE),
        ("basura\n", {}, Cifrado.NO_SE_SABE),
    ],
)
def test_encryption_is_told_where_the_system_tells(machine, mounts, devices, expected):
    assert machine(mounts, devices) is expected


def test_a_system_without_mounts_does_not_tell(tmp_path):
    assert encryption(tmp_path, mounts=tmp_path / "no", blocks=tmp_path) is Cifrado.NO_SE_SABE


def health(**changes) -> Health:
    given = {"fuentes": [], "corrida": None, "disco": Disk(10**11, 1, 10**6), "permisos": (), "cifrado": Cifrado.SI}
    return Health(**given | changes)


@pytest.mark.parametrize(
    ("today", "lines"),
    [
        ("2026-05-30", []),
        ("2026-05-31", []),
        ("2026-06-01", ["La última corrida completa es de hace 2 días."]),
        ("2026-05-29", ["La última corrida es del 2026-05-30, que aún no llega: revise el reloj."]),
    ],
)
def test_a_day_without_a_run_needs_a_person(tmp_path, today, lines):
    with monitor(tmp_path, TODAY, days=3) as db:
        assert health(corrida=last_run(db, date.fromisoformat(today))).atencion == lines


def test_runs_that_never_end_whole_need_a_person(tmp_path):
    with monitor(tmp_path, TODAY, days=3) as db:
        with db.atomic():
            db.execute("UPDATE corridas SET estado = 'interrumpida' WHERE id > 1")
            db.execute("UPDATE corridas SET modo = 'solo_fuentes' WHERE id = 1")
        assert health(corrida=last_run(db, TODAY)).atencion == ["Ninguna corrida ha terminado completa."]
        with db.atomic():
            db.execute("UPDATE corridas SET estado = 'en_curso' WHERE id = 3")
        assert health(corrida=last_run(db, TODAY)).atencion == []  # the first one, at work now


def test_a_plain_disk_asks_for_somebody_until_it_is_accepted(tmp_path):
    with monitor(tmp_path, TODAY, days=1) as db:
        run = last_run(db, TODAY)
    assert health(corrida=run, cifrado=Cifrado.NO).status == 1
    known = health(corrida=run, cifrado=Cifrado.NO, acepta_sin_cifrar=True)
    assert known.status == health(corrida=run, cifrado=Cifrado.NO_SE_SABE).status == 0
    assert "Disco cifrado: no." in closing_lines(known)[-2]
