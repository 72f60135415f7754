-- titulo: Serie diaria de la Base de Derechos Humanos
-- descripcion: Por día (Ciudad de México): cuántas veces se instaló la Base de Derechos Humanos y cuántos registros de información se anotaron en ella, por tipo. El indicador 1.5.1 suma los registros; las instalaciones van aparte.
-- columna dia: Día de la instalación, o de la hora del registro.
-- columna renglon: instalacion, o el tipo del registro de información.
-- columna cuenta: 1 si el renglón entra en M1: los registros de información.
-- columna n: Instalaciones o registros.
SELECT date(inicio, '-6 hours') AS dia, 'instalacion' AS renglon, 0 AS cuenta, count(*) AS n
FROM bases WHERE tipo = 'base_ddhh'
GROUP BY date(inicio, '-6 hours')
UNION ALL
SELECT date(r.hora, '-6 hours'), r.tipo, 1, count(*)
FROM bases AS b JOIN registros_base AS r ON r.base_id = b.id
WHERE b.tipo = 'base_ddhh'
GROUP BY date(r.hora, '-6 hours'), r.tipo
