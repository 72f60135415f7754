-- titulo: Serie diaria de agresiones en movilizaciones
-- descripcion: Lo ligado a movilizaciones por día, según cada una de las tres fechas y por fase. El indicador 1.5.2 suma los actos validados con cuenta = 1.
-- columna fecha: Fecha que decide el día: registro, publicacion o hecho.
-- columna dia: Día, AAAA-MM-DD; vacío si no se sabe.
-- columna renglon: Fase; o antecedente, fuera, por_determinar si no cuenta en 1.4.
-- columna cuenta: 1 si el renglón entra en M1.
-- columna estado: validado, o detectado si espera revisión.
-- columna hallazgos: Hallazgos.
-- columna actos: Actos, cada modalidad contra cada víctima.
-- columna victimas: Víctimas según lo contado.
WITH contados AS MATERIALIZED (
    SELECT * FROM v_conteo_base_mpi
)
SELECT
    'registro' AS fecha, fecha_registro AS dia, renglon, cuenta, estado, count(*) AS hallazgos, sum(actos) AS actos,
    sum(victimas) AS victimas
FROM contados GROUP BY fecha_registro, renglon, estado
UNION ALL
SELECT 'publicacion', fecha_publicacion, renglon, cuenta, estado, count(*), sum(actos), sum(victimas)
FROM contados GROUP BY fecha_publicacion, renglon, estado
UNION ALL
SELECT 'hecho', fecha_hecho, renglon, cuenta, estado, count(*), sum(actos), sum(victimas)
FROM contados GROUP BY fecha_hecho, renglon, estado
