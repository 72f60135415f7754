-- titulo: Ciclos de vigilancia de cada movilización
-- descripcion: Una fila por ciclo de `hallazgos vigilar`. Hay un hueco cuando pasó más del doble de lo previsto desde el ciclo anterior, o desde que debía empezar.
-- columna movilizacion_id: Número de la movilización.
-- columna corrida_id: Corrida del ciclo.
-- columna inicio: Cuándo empezó (UTC).
-- columna estado: completa, interrumpida o en_curso.
-- columna fuentes: Fuentes a las que se preguntó.
-- columna leidas: Fuentes que se pudieron leer.
-- columna nuevas: Noticias nuevas.
-- columna hallazgos: Hallazgos nuevos.
-- columna desde: Ciclo anterior o, del primero, cuándo debía empezar la vigilancia (UTC).
-- columna previsto: Cada cuántos minutos debía haber un ciclo.
-- columna minutos: Minutos desde entonces.
-- columna hueco: 1 si pasó más del doble de lo previsto.
SELECT
    c.*,
    g.cada_minutos AS previsto,
    round((julianday(c.inicio) - julianday(c.desde)) * 1440, 1) AS minutos,
    CAST((julianday(c.inicio) - julianday(c.desde)) * 1440 > 2 * g.cada_minutos AS INTEGER) AS hueco
FROM (
    SELECT
        v.movilizacion_id,
        v.corrida_id,
        r.inicio,
        r.estado,
        v.fuentes,
        v.leidas,
        v.nuevas,
        r.hallazgos_nuevos AS hallazgos,
        lag(r.inicio, 1, m.vigilar_desde) OVER (PARTITION BY v.movilizacion_id ORDER BY r.id) AS desde
    FROM vigilancias AS v
    JOIN corridas AS r ON r.id = v.corrida_id
    JOIN movilizaciones AS m ON m.id = v.movilizacion_id
) AS c
JOIN vigilancias AS g ON g.corrida_id = c.corrida_id AND g.movilizacion_id = c.movilizacion_id
