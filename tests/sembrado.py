"""A small registry of invented people and outlets, with every kind of row that the pages show."""

import json
from pathlib import Path

from sqlite_utils import Database

from pipeline.registry.connection import open_registry

# Names and phrases that only restricted pages may show.
CANARIES = ("Ximena Canaria Prueba", "Teófilo Canario Ensayo", "patrulla color guinda")
TITLE = 'Golpean a reportera <script>alert("x")</script> en la plaza & detienen a fotógrafo'
TEXT = (
    "La reportera Ximena Canaria Prueba fue golpeada por policías en la plaza.\n"
    "También <b>detuvieron</b> al fotógrafo Teófilo Canario Ensayo; una patrulla color guinda los siguió por Coyoacán."
)
CLASSES = ("agresion", "riesgo", "privacion_vida")
STATES = ("detectado", "validado", "descartado")
BOROUGHS = ("cuauhtemoc", "coyoacan", "iztapalapa", None)
SUMMARIES = (
    "Policías golpearon a una reportera y detuvieron a un fotógrafo en una plaza de Coyoacán.",
    "Un colectivo de búsqueda pidió protección tras recibir llamadas de intimidación.",
    "Un periodista fue asesinado a tiros al salir de su casa en Iztapalapa.",
)


def insert(db: Database, table: str, **row: object) -> int:
    """Insert one row and return its rowid."""
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    return int(db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values())).lastrowid)


def add_runs(db: Database) -> None:
    """Three sources and one complete run in which two of them failed."""
    for key, name, kind in (
        ("faro", "El Faro de Prueba", "medio_local"),
        ("agencia", "Agencia Ensayo", "agencia"),
        ("red", "Red de Ejemplo", "organizacion"),
    ):
        insert(db, "fuentes", id=key, nombre=name, tipo=kind, sitio=f"https://{key}.ejemplo/", alta="2026-01-01")
    run = insert(
        db,
        "corridas",
        inicio="2026-11-24T12:00:00Z",
        fin="2026-11-24T12:20:00Z",
        dia="2026-11-24",
        estado="completa",
        version="0.1.0",
        hallazgos_nuevos=2,
    )
    for key, failed in (("faro", 0), ("agencia", 1), ("red", 1)):
        insert(
            db,
            "corridas_fuentes",
            corrida_id=run,
            fuente_id=key,
            recibidos=3,
            nueva=3 - failed,
            pendiente=failed,
            lecturas_buenas=1 - failed,
            fallida=failed,
            motivo="sin respuesta" if failed else "",
        )


def add_note(db: Database, number: int, title: str = TITLE, text: str = TEXT) -> int:
    """One tagged note with three passages, two of which overlap."""
    note = insert(
        db,
        "noticias",
        url=f"https://faro.ejemplo/nota/{number}",
        url_canonica=f"https://faro.ejemplo/nota/{number}",
        fuente_id="faro",
        titulo=title,
        texto=text,
        texto_origen="pagina",
        autor="Redacción",
        publicada_en="2026-11-23T18:30:00Z",
        fecha_precision="hora",
        capturada_en="2026-11-24T12:05:00Z",
        sha256="0" * 64,
        captura="captura/2026/prueba.warc.gz#0",
        estado="agrupada",
        relevante=1,
        confianza=0.9,
        etiquetas=json.dumps({"relevante": True}),
        version_guia="1.5",
        version_etiquetador="e1",
        version_extractor="x1",
    )
    start = text.find("fue golpeada")
    for field, value, begin, end, rule in (
        ("modalidad", "ataque_fisico", start, start + 12, "golpes_pasiva"),
        ("agresor", "fuerza_publica", start + 4, start + 25, "agente_por"),
        ("movilizacion", "1", 0, 2, "inicio"),
    ):
        insert(
            db,
            "pasajes",
            noticia_id=note,
            version=1,
            version_etiquetador="e1",
            campo=field,
            parte="texto",
            inicio=max(0, begin),
            fin=end,
            etiqueta=field,
            valor=value,
            regla=rule,
        )
    return note


def add_finding(db: Database, number: int) -> str:
    """One finding with its codes, two named victims, an anonymous one, acts, a note and a trail."""
    folio = f"H-2026-{number:06d}"
    insert(
        db,
        "hallazgos",
        folio=folio,
        fecha_registro=f"2026-11-{24 - number % 20:02d}",
        fecha_publicacion="2026-11-23",
        fecha_hecho="2026-11-22" if number % 3 else None,
        clase=CLASSES[number % 3],
        cdmx="si",
        alcaldia=BOROUGHS[number % 4],
        entidad="cdmx",
        sitio="Plaza Mayor",
        ambito="hecho_en_cdmx",
        movilizacion=number % 2,
        fase="durante",
        estado=STATES[number % 3],
        vinculo="probable",
        via="presencial",
        urgente=int(number % 7 == 0),
        confianza=0.87,
        resumen=SUMMARIES[number % 3],
        fuentes_independientes=1 + number % 3,
    )
    for table, value in (
        ("modalidad", "ataque_fisico"),
        ("modalidad", "privacion_libertad"),
        ("agresion", "fisica"),
        ("agresor", "fuerza_publica"),
        ("tipo_victima", "periodista"),
    ):
        insert(db, f"hallazgos_{table}", folio=folio, valor=value)
    first, second = (
        insert(db, "personas", nombre=name, clave=name.lower(), tipo="persona", genero=gender, genero_origen="texto")
        for name, gender in zip(CANARIES[:2], ("mujer", "hombre"), strict=True)
    )
    victim = insert(
        db,
        "victimas",
        folio=folio,
        persona_id=first,
        tipo="periodista",
        genero="mujer",
        medio_u_organizacion="El Faro de Prueba",
    )
    insert(db, "victimas", folio=folio, persona_id=second, tipo="periodista", genero="hombre", anonimato_solicitado=1)
    insert(db, "victimas", folio=folio, cantidad=3, tipo="periodista")
    insert(db, "actos", folio=folio, modalidad="ataque_fisico", victima_id=victim, agresor="fuerza_publica")
    insert(db, "actos", folio=folio, modalidad="privacion_libertad")
    note = add_note(db, number)
    insert(db, "hallazgos_noticias", folio=folio, noticia_id=note, papel="primera", razones=json.dumps({"regla": "primera"}))
    insert(
        db,
        "bitacora",
        cuando="2026-11-24T12:10:00Z",
        quien="sistema",
        accion="creó",
        tabla="hallazgos",
        clave=folio,
        campo="estado",
        despues="detectado",
    )
    return folio


def seeded(path: Path, findings: int = 6) -> Path:
    """Make the registry at `path` with its runs and `findings` findings; return `path`."""
    db = open_registry(path)
    with db.atomic():
        add_runs(db)
        for number in range(1, findings + 1):
            add_finding(db, number)
    db.conn.close()
    return path
