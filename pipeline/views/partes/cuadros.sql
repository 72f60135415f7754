-- Los cuadros de cada periodo: todos los renglones del catálogo, los vacíos con cero. Antes: desgloses, y
--   cuadros_de (periodo, parte): los periodos que llevan cuadros, y de qué periodos de «elegidos» se suma cada uno.
cuadros AS (
    SELECT
        p.periodo,
        c.desglose,
        c.orden,
        c.valor,
        c.etiqueta,
        coalesce(sum(iif(d.estado = 'validado', d.hallazgos, 0)), 0) AS hallazgos,
        coalesce(sum(iif(d.estado = 'validado' AND d.clase = 'agresion', d.hallazgos, 0)), 0) AS agresion,
        coalesce(sum(iif(d.estado = 'validado' AND d.clase = 'privacion_vida', d.hallazgos, 0)), 0) AS privacion_vida,
        coalesce(sum(iif(d.estado = 'validado' AND d.clase = 'riesgo', d.hallazgos, 0)), 0) AS riesgo,
        coalesce(sum(iif(d.estado = 'validado', d.publicaciones, 0)), 0) AS publicaciones,
        coalesce(sum(iif(d.estado = 'validado', d.actos, 0)), 0) AS actos,
        coalesce(sum(iif(d.estado = 'validado', d.victimas, 0)), 0) AS victimas,
        coalesce(sum(iif(d.estado = 'detectado', d.hallazgos, 0)), 0) AS por_revisar
    FROM cuadros_de AS p
    CROSS JOIN catalogo AS c
    LEFT JOIN desglosados AS d ON d.periodo = p.parte AND d.desglose = c.desglose AND d.valor = c.valor
    GROUP BY p.periodo, c.desglose, c.orden
)
