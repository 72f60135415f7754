-- titulo: Salud de las fuentes
-- descripcion: Cada fuente del catálogo, su estado según su propio ritmo y lo que dio en la última corrida en que se leyó; primero las que necesitan a una persona.
-- columna fuente_id: Clave de la fuente en el catálogo.
-- columna nombre: Nombre.
-- columna estado: activa, callada (responde, pero calla más de lo que suele), fallando (no se puede leer), bloqueada (no nos deja leer), desbordada (da más de lo que alcanza a leerse), nueva (menos de 14 días de lecturas buenas: aún sin ritmo) o inactiva (apagada en el catálogo).
-- columna detalle: Qué pasa, en una línea; vacío si nada.
-- columna atencion: 1 si necesita a una persona.
-- columna dias_callada: Días desde lo último nuevo hasta la última corrida; vacío si no trajo nada en ocho semanas.
-- columna ultimo_nuevo: Último día en que trajo algo nuevo.
-- columna esperados_semana: Enlaces nuevos que suele traer en una semana (suma de las medianas de sus días).
-- columna sin_recoger: Notas que no se pudieron bajar: las dadas por perdidas en siete días y las que esperan otro intento.
-- columna fallas_seguidas: Corridas seguidas en que no se pudo leer nada de ella, hasta la última.
-- columna situacion: En su última corrida: bien, con aviso (se leyó, con un motivo), falló, sin leer (activa y nunca leída) o inactiva.
-- columna motivo: Por qué no se leyó todo en su última corrida; vacío si se leyó.
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
--
-- Los estados se miran en este orden, y vale el primero que se cumple:
-- 1. inactiva: apagada en el catálogo.
-- 2. bloqueada, fallando: las últimas tres corridas seguidas, o las de un día entero (23 h: la corrida diaria no empieza al
--    segundo), no leyeron nada de ella; o siete días de corridas sin lectura buena, por lo que sea. Una falla suelta se compone sola.
--    bloqueada, si al menos la mitad de esas fallas dicen 401, 403, 429, robots.txt o que se espere: insistir no sirve, hay que
--    escribirle al medio. Lo que corta quien opera, o el tiempo de la corrida, no es falla de la fuente.
-- 3. desbordada: en siete días, tres corridas o más, de dos días distintos, con un hueco (el canal rodó entre dos lecturas) o
--    con un límite alcanzado: puede perderse algo; conviene leerla más seguido o darle sección o mapa.
-- 4. nueva: su primera lectura buena tiene menos de 14 días: menos de dos casos por día de la semana no son ritmo.
-- 5. callada: se lee bien y no trae nada nuevo. Un día es de los suyos si suele traer algo ese día de la semana (mediana ≥ 1).
--    Con días suyos: faltó a dos o más seguidos y a más de vez y media su peor falta de las ocho semanas. Así un domingo
--    tranquilo no alarma (no es día suyo) y una organización semanal, sólo a la segunda semana. Sin días suyos (irregular):
--    calla 14 días o más y más del doble de su silencio más largo. Sin nada nuevo en toda su historia: a los 28 días.
-- 6. activa.
-- Aparte del estado, también necesita a una persona si en tres días (los que se insiste con una nota) no se pudieron bajar cinco
-- notas o más, que son la mitad o más de las suyas: el canal responde, las páginas no.
WITH RECURSIVE
-- incluye: verano
,
-- incluye: dias_fuentes
,
-- faltas: días suyos sin nada nuevo entre dos días con algo (bloque: cuántos días con algo van antes); `callado`: hasta ahora.
faltas (fuente_id, ahora, peor) AS MATERIALIZED (
    SELECT fuente_id, max(iif(callado, veces, 0)), max(iif(callado, 0, veces))
    FROM (
        SELECT fuente_id, callado, bloque, sum(suyo AND NOT nuevos) AS veces
        FROM (
            SELECT
                l.fuente_id,
                l.callado,
                l.nuevos,
                coalesce(r.esperados >= 1, 0) AS suyo,
                sum(l.nuevos > 0) OVER (PARTITION BY l.fuente_id ORDER BY l.dia) AS bloque
            FROM leidos AS l LEFT JOIN ritmo AS r ON r.fuente_id = l.fuente_id AND r.semana = l.semana
        )
        GROUP BY fuente_id, callado, bloque
    )
    GROUP BY fuente_id
),
-- silencios: los días de calendario más largos entre dos días con algo nuevo (o desde la primera lectura buena).
silencios (fuente_id, mayor) AS MATERIALIZED (
    SELECT fuente_id, max(dias)
    FROM (
        SELECT
            d.fuente_id,
            julianday(d.dia)
                - julianday(lag(d.dia, 1, h.primera_buena) OVER (PARTITION BY d.fuente_id ORDER BY d.dia)) AS dias
        FROM dias AS d JOIN historia AS h ON h.fuente_id = d.fuente_id
        WHERE d.nuevos
    )
    GROUP BY fuente_id
),
semana (fuente_id, esperados, suyos) AS MATERIALIZED (
    SELECT fuente_id, sum(esperados), sum(esperados >= 1) FROM ritmo GROUP BY fuente_id
),
-- siete: los siete días que acaban en la última corrida.
siete (fuente_id, errores, desbordes, dias_desbordada, nuevos_de_tres, errores_de_tres) AS MATERIALIZED (
    SELECT
        fuente_id,
        sum(errores),
        sum(desbordes),
        sum(desbordes > 0),
        sum(iif(dia > date((SELECT max(dia) FROM corridas), '-3 days'), nuevos, 0)),
        sum(iif(dia > date((SELECT max(dia) FROM corridas), '-3 days'), errores, 0))
    FROM dias WHERE dia > date((SELECT max(dia) FROM corridas), '-7 days') GROUP BY fuente_id
),
-- sin_leer: días de corrida después de su última lectura buena; los que el monitor estuvo apagado no cuentan.
sin_leer (fuente_id, dias) AS MATERIALIZED (
    SELECT d.fuente_id, count(*) FROM dias AS d JOIN historia AS h ON h.fuente_id = d.fuente_id
    WHERE d.dia > coalesce(h.ultima_buena, '') GROUP BY d.fuente_id
),
-- fallas: las corridas sin lectura desde la última buena; `dice`: lo que dijo la última de ellas.
fallas (fuente_id, veces, desde, horas, bloqueos, dice) AS MATERIALIZED (
    SELECT
        h.fuente_id,
        count(*),
        min(r.dia),
        (julianday(max(r.inicio)) - julianday(min(r.inicio))) * 24,
        sum(
            instr(l.motivo, 'HTTP 401') OR instr(l.motivo, 'HTTP 403') OR instr(l.motivo, 'HTTP 429')
            OR instr(l.motivo, 'robots.txt no lo permite') OR instr(l.motivo, 'el sitio pide esperar')
        ),
        substr(max(printf('%012d', l.corrida_id) || l.motivo), 13)
    FROM historia AS h
    JOIN corridas_fuentes AS l ON l.fuente_id = h.fuente_id AND l.corrida_id > coalesce(h.corrida_buena, 0)
    JOIN corridas AS r ON r.id = l.corrida_id
    -- En ciclos de minutos tres fallas seguidas son un cuarto de hora: los de `vigilar` no cuentan.
    WHERE l.corrida_id NOT IN (SELECT corrida_id FROM vigilancias) AND l.fallida AND l.motivo NOT IN ('interrumpida', 'se agotó el tiempo de la corrida')
    GROUP BY h.fuente_id
),
esperan (fuente_id, con_fallas) AS MATERIALIZED (SELECT fuente_id, sum(con_fallas) FROM pendientes GROUP BY fuente_id),
medidas AS (
    SELECT
        f.id AS fuente_id,
        f.activa,
        h.ultimo_nuevo,
        h.ultima_buena,
        coalesce(x.veces, 0) AS fallas_seguidas,
        x.desde AS falla_desde,
        coalesce(x.veces >= 3 OR x.horas >= 23, 0) AS falla,
        coalesce(2 * x.bloqueos >= x.veces, 0) AS bloqueo,
        x.dice AS falla_dice,
        coalesce(z.dias >= 7, 0) AS sin_lectura,
        coalesce(s.desbordes >= 3 AND s.dias_desbordada >= 2, 0) AS desborde,
        coalesce(julianday(u.dia) - julianday(h.primera_buena) + 1, 0) AS dias_de_historia,
        CAST(julianday(u.dia) - julianday(h.ultimo_nuevo) AS INTEGER) AS dias_callada,
        w.esperados AS esperados_semana,
        coalesce(w.suyos, 0) AS suyos,
        coalesce(q.ahora, 0) AS faltas,
        coalesce(q.peor, 0) AS peor_falta,
        g.mayor AS silencio_mayor,
        coalesce(s.errores, 0) + coalesce(e.con_fallas, 0) AS sin_recoger,
        coalesce(s.nuevos_de_tres, 0) AS nuevos_de_tres,
        coalesce(s.errores_de_tres, 0) + coalesce(e.con_fallas, 0) AS sin_recoger_de_tres
    FROM fuentes AS f
    CROSS JOIN (SELECT max(dia) AS dia FROM corridas) AS u
    LEFT JOIN historia AS h ON h.fuente_id = f.id
    LEFT JOIN fallas AS x ON x.fuente_id = f.id
    LEFT JOIN sin_leer AS z ON z.fuente_id = f.id
    LEFT JOIN siete AS s ON s.fuente_id = f.id
    LEFT JOIN semana AS w ON w.fuente_id = f.id
    LEFT JOIN faltas AS q ON q.fuente_id = f.id
    LEFT JOIN silencios AS g ON g.fuente_id = f.id
    LEFT JOIN esperan AS e ON e.fuente_id = f.id
),
estados AS (
    SELECT
        *,
        CASE
            WHEN NOT activa THEN 'inactiva'
            WHEN (falla OR sin_lectura) AND bloqueo THEN 'bloqueada'
            WHEN falla OR sin_lectura THEN 'fallando'
            WHEN desborde THEN 'desbordada'
            WHEN dias_de_historia < 14 THEN 'nueva'
            WHEN ultimo_nuevo IS NULL THEN iif(dias_de_historia >= 28, 'callada', 'nueva')
            WHEN suyos AND faltas >= 2 AND faltas > 1.5 * peor_falta THEN 'callada'
            WHEN NOT suyos AND dias_callada >= 14 AND dias_callada > 2 * silencio_mayor THEN 'callada'
            ELSE 'activa'
        END AS estado,
        sin_recoger_de_tres >= 5 AND 2 * sin_recoger_de_tres >= nuevos_de_tres AS paginas_caidas
    FROM medidas
)
SELECT
    f.id AS fuente_id,
    f.nombre,
    e.estado,
    CASE
        WHEN e.estado IN ('bloqueada', 'fallando') AND e.fallas_seguidas
            THEN printf('No se puede leer desde el %s (corridas: %d): %s', e.falla_desde, e.fallas_seguidas, e.falla_dice)
        WHEN e.estado IN ('bloqueada', 'fallando') THEN 'Ninguna corrida la lee' || coalesce(' desde el ' || e.ultima_buena, '')
        WHEN e.estado = 'desbordada' THEN 'Da más de lo que se alcanza a leer' || coalesce(': ' || nullif(c.motivo, ''), '')
        WHEN e.estado = 'callada' AND e.ultimo_nuevo IS NULL THEN 'Responde, pero no ha traído nada nuevo'
        WHEN e.estado = 'callada' THEN printf('Responde sin nada nuevo desde el %s (días: %d)', e.ultimo_nuevo, e.dias_callada)
        WHEN e.estado = 'inactiva' THEN ''
        WHEN e.paginas_caidas THEN printf('No se pudieron bajar %d de sus notas', e.sin_recoger)
        ELSE coalesce(c.motivo, 'Todavía no se lee')
    END AS detalle,
    -- CAST: sin él, un filtro de la página compara el número con un texto.
    CAST(e.estado IN ('bloqueada', 'fallando', 'desbordada', 'callada') OR (e.activa AND e.paginas_caidas) AS INTEGER) AS atencion,
    e.dias_callada,
    e.ultimo_nuevo,
    CAST(e.esperados_semana AS REAL) AS esperados_semana,
    CAST(e.sin_recoger AS INTEGER) AS sin_recoger,
    CAST(e.fallas_seguidas AS INTEGER) AS fallas_seguidas,
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
JOIN estados AS e ON e.fuente_id = f.id
LEFT JOIN corridas_fuentes AS c
    ON c.fuente_id = f.id AND c.corrida_id = (SELECT max(corrida_id) FROM corridas_fuentes WHERE fuente_id = f.id)
LEFT JOIN corridas AS r ON r.id = c.corrida_id
-- lo que una persona captura a mano no es fuente que se lea
WHERE f.id <> 'manual'
ORDER BY atencion DESC, e.estado = 'inactiva', f.nombre
