"""A registry in which one invented person stands in every restricted table, in captures, copies and a backup."""

import json
from datetime import UTC, datetime
from pathlib import Path

from sembrado import add_finding, add_note, add_runs, insert
from sqlite_utils import Database

from crawlers.capture import Captures, Exchange, read_record
from pipeline.evidence import keep_evidence
from pipeline.registry.connection import open_registry
from pipeline.registry.noticias import text_print

NAME = "Zulema Quetzalli Tlacuilo"
OTHER = "Pedro Ensayo Prueba"
WHEN = "2026-11-24T12:30:00Z"
NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
FOLIO = "H-2026-000001"
SLUG = "https://faro.ejemplo/2026/zulema-tlacuilo-denuncia"
BODY = (
    "<html><head><title>Amenazan a Zulema Tlacuilo</title>"
    '<meta property="og:title" content="Amenazan a Zulema Quetzalli Tlacuilo"></head><body><article><h1>Amenazan a Zulema</h1>'
    "<p>La periodista Zulema&nbsp;Quetzalli <b>Tlacuilo</b> recibió amenazas el lunes, dijo Tlacuilo a este medio."
    " #JusticiaParaTlacuilo, zulematlacuilo@correo.ejemplo.</p><p>Pedro Ensayo Prueba la acompañó hasta la fiscalía.</p>"
    '<a href="/2026/zulema-quetzalli-tlacuilo-denuncia">Zulema Tlacuilo</a></article></body></html>'
)
PLAIN = "<html><body><p>Otra nota de ese día que no trae a nadie y que debe seguir igual que estaba.</p></body></html>"


def says(place: str) -> str:
    return f"Dice {place} que {NAME} pidió medidas; Tlacuilo espera respuesta."


def invaded(path: Path) -> Path:
    """Make the registry at `path`; return `path`. The person is row 1 of `personas`, and tells `FOLIO`."""
    db = open_registry(path)
    references = _captured(path.parent)
    with db.atomic():
        add_runs(db)
        add_finding(db, 1)
        add_finding(db, 2)
        _person(db)
        _press(db, path.parent, references)
        _people_wrote(db)
        _demonstration(db)
        _imported(db)
    keep_evidence(db, path.parent)
    db.conn.close()
    return path


def _captured(folder: Path) -> list[str]:
    captures = Captures(folder, 1)
    pages = ((SLUG, BODY), ("https://faro.ejemplo/otra", PLAIN), ("https://faro.ejemplo/rss", f"<rss>{says('canal')}</rss>"))
    html = (("Content-Type", "text/html; charset=utf-8"),)
    found = [captures.write_exchange(Exchange(url, 200, html, body.encode()), NOW) for url, body in pages]
    old = BODY.replace("recibió", "recibi\xf3").encode("latin-1")
    found.append(captures.write_exchange(Exchange(SLUG, 200, (("Content-Type", "text/html"),), old), NOW))
    captures.close()
    return found


def _person(db: Database) -> None:
    db.execute("UPDATE personas SET nombre = ?, clave = 'zulema quetzalli tlacuilo' WHERE id = 1", [NAME])
    db.execute("UPDATE personas SET nombre = ?, clave = 'pedro ensayo prueba' WHERE id = 2", [OTHER])
    db.execute("UPDATE victimas SET medio_u_organizacion = 'Radio Zulema Tlacuilo' WHERE id = 1")


