-- titulo: Hallazgos
-- descripcion: Una fila por hallazgo, con todos sus estados. Cada campo lleva la corrección de una persona si la hay; si no, lo que calculó la máquina. Sin nombres.
-- columna id: Número interno.
-- columna folio: Identificador del hallazgo; no cambia ni se reutiliza.
-- columna fecha_registro: Día (Ciudad de México) en que el área lo encontró; decide el periodo del indicador.
-- columna fecha_publicacion: Día de su primera publicación.
-- columna fecha_hecho: Día del hecho, si se sabe.
-- columna hora_hecho: Hora del hecho, si se sabe.
-- columna clase: riesgo, agresion o privacion_vida (plan, sección 1.4).
-- columna tipo_victima: Lista: periodista, defensora.
-- columna agresion: Lista: fisica, verbal, digital, institucional.
-- columna modalidad: Lista de modalidades de la guía de anotación.
-- columna agresor: Lista de agresores señalados.
-- columna movilizacion: 1 si ocurrió antes, durante o después de una manifestación y por causa de ella.
-- columna cdmx: Si el hecho ocurrió en la Ciudad de México: si, no, indeterminado.
-- columna alcaldia: Alcaldía del hecho, si se sabe.
-- columna entidad: Entidad federativa del hecho, si se sabe.
-- columna sitio: El lugar más preciso que se menciona.
-- columna ambito: Relación con la ciudad: hecho_en_cdmx, persona_en_cdmx, a_distancia_cdmx, fuera, por_determinar.
-- columna movilizacion_id: Número de la movilización con que se relaciona, si se sabe.
-- columna fase: antes, durante o despues de la movilización; sin_determinar.
-- columna estado: detectado, validado, descartado o fusionado.
-- columna fusionado_en: Folio en que se fusionó.
-- columna vinculo: Vínculo con la labor: confirmado, probable, no_confirmado, descartado.
-- columna via: Medio por el que llegó la agresión.
-- columna antecedente: 1 si es un caso anterior visto por primera vez; no cuenta en M1.
-- columna urgente: 1 si hay peligro vigente en la ciudad.
-- columna confianza: Confianza de la máquina, de 0 a 1.
-- columna fuentes_independientes: Fuentes independientes que lo cuentan.
-- columna noticias: Publicaciones que lo cuentan.
-- columna victimas: Personas, colectivos o medios afectados, según lo contado.
-- columna resumen: Una oración generada, sin nombres.
-- columna origen: monitoreo, archivo, manual o importado.
-- columna version: Número de cambios del hallazgo.
-- Una corrección tapa el campo entero; una lista, con la lista entera; null deja vacío el campo que puede estarlo.
WITH corregido (folio, valores) AS MATERIALIZED (
    SELECT folio, json_group_object(campo, json(valor)) FROM correcciones GROUP BY folio
)
SELECT
    h.id,
    h.folio,
    h.fecha_registro,
    iif(json_type(c.valores, '$.fecha_publicacion') IS NULL, h.fecha_publicacion, c.valores ->> 'fecha_publicacion')
        AS fecha_publicacion,
    iif(json_type(c.valores, '$.fecha_hecho') IS NULL, h.fecha_hecho, c.valores ->> 'fecha_hecho') AS fecha_hecho,
    iif(json_type(c.valores, '$.hora_hecho') IS NULL, h.hora_hecho, c.valores ->> 'hora_hecho') AS hora_hecho,
    coalesce(c.valores ->> 'clase', h.clase) AS clase,
    coalesce(
        c.valores ->> 'tipo_victima',
        (SELECT json_group_array(valor) FROM (SELECT valor FROM hallazgos_tipo_victima WHERE folio = h.folio ORDER BY valor))
    ) AS tipo_victima,
    coalesce(
        c.valores ->> 'agresion',
        (SELECT json_group_array(valor) FROM (SELECT valor FROM hallazgos_agresion WHERE folio = h.folio ORDER BY valor))
    ) AS agresion,
    coalesce(
        c.valores ->> 'modalidad',
        (SELECT json_group_array(valor) FROM (SELECT valor FROM hallazgos_modalidad WHERE folio = h.folio ORDER BY valor))
    ) AS modalidad,
    coalesce(
        c.valores ->> 'agresor',
        (SELECT json_group_array(valor) FROM (SELECT valor FROM hallazgos_agresor WHERE folio = h.folio ORDER BY valor))
    ) AS agresor,
    coalesce(c.valores ->> 'movilizacion', h.movilizacion) AS movilizacion,
    coalesce(c.valores ->> 'cdmx', h.cdmx) AS cdmx,
    iif(json_type(c.valores, '$.alcaldia') IS NULL, h.alcaldia, c.valores ->> 'alcaldia') AS alcaldia,
    iif(json_type(c.valores, '$.entidad') IS NULL, h.entidad, c.valores ->> 'entidad') AS entidad,
    coalesce(c.valores ->> 'sitio', h.sitio) AS sitio,
    coalesce(c.valores ->> 'ambito', h.ambito) AS ambito,
    iif(json_type(c.valores, '$.movilizacion_id') IS NULL, h.movilizacion_id, c.valores ->> 'movilizacion_id')
        AS movilizacion_id,
    coalesce(c.valores ->> 'fase', h.fase) AS fase,
    h.estado,
    h.fusionado_en,
    coalesce(c.valores ->> 'vinculo', h.vinculo) AS vinculo,
    coalesce(c.valores ->> 'via', h.via) AS via,
    coalesce(c.valores ->> 'antecedente', h.antecedente) AS antecedente,
    coalesce(c.valores ->> 'urgente', h.urgente) AS urgente,
    h.confianza,
    h.fuentes_independientes,
    (SELECT count(*) FROM hallazgos_noticias WHERE folio = h.folio) AS noticias,
    (SELECT coalesce(sum(iif(persona_id IS NULL, coalesce(cantidad, 1), 1)), 0) FROM victimas WHERE folio = h.folio)
        AS victimas,
    coalesce(c.valores ->> 'resumen', h.resumen) AS resumen,
    h.origen,
    h.version
FROM hallazgos AS h
LEFT JOIN corregido AS c ON c.folio = h.folio
