-- titulo: Trabajo de revisión por día
-- descripcion: Hallazgos decididos cada día (Ciudad de México), por persona y pestaña. De cada hallazgo cuenta la última decisión de ese día, y sólo si no se deshizo.
-- columna dia: Día, AAAA-MM-DD.
-- columna quien: Persona que decidió.
-- columna pestania: Pestaña de la cola: ciudad, sin_determinar o resto.
-- columna decididos: Hallazgos decididos.
-- columna validados: De ellos, los que están validados.
SELECT dia, quien, pestania, count(*) AS decididos, sum(estado = 'validado') AS validados
FROM (
    SELECT
        date(b.cuando, '-6 hours') AS dia,
        b.quien,
        h.estado,
-- incluye: pestania

    FROM bitacora AS b JOIN hallazgos AS h ON h.folio = b.clave
    WHERE
        b.tabla = 'hallazgos' AND b.campo IN ('estado', 'fusionado_en') AND h.estado <> 'detectado'
        AND NOT EXISTS (
            SELECT 1 FROM bitacora AS l
            WHERE
                l.tabla = 'hallazgos' AND l.campo IN ('estado', 'fusionado_en') AND l.clave = b.clave
                AND date(l.cuando, '-6 hours') = date(b.cuando, '-6 hours') AND l.id > b.id
        )
)
GROUP BY dia, quien, pestania
