"""The tagger's record of a noticia without one person: counted among the unnamed ones, so that the finding keeps its victim."""

import json
from typing import Any

from pipeline.grouping.names import PersonName, Same, compare, tokens
from pipeline.privacy.forms import Forms


def untagged(stored: str, forms: Forms, *, tied: bool) -> str:
    """Return `noticias.etiquetas` without the person; other victims keep their names, whatever words they share."""
    tags: dict[str, Any] = json.loads(stored)
    victims = tags.pop("victimas", None)
    gone = [one for one in victims or () if is_person(one["nombre"], forms)]
    rest: dict[str, Any] = json.loads(forms.cell(json.dumps(tags, ensure_ascii=False), tied=tied))
    if victims is not None:
        rest = {**rest, "victimas": [one for one in victims if one not in gone]}
    for one in gone:
        unnamed = {"tipo": one["tipo"], "genero": one.get("genero", "indeterminado"), "cantidad": 1}
        rest.setdefault("mas", {}).setdefault("victimas_sin_nombre", []).append(unnamed)
    return stored if rest == json.loads(stored) else json.dumps(rest, ensure_ascii=False)


def is_person(nombre: str, forms: Forms) -> bool:
    """Tell whether a victim's name is the person's, a shorter or longer form of it, or a misspelt one."""
    words = set(tokens(nombre))
    return bool(words) and (
        words <= forms.words or any(compare(PersonName(nombre), PersonName(own)) >= Same.PARTLY for own in forms.nombres)
    )
