-- titulo: Archivos web leídos
-- descripcion: En qué terminó cada registro de los archivos web que se leyeron con `hallazgos archivo`. Los destinos suman los recibidos.
-- columna archivo_id: Número de la lectura.
-- columna ruta: Dónde estaba el archivo.
-- columna estado: completo, incompleto (falta algún tramo: la misma orden sigue donde quedó) o fallido (no se pudo leer).
-- columna leido: Parte del archivo ya leída, de 0 a 1.
-- columna recibidos: Registros hallados en lo leído.
-- columna danada: No se pueden leer, o su huella no es la que dicen.
-- columna otro_registro: No son respuestas.
-- columna fuera_de_sitio: De sitios que no se pidieron.
-- columna rechazada: Sin página.
-- columna otro_idioma: No están en español.
-- columna fuera_de_fecha: De antes o después de las fechas pedidas.
-- columna sin_texto: La página no da el texto de una nota.
-- columna cribada: La criba estricta las dejó ir.
-- columna sin_hecho: El etiquetador no halló un hecho.
-- columna conocida: Su dirección ya estaba en el registro.
-- columna nueva: Quedaron como noticia.
-- columna error: El lector falló o tardó demasiado.
SELECT
    a.id AS archivo_id,
    a.ruta,
    CASE WHEN a.motivo <> '' THEN 'fallido' WHEN a.terminado_en IS NULL THEN 'incompleto' ELSE 'completo' END AS estado,
    round(coalesce(sum(t.fin - t.inicio), 0) * 1.0 / max(a.bytes, 1), 3) AS leido,
    coalesce(
        sum(
            t.danada + t.otro_registro + t.fuera_de_sitio + t.rechazada + t.otro_idioma + t.fuera_de_fecha + t.sin_texto
            + t.cribada + t.sin_hecho + t.conocida + t.nueva + t.error
        ), 0
    ) AS recibidos,
    coalesce(sum(t.danada), 0) AS danada,
    coalesce(sum(t.otro_registro), 0) AS otro_registro,
    coalesce(sum(t.fuera_de_sitio), 0) AS fuera_de_sitio,
    coalesce(sum(t.rechazada), 0) AS rechazada,
    coalesce(sum(t.otro_idioma), 0) AS otro_idioma,
    coalesce(sum(t.fuera_de_fecha), 0) AS fuera_de_fecha,
    coalesce(sum(t.sin_texto), 0) AS sin_texto,
    coalesce(sum(t.cribada), 0) AS cribada,
    coalesce(sum(t.sin_hecho), 0) AS sin_hecho,
    coalesce(sum(t.conocida), 0) AS conocida,
    coalesce(sum(t.nueva), 0) AS nueva,
    coalesce(sum(t.error), 0) AS error
FROM archivos AS a LEFT JOIN archivos_tramos AS t ON t.archivo_id = a.id
GROUP BY a.id
ORDER BY a.id
