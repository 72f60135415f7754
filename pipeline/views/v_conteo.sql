-- titulo: Conteo de hallazgos
-- descripcion: Una fila por hallazgo validado o detectado, con el renglón en que se cuenta y lo que suma en cada unidad. Los descartados y fusionados no aparecen.
-- columna folio: Identificador del hallazgo.
-- columna estado: validado, o detectado si espera revisión.
-- columna renglon: antecedente si lo es; si no, su ámbito.
-- columna cuenta: 1 si el renglón entra en M1: uno de los tres ámbitos de la ciudad.
-- columna fecha_registro: Día en que el área lo encontró.
-- columna fecha_publicacion: Día de su primera publicación, si se sabe.
-- columna fecha_hecho: Día del hecho, si se sabe.
-- columna clase: riesgo, agresion o privacion_vida.
-- columna alcaldia: Alcaldía del hecho, si se sabe.
-- columna origen: monitoreo, archivo, manual o importado.
-- columna publicaciones: Publicaciones que lo cuentan.
-- columna actos: Actos: cada modalidad contra cada víctima; un acto contra varias personas sin nombre suma su número.
-- columna victimas: Víctimas: una por nombre; las que no lo tienen, su número (1 si no se dice).
SELECT
    h.folio,
    h.estado,
-- incluye: renglon
,
    h.fecha_registro,
    h.fecha_publicacion,
    h.fecha_hecho,
    h.clase,
    h.alcaldia,
    h.origen,
    h.noticias AS publicaciones,
    (
        SELECT coalesce(sum(iif(v.persona_id IS NULL, coalesce(v.cantidad, 1), 1)), 0)
        FROM actos AS a LEFT JOIN victimas AS v ON v.id = a.victima_id
        WHERE a.folio = h.folio
    ) AS actos,
    h.victimas
FROM v_hallazgos AS h
WHERE h.estado IN ('validado', 'detectado')
