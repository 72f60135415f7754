-- La regla de M1, una sola vez. Quien la incluye define antes, como CTE:
--   periodos (tipo, periodo, inicio, fin): lo que se mide;   opciones (anios_atras): contra qué año;
--   serie (dia, registros, por_revisar): lo contado por día;   totales (mes, total): lo importado por mes.
-- Un mes con corridas o registros propios cuenta con ellos; si no los tiene y hay total importado, con el total.
propios (mes, importado) AS MATERIALIZED (
    SELECT mes, importado FROM v_meses_propios
),
dias (dia, ultimo) AS (
    SELECT date(min(p.inicio), '-' || (o.anios_atras * 366) || ' days'), max(p.fin) FROM periodos AS p, opciones AS o
    UNION ALL
    SELECT date(dia, '+1 day'), ultimo FROM dias WHERE dia < ultimo
),
marcados AS MATERIALIZED (
    SELECT
        d.dia,
        CASE
            WHEN t.mes IS NULL OR p.mes IS NOT NULL THEN coalesce(s.registros, 0)
            WHEN substr(d.dia, 9) = '01' THEN t.total  -- se usa sólo en meses enteros
            ELSE 0
        END AS registros,
        coalesce(s.por_revisar, 0) AS por_revisar,
        t.mes IS NOT NULL AND p.mes IS NULL AS de_total,
        (t.mes IS NOT NULL AND p.mes IS NULL) OR coalesce(p.importado, 0) AS importado,
        c.dia IS NOT NULL AS cubierto
    FROM dias AS d
    LEFT JOIN serie AS s ON s.dia = d.dia
    LEFT JOIN v_dias_cubiertos AS c ON c.dia = d.dia
    LEFT JOIN propios AS p ON p.mes = substr(d.dia, 1, 7)
    LEFT JOIN totales AS t ON t.mes = substr(d.dia, 1, 7)
),
-- Sumas acumuladas: lo de cualquier tramo es el acumulado de su último día menos lo anterior a su primero. De un mes que sólo
-- tiene total importado cuenta el mes entero: un tramo que empieza dentro de él empieza en el siguiente, y uno que acaba dentro
-- acaba en el anterior (si_empieza, si_acaba).
calendario AS MATERIALIZED (
    SELECT
        dia,
        de_total,
        iif(de_total AND substr(dia, 9) <> '01', date(dia, 'start of month', '+1 month'), dia) AS si_empieza,
        iif(de_total AND substr(date(dia, '+1 day'), 9) <> '01', date(dia, 'start of month', '-1 day'), dia) AS si_acaba,
        sum(registros) OVER hasta AS registros,
        sum(registros) OVER hasta - registros AS registros_antes,
        sum(por_revisar) OVER hasta AS por_revisar,
        sum(por_revisar) OVER hasta - por_revisar AS por_revisar_antes,
        sum(de_total) OVER hasta AS de_totales,
        sum(de_total) OVER hasta - de_total AS de_totales_antes,
        sum(importado) OVER hasta AS importados,
        sum(importado) OVER hasta - importado AS importados_antes,
        sum(cubierto OR importado) OVER hasta AS con_cifras,
        sum(cubierto OR importado) OVER hasta - (cubierto OR importado) AS con_cifras_antes,
        max(iif(cubierto OR importado, dia, NULL)) OVER hasta AS ultimo_con_cifras,
        max(iif(registros > 0, dia, NULL)) OVER hasta AS ultimo_registro
    FROM marcados
    WINDOW hasta AS (ORDER BY dia)
),
-- El corte es el último día del periodo con cifras: cubierto por corridas o importado; sin ninguno, el último registro.
cortados AS MATERIALIZED (
    SELECT
        p.*,
        CASE
            WHEN c.ultimo_con_cifras >= p.inicio THEN c.ultimo_con_cifras
            WHEN c.ultimo_registro >= p.inicio THEN c.ultimo_registro
        END AS corte,
        coalesce(c.ultimo_con_cifras, '') < p.fin AS parcial
    FROM periodos AS p JOIN calendario AS c ON c.dia = p.fin
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
        SELECT periodo, inicio, fin AS ultimo FROM cortados
        UNION
        SELECT periodo, inicio, corte FROM cortados WHERE corte IS NOT NULL
    ) AS t, opciones AS o
),
anteriores AS MATERIALIZED (
    SELECT
        periodo,
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
-- Tres tramos: el del periodo, el mismo periodo entero del año anterior, y los días que se comparan, que son los mismos en los
-- dos años: lo que un mes importado recorta en uno se recorta en el otro.
extremos AS MATERIALIZED (
    SELECT
        c.*,
        a.base_inicio,
        a.base_fin,
        i.si_empieza AS propio_inicio,
        f.si_acaba AS propio_fin,
        ai.si_empieza AS anterior_inicio,
        af.si_acaba AS anterior_fin,
        i.si_empieza <> c.inicio OR ai.si_empieza <> a.base_inicio AS recorta_inicio,
        co.si_acaba <> c.corte OR bf.si_acaba <> a.base_fin
        OR (bf.de_total AND substr(date(c.corte, '+1 day'), 9) <> '01') AS recorta_fin
    FROM cortados AS c
    CROSS JOIN anteriores AS e ON e.periodo = c.periodo AND e.ultimo = c.fin
    LEFT JOIN anteriores AS a ON a.periodo = c.periodo AND a.ultimo = c.corte
    CROSS JOIN calendario AS i ON i.dia = c.inicio
    CROSS JOIN calendario AS f ON f.dia = c.fin
    CROSS JOIN calendario AS ai ON ai.dia = e.base_inicio
    CROSS JOIN calendario AS af ON af.dia = e.base_fin
    LEFT JOIN calendario AS co ON co.dia = c.corte
    LEFT JOIN calendario AS bf ON bf.dia = a.base_fin
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
-- MATERIALIZED corta en pasos lo que el planificador de SQLite, visto como una sola unión de veinte tablas, tarda en ordenar.
del_periodo AS MATERIALIZED (
    SELECT
        t.*,
        pf.registros - pi.registros_antes AS registros,
        cf.por_revisar - ci.por_revisar_antes AS por_revisar,
        f.registros - i.registros_antes AS comparados,
        f.por_revisar - i.por_revisar_antes AS por_revisar_comparados,
        f.con_cifras - i.con_cifras_antes AS con_cifras,
        f.de_totales - i.de_totales_antes AS de_totales,
        f.importados - i.importados_antes AS importados,
        julianday(t.hasta) - julianday(t.desde) + 1 AS largo
    FROM tramos AS t
    CROSS JOIN calendario AS ci ON ci.dia = t.inicio
    CROSS JOIN calendario AS cf ON cf.dia = t.fin
    LEFT JOIN calendario AS pi ON pi.dia = t.propio_inicio AND t.propio_inicio <= t.propio_fin
    LEFT JOIN calendario AS pf ON pf.dia = t.propio_fin
    LEFT JOIN calendario AS i ON i.dia = t.desde AND t.desde <= t.hasta
    LEFT JOIN calendario AS f ON f.dia = t.hasta
),
-- Sin un solo día con cifras ni un registro en el tramo del periodo no hay nada que comparar (un cero sería falso).
medidos AS MATERIALIZED (
    SELECT
        t.*,
        ai.dia IS NOT NULL AS con_anterior,
        af.registros - ai.registros_antes AS anterior,
        af.con_cifras - ai.con_cifras_antes AS anterior_con_cifras,
        af.de_totales - ai.de_totales_antes AS anterior_de_totales,
        bi.dia IS NOT NULL AS comparable,
        bf.registros - bi.registros_antes AS base,
        bf.de_totales - bi.de_totales_antes AS base_de_totales,
        bf.importados - bi.importados_antes AS base_importados,
        bf.con_cifras - bi.con_cifras_antes AS base_con_cifras,
        julianday(t.base_hasta) - julianday(t.base_desde) + 1 AS base_largo
    FROM del_periodo AS t
    LEFT JOIN calendario AS ai ON ai.dia = t.anterior_inicio AND t.anterior_inicio <= t.anterior_fin
    LEFT JOIN calendario AS af ON af.dia = t.anterior_fin
    LEFT JOIN calendario AS bi ON bi.dia = t.base_desde AND (t.con_cifras > 0 OR t.comparados > 0)
    LEFT JOIN calendario AS bf ON bf.dia = t.base_hasta
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
        registros,
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
            iif(comparable, '', '; no calculable')
            || iif(comparable AND base = 0, '; sin línea base', '')
            || iif(base > 0 AND base_con_cifras < base_largo, '; línea base incompleta', '')
            || iif(
                base > 0
                AND ((base_importados > 0 AND importados < largo) OR (importados > 0 AND base_importados < base_largo)),
                '; cambio de método',
                ''
            )
            || iif(parcial, '; parcial', ''),
            3
        ) AS marcas,
        iif(comparable, de_totales, NULL) AS de_totales,
        base_de_totales,
        anterior_de_totales
    FROM medidos
)
