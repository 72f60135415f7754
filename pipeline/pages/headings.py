"""How the registry's column names read as headings on the pages."""

# column → its heading, where its words put one after the other do not read well
TITLES = {
    "fecha_registro": "fecha de registro",
    "fecha_publicacion": "fecha de publicación",
    "fecha_hecho": "fecha del hecho",
    "hora_hecho": "hora del hecho",
    "fecha_precision": "precisión de la fecha",
    "texto_origen": "origen del texto",
    "genero_origen": "origen del género",
    "tipo_victima": "tipo de víctima",
    "medio_u_organizacion": "medio u organización",
    "privacion_vida": "privación de la vida",
    "version_guia": "versión de la guía",
    "version_etiquetador": "versión del etiquetador",
    "version_extractor": "versión del extractor",
    "registros_anterior": "registros, año\N{NO-BREAK SPACE}anterior",
    "anterior_comparado": "comparados, año\N{NO-BREAK SPACE}anterior",
    "por_revisar_comparados": "por revisar, comparados",
    "comparado_inicio": "desde, año\N{NO-BREAK SPACE}anterior",
    "comparado_fin": "hasta, año\N{NO-BREAK SPACE}anterior",
    "m1": "M1 (%)",
    "m1_provisional": "M1 provisional\N{NO-BREAK SPACE}(%)",
    "avance": "avance (%)",
    "acumulado": "acumulado (%)",
    "cuenta": "entra en M1",
    "n": "número",
}
# words of column names, as a person writes them
WRITTEN = {
    "accion": "acción",
    "agresion": "agresión",
    "alcaldia": "alcaldía",
    "ambito": "ámbito",
    "anio": "año",
    "canonica": "canónica",
    "cdmx": "CDMX",
    "contaria": "contaría",
    "cuando": "cuándo",
    "despues": "después",
    "dia": "día",
    "dias": "días",
    "genero": "género",
    "guia": "guía",
    "m1": "M1",
    "modificacion": "modificación",
    "movilizacion": "movilización",
    "numero": "número",
    "organizacion": "organización",
    "precision": "precisión",
    "privacion": "privación",
    "proximo": "próximo",
    "publicacion": "publicación",
    "quien": "quién",
    "relacion": "relación",
    "renglon": "renglón",
    "revision": "revisión",
    "seccion": "sección",
    "sha256": "SHA-256",
    "situacion": "situación",
    "titulo": "título",
    "ultima": "última",
    "ultimo": "último",
    "url": "URL",
    "version": "versión",
    "via": "vía",
    "victima": "víctima",
    "victimas": "víctimas",
    "vinculo": "vínculo",
}


def column_title(column: str) -> str:
    """Return a column's name as a heading: `titulo` → `título`, `fuente_id` → `fuente`, `m1` → `M1 (%)`."""
    if column in TITLES:
        return TITLES[column]
    return " ".join(WRITTEN.get(word, word) for word in column.strip("_").removesuffix("_id").split("_"))
