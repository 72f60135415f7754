-- titulo: Acuerdo entre dos lecturas
-- descripcion: Por cada campo, cuántas veces dos personas que codificaron el mismo hallazgo, la segunda sin ver lo de la primera, pusieron lo mismo. «relevante» es si relata un caso, sobre todas las segundas lecturas hechas; los demás campos, sobre aquellas en que ambas personas dijeron que sí. Lo de la primera es lo que valía cuando se pidió la segunda. Dos listas son iguales si tienen los mismos valores, en cualquier orden.
-- columna campo: Campo codificado.
-- columna leidas: Hallazgos en que el campo se leyó dos veces.
-- columna iguales: En cuántos coincidieron.
-- columna proporcion: Iguales entre leídas, de 0 a 1; vacío si no hay ninguna.
-- columna kappa: Kappa de Cohen de los campos de un solo valor: el acuerdo que pasa del azar, 1 si es total; vacío si ambas personas pusieron siempre un mismo valor.
-- columna jaccard: De las listas, promedio de los valores en común entre los valores de una u otra; dos listas vacías valen 1.
WITH campos (orden, campo, lista) AS (
    VALUES
    (1, 'relevante', 0),
    (2, 'clase', 0),
    (3, 'tipo_victima', 1),
    (4, 'modalidad', 1),
    (5, 'agresion', 1),
    (6, 'agresor', 1),
    (7, 'movilizacion', 0),
    (8, 'cdmx', 0),
    (9, 'alcaldia', 0),
    (10, 'entidad', 0),
    (11, 'fecha_hecho', 0),
    (12, 'vinculo', 0)
),
pares (campo, lista, uno, otro) AS (
    SELECT
        c.campo,
        c.lista,
        coalesce(s.primera ->> ('$.' || c.campo), iif(c.lista, '[]', '')),
        coalesce(s.codigos ->> ('$.' || c.campo), iif(c.lista, '[]', ''))
    FROM segundas_lecturas AS s CROSS JOIN campos AS c
    WHERE s.codigos IS NOT NULL AND (c.campo = 'relevante' OR (s.primera ->> '$.relevante' AND s.codigos ->> '$.relevante'))
),
comunes (campo, lista, uno, otro, comunes, todos) AS (
    SELECT
        campo,
        lista,
        uno,
        otro,
        iif(lista, (SELECT count(*) FROM json_each(uno) WHERE value IN (SELECT value FROM json_each(otro))), NULL),
        iif(lista, (SELECT count(*) FROM (SELECT value FROM json_each(uno) UNION SELECT value FROM json_each(otro))), NULL)
    FROM pares
),
iguales (campo, leidas, iguales, jaccard) AS (
    SELECT
        campo,
        count(*),
        sum(iif(lista, comunes = todos, uno = otro)),
        avg(iif(lista, iif(todos = 0, 1.0, 1.0 * comunes / todos), NULL))
    FROM comunes GROUP BY campo
),
-- Cuántas veces coincidirían por azar, por el cuadrado de las leídas.
azar (campo, veces) AS (
    SELECT a.campo, sum(a.n * b.n)
    FROM (SELECT campo, uno AS valor, count(*) AS n FROM pares GROUP BY campo, uno) AS a
    JOIN (SELECT campo, otro AS valor, count(*) AS n FROM pares GROUP BY campo, otro) AS b
        ON b.campo = a.campo AND b.valor = a.valor
    GROUP BY a.campo
)
SELECT
    c.campo,
    coalesce(i.leidas, 0) AS leidas,
    coalesce(i.iguales, 0) AS iguales,
    round(1.0 * i.iguales / i.leidas, 3) AS proporcion,
    iif(
        c.lista,
        NULL,
        round(
            (1.0 * i.iguales * i.leidas - coalesce(z.veces, 0)) / nullif(i.leidas * i.leidas - coalesce(z.veces, 0), 0), 3
        )
    ) AS kappa,
    round(i.jaccard, 3) AS jaccard
FROM campos AS c
LEFT JOIN iguales AS i ON i.campo = c.campo
LEFT JOIN azar AS z ON z.campo = c.campo
ORDER BY c.orden
