-- Lo que las vistas del indicador comparten: hallazgos por fecha de registro, contra el año anterior, y los periodos del
-- calendario que tocan lo que hay en el registro.
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
alcance (desde) AS MATERIALIZED (
    VALUES ('')
),
propios (mes, importado) AS MATERIALIZED (
    SELECT mes, importado FROM v_meses_propios
),
-- incluye: limites
