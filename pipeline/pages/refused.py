"""A form that could not be obeyed (somebody was quicker, a value is not admitted): what was typed is shown again, not lost."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.pages.headings import column_title
from pipeline.pages.labels import label

Values = Mapping[str, Sequence[str]]

# What a form carries beside the person's words.
MACHINERY = frozenset({"csrftoken", "accion", "folio", "version", "volver", "campo"})


def refused(values: Values, answer: Mapping[str, Any], back: str) -> dict[str, Any]:
    """Return what the page shows: why, what was typed, and after a conflict the form for sending it once more."""
    conflict = bool(answer.get("conflicto"))
    form = list(again(values, answer.get("version"))) if conflict else []
    return {"error": answer["error"], "conflict": conflict, "typed": typed(values), "again": form, "back": back}


def typed(values: Values) -> list[tuple[str, str]]:
    """Return what a form said as (heading, words), empty boxes left out; `víctimas 2, nombre` for a row's field."""
    campo = "".join(values.get("campo", ["valor"])[:1])
    found = []
    for name, texts in values.items():
        said = [text for text in texts if text]
        if name not in MACHINERY and said:
            column = campo if name == "valor" else name.rpartition(".")[2]
            found.append((_heading(name, column), ", ".join(label(column, text) for text in said)))
    return found


def _heading(name: str, column: str) -> str:
    table, _, rest = name.partition(".")
    number = rest.partition(".")[0]
    return f"{column_title(table)} {int(number) + 1}, {column_title(column)}" if number.isdigit() else column_title(column)


def again(values: Values, version: int | None) -> Iterator[tuple[str, str]]:
    """Yield the form's pairs for sending it once more, over the finding's present `version` where it is given."""
    for name, texts in values.items():
        if name == "version" and version is not None:
            yield name, str(version)
        elif name != "csrftoken":
            yield from ((name, text) for text in texts)
