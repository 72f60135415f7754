-- Lo que se mide en el indicador 1.5.2, como por_registro en el 1.4.
opciones (anios_atras) AS (VALUES (1)),
serie (dia, registros, por_revisar) AS MATERIALIZED (
    SELECT dia, sum(iif(estado = 'validado', actos, 0)), sum(iif(estado = 'detectado', actos, 0))
    FROM v_serie_base_mpi
    WHERE fecha = 'registro' AND cuenta
    GROUP BY dia
),
totales (mes, total) AS MATERIALIZED (
    SELECT printf('%04d-%02d', anio, mes), total FROM lineas_base WHERE indicador = '1.5.2' AND unidad = 'acto'
),
-- incluye: alcance_base_mpi
,
-- incluye: meses_propios
,
-- incluye: limites
