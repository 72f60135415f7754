"""The words that a reader sees for the registry's slugs: the labels of `nlp.vocabulario`, and a few of the registry's own."""

import json
from functools import cache

from nlp import vocabulario
from nlp.enumeracion import Valor

# column → the vocabulary that it holds
VOCABULARY: dict[str, type[Valor]] = {
    "clase": vocabulario.Clase,
    "tipo_victima": vocabulario.Victima,
    "victima": vocabulario.Victima,
    "agresion": vocabulario.Agresion,
    "modalidad": vocabulario.Modalidad,
    "agresor": vocabulario.Agresor,
    "cdmx": vocabulario.Cdmx,
    "alcaldia": vocabulario.Alcaldia,
    "entidad": vocabulario.Entidad,
    "genero": vocabulario.Genero,
    "ambito": vocabulario.Ambito,
    "renglon": vocabulario.Ambito,
    "via": vocabulario.Via,
    "vinculo": vocabulario.Vinculo,
    "fase": vocabulario.Fase,
    "nota": vocabulario.TipoNota,
    "papel": vocabulario.Papel,
    "origen": vocabulario.Origen,
    "texto_origen": vocabulario.TextoOrigen,
    "relacion": vocabulario.Relacion,
    "estado": vocabulario.EstadoHallazgo,
    "tipo": vocabulario.TipoPersona,
}

# values that stand in the same column of other tables, or in none of the vocabularies
MORE: dict[str, dict[str, str]] = {
    "renglon": {"antecedente": "Antecedente"},
    "estado": {
        "prevista": "Prevista",
        "en_curso": "En curso",
        "terminada": "Terminada",
        "cancelada": "Cancelada",
        "propuesta": "Propuesta",
        "aceptada": "Aceptada",
        "descartada": "Descartada",
        "completa": "Completa",
        "interrumpida": "Interrumpida",
        "capturada": "Capturada",
        "etiquetada": "Etiquetada",
        "agrupada": "Agrupada",
        "activa": "Activa",
        "callada": "Callada",
        "fallando": "Fallando",
        "bloqueada": "Bloqueada",
        "nueva": "Nueva",
        "desbordada": "Desbordada",
        "inactiva": "Inactiva",
    },
    "tipo": {
        **{member.value: member.etiqueta for member in vocabulario.Victima},
        "medio_nacional": "Medio nacional",
        "medio_local": "Medio local",
        "medio_independiente": "Medio independiente",
        "agencia": "Agencia",
        "organismo_ddhh": "Organismo de derechos humanos",
        "gobierno": "Gobierno",
        "agregador": "Agregador",
        "mes": "Mes",
        "bimestre": "Bimestre",
        "trimestre": "Trimestre",
        "semestre": "Semestre",
        "anio": "Año",
    },
    "lector": {"feed": "Canal", "seccion": "Sección", "mapa": "Mapa del sitio"},
    "destino": {
        "nueva": "Nueva",
        "version": "Versión",
        "conocida": "Conocida",
        "sin_texto": "Sin texto",
        "fuera_de_fecha": "Fuera de fecha",
        "rechazada": "Rechazada",
        "error": "Error",
    },
    "fecha_precision": {"hora": "Día y hora", "dia": "Sólo el día", "ninguna": "Sin fecha"},
    "parte": {"titulo": "Título", "texto": "Texto"},
    "genero_origen": {"texto": "por el texto", "nombre": "por el nombre", "dicho": "por su dicho"},
    "dia_semana": {
        "0": "Domingo",
        "1": "Lunes",
        "2": "Martes",
        "3": "Miércoles",
        "4": "Jueves",
        "5": "Viernes",
        "6": "Sábado",
    },
    "trabajo": {"pendiente": "Pendiente", "en_curso": "En curso", "hecho": "Hecho", "fallido": "Fallido"},
    "atencion_tipo": {
        "turno": "Turno",
        "atencion": "Atención",
        "canalizacion": "Canalización",
        "seguimiento": "Seguimiento",
        "medida": "Medida",
        "resultado": "Resultado",
        "documentacion": "Documentación",
        "acompanamiento": "Acompañamiento",
        "evaluacion_medidas": "Evaluación de medidas",
    },
    "base_tipo": {"base_mpi": "Base MPI", "base_ddhh": "Base de Derechos Humanos"},
    "registro_tipo": {
        "observacion": "Observación",
        "riesgo": "Riesgo",
        "agresion": "Agresión",
        "atencion": "Atención",
        "canalizacion": "Canalización",
        "seguimiento": "Seguimiento",
        "incidencia": "Incidencia",
    },
    "tipo_persona": {"periodista": "Periodista", "defensora": "Defensora"},
    "riesgo_esperado": {"sin_determinar": "Sin determinar", "bajo": "Bajo", "medio": "Medio", "alto": "Alto"},
    "origen_movilizacion": {
        "a_mano": "Dada de alta a mano",
        "recurrente": "De cada año",
        "noticia": "Anunciada en la prensa",
        "calendario": "De un calendario",
    },
    "rol": {"lectura": "Lectura", "analista": "Analista", "administracion": "Administración"},
    "modo": {"completo": "Completa", "solo_feeds": "Sólo canales", "solo_fuentes": "Sólo algunas fuentes"},
}
FLAGS = frozenset(
    {
        "movilizacion",
        "antecedente",
        "urgente",
        "confirmado",
        "anonimato_solicitado",
        "hueco",
        "fallida",
        "cerrada",
        "activa",
        "relevante",
        "cuenta",
        "contaria",
        "atencion",
    }
)


@cache
def labels_of(column: str) -> dict[str, str]:
    """Return {slug: label} of a column, empty when its values are free."""
    if column in FLAGS:
        return {"0": "No", "1": "Sí", "false": "No", "true": "Sí"}
    members = {member.value: member.etiqueta for member in VOCABULARY.get(column, ())}
    return members | MORE.get(column, {})


def label(column: str, value: object) -> str:
    """Return the label of one value; what has none is shown as it is, and a missing value as an empty text."""
    if value is None:
        return ""
    return labels_of(column).get(str(value), str(value))


def json_list(value: object) -> list[str] | None:
    """Return the items of a cell that holds a JSON array of texts, else None."""
    if not isinstance(value, str) or not value.startswith("["):
        return None
    try:
        items = json.loads(value)
    except ValueError:
        return None
    return items if isinstance(items, list) and all(isinstance(item, str) for item in items) else None
