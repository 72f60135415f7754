"""What the press of the measurement publishes: ordinary news made of everyday sentences, and a few notes that tell a case.

The cases are those of the annotated corpora and of the demonstration; everything is invented and ours.
"""

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCES = ("nlp/corpus/a.jsonl", "nlp/corpus/b.jsonl", "demo/data/articulos.jsonl")
LENGTH = 2_400  # characters of a note
FINDINGS = 0.03
NEIGHBOURS = 0.10  # of the ordinary notes begin with a text of the corpora that tells no case, though its theme is near

PLACES = (
    "la colonia Portales", "el mercado de Jamaica", "la avenida Juárez", "el centro de Tlalpan", "la Plaza del Estudiante",
    "el barrio de la Merced", "el parque de los Venados", "la calzada de Tlalpan", "el pueblo de San Andrés", "la Obrera",
)  # fmt: skip
PEOPLE = (
    "la encargada Amalia Robredo", "el vecino Julián Ostos", "la maestra Irene Balcázar", "el entrenador Saúl Quiñones",
    "la cocinera Berta Landa", "el director Hilario Peña", "la bióloga Noemí Carranco", "el contador Efraín Lugo",
)  # fmt: skip
THEMES = (
    ("Abre", "el museo del barrio", "una muestra de carteles", "las funciones", "visitantes"),
    ("Termina", "la obra de drenaje", "el cambio de tuberías", "los trabajos", "viviendas"),
    ("Gana", "el equipo juvenil", "el partido de ida", "los goles", "aficionados"),
    ("Sube", "el precio del jitomate", "la venta al mayoreo", "las entregas", "comerciantes"),
    ("Regresa", "la feria del libro", "el programa de lecturas", "las mesas", "lectores"),
    ("Cierra", "la línea de autobuses", "el ajuste de horarios", "los recorridos", "pasajeros"),
    ("Crece", "la cosecha de nopal", "el riego por goteo", "las parcelas", "productores"),
    ("Inicia", "la temporada de lluvias", "el desazolve de coladeras", "los chubascos", "habitantes"),
)
SENTENCES = (
    "Desde temprano, {who} recorrió {place} para revisar cómo va {what} y dijo que {things} terminarán antes de {month}.",
    "Se calcula que cerca de {n} {crowd} pasarán por {place} durante los próximos {d} días, de acuerdo con el programa.",
    "El costo será de {n} pesos y podrá pagarse en {d} partes, siempre que la solicitud se entregue antes del cierre del mes.",
    "“Nos hacía falta; llevábamos {d} años pidiéndolo y por fin quedó”, comentó {who} mientras acomodaba las sillas.",
    "La cifra del año pasado fue de {n}, por lo que este aumento se considera moderado para una zona como {place}.",
    "Para mañana se espera una temperatura máxima de {d} grados, con nubes por la tarde y viento ligero del norte.",
    "En {month} habrá otra etapa, que incluye {what} y la compra de {n} piezas de repuesto para el almacén.",
    "Según {who}, {things} han mejorado porque ahora hay {d} personas por turno y antes eran apenas la mitad.",
    "La entrada es libre y el horario va de las {d} de la mañana a las siete de la noche, excepto los lunes.",
    "Quien quiera participar puede anotarse en el módulo que está en {place}, a un lado de la biblioteca.",
    "El informe de la temporada agrega que {n} {crowd} respondieron la encuesta y que la mayoría pidió más árboles.",
    "Al final hubo música, café de olla y un sorteo de {d} bicicletas que donaron los negocios de {place}.",
)
MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre")


@dataclass(frozen=True)
class Story:
    """One note before it has a page."""

    titulo: str
    parrafos: tuple[str, ...]
    case: bool = False


def records() -> list[dict[str, Any]]:
    """Return the annotated notes that the press takes its cases from."""
    return [json.loads(line) for name in SOURCES for line in (ROOT / name).read_text("utf-8").splitlines()]


def stories(count: int, seed: int = 4, near_share: float = NEIGHBOURS, findings: float = FINDINGS) -> list[Story]:
    """Return `count` notes in a fixed order: the same seed gives the same press."""
    chance = random.Random(seed)
    cases = [record for record in records() if record["relevante"]]
    near = [record for record in records() if not record["relevante"]]
    telling = set(chance.sample(range(count), round(count * findings)))
    return [
        _told(chance.choice(cases), chance, case=True)
        if number in telling
        else _told(chance.choice(near), chance)
        if chance.random() < near_share
        else _ordinary(chance)
        for number in range(count)
    ]


def _told(record: dict[str, str], chance: random.Random, *, case: bool = False) -> Story:
    """Return a record of the corpora as a note of the usual length."""
    told = tuple(part.strip() for part in record["texto"].split("\n\n") if part.strip())
    title = record["titulo"] or told[0].split(". ")[0][:110]
    return Story(title, told + _filler(LENGTH - sum(map(len, told)), chance), case)


def _ordinary(chance: random.Random) -> Story:
    verb, subject, what, *_ = theme = chance.choice(THEMES)
    title = f"{verb} {subject} en {chance.choice(PLACES)}: {what} llega a {chance.randrange(20, 900)} familias"
    return Story(title, _filler(LENGTH, chance, theme))


def _filler(length: int, chance: random.Random, theme: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Return paragraphs of everyday sentences, about `length` characters in all."""
    _, _, what, things, crowd = theme or chance.choice(THEMES)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        told = chance.sample(SENTENCES, 3)
        slots = {
            "who": chance.choice(PEOPLE),
            "place": chance.choice(PLACES),
            "month": chance.choice(MONTHS),
            "n": chance.randrange(110, 9_000),
            "d": chance.randrange(2, 29),
            "what": what,
            "things": things,
            "crowd": crowd,
        }
        paragraphs.append(" ".join(sentence.format(**slots) for sentence in told))
    return tuple(paragraphs)
