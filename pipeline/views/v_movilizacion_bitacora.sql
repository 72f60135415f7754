-- titulo: Bitácoras de las Bases de cada movilización, hora por hora
-- descripcion: Cuántas anotaciones de cada tipo hay en la bitácora de cada Base en cada hora. Sin sus textos.
-- columna movilizacion_id: Número de la movilización.
-- columna base_id: Número de la Base.
-- columna base_tipo: base_mpi o base_ddhh.
-- columna hora: Principio de la hora (UTC).
-- columna tipo: Tipo de la anotación.
-- columna veces: Cuántas.
SELECT
    b.movilizacion_id,
    b.id AS base_id,
    b.tipo AS base_tipo,
    strftime('%Y-%m-%dT%H:00:00Z', e.hora) AS hora,
    e.tipo,
    count(*) AS veces
FROM bases AS b JOIN registros_base AS e ON e.base_id = b.id
GROUP BY b.id, strftime('%Y-%m-%dT%H:00:00Z', e.hora), e.tipo
ORDER BY b.movilizacion_id, b.id, hora, e.tipo
