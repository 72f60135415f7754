-- titulo: Desgloses por día
-- descripcion: Lo que suma cada renglón de cada desglose en cada día de registro, por clase y estado; sólo los renglones con algo. De aquí se suma cualquier periodo.
-- columna dia: Día de registro.
-- columna desglose: clase, agresion, modalidad, tipo_victima, genero, alcaldia, agresor o vinculo.
-- columna valor: Renglón del desglose.
-- columna clase: riesgo, agresion o privacion_vida.
-- columna estado: validado (registros), o detectado si espera revisión.
-- columna hallazgos: Hallazgos.
-- columna publicaciones: Publicaciones que los cuentan.
-- columna actos: Actos del renglón.
-- columna victimas: Víctimas del renglón.
WITH
elegidos (folio, periodo, estado) AS MATERIALIZED (
    SELECT folio, fecha_registro, estado FROM v_renglones WHERE cuenta
),
-- incluye: desgloses
SELECT periodo AS dia, desglose, valor, clase, estado, hallazgos, publicaciones, actos, victimas
FROM desglosados
ORDER BY dia DESC, desglose, valor
