-- titulo: Huecos en la vigilancia de cada movilización
-- descripcion: Tramos de la vigilancia en que no empezó ningún ciclo por más del doble de lo previsto: antes del primero, entre dos, y del último (o de su principio, si no hubo ciclos) a su fin, que puede no haber llegado. Lo que va de una cancelada no es hueco.
-- columna movilizacion_id: Número de la movilización.
-- columna desde: El ciclo anterior o, si no lo hay, cuándo debía empezar la vigilancia (UTC).
-- columna hasta: El ciclo siguiente o, si no lo hay, cuándo debe terminar la vigilancia (UTC).
-- columna minutos: Minutos de uno a otro.
-- columna previsto: Cada cuántos minutos debía haber un ciclo.
-- columna abierto: 1 si no hubo ciclo después.
SELECT movilizacion_id, desde, inicio AS hasta, minutos, previsto, 0 AS abierto FROM v_movilizacion_ciclos WHERE hueco
UNION ALL
SELECT id, desde, vigilar_hasta, round((julianday(vigilar_hasta) - julianday(desde)) * 1440, 1), previsto, 1
FROM (
    SELECT
        m.id,
        m.vigilar_hasta,
        coalesce(max(c.inicio), m.vigilar_desde) AS desde,
        coalesce((SELECT cada_minutos FROM vigilancias WHERE movilizacion_id = m.id ORDER BY corrida_id DESC LIMIT 1), 5.0) AS previsto
    FROM movilizaciones AS m LEFT JOIN v_movilizacion_ciclos AS c ON c.movilizacion_id = m.id
    WHERE m.estado <> 'cancelada'
    GROUP BY m.id
)
WHERE julianday(vigilar_hasta) - julianday(desde) > 2 * previsto / 1440
