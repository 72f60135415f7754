-- Lo contado en cada renglón de cada periodo; el que no tiene hallazgos está, con cero. Quien la incluye define antes, como CTE:
--   periodos (tipo, periodo, inicio, fin);   por_renglon (periodo, renglon, validados, por_revisar): lo contado en cada uno.
-- El orden es el de lectura: los tres ámbitos de la ciudad, que suman los registros, y lo que queda fuera de M1.
renglones (orden, renglon, cuenta) AS (
    VALUES
    (1, 'hecho_en_cdmx', 1), (2, 'persona_en_cdmx', 1), (3, 'a_distancia_cdmx', 1),
    (4, 'por_determinar', 0), (5, 'fuera', 0), (6, 'antecedente', 0)
),
renglones_del_periodo AS MATERIALIZED (
    SELECT
        p.periodo,
        r.orden,
        r.renglon,
        r.cuenta,
        coalesce(sum(s.validados), 0) AS validados,
        coalesce(sum(s.por_revisar), 0) AS por_revisar
    FROM periodos AS p
    CROSS JOIN renglones AS r
    LEFT JOIN por_renglon AS s ON s.periodo = p.periodo AND s.renglon = r.renglon
    GROUP BY p.periodo, r.orden
)
