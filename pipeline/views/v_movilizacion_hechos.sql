-- titulo: Hechos de cada movilización
-- descripcion: Una fila por hallazgo enlazado con una movilización, detectado o validado. Varias víctimas de una misma acción son un hecho con muchos actos. Sin nombres.
-- columna movilizacion_id: Número de la movilización.
-- columna folio: Identificador del hallazgo.
-- columna fase: antes, durante, despues o sin_determinar.
-- columna estado: detectado o validado.
-- columna clase: riesgo, agresion o privacion_vida.
-- columna fecha_hecho: Día del hecho, si se sabe.
-- columna hora_hecho: Hora del hecho, si se sabe.
-- columna alcaldia: Alcaldía del hecho, si se sabe.
-- columna victimas: Personas, colectivos o medios afectados, según lo contado.
-- columna actos: Actos: cada modalidad contra cada víctima; quien se contó por número cuenta por ese número.
-- columna resumen: Una oración generada, sin nombres.
SELECT
    h.movilizacion_id,
    h.folio,
    h.fase,
    h.estado,
    h.clase,
    h.fecha_hecho,
    h.hora_hecho,
    h.alcaldia,
    h.victimas,
    (
        SELECT coalesce(sum(iif(v.persona_id IS NULL, coalesce(v.cantidad, 1), 1)), 0)
        FROM actos AS a LEFT JOIN victimas AS v ON v.id = a.victima_id WHERE a.folio = h.folio
    ) AS actos,
    h.resumen
FROM v_hallazgos AS h
WHERE h.movilizacion_id IS NOT NULL AND h.estado IN ('detectado', 'validado')
