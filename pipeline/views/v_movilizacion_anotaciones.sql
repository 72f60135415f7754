-- titulo: Anotaciones y atenciones de cada movilización
-- descripcion: Cuántas anotaciones de cada tipo hay en las bitácoras de sus Bases, y cuántas atenciones se dieron desde ellas o por sus hallazgos.
-- columna movilizacion_id: Número de la movilización.
-- columna que: anotacion (de la bitácora de una Base) o atencion.
-- columna tipo: Tipo de la anotación o de la atención.
-- columna veces: Cuántas.
SELECT b.movilizacion_id, 'anotacion' AS que, e.tipo, count(*) AS veces
FROM registros_base AS e JOIN bases AS b ON b.id = e.base_id
GROUP BY b.movilizacion_id, e.tipo
UNION ALL
SELECT movilizacion_id, 'atencion', tipo, count(*)
FROM (
    SELECT b.movilizacion_id, a.id, a.tipo FROM atenciones AS a JOIN bases AS b ON b.id = a.base_id
    UNION
    SELECT h.movilizacion_id, a.id, a.tipo FROM atenciones AS a JOIN v_movilizacion_hechos AS h ON h.folio = a.folio
)
GROUP BY movilizacion_id, tipo
