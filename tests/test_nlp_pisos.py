"""The quality gate: cross-validated by lots of writers over half of the corpus, no figure falls below its floor."""

from nlp.aprendizaje import pisos
from nlp.aprendizaje.corpus import digest, files
from pipeline.tagging.training import control_figures


def test_no_figure_falls_below_its_floor():
    floors = pisos.read()
    assert floors is not None and floors.corpus == digest(files()), (
        "the corpus changed: hallazgos entrenar --pisos nlp/pisos.json"
    )
    assert not pisos.below(floors, control_figures(files()))
