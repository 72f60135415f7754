-- titulo: Registros por alcaldía
-- descripcion: Registros de cada año (por fecha de registro) por alcaldía del hecho, siempre con los renglones «sin alcaldía» y «a distancia». Los renglones de un año suman sus registros. Riesgo va aparte de agresión y privación de la vida.
-- columna anio: Año de registro.
-- columna alcaldia: Alcaldía; «a distancia»: ataque remoto sin lugar; «sin alcaldía»: no se sabe o el hecho no fue en la ciudad.
-- columna registros: Registros, en hallazgos.
-- columna agresion: De ellos, agresiones.
-- columna privacion_vida: De ellos, privaciones de la vida.
-- columna riesgo: De ellos, situaciones de riesgo.
-- columna por_revisar: Hallazgos detectados que serían registros si se validan.
WITH renglones (orden, alcaldia) AS (
    VALUES
    (1, 'alvaro_obregon'), (2, 'azcapotzalco'), (3, 'benito_juarez'), (4, 'coyoacan'), (5, 'cuajimalpa'),
    (6, 'cuauhtemoc'), (7, 'gustavo_a_madero'), (8, 'iztacalco'), (9, 'iztapalapa'), (10, 'magdalena_contreras'),
    (11, 'miguel_hidalgo'), (12, 'milpa_alta'), (13, 'tlahuac'), (14, 'tlalpan'), (15, 'venustiano_carranza'),
    (16, 'xochimilco'), (17, 'sin alcaldía'), (18, 'a distancia')
),
contados AS MATERIALIZED (
    SELECT
        CAST(substr(c.fecha_registro, 1, 4) AS INTEGER) AS anio,
        CASE
            WHEN r.alcaldia IS NOT NULL THEN r.alcaldia
            WHEN c.renglon = 'a_distancia_cdmx' THEN 'a distancia'
            ELSE 'sin alcaldía'
        END AS alcaldia,
        c.estado,
        c.clase,
        count(*) AS n
    FROM v_conteo AS c
    LEFT JOIN renglones AS r ON r.alcaldia = c.alcaldia
    WHERE c.cuenta
    GROUP BY 1, 2, 3, 4
)
SELECT
    a.anio,
    r.alcaldia,
    coalesce(sum(iif(c.estado = 'validado', c.n, 0)), 0) AS registros,
    coalesce(sum(iif(c.estado = 'validado' AND c.clase = 'agresion', c.n, 0)), 0) AS agresion,
    coalesce(sum(iif(c.estado = 'validado' AND c.clase = 'privacion_vida', c.n, 0)), 0) AS privacion_vida,
    coalesce(sum(iif(c.estado = 'validado' AND c.clase = 'riesgo', c.n, 0)), 0) AS riesgo,
    coalesce(sum(iif(c.estado = 'detectado', c.n, 0)), 0) AS por_revisar
FROM (SELECT DISTINCT anio FROM contados) AS a
JOIN renglones AS r
LEFT JOIN contados AS c ON c.anio = a.anio AND c.alcaldia = r.alcaldia
GROUP BY a.anio, r.orden
ORDER BY a.anio DESC, r.orden
