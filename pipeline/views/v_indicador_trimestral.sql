-- titulo: Indicador 1.4 por trimestre
-- descripcion: M1 por trimestre: registros (hallazgos validados de la ciudad, por fecha de registro) entre los del mismo periodo del año anterior, por cien. Más registros no es un logro ni un retroceso: M1 no es el avance de la meta.
-- columna periodo: Periodo, como lo lee «hallazgos indicador --periodo».
-- columna inicio: Primer día.
-- columna fin: Último día.
-- columna registros: Registros del periodo.
-- columna registros_anterior: Registros de los mismos días del año anterior; vacío si no hay cifras de ellos.
-- columna base: De dónde salen los del año anterior: monitoreo, importada, mixta o sin línea base; vacío si no hay nada que comparar.
-- columna m1: M1 en por ciento; vacío donde no está definido.
-- columna por_revisar: Hallazgos detectados que serían registros si se validan.
-- columna m1_provisional: M1 si se validaran todos los que están por revisar.
-- columna marcas: Advertencias: no calculable, sin línea base, línea base incompleta, cambio de método, parcial.
-- columna registros_comparados: Los registros que entran en M1: los del periodo hasta el corte y, contra totales importados, sólo los de meses enteros.
-- columna por_revisar_comparados: Los que están por revisar en los días que entran en M1.
-- columna desde: Primer día comparado.
-- columna hasta: Último día comparado.
-- columna comparado_inicio: Primer día del tramo comparado del año anterior.
-- columna comparado_fin: Último día del tramo comparado del año anterior.
WITH RECURSIVE
-- incluye: por_registro
,
-- incluye: calendario
,
periodos (tipo, periodo, inicio, fin) AS MATERIALIZED (
    SELECT p.* FROM periodos_del_anio AS p, limites AS l
    WHERE p.tipo = 'trimestre' AND p.inicio <= l.ultimo AND p.fin >= l.primero
),
-- incluye: regla_m1
SELECT
    periodo, inicio, fin, registros, registros_anterior, base, m1, por_revisar, m1_provisional, marcas,
    registros_comparados, por_revisar_comparados, desde, hasta, comparado_inicio, comparado_fin
FROM m1
ORDER BY inicio DESC
