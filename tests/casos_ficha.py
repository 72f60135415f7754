"""A registry with the cases that a finding's page must tell: copies of a wire, a communiqué, a double, an earlier attack."""

from pathlib import Path

from factories import NOW, etiquetas, fuente, noticia, registry, tagged
from sqlite_utils import Database

from nlp.etiquetas import Lugar, Pasaje, Victima
from pipeline.incidents import group_pending

NAME = "Renata Olmedo Prieto"
OTHER = "Bruno Cárdenas Lira"
HOUSE = "Red Voces del Sur"
ABOUT = {NAME: ("mujer", HOUSE), OTHER: ("hombre", "La Lente de Oriente")}
WIRE = (
    "La reportera Renata Olmedo Prieto fue golpeada por policías la noche del sábado mientras cubría una protesta de vecinas "
    "por la falta de agua en la alcaldía Coyoacán.\n"
    "Según contó, tres agentes la rodearon junto a la plaza, le arrebataron el teléfono y la empujaron contra una reja. "
    "«Ya sabemos dónde vives», le dijo uno de ellos antes de soltarla.\n"
    "La periodista colabora con la organización Red Voces del Sur y recibió atención médica por golpes en el brazo."
)
COMMUNIQUE = (
    "Red Voces del Sur condena la agresión contra nuestra compañera Renata Olmedo Prieto, golpeada por elementos de la policía "
    "cuando documentaba una manifestación pacífica en Coyoacán. Exigimos que se investigue la amenaza que recibió."
)
STRAY = (
    "Una reportera fue agredida por uniformados mientras cubría una protesta de vecinas por la falta de agua al sur de la "
    "ciudad, informaron testigos: tres agentes la rodearon junto a la plaza."
)
DOUBLE = (
    "Al fotógrafo Bruno Cárdenas Lira le taparon la cámara y lo hicieron retroceder en el desalojo de una plaza en Iztapalapa. "
    "Personal de seguridad le impidió seguir con la cobertura."
)
EARLIER = "La reportera Renata Olmedo Prieto denunció llamadas anónimas en las que la amenazaron por sus notas sobre el agua."


def marks(text: str, *found: tuple[str, str, str, str]) -> tuple[Pasaje, ...]:
    """Passages (field, value, words as they stand in `text`, rule)."""
    return tuple(
        Pasaje(campo, valor, "texto", text.index(said), text.index(said) + len(said), said, rule)
        for campo, valor, said, rule in found
    )


def tell(db: Database, name: str, source: str, title: str, text: str, **tags: object) -> int:
    """Store one tagged note; `victima` is the victim's name, empty for nobody named."""
    named = str(tags.pop("victima", NAME))
    day = tags.pop("dia", "2026-05-10")
    victims = (Victima(named, "periodista", ABOUT[named][0], medio_u_organizacion=ABOUT[named][1]),) if named else ()
    base = etiquetas(
        victimas=victims,
        agresion=("fisica",),
        lugar=Lugar("si", "coyoacan", "cdmx"),
        movilizacion=True,
        resumen="Ataque físico contra una periodista en Coyoacán.",
        pasajes=(),
    )
    changed = {**{name: getattr(base, name) for name in base.__dataclass_fields__}, **tags}
    note = noticia(name, source, titulo=title, texto=text, publicada_en=f"{day}T10:00:00Z")
    return tagged(db, note, type(base)(**changed))


def registered(folder: Path) -> Path:
    """Make the registry; its findings: an earlier attack, the case on the same person, one that looks like the case."""
    sources = (
        fuente("faro", nombre="El Faro del Centro"),
        fuente("voz", nombre="La Voz de Portales"),
        fuente("red", nombre=HOUSE, tipo="organizacion"),
        fuente("eco", nombre="El Eco del Sur"),
    )
    db = registry(folder, *sources)
    before = {"dia": "2025-12-01", "fecha_hecho": "2025-11-30", "movilizacion": False}
    tell(
        db,
        "llamadas",
        "faro",
        "Denuncia reportera amenazas",
        EARLIER,
        modalidad=("amenaza",),
        agresion=("verbal",),
        agresor=("no_identificado",),
        **before,
    )
    group_pending(db, pause=0)
    found = marks(
        WIRE,
        ("modalidad", "ataque_fisico", "fue golpeada", "golpes_pasiva"),
        ("agresor", "fuerza_publica", "por policías", "agente_por"),
        ("victimas", NAME, NAME, "nombre_con_oficio"),
        ("lugar.alcaldia", "coyoacan", "alcaldía Coyoacán", "alcaldia_nombrada"),
    )
    tell(db, "golpean", "faro", "Policías golpean a reportera en protesta por agua", WIRE, pasajes=found, confianza=0.93)
    tell(db, "agreden", "voz", "Agreden a periodista en Coyoacán", WIRE + " (Agencia)", pasajes=found)
    tags = {"modalidad": ("ataque_fisico", "amenaza"), "agresion": ("fisica", "verbal"), "vinculo": "confirmado"}
    tell(db, "condena", "red", "Condenamos la agresión contra nuestra compañera", COMMUNIQUE, **tags)
    group_pending(db, pause=0)
    tell(db, "uniformados", "eco", "Uniformados agreden a reportera", STRAY, victima="", lugar=Lugar("si", None, "cdmx"))
    common = {"victima": OTHER, "dia": "2026-05-07", "fecha_hecho": "2026-05-06", "movilizacion": False}
    tell(
        db,
        "tapan",
        "voz",
        "Tapan la cámara a fotógrafo",
        DOUBLE,
        modalidad=("obstruccion",),
        agresion=("verbal",),
        agresor=("autoridad_civil",),
        lugar=Lugar("si", "iztapalapa", "cdmx"),
        **common,
    )
    group_pending(db, pause=0)
    db.execute(
        "INSERT INTO corridas (inicio, fin, dia, estado, version, hallazgos_nuevos)"
        " VALUES ('2026-05-10T12:00:00Z', '2026-05-10T12:20:00Z', '2026-05-10', 'completa', '0', 2)"
    )
    db.execute("INSERT INTO posibles_duplicados (noticia_a, noticia_b, puntos) VALUES (2, 6, 21.5)")
    db.conn.close()
    return folder / "registro.db"


__all__ = ["HOUSE", "NAME", "NOW", "registered"]
