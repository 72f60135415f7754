-- titulo: Peligros vigentes sin acuse
-- descripcion: Hallazgos urgentes de la ciudad, detectados o validados, de los que nadie ha acusado recibo. Se avisa de ellos hasta que alguien lo haga.
-- columna folio: Identificador del hallazgo.
-- columna fecha_registro: Día en que el área lo encontró.
-- columna clase: riesgo, agresion o privacion_vida.
-- columna alcaldia: Alcaldía del hecho, si se sabe.
-- columna entidad: Entidad federativa del hecho, si se sabe.
-- columna avisado_en: Momento del último aviso (UTC); vacío si no se ha avisado.
-- columna resumen: Una oración generada, sin nombres.
SELECT h.folio, h.fecha_registro, h.clase, h.alcaldia, h.entidad, u.avisado_en, h.resumen
FROM v_hallazgos AS h LEFT JOIN urgencias AS u ON u.folio = h.folio
WHERE
    h.urgente
    AND NOT h.antecedente
    AND h.estado IN ('detectado', 'validado')
    AND (
        h.origen IN ('monitoreo', 'manual')
        -- of an archive's findings, those that the press of the day tells as well
        OR (
            h.origen = 'archivo'
            AND EXISTS (
                SELECT 1 FROM hallazgos_noticias AS hn
                WHERE
                    hn.folio = h.folio
                    AND NOT EXISTS (SELECT 1 FROM noticias_archivo AS na WHERE na.noticia_id = hn.noticia_id)
            )
        )
    )
    AND (h.ambito IN ('hecho_en_cdmx', 'persona_en_cdmx', 'a_distancia_cdmx') OR h.cdmx = 'si')
    AND u.acusado_en IS NULL
