"""The values of the annotation guide's fields (v1.5) with labels, meanings and what follows from what."""

from collections.abc import Iterable

from nlp.enumeracion import Valor
from nlp.vocabulario_lugares import Alcaldia, Entidad
from nlp.vocabulario_registro import (
    Ambito,
    EstadoHallazgo,
    Fase,
    Origen,
    Papel,
    Relacion,
    TextoOrigen,
    TipoPersona,
    Via,
    Vinculo,
)

__all__ = [
    "AGRESION_DE",
    "SERIOUSNESS",
    "VERSION_GUIA",
    "Agresion",
    "Agresor",
    "Alcaldia",
    "Ambito",
    "Cdmx",
    "Clase",
    "Entidad",
    "EstadoHallazgo",
    "Fase",
    "Genero",
    "Modalidad",
    "Origen",
    "Papel",
    "Relacion",
    "TextoOrigen",
    "TipoNota",
    "TipoPersona",
    "Via",
    "Victima",
    "Vinculo",
    "agresiones_de",
    "clase_de",
]

VERSION_GUIA = "1.5"


class TipoNota(Valor):
    """Guide, `nota`."""

    HECHO_NUEVO = "hecho_nuevo", "Hecho nuevo", "El caso se da como noticia: primera publicación o semana de reacciones"
    SEGUIMIENTO = "seguimiento", "Seguimiento", "Etapa posterior de un caso conocido: detención, juicio, sentencia, exigencia"
    SIN_HECHO = "sin_hecho", "Sin hecho", "No relata un caso: no es hallazgo"


class Clase(Valor):
    """Guide, `clase`: the plan's three groups (section 1.4), from less to more serious."""

    RIESGO = "riesgo", "Riesgo", "Amenazada por las circunstancias, todavía sin agresión consumada"
    AGRESION = "agresion", "Agresión", "Ya víctima de una agresión física, verbal, digital o institucional"
    PRIVACION_VIDA = "privacion_vida", "Privación de la vida", "Perdió la vida a causa, o presuntamente a causa, de su labor"


class Victima(Valor):
    """Guide, `victima`."""

    PERIODISTA = "periodista", "Periodista", "Ejerce el periodismo, o es un medio o una redacción"
    DEFENSORA = "defensora", "Persona defensora", "Defiende derechos humanos, sola o en colectivo"


class Agresion(Valor):
    """Guide, `agresion`: the plan's kinds."""

    FISICA = "fisica", "Física", "Contra el cuerpo, la libertad o los bienes"
    VERBAL = "verbal", "Verbal", "Amenaza, insulto, intimidación, descrédito o impedimento"
    DIGITAL = "digital", "Digital", "Por medios digitales o contra cuentas, sitios y equipos"
    INSTITUCIONAL = "institucional", "Institucional", "Acoso judicial, censura o acto administrativo arbitrario"


class Modalidad(Valor):
    """Guide, `modalidad`."""

    ASESINATO = "asesinato", "Asesinato", "Privación de la vida"
    TENTATIVA_ASESINATO = "tentativa_asesinato", "Tentativa de asesinato", "Disparos, puñaladas o ataque con intención de matar"
    ATAQUE_FISICO = "ataque_fisico", "Ataque físico", "Golpes, empujones, gas, pedradas o lesiones"
    DESAPARICION = "desaparicion", "Desaparición", "Se desconoce su paradero"
    PRIVACION_LIBERTAD = "privacion_libertad", "Privación de la libertad", "Detención arbitraria, secuestro o retención"
    TORTURA = "tortura", "Tortura", "Tortura o tratos crueles bajo custodia"
    VIOLENCIA_SEXUAL = "violencia_sexual", "Violencia sexual", "Agresión o acoso sexual"
    AMENAZA = "amenaza", "Amenaza", "Anuncio de muerte o de otro daño"
    HOSTIGAMIENTO = "hostigamiento", "Hostigamiento", "Intimidación, vigilancia en persona, insultos o seguimiento"
    ESTIGMATIZACION = "estigmatizacion", "Estigmatización", "Campaña de desprestigio o descrédito desde el poder"
    OBSTRUCCION = "obstruccion", "Obstrucción", "Cobertura impedida, cámara tapada o material borrado a la fuerza"
    DANIO_BIENES = "danio_bienes", "Daño a bienes", "Equipo, vehículo, casa u oficina robados, dañados o allanados"
    ATAQUE_DIGITAL = "ataque_digital", "Ataque digital", "Hackeo, caída del sitio, robo de cuenta o difusión de datos"
    ESPIONAJE = "espionaje", "Espionaje", "Programa espía, intervención de comunicaciones o fichas"
    ACOSO_JUDICIAL = "acoso_judicial", "Acoso judicial", "Demanda, denuncia o cargo penal para silenciar"
    CENSURA = "censura", "Censura", "Retiro de contenido, despido u orden de no publicar"
    DESPLAZAMIENTO = "desplazamiento", "Desplazamiento", "Tuvo que dejar su casa"


