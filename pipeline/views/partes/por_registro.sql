-- Lo que las vistas del indicador comparten: hallazgos por fecha de registro, contra el año anterior, y los periodos del
-- calendario que tocan lo que hay en el registro (ninguna vista pregunta qué día es hoy).
opciones (anios_atras) AS (VALUES (1)),
serie (dia, registros, por_revisar) AS MATERIALIZED (
    SELECT fecha_registro, sum(estado = 'validado'), sum(estado = 'detectado')
    FROM v_renglones
    WHERE cuenta
    GROUP BY fecha_registro
),
totales (mes, total) AS MATERIALIZED (
    SELECT printf('%04d-%02d', anio, mes), total FROM lineas_base WHERE indicador = '1.4' AND unidad = 'hallazgo'
),
limites (primero, ultimo) AS MATERIALIZED (
    SELECT min(primero), max(ultimo)
    FROM (
        SELECT min(dia) AS primero, max(dia) AS ultimo FROM serie
        UNION ALL
        SELECT min(dia), max(dia)
        FROM
-- incluye: corridas_que_cubren
    )
),
anios (anio) AS (
    SELECT CAST(substr(primero, 1, 4) AS INTEGER) FROM limites WHERE primero IS NOT NULL
    UNION ALL
    SELECT anio + 1 FROM anios, limites WHERE anio < CAST(substr(ultimo, 1, 4) AS INTEGER)
)
