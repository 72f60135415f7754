-- titulo: Agresiones en movilizaciones, hallazgo por hallazgo
-- descripcion: Los hallazgos validados o detectados que están ligados a una movilización, con su fase y lo que suman. Cuentan en el indicador 1.5.2 los que ocurrieron durante ella y son de la ciudad; su unidad es el acto.
-- columna folio: Identificador del hallazgo.
-- columna movilizacion_id: Movilización a la que está ligado, por una persona o por la máquina.
-- columna estado: validado, o detectado si espera revisión.
-- columna fase: antes, durante, despues o sin_determinar; la corregida si la hay.
-- columna renglon: Su fase; si no es de los que cuentan en 1.4, antecedente, fuera o por_determinar.
-- columna cuenta: 1 si entra en M1 de 1.5.2: de los que cuentan en 1.4, y durante.
-- columna fecha_registro: Día en que el área lo encontró.
-- columna fecha_publicacion: Día de su primera publicación, si se sabe.
-- columna fecha_hecho: Día del hecho, si se sabe.
-- columna actos: Actos: cada modalidad contra cada víctima.
-- columna victimas: Víctimas según lo contado.
-- Se parte de los ligados, que son pocos, y no de todos los hallazgos.
WITH ligados (folio, movilizacion_id) AS MATERIALIZED (
    SELECT h.folio, h.movilizacion_id FROM hallazgos AS h
    WHERE h.movilizacion_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM correcciones AS c WHERE c.folio = h.folio AND c.campo = 'movilizacion_id')
    UNION ALL
    SELECT folio, valor ->> '$' FROM correcciones WHERE campo = 'movilizacion_id' AND valor <> 'null'
)
SELECT
    l.folio,
    l.movilizacion_id,
    c.estado,
    h.fase,
    iif(c.cuenta, h.fase, c.renglon) AS renglon,
    c.cuenta AND h.fase = 'durante' AS cuenta,
    c.fecha_registro,
    c.fecha_publicacion,
    c.fecha_hecho,
    c.actos,
    c.victimas
FROM ligados AS l
CROSS JOIN v_conteo AS c ON c.folio = l.folio
CROSS JOIN v_hallazgos AS h ON h.folio = l.folio
