-- titulo: Indicador 1.4 por ámbito
-- descripcion: Lo que se lee junto a M1: los hallazgos de cada mes, bimestre, trimestre, semestre y año, por fecha de registro, en seis renglones. Los tres ámbitos de la ciudad suman los registros del periodo; los por determinar, los de fuera y los antecedentes no entran en M1.
-- columna anio: Año.
-- columna tipo: mes, bimestre, trimestre, semestre o anio.
-- columna periodo: Periodo, como lo lee «hallazgos indicador --periodo».
-- columna inicio: Primer día.
-- columna fin: Último día.
-- columna renglon: Ámbito, o antecedente si el hallazgo lo es.
-- columna cuenta: 1 si el renglón entra en M1.
-- columna validados: Hallazgos validados; en los renglones que cuentan son registros, y vacío si parte de ellos viene de un total importado, que no dice ámbitos, o si de ningún día del periodo se sabe nada.
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
-- incluye: totalizados
,
-- Los periodos son de meses enteros, y ninguno pasa de un año a otro: basta lo contado en cada mes.
contados (anio, mes, renglon, validados, por_revisar) AS MATERIALIZED (
    SELECT
        substr(fecha_registro, 1, 4),
        substr(fecha_registro, 1, 7) || '-01',
        renglon,
        sum(estado = 'validado'),
        sum(estado = 'detectado')
    FROM v_renglones
    GROUP BY substr(fecha_registro, 1, 4), substr(fecha_registro, 1, 7) || '-01', renglon
    UNION ALL
    SELECT substr(mes, 1, 4), mes || '-01', 'total importado', total, 0 FROM totalizados
),
por_renglon (periodo, renglon, validados, por_revisar) AS MATERIALIZED (
    SELECT p.periodo, c.renglon, sum(c.validados), sum(c.por_revisar)
    FROM periodos AS p JOIN contados AS c ON c.anio = substr(p.inicio, 1, 4) AND c.mes BETWEEN p.inicio AND p.fin
    GROUP BY p.periodo, c.renglon
),
-- incluye: renglones
SELECT
    CAST(substr(p.inicio, 1, 4) AS INTEGER) AS anio,
    p.tipo,
    p.periodo,
    p.inicio,
    p.fin,
    r.renglon,
    r.cuenta,
    iif(
        r.cuenta
        AND (
            t.validados > 0
            OR NOT EXISTS (SELECT 1 FROM propios AS o WHERE o.mes BETWEEN substr(p.inicio, 1, 7) AND substr(p.fin, 1, 7))
        ),
        NULL,
        r.validados
    ) AS validados,
    r.por_revisar
FROM periodos AS p
JOIN renglones_del_periodo AS r ON r.periodo = p.periodo
LEFT JOIN por_renglon AS t ON t.periodo = p.periodo AND t.renglon = 'total importado'
ORDER BY anio DESC, instr('mes bimestre trimestre semestre anio', p.tipo), p.inicio, r.orden
