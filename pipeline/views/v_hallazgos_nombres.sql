-- titulo: Hallazgos con nombres (restringida)
-- descripcion: Una fila por hallazgo con los nombres de sus víctimas. Restringida: quien la abre queda en «lecturas».
-- columna folio: Identificador del hallazgo.
-- columna fecha_registro: Día (Ciudad de México) en que el área lo encontró.
-- columna estado: detectado, validado, descartado o fusionado.
-- columna victimas_nombres: Lista de los nombres de las víctimas nombradas, sin quienes pidieron anonimato.
-- columna medios_u_organizaciones: Lista de los medios u organizaciones de las víctimas.
SELECT
    h.folio,
    h.fecha_registro,
    h.estado,
    (
        SELECT json_group_array(p.nombre)
        FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id
        WHERE v.folio = h.folio AND v.anonimato_solicitado = 0 AND p.suprimida_en IS NULL
    ) AS victimas_nombres,
    (
        SELECT json_group_array(DISTINCT v.medio_u_organizacion)
        FROM victimas AS v
        WHERE v.folio = h.folio AND v.medio_u_organizacion <> ''
    ) AS medios_u_organizaciones
FROM hallazgos AS h
