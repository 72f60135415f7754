-- titulo: Indicador 1.4 por trimestre
-- descripcion: M1 por trimestre: registros (hallazgos validados de la ciudad, por fecha de registro) entre los del mismo periodo del año anterior, por cien. Más registros no es un logro ni un retroceso: M1 no es el avance de la meta.
-- columna periodo: Periodo, como lo lee «hallazgos indicador --periodo».
-- columna inicio: Primer día.
-- columna fin: Último día.
-- columna registros: Registros del periodo; vacío, con su marca, si de ningún día suyo se sabe nada.
-- columna registros_anterior: Registros del mismo periodo, entero, del año anterior (de un mes importado a medias no se sabe); vacío si nada se sabe de él.
-- columna registros_comparados: Los registros del periodo que entran en M1: hasta su último día con cifras y, contra totales importados, sólo los de meses enteros.
-- columna anterior_comparado: Los registros del año anterior entre los que divide M1: los de los mismos días o meses enteros; vacío si no hay nada que comparar.
-- columna base: De dónde sale anterior_comparado: monitoreo, importada, mixta o sin línea base; vacío si no hay nada que comparar.
-- columna m1: M1 en por ciento: registros_comparados entre anterior_comparado, por cien; vacío donde no está definido.
-- columna por_revisar: Hallazgos detectados que serían registros si se validan.
-- columna m1_provisional: M1 si se validaran todos los que están por revisar.
-- columna marcas: Advertencias: sin cobertura, no calculable, sin línea base, cobertura incompleta, línea base incompleta, cambio de método, parcial.
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
    periodo, inicio, fin, registros, registros_anterior, registros_comparados, anterior_comparado, base, m1, por_revisar,
    m1_provisional, marcas, por_revisar_comparados, desde, hasta, comparado_inicio, comparado_fin
FROM m1
ORDER BY inicio DESC
