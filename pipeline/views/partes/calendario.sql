-- Los periodos de un año: meses, bimestres, trimestres, semestres y el año. Antes: anios (anio).
clases_de_periodo (tipo, letra, meses) AS (
    VALUES ('mes', '', 1), ('bimestre', 'B', 2), ('trimestre', 'T', 3), ('semestre', 'S', 6), ('anio', '', 12)
),
numeros (n) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)),
periodos_del_anio (tipo, periodo, inicio, fin) AS (
    SELECT
        c.tipo,
        CASE c.tipo
            WHEN 'anio' THEN printf('%04d', a.anio)
            WHEN 'mes' THEN printf('%04d-%02d', a.anio, k.n)
            ELSE printf('%04d-%s%d', a.anio, c.letra, k.n)
        END,
        printf('%04d-%02d-01', a.anio, (k.n - 1) * c.meses + 1),
        date(printf('%04d-%02d-01', a.anio, k.n * c.meses), '+1 month', '-1 day')
    FROM anios AS a JOIN clases_de_periodo AS c JOIN numeros AS k ON k.n * c.meses <= 12
)
