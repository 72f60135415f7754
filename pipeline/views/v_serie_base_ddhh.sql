-- titulo: Serie diaria de la Base de Derechos Humanos
-- descripcion: Por día (Ciudad de México): cuántas veces se instaló la Base de Derechos Humanos y cuántos registros de información se anotaron en ella, por tipo. El indicador 1.5.1 suma los registros; las instalaciones van aparte.
-- columna dia: Día de la instalación, o de la hora del registro.
-- columna renglon: instalacion, o el tipo del registro de información.
-- columna cuenta: 1 si el renglón entra en M1: los registros de información.
-- columna n: Instalaciones o registros.
WITH RECURSIVE
-- incluye: verano
, anotado (momento, renglon, cuenta) AS (
    SELECT inicio, 'instalacion', 0 FROM bases WHERE tipo = 'base_ddhh'
    UNION ALL
    SELECT r.hora, r.tipo, 1
    FROM bases AS b JOIN registros_base AS r ON r.base_id = b.id
    WHERE b.tipo = 'base_ddhh'
)
SELECT
-- incluye: dia_local
 AS dia,
    a.renglon,
    a.cuenta,
    count(*) AS n
FROM anotado AS a
GROUP BY 1, 2, 3
