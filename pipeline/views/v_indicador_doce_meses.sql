-- titulo: Indicador 1.4 por doce meses corridos
-- descripcion: M1 de los doce meses que terminan en cada mes: registros (hallazgos validados de la ciudad, por fecha de registro) entre los de los doce meses anteriores, por cien. Los tramos de un mes y del siguiente comparten once meses: no se suman. Más registros no es un logro ni un retroceso: M1 no es el avance de la meta.
-- columna periodo: Periodo, como lo lee «hallazgos indicador --periodo».
-- columna inicio: Primer día, once meses antes del primero del mes con que terminan.
-- columna fin: Último día: el último del mes con que terminan.
-- columna registros: Registros del periodo.
-- columna registros_anterior: Registros del mismo periodo, entero, del año anterior (de un mes importado a medias no se sabe); vacío si nada se sabe de él.
-- columna registros_comparados: Los registros del periodo que entran en M1: hasta su último día con cifras y, contra totales importados, sólo los de meses enteros.
-- columna anterior_comparado: Los registros del año anterior entre los que divide M1: los de los mismos días o meses enteros; vacío si no hay nada que comparar.
-- columna base: De dónde sale anterior_comparado: monitoreo, importada, mixta o sin línea base; vacío si no hay nada que comparar.
-- columna m1: M1 en por ciento: registros_comparados entre anterior_comparado, por cien; vacío donde no está definido.
-- columna por_revisar: Hallazgos detectados que serían registros si se validan.
-- columna m1_provisional: M1 si se validaran todos los que están por revisar.
-- columna marcas: Advertencias: no calculable, sin línea base, cobertura incompleta, línea base incompleta, cambio de método, parcial.
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
-- incluye: doce_meses
),
-- incluye: regla_m1
SELECT
    periodo, inicio, fin, registros, registros_anterior, registros_comparados, anterior_comparado, base, m1, por_revisar,
    m1_provisional, marcas, por_revisar_comparados, desde, hasta, comparado_inicio, comparado_fin
FROM m1
ORDER BY inicio DESC
