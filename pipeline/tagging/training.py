"""Trains the tagger's weights on annotated notes and writes what came of it: what `hallazgos entrenar` does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.aprendizaje import pisos
from nlp.aprendizaje.corpus import cases, digest, records, set_apart
from nlp.aprendizaje.entrenar import SEED, Caso, train
from nlp.aprendizaje.modelo import Modelo, save
from nlp.aprendizaje.validar import Validacion, answer, validate
from nlp.etiquetas import VERSION_ETIQUETADOR
from nlp.evaluate import score
from nlp.tagger import build_nlp
from nlp.vocabulario import VERSION_GUIA
from pipeline.errores import ErrorDeUso
from pipeline.progreso import tracked
from pipeline.tagging.card import card
from pipeline.tagging.evaluation import check_gold
from pipeline.tagging.records import BadRecord, check_note

AWAY = 8  # lots of writers of the validation: no writer's notes are tagged by weights that saw any of them
# The check that the floors hold must be quick: every second note, and the writers in so many lots.
EACH, LOTS = 2, 3
Figures = dict[str, Any]
Group = dict[str, list[Mapping[str, Any]]]


@dataclass(frozen=True)
class Entrenado:
    """Weights with the figures behind them: held out by writer, by lots of writers (what the floors hold), set apart."""

    modelo: Modelo
    validacion: Validacion
    cifras: Figures
    control: Figures
    por_grupo: dict[str, Figures]
    apartados: Figures | None


def read_groups(paths: Sequence[Path]) -> Group:
    """Return the annotated notes by writer: one file, or the files of one letter (`t1`, `t2`).

    Raises `ErrorDeUso` naming the file and line of what is no annotated note.
    """
    found: Group = {}
    for path in paths:
        try:
            rows = records(path)
        except (OSError, ValueError) as error:
            raise ErrorDeUso(f"{path}: no es un corpus anotado (un objeto JSON por línea)") from error
        for number, row in enumerate(rows, 1):
            try:
                check_note(row)
                check_gold(dict(row))
            except BadRecord as error:
                raise ErrorDeUso(f"{path}: línea {number}: {error}") from error
        found.setdefault(path.stem.rstrip("0123456789"), []).extend(rows)
    return found


def train_on(paths: Sequence[Path]) -> Entrenado:
    """Read, cross-validate by lots of writers and train on all; at least two writers are asked for."""
    groups = read_groups(paths)
    if len(groups) < 2:
        raise ErrorDeUso("hacen falta archivos de al menos dos manos para validar")
    nlp = build_nlp()
    total = sum(map(len, groups.values()))
    known = list(tracked(cases(nlp, groups), "Leyendo el corpus", total))
    found = validate(known, AWAY)
    model = train(known, found.pares, _ficha(paths, total))
    apart = read_groups(set_apart(paths[0].parent))
    return Entrenado(
        model,
        found,
        _figures(found.all()),
        _figures(validate(_sampled(groups, known), LOTS).all()),
        _by_group(found),
        _apart(list(cases(nlp, apart)), model),
    )


def control_figures(paths: Sequence[Path]) -> Figures:
    """Return the figures that the floors hold: half of the corpus in `LOTS` lots of writers, each by what the others taught."""
    half = {group: rows[::EACH] for group, rows in read_groups(paths).items()}
    return _figures(validate(list(cases(build_nlp(), half)), LOTS).all())


def _sampled(groups: Group, known: Sequence[Caso]) -> list[Caso]:
    """Return the cases of the notes that `control_figures` reads."""
    chosen = {row["id"] for rows in groups.values() for row in rows[::EACH]}
    return [case for case in known if case.oro["id"] in chosen]


def _ficha(paths: Sequence[Path], total: int) -> dict[str, Any]:
    return {
        "version": VERSION_ETIQUETADOR,
        "guia": VERSION_GUIA,
        "registros": total,
        "corpus": digest(paths),
        "semilla": SEED,
    }


def _figures(pairs: Sequence[tuple[Any, Any]]) -> Figures:
    return score([gold for gold, _ in pairs], [said for _, said in pairs])


def _by_group(found: Validacion) -> dict[str, Figures]:
    return {group: _figures(pairs) for group, pairs in sorted(found.respuestas.items())}


def _apart(known: Sequence[Caso], model: Modelo) -> Figures | None:
    return _figures([(case.oro, answer(case, model)) for case in known]) if known else None


def write_all(done: Entrenado, weights: Path, floors: Path | None, reason: str) -> None:
    """Write weights and, beside them, the model card; the floors too where they are asked for."""
    save(done.modelo, weights)
    told = card(done.modelo, done.cifras, done.por_grupo, done.apartados, done.validacion)
    weights.with_name("tarjeta.md").write_text(told, "utf-8")
    if floors is not None:
        pisos.write(pisos.raised(done.control, done.modelo.ficha["corpus"], pisos.read(floors), reason), floors)
