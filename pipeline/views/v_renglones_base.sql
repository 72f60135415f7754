-- titulo: Renglones de los indicadores 1.5.1 y 1.5.2
-- descripcion: Todo lo que se lee junto a M1 de las bases, por día: instalaciones y registros de información (1.5.1); actos por fase, detecciones, atenciones, canalizaciones y seguimientos (1.5.2). Cada renglón dice su unidad; unidades distintas no se suman.
-- columna indicador: 1.5.1 o 1.5.2.
-- columna fecha: Fecha del hallazgo que decide el día: registro, publicacion o hecho; propia si el renglón tiene la suya.
-- columna dia: Día (Ciudad de México), AAAA-MM-DD; vacío si no se sabe.
-- columna renglon: instalacion o tipo de registro; fase, o por qué no cuenta en 1.4; detecciones, atenciones, canalizaciones, seguimientos.
-- columna unidad: instalaciones, registros, actos, hallazgos o anotaciones.
-- columna cuenta: 1 si el renglón entra en M1.
-- columna validados: Lo que suma; de hallazgos, los validados.
-- columna por_revisar: Lo que sumarían los detectados si se validan.
SELECT
    '1.5.1' AS indicador,
    'propia' AS fecha,
    dia,
    renglon,
    iif(cuenta, 'registros', 'instalaciones') AS unidad,
    cuenta,
    n AS validados,
    0 AS por_revisar
FROM v_serie_base_ddhh
UNION ALL
SELECT
    '1.5.2', s.fecha, s.dia, iif(k.column1, 'detecciones', s.renglon), iif(k.column1, 'hallazgos', 'actos'),
    s.cuenta AND NOT k.column1,
    iif(s.estado = 'validado', iif(k.column1, s.hallazgos, s.actos), 0),
    iif(s.estado = 'detectado', iif(k.column1, s.hallazgos, s.actos), 0)
FROM v_serie_base_mpi AS s JOIN (VALUES (0), (1)) AS k
WHERE s.cuenta OR NOT k.column1
UNION ALL
SELECT '1.5.2', 'propia', dia, renglon, 'anotaciones', 0, n, 0 FROM v_atenciones_movilizacion
