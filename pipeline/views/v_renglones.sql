-- titulo: Renglón de cada hallazgo
-- descripcion: Los hallazgos de la vista Conteo de hallazgos con el renglón en que se cuentan y sin lo que suman: de aquí salen los indicadores por fecha de registro.
-- columna folio: Identificador del hallazgo.
-- columna fecha_registro: Día en que el área lo encontró.
-- columna estado: validado, o detectado si espera revisión.
-- columna origen: monitoreo, archivo, manual o importado.
-- columna renglon: antecedente si lo es; si no, su ámbito.
-- columna cuenta: 1 si el renglón entra en M1: uno de los tres ámbitos de la ciudad.
-- Dice lo mismo que v_conteo (una prueba lo sostiene) con lo que basta leer del índice hallazgos_renglon, sin las demás columnas;
-- el signo ante estado deja fuera el índice de los estados, que obliga a ir por cada fila.
WITH dichos (folio, antecedente, ambito) AS MATERIALIZED (
    SELECT folio, max(iif(campo = 'antecedente', valor ->> '$', NULL)), max(iif(campo = 'ambito', valor ->> '$', NULL))
    FROM correcciones
    WHERE campo IN ('antecedente', 'ambito')
    GROUP BY folio
)
SELECT
    folio,
    fecha_registro,
    estado,
    origen,
-- incluye: renglon
FROM (
    SELECT
        h.folio,
        h.fecha_registro,
        h.estado,
        h.origen,
        coalesce(d.antecedente, h.antecedente) AS antecedente,
        coalesce(d.ambito, h.ambito) AS ambito
    FROM hallazgos AS h
    LEFT JOIN dichos AS d ON d.folio = h.folio
    WHERE +h.estado IN ('validado', 'detectado')
)
