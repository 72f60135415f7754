-- Los meses con cifras propias de un indicador de las bases: con días cubiertos desde su alcance, o con algo contado.
propios (mes, importado) AS MATERIALIZED (
    SELECT substr(dia, 1, 7), 0
    FROM
-- incluye: dias_con_cifras
    UNION
    SELECT substr(dia, 1, 7), 0 FROM serie WHERE registros > 0
)
