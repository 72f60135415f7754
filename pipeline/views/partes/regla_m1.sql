-- La regla de M1, una sola vez, sobre lo que cuenta de cada mes; quien la incluye define antes lo que pide por_mes.
-- incluye: por_mes
,
importados (inicio, fin) AS MATERIALIZED (
    SELECT inicio, fin FROM por_mes WHERE importado
),
-- El corte es el último día del periodo con cifras: cubierto por corridas o importado; sin ninguno, el último registro.
cortados AS MATERIALIZED (
    SELECT
        p.*,
        CASE
            WHEN p.con_cifras <> '' THEN p.con_cifras
            ELSE (
                SELECT max(
                    iif(
                        m.fin <= p.fin,
                        m.ultimo_registro,
                        (SELECT max(dia) FROM serie WHERE registros > 0 AND dia BETWEEN p.inicio AND p.fin)
                    )
                )
                FROM por_mes AS m
                WHERE m.ultimo_registro >= p.inicio AND m.inicio <= p.fin
            )
        END AS corte,
        p.con_cifras < p.fin AS parcial
    FROM (
        SELECT
            p.*,
            max(
                coalesce(
                    (
                        SELECT max(dia)
                        FROM
-- incluye: dias_con_cifras
                        AND dia BETWEEN p.inicio AND p.fin
                    ),
                    ''
                ),
                coalesce(
                    (SELECT max(min(m.fin, p.fin)) FROM importados AS m WHERE m.inicio <= p.fin AND m.fin >= p.inicio),
                    ''
                )
            ) AS con_cifras
        FROM periodos AS p
        LIMIT -1 OFFSET 0  -- para que con_cifras se calcule una vez
    ) AS p
),
-- Los mismos días de años atrás, hasta el fin del periodo y hasta el corte; el 29 de febrero va con su mes, y como extremo de un
-- tramo es el 28.
corridos AS (
    SELECT
        t.*,
        date(t.ultimo, 'start of month', '+1 month', '-1 day') AS fin_de_mes,
        printf('%04d', substr(t.inicio, 1, 4) - o.anios_atras) || substr(t.inicio, 5) AS inicio_atras,
        printf('%04d', substr(t.ultimo, 1, 4) - o.anios_atras) || substr(t.ultimo, 5) AS ultimo_atras
    FROM (
        SELECT c.periodo, c.inicio, iif(k.column1, c.fin, c.corte) AS ultimo FROM cortados AS c CROSS JOIN (VALUES (0), (1)) AS k
    ) AS t, opciones AS o
    WHERE t.ultimo IS NOT NULL
    GROUP BY t.periodo, t.ultimo
),
anteriores AS MATERIALIZED (
    SELECT
        periodo,
        inicio,
        ultimo,
        iif(date(inicio_atras, '+0 days') = inicio_atras, inicio_atras, substr(inicio_atras, 1, 8) || '28') AS base_inicio,
        CASE
            WHEN ultimo = fin_de_mes AND inicio <= substr(ultimo, 1, 8) || '01'
                THEN date(substr(ultimo_atras, 1, 8) || '01', '+1 month', '-1 day')
            WHEN date(ultimo_atras, '+0 days') = ultimo_atras THEN ultimo_atras
            ELSE substr(ultimo_atras, 1, 8) || '28'
        END AS base_fin
    FROM corridos
),
-- De un mes que sólo tiene total importado cuenta el mes entero: un tramo que empieza dentro de él empieza en el siguiente, y uno
-- que acaba dentro acaba en el anterior.
-- Tres tramos: el del periodo, el mismo periodo entero del año anterior, y los días que se comparan, que son los mismos en los
-- dos años: lo que un mes importado recorta en uno se recorta en el otro.
extremos AS MATERIALIZED (
    SELECT
        c.*,
        c.propio_inicio <> c.inicio OR c.anterior_inicio <> c.base_inicio AS recorta_inicio,
        (c.corte_total AND substr(date(c.corte, '+1 day'), 9) <> '01')
        OR (c.base_total AND substr(date(c.base_fin, '+1 day'), 9) <> '01')
        OR (c.base_total AND substr(date(c.corte, '+1 day'), 9) <> '01') AS recorta_fin
    FROM (
        SELECT
            c.*,
            a.base_inicio,
            a.base_fin,
            iif(i.mes IS NULL OR substr(c.inicio, 9) = '01', c.inicio, date(c.inicio, 'start of month', '+1 month')) AS propio_inicio,
            iif(f.mes IS NULL OR substr(date(c.fin, '+1 day'), 9) = '01', c.fin, date(c.fin, 'start of month', '-1 day')) AS propio_fin,
            iif(ai.mes IS NULL OR substr(e.base_inicio, 9) = '01', e.base_inicio, date(e.base_inicio, 'start of month', '+1 month')) AS anterior_inicio,
            iif(af.mes IS NULL OR substr(date(e.base_fin, '+1 day'), 9) = '01', e.base_fin, date(e.base_fin, 'start of month', '-1 day')) AS anterior_fin,
            co.mes IS NOT NULL AS corte_total,
            bf.mes IS NOT NULL AS base_total
        FROM cortados AS c
        CROSS JOIN anteriores AS e ON e.periodo = c.periodo AND e.ultimo = c.fin
        LEFT JOIN anteriores AS a ON a.periodo = c.periodo AND a.ultimo = c.corte
        LEFT JOIN totalizados AS i ON i.mes = substr(c.inicio, 1, 7)
        LEFT JOIN totalizados AS f ON f.mes = substr(c.fin, 1, 7)
        LEFT JOIN totalizados AS ai ON ai.mes = substr(e.base_inicio, 1, 7)
        LEFT JOIN totalizados AS af ON af.mes = substr(e.base_fin, 1, 7)
        LEFT JOIN totalizados AS co ON co.mes = substr(c.corte, 1, 7)
        LEFT JOIN totalizados AS bf ON bf.mes = substr(a.base_fin, 1, 7)
    ) AS c
),
tramos AS MATERIALIZED (
    SELECT
        tipo, periodo, inicio, fin, corte, parcial, propio_inicio, propio_fin, anterior_inicio, anterior_fin,
        iif(recorta_inicio, date(inicio, 'start of month', '+1 month'), inicio) AS desde,
        iif(recorta_fin, date(corte, 'start of month', '-1 day'), corte) AS hasta,
        iif(recorta_inicio, date(base_inicio, 'start of month', '+1 month'), base_inicio) AS base_desde,
        iif(recorta_fin, date(base_fin, 'start of month', '-1 day'), base_fin) AS base_hasta
    FROM extremos
),
-- Sumas acumuladas: lo de cualquier tramo es lo acumulado hasta su último día menos lo acumulado hasta la víspera del primero.
-- Sólo en los días que hacen falta: fines de mes, y extremos de tramos que no lo son.
al_mes AS MATERIALIZED (
    SELECT
        *,
        coalesce(sum(coalesce(total, registros)) OVER antes, 0) AS registros_antes,
        coalesce(sum(por_revisar) OVER antes, 0) AS por_revisar_antes,
        coalesce(sum(iif(total IS NULL, 0, dias)) OVER antes, 0) AS de_totales_antes,
        coalesce(sum(iif(importado, dias, 0)) OVER antes, 0) AS importados_antes,
        coalesce(sum(iif(importado, dias, cubiertos)) OVER antes, 0) AS con_cifras_antes
    FROM por_mes
    WINDOW antes AS (ORDER BY mes ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
puntos (dia) AS MATERIALIZED (
    SELECT CASE k.column1
        WHEN 1 THEN date(a.inicio, '-1 day')
        WHEN 2 THEN a.ultimo
        WHEN 3 THEN date(a.base_inicio, '-1 day')
        ELSE a.base_fin
    END
    FROM anteriores AS a CROSS JOIN (VALUES (1), (2), (3), (4)) AS k
    UNION
    SELECT fin FROM por_mes
),
acumulados AS MATERIALIZED (
    SELECT
        dia,
        registros_antes
        + CASE
            WHEN total IS NOT NULL THEN total
            WHEN dia = fin THEN registros
            ELSE coalesce((SELECT sum(s.registros) FROM serie AS s WHERE s.dia BETWEEN inicio AND p.dia), 0)
        END AS registros,
        por_revisar_antes
        + CASE
            WHEN dia = fin THEN por_revisar
            ELSE coalesce((SELECT sum(s.por_revisar) FROM serie AS s WHERE s.dia BETWEEN inicio AND p.dia), 0)
        END AS por_revisar,
        de_totales_antes + iif(total IS NULL, 0, substr(dia, 9)) AS de_totales,
        importados_antes + iif(importado, substr(dia, 9), 0) AS importados,
        con_cifras_antes
        + CASE
            WHEN importado THEN substr(dia, 9)
            WHEN dia = fin THEN cubiertos
            ELSE (SELECT count(*) FROM cubiertos AS c WHERE c.dia BETWEEN inicio AND p.dia)
        END AS con_cifras
    FROM puntos AS p JOIN al_mes AS m ON m.mes = substr(p.dia, 1, 7)
),
sumados AS MATERIALIZED (
    SELECT
        t.*,
        h.registros - v.registros AS suma,
        h.por_revisar - v.por_revisar AS suma_por_revisar,
        h.con_cifras - v.con_cifras AS suma_con_cifras,
        h.de_totales - v.de_totales AS suma_de_totales,
        h.importados - v.importados AS suma_importados
    FROM (
        SELECT
            t.*,
            k.column1 AS tramo,
            CASE k.column1
                WHEN 'periodo' THEN t.inicio
                WHEN 'propio' THEN t.propio_inicio
                WHEN 'comparado' THEN t.desde
                WHEN 'anterior' THEN t.anterior_inicio
                ELSE t.base_desde
            END AS empieza,
            CASE k.column1
                WHEN 'periodo' THEN t.fin
                WHEN 'propio' THEN t.propio_fin
                WHEN 'comparado' THEN t.hasta
                WHEN 'anterior' THEN t.anterior_fin
                ELSE t.base_hasta
            END AS acaba
        FROM tramos AS t CROSS JOIN (VALUES ('periodo'), ('propio'), ('comparado'), ('anterior'), ('base')) AS k
    ) AS t
    LEFT JOIN acumulados AS v ON v.dia = date(t.empieza, '-1 day') AND t.empieza <= t.acaba
    LEFT JOIN acumulados AS h ON h.dia = t.acaba
),
-- Sin un solo día con cifras ni un registro en el periodo entero, el periodo no tiene cobertura: no se sabe cuántos hubo, y un cero
-- sería falso. Aquí se decide; todo lo que imprime una cifra lo lee de aquí. Sin ellos en el tramo comparado no hay nada que comparar.
medidos AS MATERIALIZED (
    SELECT
        tipo, periodo, inicio, fin, corte, parcial, desde, hasta, anterior_inicio, anterior_fin, base_desde, base_hasta,
        anterior_inicio <= anterior_fin AS con_anterior,
        julianday(hasta) - julianday(desde) + 1 AS largo,
        julianday(base_hasta) - julianday(base_desde) + 1 AS base_largo,
        max(iif(tramo = 'comparado', suma_con_cifras > 0 OR suma > 0, 0)) AS comparable,
        max(iif(tramo = 'propio', suma, NULL)) AS registros,
        max(iif(tramo = 'periodo', suma_con_cifras = 0 AND suma = 0, 0)) AS sin_cobertura,
        max(iif(tramo = 'periodo', suma_por_revisar, NULL)) AS por_revisar,
        max(iif(tramo = 'comparado', suma, NULL)) AS comparados,
        max(iif(tramo = 'comparado', suma_por_revisar, NULL)) AS por_revisar_comparados,
        max(iif(tramo = 'comparado', suma_de_totales, NULL)) AS de_totales,
        max(iif(tramo = 'comparado', suma_importados, NULL)) AS importados,
        max(iif(tramo = 'comparado', suma_con_cifras, NULL)) AS con_cifras,
        max(iif(tramo = 'anterior', suma, NULL)) AS anterior,
        max(iif(tramo = 'anterior', suma_con_cifras, NULL)) AS anterior_con_cifras,
        max(iif(tramo = 'anterior', suma_de_totales, NULL)) AS anterior_de_totales,
        max(iif(tramo = 'base', suma, NULL)) AS base,
        max(iif(tramo = 'base', suma_con_cifras, NULL)) AS base_con_cifras,
        max(iif(tramo = 'base', suma_de_totales, NULL)) AS base_de_totales,
        max(iif(tramo = 'base', suma_importados, NULL)) AS base_importados
    FROM (
        SELECT
            *,
            tramo <> 'base' OR max(iif(tramo = 'comparado', suma_con_cifras > 0 OR suma > 0, 0)) OVER (PARTITION BY periodo) AS vale
        FROM sumados
    )
    WHERE vale
    GROUP BY periodo
),
m1 AS (
    SELECT
        tipo,
        periodo,
        inicio,
        fin,
        corte,
        iif(comparable, desde, NULL) AS desde,
        iif(comparable, hasta, NULL) AS hasta,
        iif(con_anterior, anterior_inicio, NULL) AS anterior_inicio,
        iif(con_anterior, anterior_fin, NULL) AS anterior_fin,
        iif(comparable, base_desde, NULL) AS comparado_inicio,
        iif(comparable, base_hasta, NULL) AS comparado_fin,
        iif(sin_cobertura, NULL, registros) AS registros,
        iif(anterior_con_cifras > 0 OR anterior > 0, anterior, NULL) AS registros_anterior,
        iif(comparable, comparados, NULL) AS registros_comparados,
        iif(base_con_cifras > 0 OR base > 0, base, NULL) AS anterior_comparado,
        iif(base_con_cifras > 0 OR base > 0, comparados - base, NULL) AS diferencia,
        CASE
            WHEN NOT comparable THEN ''
            WHEN coalesce(base, 0) = 0 THEN 'sin línea base'
            WHEN base_importados = 0 THEN 'monitoreo'
            WHEN base_importados = base_largo THEN 'importada'
            ELSE 'mixta'
        END AS base,
        iif(base > 0, round(100.0 * comparados / base, 1), NULL) AS m1,
        por_revisar,
        iif(comparable, por_revisar_comparados, NULL) AS por_revisar_comparados,
        iif(base > 0, round(100.0 * (comparados + por_revisar_comparados) / base, 1), NULL) AS m1_provisional,
        substr(
            iif(sin_cobertura, '; sin cobertura', iif(comparable, '', '; no calculable'))
            || iif(comparable AND base = 0, '; sin línea base', '')
            || iif(comparable AND con_cifras < largo, '; cobertura incompleta', '')
            || iif(base > 0 AND base_con_cifras < base_largo, '; línea base incompleta', '')
            || iif(
                base > 0
                AND ((base_importados > 0 AND importados < largo) OR (importados > 0 AND base_importados < base_largo)),
                '; cambio de método',
                ''
            )
            || iif(parcial AND NOT sin_cobertura, '; parcial', ''),
            3
        ) AS marcas,
        iif(comparable, de_totales, NULL) AS de_totales,
        base_de_totales,
        anterior_de_totales
    FROM medidos
)