def _press(db: Database, folder: Path, references: list[str]) -> None:
    victims = [
        {"nombre": NAME, "tipo": "periodista", "genero": "mujer"},
        {"nombre": OTHER, "tipo": "periodista", "genero": "hombre"},
    ]
    text = f"{says('la nota')} {OTHER} también."
    note = add_note(db, 900, title="Amenazan a Zulema Tlacuilo", text=text)
    digests = [read_record(folder, reference).sha256 for reference in references]
    tags = json.dumps({"relevante": True, "victimas": victims, "mas": {"resumen": says("mas")}}, ensure_ascii=False)
    db.execute(
        "UPDATE noticias SET url = ?, url_canonica = ?, autor = ?, captura = ?, sha256 = ?, etiquetas = ?, huella = ?"
        " WHERE id = ?",
        [SLUG, SLUG, f"Por {NAME}", references[0], digests[0], tags, text_print(text), note],
    )
    insert(db, "hallazgos_noticias", folio=FOLIO, noticia_id=note, papel="replica", razones=json.dumps({"regla": NAME}))
    earlier = {"noticia_id": note, "sha256": digests[3], "captura": references[3], "capturada_en": WHEN}
    insert(db, "noticias_versiones", n=1, titulo=says("antes"), texto=says("antes"), **earlier)
    db.execute("UPDATE noticias SET version = 2 WHERE id = ?", [note])
    for number, (url, tied) in enumerate([(SLUG, note), (f"{SLUG}-2", None)]):
        link = {"url": f"{url}?utm=1", "fuente_id": "faro", "lector": "feed", "visto_en": WHEN, "autor": NAME}
        more = {"titulo": says("enlace"), "resumen": says("resumen"), "contenido": says("contenido"), "motivo": says("motivo")}
        insert(
            db,
            "enlaces",
            url_normalizada=url,
            captura=references[2],
            destino=["nueva", "conocida"][number],
            noticia_id=tied,
            **link,
            **more,
        )
    passage = {"version": 2, "version_etiquetador": "e1", "campo": "victimas", "inicio": 9, "fin": 34, "regla": "nombre"}
    insert(db, "pasajes", noticia_id=note, etiqueta="Tlacuilo", valor=NAME, **passage)
    insert(db, "claves_union", clave="tla+zul", folio=FOLIO)


def _people_wrote(db: Database) -> None:
    by = {"folio": FOLIO, "quien": "ana", "cuando": WHEN}
    insert(db, "comentarios", texto=says("el comentario"), **by)
    before = {"antes": {"personas": [{"id": 1, "nombre": NAME, "clave": "zulema quetzalli tlacuilo"}]}}
    insert(db, "deshacer", version=1, accion="corregir", antes=json.dumps(before), **by)
    insert(db, "atenciones", tipo="turno", area=says("area"), a_quien=NAME, nota=says("la nota de atención"), **by)
    insert(db, "correcciones", campo="nota", valor=json.dumps(says("la corrección")), **by)
    job = {"titulo": says("el trabajo"), "url": SLUG}
    insert(db, "trabajos", tipo="nota_a_mano", datos=json.dumps(job), mensaje=says("el mensaje"), **by)
    coded = {"primera": json.dumps({"nota": says("primera")}), "codigos": json.dumps([says("segunda")])}
    insert(db, "segundas_lecturas", folio=FOLIO, pedida_en=WHEN, **coded)
    db.execute(
        "UPDATE hallazgos SET sitio = ?, resumen = ? WHERE folio = ?", ["Casa de Zulema Tlacuilo", says("resumen"), FOLIO]
    )


def _demonstration(db: Database) -> None:
    times = {"dia": "2026-11-24", "inicio": WHEN, "cuando": WHEN, "vigilar_desde": WHEN, "vigilar_hasta": WHEN}
    called = {"nombre": f"Marcha por {NAME}", "convocantes": json.dumps([NAME]), "causa": says("causa")}
    insert(db, "movilizaciones", uid="u1", origen="a_mano", quien="ana", **called, **times)
    announced = {"clave": "c1", "sitio": says("sitio"), "origen": "noticia", "caduca": "2026-12-01", "vista_en": WHEN}
    insert(db, "movilizaciones_propuestas", dia="2026-11-24", **called, **announced)
    insert(db, "bases", movilizacion_id=1, tipo="base_mpi", inicio=WHEN, sitio=says("base"), quien="ana", cuando=WHEN)
    log = {"uuid": "u-1", "base_id": 1, "hora": WHEN, "tipo": "agresion", "folio": FOLIO, "quien": "ana", "recibido_en": WHEN}
    insert(db, "registros_base", texto=says("la Base"), iniciales="ZQT", **log)


def _imported(db: Database) -> None:
    taken = {"tipo": "registros", "sha256": "0", "filas": 1, "nuevas": 1, "cambiadas": 0, "quien": "ana", "cuando": WHEN}
    insert(db, "importaciones", archivo=f"{NAME}.csv", antes=json.dumps({"personas": [{"nombre": NAME}]}), **taken)
    insert(db, "hallazgos_importados", clave=NAME, folio=FOLIO, importacion_id=1)
