-- titulo: Seguimientos por ver
-- descripcion: Hallazgos ya decididos a los que llegaron noticias que nadie ha visto. No entran en la cuenta de la cola.
-- columna folio: Identificador del hallazgo.
-- columna estado: validado o descartado.
-- columna urgente: 1 si hay peligro vigente en la ciudad.
-- columna noticias: Noticias por ver.
-- columna con_cambios: Cuántas de ellas traen algún código nuevo o distinto.
-- columna ultima: Cuándo llegó la última (UTC).
SELECT
    h.folio,
    h.estado,
    CAST(coalesce((SELECT valor ->> '$' FROM correcciones WHERE folio = h.folio AND campo = 'urgente'), h.urgente) AS INTEGER)
        AS urgente,
    count(*) AS noticias,
    sum(n.campos <> '[]') AS con_cambios,
    max(n.cuando) AS ultima
FROM novedades AS n JOIN hallazgos AS h ON h.folio = n.folio
WHERE n.vista_en IS NULL
GROUP BY h.folio
ORDER BY urgente DESC, ultima DESC, h.folio DESC
