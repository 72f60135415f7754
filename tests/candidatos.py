"""A morning's queue: candidates of every tab, with one source or several, told by invented notes, and their neighbours."""

import json
from pathlib import Path

from sembrado import add_runs, insert
from sqlite_utils import Database

from pipeline.registry.connection import open_registry

DAY = "2026-11-24"
TRADES = ("reportera", "fotógrafo", "locutora", "columnista", "camarógrafo")
NAMES = ("Ximena", "Teófilo", "Brígida", "Íñigo", "Fabiola", "Gonzalo", "Hortensia", "Julián", "Karina", "Leandro")
SURNAMES = ("Prueba", "Ensayo", "Muestra", "Ejemplo", "Modelo", "Boceto")
ACTS = (
    ("ataque_fisico", "fisica", "golpeó", "agresion"),
    ("amenaza", "verbal", "amenazó de muerte", "agresion"),
    ("obstruccion", "verbal", "impidió grabar", "agresion"),
    ("estigmatizacion", "verbal", "llamó «vendida»", "riesgo"),
    ("privacion_libertad", "fisica", "retuvo durante dos horas", "agresion"),
)
BOROUGHS = ("cuauhtemoc", "coyoacan", "iztapalapa", "tlalpan", "gustavo_a_madero")
SCOPES = {"ciudad": "hecho_en_cdmx", "sin_determinar": "por_determinar", "resto": "fuera"}


def add_candidate(db: Database, number: int, *, scope: str = "ciudad", sources: int = 2, **changes: object) -> str:
    """One finding that waits, with its victim, act and notes; return its folio."""
    folio = f"H-2026-{number:06d}"
    act, kind, verb, clase = ACTS[number % len(ACTS)]
    here = scope == "ciudad"
    row = {
        "folio": folio,
        "fecha_registro": DAY,
        "fecha_publicacion": f"2026-11-{24 - number % 6:02d}",
        "fecha_hecho": f"2026-11-{23 - number % 6:02d}",
        "clase": clase,
        "cdmx": {"ciudad": "si", "resto": "no"}.get(scope, "indeterminado"),
        "alcaldia": BOROUGHS[number % len(BOROUGHS)] if here else None,
        "entidad": "cdmx" if here else "veracruz" if scope == "resto" else None,
        "ambito": SCOPES[scope],
        "vinculo": "probable",
        "confianza": 0.55 + number % 9 / 20,
        "resumen": f"Agresión contra una persona periodista ({number}).",
        "fuentes_independientes": sources,
        **changes,
    }
    insert(db, "hallazgos", **row)
    for table, value in (
        ("modalidad", act),
        ("agresion", kind),
        ("agresor", "fuerza_publica"),
        ("tipo_victima", "periodista"),
    ):
        insert(db, f"hallazgos_{table}", folio=folio, valor=value)
    name = f"{NAMES[number % len(NAMES)]} {SURNAMES[number % len(SURNAMES)]} {SURNAMES[number // 7 % len(SURNAMES)]}"
    outlet = "El Faro de Prueba" if number % 4 == 0 else ""
    person = insert(db, "personas", nombre=name, clave=name.lower(), tipo="persona", genero="mujer", genero_origen="texto")
    victim = insert(
        db, "victimas", folio=folio, persona_id=person, tipo="periodista", genero="mujer", medio_u_organizacion=outlet
    )
    insert(db, "actos", folio=folio, modalidad=act, victima_id=victim, agresor="fuerza_publica")
    for place in range(sources):
        note = add_note(
            db, number * 10 + place, (name, verb, TRADES[number % len(TRADES)]), ("faro", "agencia", "red")[place % 3]
        )
        insert(db, "hallazgos_noticias", folio=folio, noticia_id=note, papel="replica" if place else "primera")
    return folio


