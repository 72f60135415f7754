-- titulo: Movilizaciones por fase
-- descripcion: De cada movilización, cuántos hechos y actos hubo en cada fase; las cuatro fases están siempre. Un hecho con varias víctimas es uno, con muchos actos.
-- columna movilizacion_id: Número de la movilización.
-- columna fase: antes, durante, despues o sin_determinar.
-- columna hechos: Hallazgos validados.
-- columna actos: Actos de los validados.
-- columna varias_victimas: Hechos validados con más de una víctima.
-- columna por_revisar: Hallazgos que nadie ha revisado.
-- columna actos_por_revisar: Actos de los que nadie ha revisado.
WITH fases (orden, fase) AS (VALUES (1, 'antes'), (2, 'durante'), (3, 'despues'), (4, 'sin_determinar'))
SELECT
    m.id AS movilizacion_id,
    f.fase,
    coalesce(sum(h.estado = 'validado'), 0) AS hechos,
    coalesce(sum(iif(h.estado = 'validado', h.actos, 0)), 0) AS actos,
    coalesce(sum(h.estado = 'validado' AND h.victimas > 1), 0) AS varias_victimas,
    coalesce(sum(h.estado = 'detectado'), 0) AS por_revisar,
    coalesce(sum(iif(h.estado = 'detectado', h.actos, 0)), 0) AS actos_por_revisar
FROM movilizaciones AS m
CROSS JOIN fases AS f
LEFT JOIN v_movilizacion_hechos AS h ON h.movilizacion_id = m.id AND h.fase = f.fase
GROUP BY m.id, f.orden
ORDER BY m.id, f.orden
