"""The dossier of a finding (R26): captures byte for byte, a manifest of hashes, what the logs say, and a copy to read.

The same registry gives the same bytes: no moment of making stands in it, and the lines of custody that tell of looking (checks
and exports) stay in the registry, where each export leaves its own line with the digest of the file that left.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawlers.capture import CaptureError, read_record
from pipeline.custody.dossier_copy import Copy, as_html, as_text, readable
from pipeline.errores import ErrorDeUso
from pipeline.evidence import OF_FOLIO, RECAPTURED, Kept, item_of, member, select_kept
from pipeline.pages.finding_rows import rows
from pipeline.registry.chain import COLUMNS
from pipeline.registry.custody import Item

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can tell: it says nothing of when it was made
PRIVATE = 0o600 << 16
README, SUMS = "LEEME.txt", "SHA256SUMS"
ITEMS, CUSTODY, TRAIL = "capturas.json", "custodia.jsonl", "bitacora.jsonl"
# A finding's lines, and those of its noticias from when they told another.
CUSTODY_SQL = f"""
SELECT {", ".join(COLUMNS)} FROM custodia
WHERE accion NOT IN ('verificacion', 'exportacion')
    AND (folio = :folio OR noticia_id IN (SELECT noticia_id FROM hallazgos_noticias WHERE folio = :folio))
ORDER BY id
"""
TRAIL_SQL = "SELECT * FROM bitacora WHERE tabla = 'hallazgos' AND clave = ? ORDER BY id"
ERASED_SQL = """
SELECT 1 FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? AND p.suprimida_en IS NOT NULL
"""
EXPLAINED = """Expediente del hallazgo {folio}

Documento restringido: lleva nombres, textos y direcciones. Quien lo recibe responde de él.

expediente.html, expediente.txt   copia para leer: códigos, víctimas, noticias y renglones de los registros
capturas/                         cada respuesta del medio, en WARC 1.0, byte por byte como está en el acervo
capturas.json                     de cada captura: noticia, versión, dirección, momento, respuesta y SHA-256 del contenido
                                  (versión 0: recaptura, una visita posterior que no dio otro texto)
custodia.jsonl                    qué le pasó a cada captura, quién y cuándo (UTC)
bitacora.jsonl                    qué decidió cada persona sobre el hallazgo
SHA256SUMS                        huella de cada archivo: se comprueba con  sha256sum -c SHA256SUMS

Cada renglón de custodia.jsonl se comprueba solo: su «huella» es el SHA-256 del arreglo JSON, en UTF-8 y sin espacios, de los
valores de todas sus claves menos «huella», en su orden. «anterior» es la huella del renglón anterior de la custodia entera, que
está en el registro: `hallazgos evidencia verificar --todo` la recorre y dice si algo se cambió.
{missing}"""


@dataclass(frozen=True)
class Dossier:
    """The file, the captures in it, and a line in Spanish for each one that could not be read."""

    content: bytes
    items: tuple[Item, ...]
    missing: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Return the hex digest of the file."""
        return hashlib.sha256(self.content).hexdigest()


def dossier(db: Database, folder: Path, folio: str) -> Dossier:
    """Make the dossier of a finding; `folder` holds the registry. Raises `ErrorDeUso` for one that may not leave."""
    _check(db, folio)
    custody, trail = rows(db, CUSTODY_SQL, folio=folio), rows(db, TRAIL_SQL, folio)
    captures: dict[str, bytes] = {}
    told: list[dict[str, Any]] = []
    items: list[Item] = []
    missing: list[str] = []
    for one in [one for one in select_kept(db, OF_FOLIO, folio) if one.captura]:
        try:
            name, content, about = _capture(folder, one, taken=len(told))
        except (CaptureError, OSError) as error:
            missing.append(f"noticia {one.noticia_id}, versión {one.version}: {error}")
            continue
        captures[name] = content
        told.append(about)
        items.append(item_of(one))
    copy = readable(db, folio, told, custody, trail)
    files = _files(folio, copy, told, custody, trail) | captures
    files[README] = EXPLAINED.format(folio=folio, missing=_missing(missing)).encode()
    return Dossier(zipped(files), tuple(items), tuple(missing))


def _check(db: Database, folio: str) -> None:
    found = db.execute("SELECT fusionado_en FROM hallazgos WHERE folio = ?", [folio]).fetchone()
    if found is None:
        raise ErrorDeUso(f"{folio}: no hay tal hallazgo")
    if found[0]:
        raise ErrorDeUso(f"{folio}: está fusionado en {found[0]}; pida el expediente de aquél")
    if db.execute(ERASED_SQL, [folio]).fetchone():
        raise ErrorDeUso(f"{folio}: una persona suprimió sus datos; su evidencia se conserva bloqueada y no sale")


def _capture(folder: Path, one: Kept, *, taken: int) -> tuple[str, bytes, dict[str, Any]]:
    """Return a capture's name in the file, its bytes and what is told of it. Raises `CaptureError`."""
    reference = one.captura
    try:
        record = read_record(folder, reference)
    except CaptureError:
        reference = one.copy or reference
        record = read_record(folder, reference)
    if one.sha256 and record.sha256 != one.sha256:
        raise CaptureError("la huella del contenido no es la de la fila")
    which = f"v{one.version}" if one.version != RECAPTURED else "recaptura"
    name = f"capturas/{taken + 1:03d}-noticia-{one.noticia_id:06d}-{which}.warc.gz"
    about = {
        "archivo": name, "noticia_id": one.noticia_id, "version": one.version, "direccion": record.url,
        "capturada_en": record.fetched_at, "respuesta": record.status, "bytes": len(record.body), "sha256": record.sha256,
        "origen": one.captura,
    }  # fmt: skip
    return name, member(folder, reference), about


def _files(
    folio: str,
    copy: Copy,
    told: Sequence[Mapping[str, Any]],
    custody: Sequence[Mapping[str, Any]],
    trail: Sequence[Mapping[str, Any]],
) -> dict[str, bytes]:
    return {
        "expediente.html": as_html(copy).encode(),
        "expediente.txt": as_text(copy).encode(),
        ITEMS: json.dumps({"folio": folio, "capturas": told}, ensure_ascii=False, indent=1).encode(),
        CUSTODY: _json_lines(custody),
        TRAIL: _json_lines(trail),
    }


def _json_lines(found: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in found).encode()


def _missing(lines: Sequence[str]) -> str:
    return "".join(["\nNo se pudieron leer, y no van:\n", *(f"- {line}\n" for line in lines)]) if lines else ""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of the files by name, with their digests beside them; the same files give the same bytes."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**files, SUMS: sums.encode()}.items()):
            about = zipfile.ZipInfo(name, FIRST_MOMENT)
            about.external_attr, about.create_system = PRIVATE, 3
            about.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            archive.writestr(about, content)
    return out.getvalue()