class Agresor(Valor):
    """Guide, `agresor`."""

    FUERZA_PUBLICA = "fuerza_publica", "Fuerza pública", "Policía, ejército, guardia nacional o agentes de fiscalía"
    AUTORIDAD_CIVIL = "autoridad_civil", "Autoridad civil", "Funcionariado, políticos, candidaturas, jueces o escuelas"
    CRIMEN_ORGANIZADO = "crimen_organizado", "Crimen organizado", "Grupos de la delincuencia organizada"
    PARTICULAR = "particular", "Particular", "Personas, empresas, manifestantes, guardias privados o comerciantes"
    NO_IDENTIFICADO = "no_identificado", "No identificado", "El texto no nombra a nadie o habla de desconocidos"


class Genero(Valor):
    """Guide, `victimas.genero`."""

    MUJER = "mujer", "Mujer", "La gramática o el nombre dicen que es mujer"
    HOMBRE = "hombre", "Hombre", "La gramática o el nombre dicen que es hombre"
    NO_BINARIO = "no_binario", "No binario", "El texto lo dice"
    COLECTIVO = "colectivo", "Colectivo", "Un medio, una organización o un grupo"
    INDETERMINADO = "indeterminado", "Indeterminado", "El texto no permite saberlo"


class Cdmx(Valor):
    """Guide, `lugar.cdmx`: whether the case itself happened in Mexico City."""

    SI = "si", "Sí", "El caso ocurrió en la Ciudad de México"
    NO = "no", "No", "El caso ocurrió fuera de la Ciudad de México"
    INDETERMINADO = "indeterminado", "Indeterminado", "El texto no lo fija"


SERIOUSNESS = (Clase.RIESGO, Clase.AGRESION, Clase.PRIVACION_VIDA)

# The guide's table «modalidad → agresion»; displacement gives none by itself.
AGRESION_DE: dict[Modalidad, Agresion | None] = {
    Modalidad.ASESINATO: Agresion.FISICA,
    Modalidad.TENTATIVA_ASESINATO: Agresion.FISICA,
    Modalidad.ATAQUE_FISICO: Agresion.FISICA,
    Modalidad.DESAPARICION: Agresion.FISICA,
    Modalidad.PRIVACION_LIBERTAD: Agresion.FISICA,
    Modalidad.TORTURA: Agresion.FISICA,
    Modalidad.VIOLENCIA_SEXUAL: Agresion.FISICA,
    Modalidad.AMENAZA: Agresion.VERBAL,
    Modalidad.HOSTIGAMIENTO: Agresion.VERBAL,
    Modalidad.ESTIGMATIZACION: Agresion.VERBAL,
    Modalidad.OBSTRUCCION: Agresion.VERBAL,
    Modalidad.DANIO_BIENES: Agresion.FISICA,
    Modalidad.ATAQUE_DIGITAL: Agresion.DIGITAL,
    Modalidad.ESPIONAJE: Agresion.DIGITAL,
    Modalidad.ACOSO_JUDICIAL: Agresion.INSTITUCIONAL,
    Modalidad.CENSURA: Agresion.INSTITUCIONAL,
    Modalidad.DESPLAZAMIENTO: None,
}


def agresiones_de(modalidades: Iterable[str], digital: bool = False) -> tuple[str, ...]:
    """Return the `agresion` list of `modalidades`, in the vocabulary's order; `digital`: a threat came by digital means.

    >>> agresiones_de(["amenaza"], digital=True)
    ('verbal', 'digital')
    """
    chosen = {Modalidad(slug) for slug in modalidades}
    kinds = {AGRESION_DE[modalidad] for modalidad in chosen}
    if digital and Modalidad.AMENAZA in chosen:
        kinds.add(Agresion.DIGITAL)
    return tuple(str(kind) for kind in Agresion if kind in kinds)


def clase_de(modalidades: Iterable[str], *, solo_vigilancia: bool = False) -> str:
    """Return the class of a case (guide, `clase`); `solo_vigilancia`: being followed or watched in person, no more.

    >>> clase_de(["estigmatizacion"]), clase_de(["hostigamiento"]), clase_de(["amenaza", "asesinato"])
    ('riesgo', 'agresion', 'privacion_vida')
    """
    chosen = set(modalidades)
    if Modalidad.ASESINATO in chosen:
        return str(Clase.PRIVACION_VIDA)
    harmless = {Modalidad.ESTIGMATIZACION, Modalidad.DESPLAZAMIENTO} | ({Modalidad.HOSTIGAMIENTO} if solo_vigilancia else set())
    return str(Clase.RIESGO if chosen <= harmless else Clase.AGRESION)
