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
-- Sumas acumuladas: lo de cualquier tramo es el acumulado de su último día menos lo anterior a su primero.
calendario AS MATERIALIZED (
    SELECT
        dia,
        de_total,
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
-- Los mismos días de años atrás; el 29 de febrero va con su mes, y como extremo de un tramo es el 28.
corridos AS (
    SELECT
        c.*,
        date(c.corte, 'start of month', '+1 month', '-1 day') AS fin_de_mes,
        printf('%04d', substr(c.inicio, 1, 4) - o.anios_atras) || substr(c.inicio, 5) AS inicio_atras,
        printf('%04d', substr(c.corte, 1, 4) - o.anios_atras) || substr(c.corte, 5) AS fin_atras
    FROM cortados AS c, opciones AS o
),
anteriores AS MATERIALIZED (
    SELECT
        *,
        iif(date(inicio_atras, '+0 days') = inicio_atras, inicio_atras, substr(inicio_atras, 1, 8) || '28') AS base_inicio,
        CASE
            WHEN corte = fin_de_mes AND inicio <= substr(corte, 1, 8) || '01'
                THEN date(substr(fin_atras, 1, 8) || '01', '+1 month', '-1 day')
            WHEN date(fin_atras, '+0 days') = fin_atras THEN fin_atras
            ELSE substr(fin_atras, 1, 8) || '28'
        END AS base_fin
    FROM corridos
),
-- De un mes importado sólo se compara el mes entero: un extremo a medio mes se recorta en los dos años.
extremos AS (
    SELECT
        a.*,
        substr(a.inicio, 9) <> '01' AND (i.de_total OR bi.de_total) AS recorta_inicio,
        (f.de_total AND a.corte <> a.fin_de_mes)
        OR (bf.de_total AND a.base_fin <> date(a.base_fin, 'start of month', '+1 month', '-1 day')) AS recorta_fin,
        substr(a.inicio, 9) <> '01' AND i.de_total AS recorta_inicio_propio,
        ff.de_total AND a.fin <> date(a.fin, 'start of month', '+1 month', '-1 day') AS recorta_fin_propio
    FROM anteriores AS a
    LEFT JOIN calendario AS i ON i.dia = a.inicio
    LEFT JOIN calendario AS f ON f.dia = a.corte
    LEFT JOIN calendario AS ff ON ff.dia = a.fin
    LEFT JOIN calendario AS bi ON bi.dia = a.base_inicio
    LEFT JOIN calendario AS bf ON bf.dia = a.base_fin
),
tramos AS MATERIALIZED (
    SELECT
        tipo, periodo, inicio, fin, corte, parcial,
        iif(recorta_inicio_propio, date(inicio, 'start of month', '+1 month'), inicio) AS propio_inicio,
        iif(recorta_fin_propio, date(fin, 'start of month', '-1 day'), fin) AS propio_fin,
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
        bi.dia IS NOT NULL AS comparable,
        bf.registros - bi.registros_antes AS base,
        bf.de_totales - bi.de_totales_antes AS base_de_totales,
        bf.importados - bi.importados_antes AS base_importados,
        bf.con_cifras - bi.con_cifras_antes AS base_con_cifras,
        julianday(t.base_hasta) - julianday(t.base_desde) + 1 AS base_largo
    FROM del_periodo AS t
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
        iif(comparable, base_desde, NULL) AS comparado_inicio,
        iif(comparable, base_hasta, NULL) AS comparado_fin,
        registros,
        iif(comparable, comparados, NULL) AS registros_comparados,
        iif(comparable, por_revisar_comparados, NULL) AS por_revisar_comparados,
        iif(base_con_cifras > 0 OR base > 0, base, NULL) AS registros_anterior,
        CASE
            WHEN NOT comparable THEN ''
            WHEN coalesce(base, 0) = 0 THEN 'sin línea base'
            WHEN base_importados = 0 THEN 'monitoreo'
            WHEN base_importados = base_largo THEN 'importada'
            ELSE 'mixta'
        END AS base,
        iif(base > 0, round(100.0 * comparados / base, 1), NULL) AS m1,
        por_revisar,
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
        base_de_totales
    FROM medidos
)
