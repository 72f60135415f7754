-- titulo: Trabajo de revisión por día
-- descripcion: Hallazgos decididos cada día (Ciudad de México), por persona y pestaña. De cada hallazgo cuenta la última decisión de ese día, y sólo si no se deshizo.
-- columna dia: Día, AAAA-MM-DD.
-- columna quien: Persona que decidió.
-- columna pestania: Pestaña de la cola: ciudad, sin_determinar o resto.
-- columna decididos: Hallazgos decididos.
-- columna validados: De ellos, los que están validados.
-- Las decisiones se buscan por su día en el índice bitacora_decisiones, que va a UTC-6; aparte, hasta el último día en que la
-- ciudad tuvo horario de verano.
WITH RECURSIVE
-- incluye: verano
, de_antes (id, folio, quien, dia) AS MATERIALIZED (
    SELECT
        id, folio, quien,
-- incluye: dia_local
    FROM (
        SELECT id, clave AS folio, quien, cuando AS momento
        FROM bitacora INDEXED BY bitacora_decisiones
        WHERE tabla = 'hallazgos' AND campo IN ('estado', 'fusionado_en') AND date(cuando, '-6 hours') <= '2022-10-30'
    )
)
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
        AND date(b.cuando, '-6 hours') > '2022-10-30'
        AND NOT EXISTS (
            SELECT 1 FROM bitacora AS l
            WHERE
                l.tabla = 'hallazgos' AND l.campo IN ('estado', 'fusionado_en') AND l.clave = b.clave
                AND date(l.cuando, '-6 hours') = date(b.cuando, '-6 hours') AND l.id > b.id
        )
)
GROUP BY dia, quien, pestania
UNION ALL
SELECT dia, quien, pestania, count(*), sum(estado = 'validado')
FROM (
    SELECT
        a.dia,
        a.quien,
        h.estado,
-- incluye: pestania

    FROM de_antes AS a JOIN hallazgos AS h ON h.folio = a.folio
    WHERE
        h.estado <> 'detectado'
        AND NOT EXISTS (SELECT 1 FROM de_antes AS l WHERE l.folio = a.folio AND l.dia = a.dia AND l.id > a.id)
)
GROUP BY dia, quien, pestania
