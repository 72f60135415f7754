-- titulo: Avance de la meta 1.4
-- descripcion: La meta es mantener el monitoreo todo el año: cada trimestre vale 25 % por sus días cubiertos entre sus días, y se acumula en el año. Es otra cifra que M1.
-- columna anio: Año.
-- columna trimestre: Trimestre, de 1 a 4.
-- columna dias_cubiertos: Días del trimestre con una corrida completa.
-- columna avance: Avance del trimestre, en por ciento (25 como mucho).
-- columna acumulado: Avance del año hasta ese trimestre, en por ciento.
SELECT
    CAST(substr(dia, 1, 4) AS INTEGER) AS anio,
    (substr(dia, 6, 2) + 2) / 3 AS trimestre,
    count(*) AS dias_cubiertos,
    round(sum(avance), 1) AS avance,
    round(sum(sum(avance)) OVER (PARTITION BY substr(dia, 1, 4) ORDER BY (substr(dia, 6, 2) + 2) / 3), 1) AS acumulado
FROM v_dias_cubiertos
GROUP BY substr(dia, 1, 4), (substr(dia, 6, 2) + 2) / 3
ORDER BY anio DESC, trimestre
