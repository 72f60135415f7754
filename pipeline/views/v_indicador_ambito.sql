-- titulo: Indicador 1.4 por ámbito
-- descripcion: Lo que se lee junto a M1: los hallazgos de cada mes, bimestre, trimestre, semestre y año, por fecha de registro, en seis renglones. Los tres ámbitos de la ciudad suman los registros del periodo; los por determinar, los de fuera y los antecedentes no entran en M1.
-- columna anio: Año.
-- columna tipo: mes, bimestre, trimestre, semestre o anio.
-- columna periodo: Periodo, como lo lee «hallazgos indicador --periodo».
-- columna inicio: Primer día.
-- columna fin: Último día.
-- columna renglon: Ámbito, o antecedente si el hallazgo lo es.
-- columna cuenta: 1 si el renglón entra en M1.
-- columna validados: Hallazgos validados; en los renglones que cuentan son registros, y vacío si parte de ellos viene de un total importado, que no dice ámbitos.
-- columna por_revisar: Hallazgos detectados, que esperan revisión.
WITH RECURSIVE
-- incluye: por_registro
,
-- incluye: calendario
,
periodos (tipo, periodo, inicio, fin) AS MATERIALIZED (
    SELECT p.* FROM periodos_del_anio AS p, limites AS l
    WHERE p.inicio <= l.ultimo AND p.fin >= l.primero
),
-- incluye: regla_m1
,
-- Los periodos son de meses enteros: basta lo contado en cada mes, con el día en que empieza.
por_renglon (dia, renglon, validados, por_revisar) AS MATERIALIZED (
    SELECT date(dia, 'start of month'), renglon, sum(validados), sum(por_revisar)
    FROM contados
    GROUP BY date(dia, 'start of month'), renglon
),
-- incluye: renglones
SELECT
    CAST(substr(m.inicio, 1, 4) AS INTEGER) AS anio,
    m.tipo,
    m.periodo,
    m.inicio,
    m.fin,
    r.renglon,
    r.cuenta,
    iif(r.cuenta AND m.registros IS NOT sum(r.validados * r.cuenta) OVER (PARTITION BY m.periodo), NULL, r.validados) AS validados,
    r.por_revisar
FROM m1 AS m JOIN renglones_del_periodo AS r ON r.periodo = m.periodo
ORDER BY anio DESC, instr('mes bimestre trimestre semestre anio', m.tipo), m.inicio, r.orden
