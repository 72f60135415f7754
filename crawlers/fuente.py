"""A source is a declaration: one row of the catalogue (`data/fuentes.csv`), never code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fuente:
    """One source. `incluir`/`excluir` are regular expressions over article URLs (empty: all / none)."""

    id: str
    nombre: str
    tipo: str
    sitio: str
    rss: str = ""
    seccion_url: str = ""
    sitemap: str = ""
    activa: bool = True
    alta: str = ""
    verificada_en: str = ""
    notas: str = ""
    incluir: str = ""
    excluir: str = ""
