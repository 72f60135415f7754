-- Quien la incluye define antes verano, y es RECURSIVE.
-- pendientes: enlaces que esperan su página, por el día (Ciudad de México) en que la fuente los dio.
pendientes (fuente_id, dia, enlaces, con_fallas) AS MATERIALIZED (
    SELECT
        fuente_id,
-- incluye: dia_local
,
        count(*),
        sum(primer_intento IS NOT NULL)
    FROM (SELECT fuente_id, visto_en AS momento, primer_intento FROM enlaces WHERE destino IS NULL)
    GROUP BY 1, 2
),
-- dias: lo que dio cada fuente cada día de las ocho semanas que acaban en la última corrida. Ocho, para que la mediana de un
-- día de la semana salga de ocho casos y un cambio de costumbres se olvide en un mes.
-- CROSS JOIN fija el orden: primero las corridas de esas semanas, no todas las de la historia.
-- nuevos: cada enlace una sola vez, cuando recibe su primer destino final (los conocidos y los fuera de fecha se repiten en
-- cada lectura y no cuentan) o mientras espera. Un desborde es un hueco o un límite de páginas o de tiempo que se alcanzó.
dias (fuente_id, dia, semana, buenas, nuevos, errores, desbordes, corrida_buena) AS MATERIALIZED (
    SELECT d.fuente_id, d.dia, strftime('%w', d.dia), d.buenas, d.nuevos + coalesce(p.enlaces, 0), d.errores, d.desbordes, d.corrida_buena
    FROM (
        SELECT
            l.fuente_id,
            r.dia,
            sum(l.lecturas_buenas > 0) AS buenas,
            sum(l.nueva + l.sin_texto + l.rechazada + l.error) AS nuevos,
            sum(l.error) AS errores,
            sum(l.hueco OR (l.motivo <> '' AND (instr(l.motivo, 'se llegó al límite de') OR instr(l.motivo, 'se agotó el tiempo de la ')))) AS desbordes,
            max(iif(l.lecturas_buenas > 0, l.corrida_id, NULL)) AS corrida_buena
        FROM corridas AS r CROSS JOIN corridas_fuentes AS l ON l.corrida_id = r.id
        WHERE r.dia > date((SELECT max(dia) FROM corridas), '-56 days')
        GROUP BY l.fuente_id, r.dia
    ) AS d
    LEFT JOIN pendientes AS p ON p.fuente_id = d.fuente_id AND p.dia = d.dia
),
-- historia: desde cuándo se lee bien, y cuándo trajo por última vez algo nuevo.
historia (fuente_id, primera_buena, ultima_buena, corrida_buena, ultimo_nuevo) AS MATERIALIZED (
    SELECT
        fuente_id,
        min(iif(buenas, dia, NULL)),
        max(iif(buenas, dia, NULL)),
        max(corrida_buena),
        max(iif(nuevos, dia, NULL))
    FROM dias GROUP BY fuente_id
),
-- leidos: los días con lectura buena, sin el de la última corrida, que no ha terminado. Un día sin lectura buena no es silencio.
leidos (fuente_id, dia, semana, nuevos, callado) AS MATERIALIZED (
    SELECT d.fuente_id, d.dia, d.semana, d.nuevos, d.dia > coalesce(h.ultimo_nuevo, '')
    FROM dias AS d JOIN historia AS h ON h.fuente_id = d.fuente_id
    WHERE d.buenas AND d.dia < (SELECT max(dia) FROM corridas)
),
-- ritmo: la mediana de lo nuevo por día de la semana (0: domingo) mientras la fuente daba algo; el silencio en curso no entra,
-- para que callar mucho tiempo no se vuelva costumbre. La mediana, para que un día de muchas notas no pese.
ritmo (fuente_id, semana, esperados, casos) AS MATERIALIZED (
    SELECT fuente_id, semana, avg(nuevos), max(casos)
    FROM (
        SELECT
            fuente_id,
            semana,
            nuevos,
            row_number() OVER (PARTITION BY fuente_id, semana ORDER BY nuevos) AS lugar,
            count(*) OVER (PARTITION BY fuente_id, semana) AS casos
        FROM leidos WHERE NOT callado
    )
    WHERE 2 * lugar BETWEEN casos AND casos + 2
    GROUP BY fuente_id, semana
)
