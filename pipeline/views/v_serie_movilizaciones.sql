-- titulo: Movilizaciones vigiladas por día
-- descripcion: Manifestaciones, marchas, plantones y bloqueos que se vigilaron, por su día (Ciudad de México), con las bases que se instalaron en ellas y los registros ligados a ellas. Las canceladas van aparte y no suman en lo demás.
-- columna dia: Día de la movilización, AAAA-MM-DD.
-- columna movilizaciones: Movilizaciones, sin las canceladas.
-- columna canceladas: Movilizaciones canceladas.
-- columna con_base_ddhh: De ellas, con la Base de Derechos Humanos instalada.
-- columna con_base_mpi: De ellas, con la Base MPI instalada.
-- columna con_registros: De ellas, con algún registro del indicador 1.4 ligado.
-- columna registros: Registros del indicador 1.4 ligados a ellas, en hallazgos, sea cual sea su fecha.
WITH ligados (movilizacion_id, registros) AS MATERIALIZED (
    SELECT movilizacion_id, count(*) FROM v_conteo_base_mpi
    WHERE estado = 'validado' AND renglon IN ('antes', 'durante', 'despues', 'sin_determinar')
    GROUP BY movilizacion_id
),
instaladas (movilizacion_id, ddhh, mpi) AS MATERIALIZED (
    SELECT movilizacion_id, max(tipo = 'base_ddhh'), max(tipo = 'base_mpi') FROM bases GROUP BY movilizacion_id
)
SELECT
    m.dia,
    sum(m.estado <> 'cancelada') AS movilizaciones,
    sum(m.estado = 'cancelada') AS canceladas,
    sum(m.estado <> 'cancelada' AND coalesce(i.ddhh, 0)) AS con_base_ddhh,
    sum(m.estado <> 'cancelada' AND coalesce(i.mpi, 0)) AS con_base_mpi,
    sum(m.estado <> 'cancelada' AND l.registros IS NOT NULL) AS con_registros,
    sum(iif(m.estado <> 'cancelada', coalesce(l.registros, 0), 0)) AS registros
FROM movilizaciones AS m
LEFT JOIN ligados AS l ON l.movilizacion_id = m.id
LEFT JOIN instaladas AS i ON i.movilizacion_id = m.id
GROUP BY m.dia
ORDER BY m.dia DESC
