-- titulo: Plan por trimestre
-- descripcion: El cronograma del plan (sección 8): lo que toca a cada indicador en cada trimestre, lo alcanzado, el porcentaje de su fórmula y el avance de la meta. El porcentaje y el avance son dos cifras: el primero es la fórmula M1 del plan, y el de 1.4 puede pasar de 100; el avance de 1.4 es 25 % por los días cubiertos entre los del trimestre. El sentido (ascendente) es el del avance: más agresiones no son un logro.
-- columna anio: Año del plan.
-- columna trimestre: Trimestre, de 1 a 4.
-- columna clave: Clave del indicador en el plan.
-- columna orden: Lugar en el plan.
-- columna seccion: Sección del plan.
-- columna actividad: Actividad.
-- columna unidad: Unidad de medida.
-- columna meta_anual: Meta del año, en su unidad; vacío si el plan no da número.
-- columna meta: Lo que toca al trimestre, en su unidad: la parte que dice el cronograma; si el plan no da número, lo que se haya programado.
-- columna alcanzado: Lo alcanzado en el trimestre; vacío si nadie lo ha dicho ni se puede calcular.
-- columna origen: calculado (lo mide el monitor) o dicho (por una persona); vacío si falta.
-- columna formula: realizado/programado, periodo/periodo_inmediato_anterior, periodo/mismo_periodo_anio_anterior, conteo o n/a.
-- columna denominador: Entre lo que divide la fórmula: la meta del año, lo programado, o lo alcanzado en el periodo con que se compara; vacío si no hay.
-- columna porcentaje: La fórmula M1 del plan, en por ciento; vacío donde no está definida, nunca cero ni infinito.
-- columna sentido: Sentido del avance según el cronograma.
-- columna programado: Parte de la meta que toca al trimestre, en por ciento; vacío si el cronograma no nombra el indicador.
-- columna avance: Avance de la meta en el trimestre, en por ciento de la del año; vacío si no se puede medir.
-- columna alcanzado_acumulado: Lo alcanzado en el año hasta ese trimestre.
-- columna programado_acumulado: Parte de la meta que tocaba hasta ese trimestre, en por ciento.
-- columna avance_acumulado: Avance de la meta en el año hasta ese trimestre, en por ciento.
-- columna situacion: en meta, por debajo (el avance acumulado no llega a lo programado), en curso (el trimestre no ha terminado), sin meta (el plan no da contra qué medir el avance), fuera del cronograma o sin dato.
-- columna marcas: Advertencias: las de M1, sin meta en número (el plan no la da), sin línea base, fuera del cronograma.
-- columna nota: Aclaración de quien dijo lo alcanzado.
-- columna medicion: Quién dice lo alcanzado: a_mano, monitoreo, base_ddhh o base_mpi.
-- columna version: Número de veces que se ha dicho lo alcanzado; 0 si nadie.
WITH trimestres (trimestre) AS (VALUES (1), (2), (3), (4)),
medidos (medicion, anio, trimestre, alcanzado, denominador, porcentaje, avance, marcas) AS MATERIALIZED (
    SELECT
        i.medicion,
        CAST(substr(i.periodo, 1, 4) AS INTEGER),
        CAST(substr(i.periodo, 7) AS INTEGER),
        i.registros,
        i.anterior_comparado,
        i.m1,
        a.avance,
        i.marcas
    FROM (
        SELECT 'monitoreo' AS medicion, periodo, registros, anterior_comparado, m1, marcas FROM v_indicador_trimestral
        UNION ALL
        SELECT 'base_ddhh', periodo, registros, anterior_comparado, m1, marcas FROM v_indicador_base_ddhh WHERE tipo = 'trimestre'
        UNION ALL
        SELECT 'base_mpi', periodo, registros, anterior_comparado, m1, marcas FROM v_indicador_base_mpi WHERE tipo = 'trimestre'
    ) AS i
    LEFT JOIN v_avance AS a
        ON i.medicion = 'monitoreo' AND printf('%d-T%d', a.anio, a.trimestre) = i.periodo
),
-- Los totales importados de un trimestre valen sólo si están sus tres meses.
importados (clave, anio, trimestre, total) AS MATERIALIZED (
    SELECT indicador, anio, (mes + 2) / 3, sum(total)
    FROM lineas_base
    WHERE unidad = 'hallazgo'
    GROUP BY indicador, anio, (mes + 2) / 3
    HAVING count(*) = 3
),
alcanzados (clave, anio, trimestre, alcanzado) AS MATERIALIZED (
    SELECT clave, anio, trimestre, alcanzado FROM avances
    UNION ALL
    SELECT i.clave, i.anio, i.trimestre, i.total FROM importados AS i
    WHERE NOT EXISTS (
        SELECT 1 FROM avances AS a WHERE a.clave = i.clave AND a.anio = i.anio AND a.trimestre = i.trimestre
    )
),
dichos AS (
    SELECT
        m.*,
        t.trimestre,
        d.alcanzado,
        d.nota,
        coalesce(d.version, 0) AS version,
        d.programado AS programado_dicho,
        CAST(m.programado ->> (t.trimestre - 1) AS REAL) AS parte,
        CASE m.formula_tipo
            WHEN 'periodo/periodo_inmediato_anterior' THEN (
                SELECT b.alcanzado FROM alcanzados AS b
                WHERE b.clave = m.clave AND 4 * b.anio + b.trimestre = 4 * m.anio + t.trimestre - 1
            )
            WHEN 'periodo/mismo_periodo_anio_anterior' THEN (
                SELECT b.alcanzado FROM alcanzados AS b
                WHERE b.clave = m.clave AND b.anio = m.anio - 1 AND b.trimestre = t.trimestre
            )
            WHEN 'conteo' THEN NULL
            ELSE coalesce(m.valor_meta, d.programado)
        END AS denominador
    FROM metas AS m
    JOIN trimestres AS t
    LEFT JOIN avances AS d ON d.anio = m.anio AND d.clave = m.clave AND d.trimestre = t.trimestre
    WHERE m.medicion = 'a_mano'
),
filas AS (
    SELECT
        m.anio, t.trimestre, m.clave, m.orden, m.seccion, m.actividad, m.unidad, m.valor_meta, NULL AS programado_dicho,
        x.alcanzado, m.formula_tipo, x.denominador, x.porcentaje, m.sentido,
        CAST(m.programado ->> (t.trimestre - 1) AS REAL) AS parte, x.avance, coalesce(x.marcas, '') AS marcas, '' AS nota,
        m.medicion, 0 AS version
    FROM metas AS m
    JOIN trimestres AS t
    LEFT JOIN medidos AS x ON x.medicion = m.medicion AND x.anio = m.anio AND x.trimestre = t.trimestre
    WHERE m.medicion <> 'a_mano'
    UNION ALL
    SELECT
        anio, trimestre, clave, orden, seccion, actividad, unidad, valor_meta, programado_dicho,
        alcanzado, formula_tipo, denominador, iif(denominador > 0, round(100.0 * alcanzado / denominador, 1), NULL), sentido,
        parte,
        CASE
            WHEN valor_meta > 0 THEN round(100.0 * alcanzado / valor_meta, 1)
            WHEN programado_dicho > 0 THEN round(parte * min(1.0, alcanzado / programado_dicho), 1)
        END,
        substr(
            iif(formula_tipo LIKE 'realizado%' AND denominador IS NULL, '; sin meta en número', '')
            || iif(formula_tipo LIKE 'periodo%' AND alcanzado IS NOT NULL AND NOT coalesce(denominador > 0, 0), '; sin línea base', '')
            || iif(parte IS NULL, '; fuera del cronograma', ''),
            3
        ),
        coalesce(nota, ''), medicion, version
    FROM dichos
),
acumuladas AS (
    SELECT
        *,
        sum(alcanzado) OVER hasta AS alcanzado_acumulado,
        sum(parte) OVER hasta AS programado_acumulado,
        round(sum(avance) OVER hasta, 1) AS avance_acumulado
    FROM filas
    WINDOW hasta AS (PARTITION BY anio, clave ORDER BY trimestre)
)
SELECT
    anio, trimestre, clave, orden, seccion, actividad, unidad,
    valor_meta AS meta_anual,
    coalesce(valor_meta * parte / 100, programado_dicho) AS meta,
    alcanzado,
    CASE WHEN alcanzado IS NULL THEN '' WHEN medicion = 'a_mano' THEN 'dicho' ELSE 'calculado' END AS origen,
    formula_tipo AS formula,
    denominador, porcentaje, sentido, parte AS programado, avance, alcanzado_acumulado, programado_acumulado, avance_acumulado,
    CASE
        WHEN alcanzado IS NULL THEN 'sin dato'
        WHEN avance_acumulado IS NULL THEN 'sin meta'
        WHEN programado_acumulado IS NULL THEN 'fuera del cronograma'
        WHEN instr('; ' || marcas || ';', '; parcial;') THEN 'en curso'
        WHEN sentido = 'descendente' THEN iif(avance_acumulado <= programado_acumulado, 'en meta', 'por debajo')
        WHEN avance_acumulado >= programado_acumulado THEN 'en meta'
        ELSE 'por debajo'
    END AS situacion,
    marcas, nota, medicion, version
FROM acumuladas
ORDER BY anio DESC, trimestre, orden