def add_note(db: Database, number: int, told: tuple[str, str, str], source: str, **changes: object) -> int:
    """One tagged note with its passages, told by the victim's name, the verb and the victim's trade; return its id."""
    name, verb, trade = told
    text = (
        f"La mañana del domingo hubo una protesta de comerciantes. Un grupo de policías {verb} a la {trade} {name} cuando"
        " cubría la protesta. Sus colegas pidieron a la autoridad que investigue los hechos.\nEl tránsito se normalizó."
    )
    row = {
        "url": f"https://{source}.ejemplo/nota/{number}",
        "url_canonica": f"https://{source}.ejemplo/nota/{number}",
        "fuente_id": source,
        "titulo": f"Policías agreden a {trade} en una protesta ({number})",
        "texto": text,
        "texto_origen": "pagina",
        "publicada_en": "2026-11-24T11:00:00Z",
        "fecha_precision": "hora",
        "capturada_en": "2026-11-24T12:05:00Z",
        "sha256": "0" * 64,
        "captura": "captura/2026/prueba.warc.gz#0",
        "estado": "agrupada",
        "relevante": 1,
        "confianza": 0.9,
        "etiquetas": json.dumps({"relevante": True}),
        "version_guia": "1.5",
        "version_etiquetador": "e1",
        "version_extractor": "x1",
        **changes,
    }
    note = insert(db, "noticias", **row)
    for campo, valor, words in (("modalidad", "ataque_fisico", verb), ("agresor", "fuerza_publica", "grupo de policías")):
        start = text.index(words)
        places = {"inicio": start, "fin": start + len(words), "etiqueta": campo, "valor": valor, "regla": f"{campo}:1"}
        insert(db, "pasajes", noticia_id=note, version=1, version_etiquetador="e1", campo=campo, parte="texto", **places)
    return note


def add_refused(db: Database, number: int, estrato: str = "etiquetador", **changes: object) -> int:
    """One refused note of the sample of a week of 40 refused by each; return the note's id."""
    note = add_note(
        db, number, ("Nadie", "vio", "vecina"), "faro", relevante=0, confianza=0.8, titulo=f"Aviso de obras ({number})"
    )
    insert(
        db, "muestra_rechazadas", noticia_id=note, **{"semana": "2026-11-16", "poblacion": 40, "estrato": estrato, **changes}
    )
    return note


def morning(path: Path, candidates: int = 60) -> Path:
    """A registry whose city tab holds `candidates`; every seventh has one source only, two are urgent."""
    with open_registry(path) as db, db.atomic():
        add_runs(db)
        insert(db, "contadores", nombre="folio-2026", valor=9000)
        for number in range(1, candidates + 1):
            add_candidate(db, number, sources=1 if number % 7 == 0 else 2 + number % 2, urgente=int(number in (9, 31)))
        add_candidate(db, 901, scope="sin_determinar")
        add_candidate(db, 902, scope="resto")
        for number in range(2):
            add_refused(db, 9900 + number, ("criba", "etiquetador")[number])
        decided = add_candidate(db, 903, estado="validado")
        note = add_note(db, 99000, ("Ximena Prueba", "volvió a amenazar", "reportera"), "agencia")
        insert(db, "hallazgos_noticias", folio=decided, noticia_id=note, papel="seguimiento")
        brings = [
            {"campo": "agresor", "hay": ["fuerza_publica"], "dice": ["particular"]},
            {"campo": "fecha_hecho", "hay": "2026-11-20", "dice": "2026-11-19"},
            {"campo": "victimas", "hay": 1, "dice": 2},
        ]
        insert(db, "novedades", folio=decided, noticia_id=note, campos=json.dumps(brings), cuando="2026-11-24T12:10:00Z")
        first, second = (
            db.execute("SELECT min(noticia_id) FROM hallazgos_noticias WHERE folio = ?", [f]).fetchone()[0]
            for f in ("H-2026-000001", f"H-2026-{min(12, candidates):06d}")
        )
        insert(db, "posibles_duplicados", noticia_a=first, noticia_b=second, puntos=40.0)
        insert(db, "comentarios", folio="H-2026-000002", texto="Falta confirmar", quien="beto", cuando="2026-11-24T12:30:00Z")
    return path
