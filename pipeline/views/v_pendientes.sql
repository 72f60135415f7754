-- titulo: Pendientes de revisión
-- descripcion: Hallazgos detectados que nadie ha validado ni descartado: primero los urgentes, luego los que contarían en M1, luego los más antiguos.
-- columna folio: Identificador del hallazgo.
-- columna fecha_registro: Día en que el área lo encontró.
-- columna urgente: 1 si hay peligro vigente en la ciudad.
-- columna contaria: 1 si sería registro al validarse.
-- columna renglon: antecedente si lo es; si no, su ámbito.
-- columna clase: riesgo, agresion o privacion_vida.
-- columna alcaldia: Alcaldía del hecho, si se sabe.
-- columna confianza: Confianza de la máquina, de 0 a 1.
-- columna noticias: Publicaciones que lo cuentan.
-- columna resumen: Una oración generada, sin nombres.
SELECT
    h.folio, h.fecha_registro, h.urgente, c.cuenta AS contaria, c.renglon, h.clase, h.alcaldia, h.confianza, h.noticias,
    h.resumen
FROM v_conteo AS c JOIN v_hallazgos AS h ON h.folio = c.folio
WHERE c.estado = 'detectado'
ORDER BY h.urgente DESC, c.cuenta DESC, h.fecha_registro, h.folio
