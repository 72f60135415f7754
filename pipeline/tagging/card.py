"""The model card (`nlp/pesos/tarjeta.md`): data, figures, how far `confianza` can be trusted, limits."""

from collections.abc import Mapping
from typing import Any

from nlp.aprendizaje.modelo import Modelo
from nlp.aprendizaje.validar import Validacion, reliability

Figure = float | tuple[float, ...]
Figures = Mapping[str, Any]
GOALS = {
    "relevante": "P ≥ 0.95, E ≥ 0.97", "victima": "≥ 0.97", "agresion": "≥ 0.94", "modalidad": "≥ 0.90", "agresor": "≥ 0.90",
    "clase": "≥ 0.95", "nota": "≥ 0.93", "movilizacion": "≥ 0.95", "lugar.cdmx": "≥ 0.96", "lugar.alcaldia": "≥ 0.95",
    "lugar.entidad": "≥ 0.96", "fecha_hecho": "≥ 0.90", "fecha_inventada": "≤ 0.10", "victimas": "≥ 0.92",
    "genero (de las halladas)": "≥ 0.96",
}  # fmt: skip
BY_GROUP = ("relevante", "modalidad", "agresor", "victima", "victimas", "clase", "nota", "fecha_hecho")


HEAD = """# Tarjeta del modelo

La escribe `hallazgos entrenar`; no se edita a mano.

Etiquetador {version}, guía {guia}: regresiones logísticas (L2) sobre lo que hallan las reglas y las palabras de la nota.
Aprendió de {registros} notas inventadas y anotadas por el proyecto (`nlp/corpus/`), con la semilla {semilla} y el corpus
`{corpus}`. Con las mismas notas salen los mismos pesos.
"""
FIGURES = """
## Cifras

*Validación cruzada*: cada mano se etiqueta con pesos que no vieron ninguna de sus notas (las reglas y el léxico sí se
ajustaron mirando parte de ellas). *Apartados*: la sexta parte que se separó al escribirse y que sólo se lee aquí.
P: precisión; E: exhaustividad.
"""
SURE = """
## Confianza

`confianza` es la probabilidad de que la nota sea hallazgo, ajustada (Platt) con la validación cruzada; cada mitad de
esta tabla se ajustó con la otra. Vale para una mezcla como la del corpus: en el día a día, donde casi nada es hallazgo,
hay menos de los que dice.
"""
LIMITS = """
## Límites

- Las notas son inventadas; en las reales las cifras son otras. Los pesos de palabras pueden confundir el estilo con el
  asunto: por eso cada negativo es de la misma mano que un positivo.
- Una agresión dicha con palabras que el léxico no tiene se ve sólo por las demás palabras de la nota: más se escapan, y su
  pasaje es una palabra suelta.
- Una persona valida cada hallazgo; nada de esto cuenta antes.
"""


def card(model: Modelo, figures: Figures, by_group: Mapping[str, Figures], apart: Figures | None, found: Validacion) -> str:
    """Return the card as Markdown."""
    rows = [f"| {name} | {_told(figures[name])} | {_told(apart[name]) if apart else ''} | {GOALS[name]} |" for name in GOALS]
    writers = [f"| {group} | " + " | ".join(_short(one[name]) for name in BY_GROUP) + " |" for group, one in by_group.items()]
    bins = [f"| {a:.2f} a {b:.2f} | {n} | {mean:.2f} | {share:.2f} |" for a, b, n, mean, share in reliability(found.pares)]
    alarms = f"Falsas alarmas entre lo que no es hallazgo: {_of(figures)} en validación cruzada"
    parts = [
        HEAD.format_map(model.ficha),
        FIGURES,
        _table("| campo | validación cruzada | apartados | meta |", rows),
        "\n" + alarms + (f", {_of(apart)} en los apartados.\n" if apart else ".\n"),
        "\n## Por mano (validación cruzada, F1 o exactitud)\n",
        _table("| mano | " + " | ".join(BY_GROUP) + " |", writers),
        SURE,
        _table("| confianza | notas | media dicha | son hallazgo |", bins),
        LIMITS,
    ]
    return "".join(parts)


def _table(head: str, rows: list[str]) -> str:
    return "\n".join(["", head, "|---" * (head.count("|") - 1) + "|", *rows, ""])


def _told(value: Figure) -> str:
    if isinstance(value, tuple):
        return f"F1 {value[2]:.3f} (P {value[0]:.3f}, E {value[1]:.3f})"
    return f"{value:.3f}"


def _short(value: Figure) -> str:
    return f"{value[2] if isinstance(value, tuple) else value:.2f}"


def _of(figures: Figures) -> str:
    return "{} de {}".format(*figures["falsas_alarmas"])
