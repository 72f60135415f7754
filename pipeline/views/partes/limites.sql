-- Los años que tocan lo que hay en el registro (ninguna vista pregunta qué día es hoy). Antes: serie, alcance.
limites (primero, ultimo) AS MATERIALIZED (
    SELECT min(primero), max(ultimo)
    FROM (
        SELECT min(dia) AS primero, max(dia) AS ultimo FROM serie
        UNION ALL
        SELECT min(dia), max(dia)
        FROM
-- incluye: dias_con_cifras
    )
),
anios (anio) AS (
    SELECT CAST(substr(primero, 1, 4) AS INTEGER) FROM limites WHERE primero IS NOT NULL
    UNION ALL
    SELECT anio + 1 FROM anios, limites WHERE anio < CAST(substr(ultimo, 1, 4) AS INTEGER)
)
