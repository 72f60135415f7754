-- Lo que cuenta de cada mes. Quien la incluye define antes, como CTE:
--   periodos (tipo, periodo, inicio, fin): lo que se mide;   opciones (anios_atras): contra qué año;
--   serie (dia, registros, por_revisar): lo contado por día;   totales (mes, total): lo importado por mes;
--   alcance (desde): desde qué día las corridas dan cifras;   propios (mes, importado): meses con cifras propias.
-- incluye: totalizados
,
-- Desde un mes antes: lo acumulado al empezar es cero.
meses (inicio, ultimo) AS (
    SELECT date(min(p.inicio), '-' || (o.anios_atras * 366) || ' days', 'start of month', '-1 month'), max(p.fin)
    FROM periodos AS p, opciones AS o
    UNION ALL
    SELECT date(inicio, '+1 month'), ultimo FROM meses WHERE date(inicio, '+1 month') <= ultimo
),
cubiertos (dia) AS MATERIALIZED (
    SELECT dia
    FROM
-- incluye: dias_con_cifras
    GROUP BY dia
),
-- total: lo importado del mes, si cuenta. importado: 1 si todo lo del mes viene de fuera; entonces sus días tienen cifras.
por_mes AS MATERIALIZED (
    SELECT
        m.mes,
        m.inicio,
        date(m.inicio, '+1 month', '-1 day') AS fin,
        CAST(substr(date(m.inicio, '+1 month', '-1 day'), 9) AS INTEGER) AS dias,
        t.total,
        coalesce(p.importado, t.mes IS NOT NULL) AS importado,
        coalesce(s.registros, 0) AS registros,
        coalesce(s.por_revisar, 0) AS por_revisar,
        coalesce(c.dias, 0) AS cubiertos,
        s.ultimo_registro
    FROM (SELECT substr(inicio, 1, 7) AS mes, inicio FROM meses) AS m
    LEFT JOIN propios AS p ON p.mes = m.mes
    LEFT JOIN totalizados AS t ON t.mes = m.mes
    LEFT JOIN (
        SELECT
            substr(dia, 1, 7) AS mes,
            sum(registros) AS registros,
            sum(por_revisar) AS por_revisar,
            max(iif(registros > 0, dia, NULL)) AS ultimo_registro
        FROM serie GROUP BY substr(dia, 1, 7)
    ) AS s ON s.mes = m.mes
    LEFT JOIN (SELECT substr(dia, 1, 7) AS mes, count(*) AS dias FROM cubiertos GROUP BY substr(dia, 1, 7)) AS c ON c.mes = m.mes
)
