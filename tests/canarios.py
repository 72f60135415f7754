"""A registry in which every restricted table holds a canary, and everything that anybody typed or published is hostile."""

import json
from pathlib import Path

from sembrado import CANARIES, add_note, insert, seeded
from sqlite_utils import Database

# What only restricted pages may hold, in any form; the first words of each row below.
MARK = "Canario de"
SECRETS = (*CANARIES, MARK)
MOTIVE = "Motivo que dice de quién se trata"  # stands in the trail: analysts read it, readers of figures do not
HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script><svg/onload=alert(3)>"
FOLIO = "H-2026-000003"
WHEN = "2026-11-24T12:30:00Z"
ENTRY = "00000000-0000-4000-8000-000000000001"


def says(table: str) -> str:
    """What a row of `table` says: its canary, and markup that would run if it were let through."""
    return f"{MARK} {table} {HOSTILE}"


def planted(path: Path) -> Path:
    """Seed the registry at `path`; return `path`."""
    seeded(path, 6)
    db = Database(path)
    with db.atomic():
        note = add_note(db, 900, title=says("noticias"), text=f"{says('noticias')} {CANARIES[0]}. javascript:alert(4)")
        insert(db, "hallazgos_noticias", folio=FOLIO, noticia_id=note, papel="replica", razones=json.dumps({"regla": HOSTILE}))
        stored = {"noticia_id": note, "sha256": "0" * 64, "captura": "c#0", "capturada_en": WHEN}
        insert(db, "noticias_versiones", n=1, titulo=says("versiones"), texto=says("versiones"), **stored)
        url = "https://faro.ejemplo/x?a=<script>alert(5)</script>"
        insert(
            db, "enlaces", url_normalizada=url, url=url, fuente_id="faro", lector="feed", visto_en=WHEN, titulo=says("enlaces")
        )
        by = {"folio": FOLIO, "quien": "ana", "cuando": WHEN}
        insert(db, "comentarios", texto=says("comentarios"), **by)
        insert(db, "deshacer", version=1, accion="comentar", antes=json.dumps({"texto": says("deshacer")}), **by)
        insert(db, "atenciones", tipo="turno", area=says("area"), a_quien=says("quien"), nota=says("atenciones"), **by)
        job = {"direccion": "javascript:alert(6)", "url": says("trabajos")}
        insert(db, "trabajos", tipo="nota_por_direccion", datos=json.dumps(job), mensaje=HOSTILE, **by)
        demonstration = {
            "uid": "u1",
            "nombre": HOSTILE,
            "dia": "2026-11-24",
            "inicio": WHEN,
            "origen": "a_mano",
            "cuando": WHEN,
        }
        insert(db, "movilizaciones", vigilar_desde=WHEN, vigilar_hasta=WHEN, quien="ana", **demonstration)
        insert(db, "bases", movilizacion_id=1, tipo="base_mpi", inicio=WHEN, sitio=HOSTILE, quien="ana", cuando=WHEN)
        log = {
            "uuid": ENTRY,
            "base_id": 1,
            "hora": WHEN,
            "tipo": "agresion",
            "folio": FOLIO,
            "quien": "ana",
            "recibido_en": WHEN,
        }
        insert(db, "registros_base", texto=says("registros_base"), iniciales="ML", tipo_persona="periodista", **log)
        insert(db, "segundas_lecturas", folio=FOLIO, pedida_en=WHEN, primera=json.dumps({"relevante": 1}))
        insert(db, "correcciones", campo="nota_propia", valor=json.dumps(says("correcciones")), **by)
        db.execute("UPDATE personas SET nombre = ? WHERE id = 1", [f"{says('personas')} {CANARIES[0]}"])
        db.execute("UPDATE victimas SET medio_u_organizacion = ? WHERE id = 1", [says("victimas")])
        about = {"tabla": "hallazgos", "clave": FOLIO, "campo": "estado", "antes": '"detectado"', "despues": '"validado"'}
        trail = {"cuando": WHEN, "quien": HOSTILE, "accion": "validar", "motivo": f"{MOTIVE} {HOSTILE}"}
        insert(db, "bitacora", **about, **trail)
        db.execute("UPDATE hallazgos SET sitio = ?, resumen = ? WHERE folio = ?", [HOSTILE, HOSTILE, FOLIO])
        db.execute("UPDATE fuentes SET nombre = ? WHERE id = 'faro'", [HOSTILE])
        db.execute("UPDATE corridas_fuentes SET motivo = ?", [HOSTILE])
    db.conn.close()
    return path
