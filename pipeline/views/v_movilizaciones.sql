-- titulo: Movilizaciones
-- descripcion: Una fila por movilización que se vigila o se vigiló (plan 1.5), con sus Bases y sus hallazgos detectados o validados por fase.
-- columna id: Número de la movilización.
-- columna dia: Día (Ciudad de México) en que empieza.
-- columna inicio: Momento en que empieza (UTC).
-- columna fin: Momento en que termina (UTC); vacío si no se sabe.
-- columna hora_sabida: 1 si se sabe la hora de inicio.
-- columna nombre: Nombre de la movilización.
-- columna alcaldia: Alcaldía en que empieza, si se sabe.
-- columna asistencia_esperada: Personas que se esperan.
-- columna riesgo_esperado: bajo, medio, alto o sin_determinar.
-- columna estado: prevista, en_curso, terminada o cancelada.
-- columna vigilar_desde: Momento desde el que se vigila (UTC).
-- columna vigilar_hasta: Momento hasta el que se vigila (UTC).
-- columna origen: De dónde vino: a_mano, recurrente, noticia o calendario.
-- columna bases: Veces que se instaló una Base.
-- columna hallazgos: Hallazgos ligados a ella, detectados o validados.
-- columna antes: De ellos, antes de la movilización.
-- columna durante: De ellos, durante.
-- columna despues: De ellos, después.
-- columna sin_determinar: De ellos, sin fase determinada.
WITH fases (movilizacion_id, hallazgos, antes, durante, despues, sin_determinar) AS MATERIALIZED (
    SELECT
        movilizacion_id,
        count(*),
        sum(fase = 'antes'),
        sum(fase = 'durante'),
        sum(fase = 'despues'),
        sum(fase = 'sin_determinar')
    FROM v_conteo_base_mpi GROUP BY movilizacion_id
)
SELECT
    m.id,
    m.dia,
    m.inicio,
    m.fin,
    m.hora_sabida,
    m.nombre,
    m.alcaldia,
    m.asistencia_esperada,
    m.riesgo_esperado,
    m.estado,
    m.vigilar_desde,
    m.vigilar_hasta,
    m.origen,
    (SELECT count(*) FROM bases AS b WHERE b.movilizacion_id = m.id) AS bases,
    coalesce(f.hallazgos, 0) AS hallazgos,
    coalesce(f.antes, 0) AS antes,
    coalesce(f.durante, 0) AS durante,
    coalesce(f.despues, 0) AS despues,
    coalesce(f.sin_determinar, 0) AS sin_determinar
FROM movilizaciones AS m LEFT JOIN fases AS f ON f.movilizacion_id = m.id
