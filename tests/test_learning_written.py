"""How a text writes a name: accents and capitals do not matter, shorter forms count, other people's names do not."""

import pytest

from pipeline.learning.written import Text, as_written, forms


@pytest.mark.parametrize(
    ("nombre", "text", "expected"),
    [
        ("Renata Olmedo Prieto", "A Renata Olmedo Prieto la golpearon.", "Renata Olmedo Prieto"),
        ("Renata Olmedo Prieto", "Golpearon a RENATA OLMEDO, reportera.", "RENATA OLMEDO"),
        ("Víctor Manuel Camacho Ríos", "El fotógrafo Victor Camacho denunció", "Victor Camacho"),
        ("María de la Luz Peña", "Habló María de la Luz Peña.", "María de la Luz Peña"),
        ("Ana Ruiz Soto", "Ana. Ruiz Soto habló", "Ana. Ruiz Soto"),  # as after an initial
        ("Ana Ruiz", "Vino Ana.\nRuiz no vino.", None),
        ("Renata Olmedo Prieto", "La señora Olmedo Prieto", None),
        ("José Luis Arce Luna", "José Luis Vera declaró", None),
        ("Eva", "Llegó Eva a la plaza", "Eva"),
        ("Eva", "Se evaporó, relevante", None),
        ("María de la Luz Peña", "una nota de la tarde", None),
        ("", "nada", None),
    ],
)
def test_a_person_is_found_as_the_text_writes_the_name(nombre: str, text: str, expected: str | None) -> None:
    assert as_written(nombre, (Text(text),), group=False) == expected


def test_the_longest_form_of_all_texts_is_taken_before_a_shorter_one_of_the_first() -> None:
    texts = (Text("Renata Olmedo habló."), Text("Golpean a Renata Olmedo Prieto"))
    assert as_written("Renata Olmedo Prieto", texts, group=False) == "Renata Olmedo Prieto"


def test_a_group_is_found_by_its_whole_name_only() -> None:
    assert as_written("Red Voces del Sur", (Text("la red Voces del Sur pidió"),), group=True) == "red Voces del Sur"
    assert as_written("Red Voces del Sur", (Text("las Voces del Norte y la Red"),), group=True) is None
    assert list(forms("Red Voces del Sur", group=True)) == ["red voces del sur"]
