-- Meses que sólo tienen total importado. Antes: totales (mes, total): lo importado por mes; propios (mes, importado).
-- Un mes con corridas o registros propios cuenta con ellos; si no los tiene y hay total importado, con el total.
totalizados (mes, total) AS MATERIALIZED (
    SELECT mes, total FROM totales WHERE mes NOT IN (SELECT mes FROM propios)
)
