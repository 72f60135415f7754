"""What becomes of each record of an archive: exactly one fate, counted (design, principle 7)."""

from nlp.enumeracion import Valor


class Destino(Valor):
    """The fate of a record, in the order in which it is judged; each is a column of `archivos_tramos`."""

    DANADA = "danada", "Dañada", "No se puede leer, o su huella no es la que dice"
    OTRO_REGISTRO = "otro_registro", "Otro registro", "No es una respuesta: peticiones, metadatos, la ficha del archivo"
    FUERA_DE_SITIO = "fuera_de_sitio", "Fuera de sitio", "De un sitio que no se pidió"
    RECHAZADA = "rechazada", "Rechazada", "Sin página: otra clase de archivo, otro estado HTTP, demasiado grande"
    OTRO_IDIOMA = "otro_idioma", "Otro idioma", "No está en español"
    FUERA_DE_FECHA = "fuera_de_fecha", "Fuera de fecha", "De antes o después de las fechas pedidas"
    SIN_TEXTO = "sin_texto", "Sin texto", "La página no da el texto de una nota"
    CRIBADA = "cribada", "Cribada", "La criba estricta la dejó ir"
    SIN_HECHO = "sin_hecho", "Sin hecho", "El etiquetador no halló un hecho"
    CONOCIDA = "conocida", "Conocida", "Su dirección ya está en el registro"
    NUEVA = "nueva", "Nueva", "Quedó como noticia"
    ERROR = "error", "Error", "El lector falló, o tardó demasiado"
