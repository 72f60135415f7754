-- titulo: Indicador 1.5.2, agresiones durante movilizaciones
-- descripcion: M1 de cada mes, bimestre, trimestre, semestre y año: actos de los hallazgos validados que ocurrieron durante una movilización, por fecha de registro, entre los del mismo periodo del año anterior, por cien. Más agresiones no es un logro: M1 no es el avance de la meta.
-- columna anio: Año en que termina.
-- columna tipo: mes, bimestre, trimestre, semestre, anio o doce_meses (los doce que terminan en un mes).
-- columna periodo: Periodo, como lo lee «hallazgos indicador --periodo».
-- columna inicio: Primer día.
-- columna fin: Último día.
-- columna registros: Registros del periodo; vacío, con su marca, si de ningún día suyo se sabe nada.
-- columna registros_anterior: Registros del mismo periodo, entero, del año anterior (de un mes importado a medias no se sabe); vacío si nada se sabe de él.
-- columna registros_comparados: Los registros del periodo que entran en M1: hasta su último día con cifras y, contra totales importados, sólo los de meses enteros.
-- columna anterior_comparado: Los registros del año anterior entre los que divide M1: los de los mismos días o meses enteros; vacío si no hay nada que comparar.
-- columna diferencia: registros_comparados menos anterior_comparado.
-- columna base: De dónde sale anterior_comparado: monitoreo, importada, mixta o sin línea base; vacío si no hay nada que comparar.
-- columna m1: M1 en por ciento: registros_comparados entre anterior_comparado, por cien; vacío donde no está definido.
-- columna por_revisar: Lo que espera revisión y contaría si se valida.
-- columna m1_provisional: M1 si se validaran todos los que están por revisar.
-- columna marcas: Advertencias: sin cobertura, no calculable, sin línea base, cobertura incompleta, línea base incompleta, cambio de método, parcial.
-- columna por_revisar_comparados: Los que están por revisar en los días que entran en M1.
WITH RECURSIVE
-- incluye: por_base_mpi
,
-- incluye: calendario
,
periodos (tipo, periodo, inicio, fin) AS MATERIALIZED (
    SELECT p.* FROM periodos_del_anio AS p, limites AS l
    WHERE p.inicio <= l.ultimo AND p.fin >= l.primero
    UNION ALL
-- incluye: doce_meses
),
-- incluye: regla_m1
SELECT
    CAST(substr(fin, 1, 4) AS INTEGER) AS anio, tipo, periodo, inicio, fin, registros, registros_anterior,
    registros_comparados, anterior_comparado, diferencia, base, m1, por_revisar, m1_provisional, marcas, por_revisar_comparados
FROM m1
ORDER BY anio DESC, instr('mes bimestre trimestre semestre anio doce_meses', tipo), inicio
