"""The queue's reasons are a file that a person edits: what is shipped is whole, and a mistake in it is told in one line."""

import pytest

from pipeline.errores import ErrorDeUso
from pipeline.pages.queue_presets import PRESETS, read_presets
from pipeline.review import FIELDS


def test_every_list_has_its_keys_and_the_corrections_hold_values_that_the_review_takes():
    presets = read_presets()
    assert {len(entries) > 0 for entries in presets.values()} == {True}
    for entry in presets["corregir"]:
        keys = [value["tecla"] for value in entry["valores"]]
        assert len(set(keys)) == len(keys) >= 2
        for value in entry["valores"]:
            given = [value["valor"]] if entry["lista"] else value["valor"]
            assert FIELDS[entry["campo"]](given) == given
    alcaldia = next(entry for entry in presets["corregir"] if entry["campo"] == "alcaldia")
    assert len(alcaldia["valores"]) == 17
    assert all(0 not in (entry["tecla"],) and entry["tecla"] != "0" for entry in presets["descartar"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[[descartar]]", "[descartar", "no se puede leer"),
        ('tecla = "2"', 'tecla = "1"', "teclas"),
        ('campo = "clase"', 'campo = "modalidad_x"', "no es un campo"),
        ("dias = 1\n", "", "le falta «dias»"),
        ("[[posponer]]", "[[aplazar]]", "«posponer» falta"),
    ],
)
def test_a_mistake_in_the_file_is_told(tmp_path, old, new, told):
    path = tmp_path / "motivos.toml"
    path.write_text(PRESETS.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ErrorDeUso, match=told):
        read_presets(path)
