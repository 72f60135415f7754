"""A registry with findings to decide on, and what is compared before and after."""

import os
import subprocess
import sys

from factories import NOW, etiquetas, fuente, noticia, registry, rows, tagged
from press import article

from crawlers.noticia import Precision
from pipeline.incidents import group_pending
from pipeline.review import Hand

ANA, LUIS = Hand("ana", NOW), Hand("luis", NOW)
ONE, TWO, THREE = "H-2026-000001", "H-2026-000002", "H-2026-000003"
TABLES = (
    "hallazgos_modalidad",
    "hallazgos_agresion",
    "hallazgos_agresor",
    "hallazgos_tipo_victima",
    "claves_union",
)


def note(db, name, tags, *, medio=0, dia="2026-05-10", **changes):
    base = {"texto": f"Texto propio de la nota {name}.", "publicada_en": dia, "fecha_precision": Precision.DIA}
    return tagged(db, noticia(name, f"medio{medio}", **{**base, **changes}), tags)


def findings(folder):
    """Two findings of two notes (1 and 2, 3 and 4) and one of one (5)."""
    db = registry(folder, *(fuente(f"medio{n}") for n in range(6)))
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    note(db, "b", etiquetas("Renata Olmedo"), medio=1)
    note(db, "c", etiquetas("Tomás Arce Luna", modalidad=("amenaza",), agresion=("verbal",)), medio=2)
    note(db, "d", etiquetas("Tomás Arce", modalidad=("amenaza",), agresion=("verbal",)), medio=3)
    note(db, "e", etiquetas("Eva Solís", "Radio Nube", fecha_hecho="2026-05-01"), medio=4, capturada_en="2026-05-09T12:00:00Z")
    group_pending(db, pause=0)
    return db


def partition(db):
    groups = {}
    for folio, noticia_id in rows(db, "SELECT folio, noticia_id FROM hallazgos_noticias ORDER BY noticia_id"):
        groups.setdefault(folio, []).append(noticia_id)
    return groups


def version(db, folio):
    return rows(db, "SELECT version FROM hallazgos WHERE folio = ?", folio)[0][0]


def seen(db):
    """Everything that a reader sees or grouping reads, versions apart."""
    shown = [row[:-1] for row in rows(db, "SELECT * FROM v_hallazgos ORDER BY folio")]
    told = rows(db, "SELECT folio, noticia_id, papel, razones FROM hallazgos_noticias ORDER BY 2")
    pairs = rows(db, "SELECT * FROM decisiones_union ORDER BY 1, 2")
    corrected = rows(db, "SELECT folio, campo, valor, quien FROM correcciones ORDER BY 1, 2")
    victims = rows(
        db, "SELECT v.*, p.nombre, p.genero FROM victimas AS v LEFT JOIN personas AS p ON p.id = persona_id ORDER BY v.id"
    )
    acts = rows(db, "SELECT folio, modalidad, victima_id, agresor, confirmado, origen FROM actos ORDER BY 1, 2, 3")
    return shown, told, pairs, corrected, victims, acts, [rows(db, f"SELECT * FROM {name} ORDER BY 1, 2") for name in TABLES]


def page():
    """The page of an article on an attack that no finding of `findings` tells."""
    lead = "Policías golpearon a la reportera Julia Cano Ortega cuando cubría una protesta de vecinos en Iztapalapa."
    plain = article("Policías golpean a la reportera Julia Cano Ortega en Iztapalapa")
    return plain.replace(b"<article>", f"<article><p>{lead}</p>".encode(), 1)


def run_process(folder):
    """Run `python -m pipeline.jobs` to its end."""
    command = [sys.executable, "-m", "pipeline.jobs", str(folder / "registro.db")]
    subprocess.run(command, env=dict(os.environ), check=True, capture_output=True, timeout=60)
