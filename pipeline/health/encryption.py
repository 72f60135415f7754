"""Whether the disk under a folder is encrypted, as far as Linux tells: the device of its mount, and what that rests on."""

import re
from enum import StrEnum
from pathlib import Path

MOUNTS = Path("/proc/mounts")
BLOCKS = Path("/sys/class/block")  # every disk, partition and mapped device by its kernel name
CRYPT = "CRYPT-"  # how the device mapper begins the uuid of what dm-crypt opened (LUKS and plain)
ENCRYPTED_TYPES = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs"})
DEEPEST = 8  # mapped devices on each other: LVM on LUKS on RAID are three


class Cifrado(StrEnum):
    """What can be told."""

    SI = "sí"
    NO = "no"
    NO_SE_SABE = "no se puede saber"


def encryption(folder: Path, *, mounts: Path = MOUNTS, blocks: Path = BLOCKS) -> Cifrado:
    """Return whether what is written in `folder` lies encrypted on its disk.

    Files encrypted by the file system itself (fscrypt, ZFS), by the disk or by the host of a virtual machine are not seen:
    `NO` is said only of a device of this machine that no dm-crypt stands under.
    """
    device, kind = mount_of(folder.resolve(), mounts)
    if kind in ENCRYPTED_TYPES:
        return Cifrado.SI
    name = Path(device).resolve().name if device.startswith("/dev/") else ""
    return _block(name, blocks, DEEPEST) if name else Cifrado.NO_SE_SABE


def mount_of(folder: Path, mounts: Path) -> tuple[str, str]:
    """Return (device, type) of the file system that holds `folder`, or empty texts; a later mount hides an earlier one."""
    best, found = -1, ("", "")
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return found
    for line in lines:
        device, point, kind = (unescaped(part) for part in (*line.split(), "", "", "")[:3])
        if point and folder.is_relative_to(point) and len(Path(point).parts) >= best:
            best, found = len(Path(point).parts), (device, kind)
    return found


def unescaped(text: str) -> str:
    """Return a field of /proc/mounts with its octal escapes (`\\040` for a space) undone."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _block(name: str, blocks: Path, left: int) -> Cifrado:
    """Return what a block device says: itself opened by dm-crypt, or all those that it rests on."""
    device = blocks / name
    if not device.exists() or left == 0:
        return Cifrado.NO_SE_SABE
    if _read(device / "dm" / "uuid").startswith(CRYPT):
        return Cifrado.SI
    under = sorted(path.name for path in (device / "slaves").glob("*"))
    if not under:
        return Cifrado.NO_SE_SABE if name.startswith(("loop", "nbd", "ram", "zram")) else Cifrado.NO
    answers = {_block(each, blocks, left - 1) for each in under}
    return answers.pop() if len(answers) == 1 else Cifrado.NO if Cifrado.NO in answers else Cifrado.NO_SE_SABE


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
