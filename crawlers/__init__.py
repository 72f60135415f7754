"""The web → `Noticia`: sources are read, links followed, evidence kept, text and date extracted."""
