-- titulo: Cola de revisión
-- descripcion: Hallazgos detectados que esperan a una persona, con la pestaña de la cola en que están: ciudad (los tres ámbitos de la ciudad), sin_determinar o resto. Primero los urgentes, luego los más nuevos.
-- columna folio: Identificador del hallazgo.
-- columna pestania: ciudad, sin_determinar o resto, por su ámbito.
-- columna urgente: 1 si hay peligro vigente en la ciudad.
-- columna fecha: Día de su primera publicación; si no se sabe, el de su registro.
-- columna fecha_registro: Día en que el área lo encontró.
-- columna pospuesto_hasta: Día en que vuelve a la cola; vacío si no está pospuesto.
SELECT
    h.folio,
-- incluye: pestania
,
    CAST(coalesce((SELECT valor ->> '$' FROM correcciones WHERE folio = h.folio AND campo = 'urgente'), h.urgente) AS INTEGER)
        AS urgente,
    coalesce(
        (SELECT valor ->> '$' FROM correcciones WHERE folio = h.folio AND campo = 'fecha_publicacion'),
        h.fecha_publicacion,
        h.fecha_registro
    ) AS fecha,
    h.fecha_registro,
    q.pospuesto_hasta
FROM hallazgos AS h LEFT JOIN cola AS q ON q.folio = h.folio
WHERE h.estado = 'detectado'
ORDER BY urgente DESC, fecha DESC, h.fecha_registro DESC, h.folio DESC
