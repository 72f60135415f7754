"""The Atom feed of findings: folios, codes and the generated sentence; no name ever, whatever the account's role."""

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

from datasette.app import Datasette
from datasette.utils.asgi import Request

from pipeline.accounts.changes import token_digest
from pipeline.pages.access import Kind, rights
from pipeline.pages.door import accounts_of, outside
from pipeline.pages.labels import json_list, label
from pipeline.pages.readers import fetch

ATOM = "http://www.w3.org/2005/Atom"
LATEST = """
    SELECT v.folio, v.fecha_registro, v.clase, v.modalidad, v.agresor, v.tipo_victima, v.alcaldia, v.entidad, v.estado,
        v.urgente, v.resumen, (SELECT max(cuando) FROM bitacora WHERE tabla = 'hallazgos' AND clave = v.folio) AS cambiado
    FROM v_hallazgos v
    WHERE v.folio IN (
        SELECT folio FROM hallazgos WHERE estado IN ('detectado', 'validado') ORDER BY fecha_registro DESC, id DESC LIMIT 50
    )
    ORDER BY v.fecha_registro DESC, v.id DESC
"""
CODES = ("clase", "estado", "modalidad", "agresor", "tipo_victima", "alcaldia", "entidad")
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def may_read(site: Datasette, token: str) -> bool:
    """Say whether a token is the one of an account that may see figures; an account that was removed takes its own along."""
    digest = token_digest(token)
    found = [account for account in accounts_of(site).present().values() if secrets.compare_digest(account.canal, digest)]
    return any(Kind.FIGURES in rights({"roles": account.roles}, accounts=True) for account in found)


async def feed(site: Datasette, request: Request) -> bytes:
    """Return the newest fifty findings that wait or stand, as an Atom document (RFC 4287)."""
    return document(await fetch(site, LATEST), outside(site, request, "/"))


def document(rows: Iterable[Mapping[str, Any]], home: str) -> bytes:
    """Return the document of some rows; `home` is the site's own address, with a slash at its end."""
    entries = [_entry(row, home) for row in rows]
    moments = [entry.findtext("updated") or "" for entry in entries]
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "es-MX"})
    _add(root, "id", "urn:hallazgos:canal")
    _add(root, "title", "Hallazgos (folios y códigos)")
    _add(root, "updated", max(moments, default="1970-01-01T00:00:00Z"))
    _add(_add(root, "author"), "name", "hallazgos")
    _add(root, "link", rel="alternate", href=f"{home}registro/v_hallazgos")
    root.extend(entries)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(row: Mapping[str, Any], home: str) -> ElementTree.Element:
    entry = ElementTree.Element("entry")
    place = label("alcaldia", row["alcaldia"]) or label("entidad", row["entidad"])
    urgent = "Urgente" if row["urgente"] else ""
    _add(entry, "id", f"urn:hallazgos:{row['folio']}")
    _add(entry, "title", " · ".join(filter(None, (row["folio"], urgent, label("clase", row["clase"]), place))))
    _add(entry, "updated", row["cambiado"] or f"{row['fecha_registro']}T12:00:00Z")
    _add(entry, "link", rel="alternate", href=f"{home}-/hallazgo/{row['folio']}")
    _add(entry, "summary", row["resumen"] or "")
    for field in CODES:
        for value in json_list(row[field]) or [row[field]]:
            if isinstance(value, str) and not value.startswith("["):
                _add(entry, "category", scheme=f"urn:hallazgos:{field}", term=value, label=label(field, value))
    return entry


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, {key: NOT_XML.sub("", value) for key, value in attributes.items()})
    child.text = NOT_XML.sub("", text) if text is not None else None
    return child
