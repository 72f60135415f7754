-- titulo: Serie diaria
-- descripcion: Hallazgos por día, según cada una de las tres fechas, con sus renglones. Los registros del indicador son los de estado validado con cuenta = 1. Sin día: la fecha pedida no se sabe.
-- columna fecha: Fecha que decide el día: registro, publicacion o hecho.
-- columna dia: Día, AAAA-MM-DD; vacío si no se sabe.
-- columna renglon: Ámbito, o antecedente.
-- columna cuenta: 1 si el renglón entra en M1.
-- columna estado: validado, o detectado si espera revisión.
-- columna hallazgos: Hallazgos.
-- columna publicaciones: Publicaciones que los cuentan.
-- columna actos: Actos, cada modalidad contra cada víctima.
-- columna victimas: Víctimas según lo contado.
-- Los hallazgos se cuentan una vez y se agrupan tres.
WITH contados AS MATERIALIZED (
    SELECT fecha_registro, fecha_publicacion, fecha_hecho, renglon, cuenta, estado, publicaciones, actos, victimas FROM v_conteo
)
SELECT
    'registro' AS fecha, fecha_registro AS dia, renglon, cuenta, estado, count(*) AS hallazgos,
    sum(publicaciones) AS publicaciones, sum(actos) AS actos, sum(victimas) AS victimas
FROM contados GROUP BY fecha_registro, renglon, estado
UNION ALL
SELECT
    'publicacion', fecha_publicacion, renglon, cuenta, estado, count(*), sum(publicaciones), sum(actos), sum(victimas)
FROM contados GROUP BY fecha_publicacion, renglon, estado
UNION ALL
SELECT
    'hecho', fecha_hecho, renglon, cuenta, estado, count(*), sum(publicaciones), sum(actos), sum(victimas)
FROM contados GROUP BY fecha_hecho, renglon, estado
