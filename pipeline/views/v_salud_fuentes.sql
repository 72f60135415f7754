-- titulo: Salud de las fuentes
-- descripcion: Cada fuente del catálogo con lo que dio en la última corrida en que se leyó.
-- columna fuente_id: Identificador de la fuente.
-- columna nombre: Nombre.
-- columna situacion: bien, con aviso (se leyó, con un motivo), falló, sin leer (activa y nunca leída) o inactiva.
-- columna motivo: Por qué no se leyó todo; vacío si se leyó.
-- columna tipo: Tipo de fuente.
-- columna activa: 1 si se lee cada día.
-- columna corrida_id: La última corrida en que se leyó.
-- columna dia: Día de esa corrida.
-- columna ultima_lectura_buena: Cuándo se leyó bien por última vez (UTC).
-- columna recibidos: Enlaces recibidos; es la suma de los ocho destinos.
-- columna nueva: Enlaces que dieron una noticia nueva.
-- columna version: Enlaces que dieron una versión de una noticia conocida.
-- columna conocida: Enlaces ya conocidos.
-- columna sin_texto: Enlaces sin texto.
-- columna fuera_de_fecha: Enlaces fuera de la ventana de fechas.
-- columna rechazada: Enlaces rechazados (robots.txt, dirección, tamaño…).
-- columna error: Enlaces que fallaron y ya no se intentan.
-- columna pendiente: Enlaces que se intentarán después.
-- columna hueco: 1 si el feed no comparte ningún elemento con su lectura anterior.
SELECT
    f.id AS fuente_id,
    f.nombre,
    CASE
        WHEN NOT f.activa THEN 'inactiva'
        WHEN c.corrida_id IS NULL THEN 'sin leer'
        WHEN c.fallida THEN 'falló'
        WHEN c.motivo <> '' THEN 'con aviso'
        ELSE 'bien'
    END AS situacion,
    coalesce(c.motivo, '') AS motivo,
    f.tipo,
    f.activa,
    c.corrida_id,
    r.dia,
    f.ultima_lectura_buena,
    c.recibidos, c.nueva, c.version, c.conocida, c.sin_texto, c.fuera_de_fecha, c.rechazada, c.error, c.pendiente, c.hueco
FROM fuentes AS f
LEFT JOIN corridas_fuentes AS c
    ON c.fuente_id = f.id AND c.corrida_id = (SELECT max(corrida_id) FROM corridas_fuentes WHERE fuente_id = f.id)
LEFT JOIN corridas AS r ON r.id = c.corrida_id
ORDER BY f.nombre
