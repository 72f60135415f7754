"""The floors of the tagger's figures (`nlp/pisos.json`): reached by cross-validation, raised on purpose."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "pisos.json"
SLACK = 0.01  # below the figure reached: another machine's arithmetic may tip a note or two
LOWER_IS_BETTER = frozenset({"fecha_inventada"})
SKIPPED = frozenset({"registros", "sin_salida", "falsas_alarmas"})


@dataclass(frozen=True)
class Pisos:
    """Floors by figure (`relevante.precision`, `clase`), the digest of the corpus and why they were last lowered."""

    cifras: Mapping[str, float]
    corpus: str
    motivo: str = ""


def flat(figures: Mapping[str, Any]) -> dict[str, float]:
    """Return one number for each figure of `nlp.evaluate.score` that has a floor."""
    found: dict[str, float] = {}
    for name, value in figures.items():
        if name in SKIPPED:
            continue
        if isinstance(value, tuple):
            found |= {f"{name}.precision": value[0], f"{name}.exhaustividad": value[1], f"{name}.f1": value[2]}
        else:
            found[name] = value
    return {name: round(value, 4) for name, value in found.items()}


def below(floors: Pisos, figures: Mapping[str, Any]) -> list[str]:
    """Return what falls short of its floor, in words; a figure of which nothing is known any more falls short too."""
    now = flat(figures)
    return [
        f"{name}: {now.get(name, 'falta')} (piso {floor})"
        for name, floor in floors.cifras.items()
        if name not in now or (now[name] > floor if name in LOWER_IS_BETTER else now[name] < floor)
    ]


def raised(figures: Mapping[str, Any], corpus: str, old: Pisos | None, reason: str = "") -> Pisos:
    """Return floors a little under the figures; an old floor that stands higher stays unless there is a reason to lower it."""
    new = {name: round(value + SLACK if name in LOWER_IS_BETTER else value - SLACK, 4) for name, value in flat(figures).items()}
    if old is not None and not reason:
        for name, floor in old.cifras.items():
            new[name] = min(floor, new[name]) if name in LOWER_IS_BETTER else max(floor, new.get(name, floor))
    return Pisos(new, corpus, reason or (old.motivo if old else ""))


def read(path: Path = FILE) -> Pisos | None:
    """Return the floors, None where there are none yet."""
    if not path.exists():
        return None
    data = json.loads(path.read_text("utf-8"))
    return Pisos(data["cifras"], data["corpus"], data["motivo"])


def write(floors: Pisos, path: Path = FILE) -> None:
    """Write the floors as JSON that a person can read."""
    data = {"corpus": floors.corpus, "motivo": floors.motivo, "cifras": dict(floors.cifras)}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
