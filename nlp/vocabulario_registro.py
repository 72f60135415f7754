"""The registry's own vocabulary, beyond the annotation guide (design, "The registry")."""

from nlp.enumeracion import Valor


class Ambito(Valor):
    """How a finding belongs to the city: proposed by machine, set by the analyst."""

    HECHO_EN_CDMX = "hecho_en_cdmx", "Hecho en la ciudad", "El caso ocurrió en la Ciudad de México"
    PERSONA_EN_CDMX = "persona_en_cdmx", "Persona en la ciudad", "La persona vive en la ciudad o fue desplazada a ella"
    A_DISTANCIA_CDMX = "a_distancia_cdmx", "A distancia", "Ataque remoto contra alguien de la ciudad"
    FUERA = "fuera", "Fuera de la ciudad", "El caso ocurrió en otra parte"
    POR_DETERMINAR = "por_determinar", "Por determinar", "Falta que una persona lo decida"


class Via(Valor):
    """By which way the aggression reached the victim."""

    PRESENCIAL = "presencial", "Presencial", "Frente a frente o en el lugar"
    LLAMADA = "llamada", "Llamada", "Por teléfono"
    MENSAJE = "mensaje", "Mensaje", "Por mensajería o recado escrito"
    CORREO = "correo", "Correo electrónico", "Por correo electrónico"
    RED_SOCIAL = "red_social", "Red social", "Por redes sociales o plataformas"
    JUDICIAL = "judicial", "Judicial", "Por demanda, denuncia o proceso"
    ADMINISTRATIVA = "administrativa", "Administrativa", "Por acto de una autoridad, institución o empresa"
    DECLARACION_PUBLICA = "declaracion_publica", "Declaración pública", "En discurso, conferencia o comunicado"
    SIN_DETERMINAR = "sin_determinar", "Sin determinar", "El texto no lo dice"


class Vinculo(Valor):
    """Link of the case with the work."""

    CONFIRMADO = "confirmado", "Confirmado", "Establecido por la investigación o por los hechos"
    PROBABLE = "probable", "Probable", "Ocurrió durante la labor o el texto lo relaciona con ella"
    NO_CONFIRMADO = "no_confirmado", "No confirmado", "El texto no lo establece"
    DESCARTADO = "descartado", "Descartado", "Una persona lo descartó"


class Fase(Valor):
    """Moment of a demonstration at which the case happened."""

    ANTES = "antes", "Antes", "Antes de la movilización"
    DURANTE = "durante", "Durante", "Durante la movilización"
    DESPUES = "despues", "Después", "Después de la movilización"
    SIN_DETERMINAR = "sin_determinar", "Sin determinar", "No se sabe o no hubo movilización"


class Relacion(Valor):
    """What a victim has to do with the work."""

    TITULAR = "titular", "Titular", "La persona que hace la labor"
    COLABORADORA = "colaboradora", "Colaboradora", "Apoya la labor"
    FAMILIAR = "familiar", "Familiar", "Familiar de quien hace la labor"
    INTEGRANTE_DEL_GRUPO = "integrante_del_grupo", "Integrante del grupo", "Parte del colectivo o la redacción"
    OTRA_VINCULADA = "otra_vinculada", "Otra persona vinculada", "Vinculada de otra manera"


class EstadoHallazgo(Valor):
    """States of a finding."""

    DETECTADO = "detectado", "Detectado", "Propuesto por la máquina, sin revisar"
    VALIDADO = "validado", "Validado", "Confirmado por una persona"
    DESCARTADO = "descartado", "Descartado", "No es hallazgo; se conserva con su motivo"
    FUSIONADO = "fusionado", "Fusionado", "Es el mismo que otro hallazgo"


class TipoPersona(Valor):
    """Kinds of victims in the registry of people."""

    PERSONA = "persona", "Persona", "Una persona"
    GRUPO = "grupo", "Grupo", "Varias personas sin organización formal"
    ORGANIZACION = "organizacion", "Organización", "Colectivo, asociación o sindicato"
    MEDIO = "medio", "Medio", "Medio de comunicación o redacción"


class Papel(Valor):
    """What a note is to its finding."""

    PRIMERA = "primera", "Primera", "La primera nota que lo contó"
    REPLICA = "replica", "Réplica", "Otra nota del mismo hecho"
    SEGUIMIENTO = "seguimiento", "Seguimiento", "Nota de una etapa posterior"


class Origen(Valor):
    """How a finding came into the registry."""

    MONITOREO = "monitoreo", "Monitoreo", "De la corrida diaria"
    ARCHIVO = "archivo", "Archivo", "De la lectura de archivos anteriores"
    MANUAL = "manual", "Manual", "Capturado por una persona"
    IMPORTADO = "importado", "Importado", "De un registro anterior"


class TextoOrigen(Valor):
    """Where the text of a note comes from."""

    PAGINA = "pagina", "Página", "De la página del artículo"
    FEED = "feed", "Canal", "Del contenido del canal"
    TITULO = "titulo", "Título", "Sólo título y resumen"
    MANUAL = "manual", "Manual", "Capturado por una persona"
