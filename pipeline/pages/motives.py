"""The reasons that a person may give with one key or one click; other words are always admitted."""

DISCARD = (
    "No es agresión",
    "No es periodista ni persona defensora",
    "No tiene relación con la labor",
    "Es opinión, estadística o recuento",
    "Es ficción o caso histórico",
    "Nota falsa o desmentida",
)
VALIDATE = (
    "Confirmado con la persona o su organización",
    "Varias fuentes independientes",
    "Una sola fuente, confiable",
)
MOTIVES = {"descartar": DISCARD, "validar": VALIDATE}
