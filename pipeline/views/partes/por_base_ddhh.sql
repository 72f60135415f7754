-- Lo que se mide en el indicador 1.5.1, como por_registro en el 1.4.
opciones (anios_atras) AS (VALUES (1)),
serie (dia, registros, por_revisar) AS MATERIALIZED (
    SELECT dia, sum(n), 0 FROM v_serie_base_ddhh WHERE cuenta GROUP BY dia
),
totales (mes, total) AS MATERIALIZED (
    SELECT printf('%04d-%02d', anio, mes), total FROM lineas_base WHERE indicador = '1.5.1' AND unidad = 'registro'
),
-- incluye: alcance_base_ddhh
,
-- incluye: meses_propios
,
-- incluye: limites
