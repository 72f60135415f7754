"""The base of the registry's vocabulary: a slug that carries its Spanish label and its meaning."""

from enum import StrEnum


class Valor(StrEnum):
    """A closed list of slugs; each member is written `slug, etiqueta, significado`."""

    _etiqueta: str
    _significado: str

    def __new__(cls, slug: str, etiqueta: str = "", significado: str = "") -> "Valor":
        """Make the member whose value is `slug`."""
        member = str.__new__(cls, slug)
        member._value_ = slug
        member._etiqueta = etiqueta
        member._significado = significado
        return member

    @property
    def etiqueta(self) -> str:
        """The label that a reader sees, in Spanish, with accents."""
        return self._etiqueta

    @property
    def significado(self) -> str:
        """What the slug means, in one Spanish phrase."""
        return self._significado
