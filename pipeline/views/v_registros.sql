-- titulo: Registros
-- descripcion: Lo que cuenta el indicador 1.4: una fila por hallazgo validado, que no es antecedente y cuyo ámbito es uno de los tres de la ciudad.
-- columna folio: Identificador del hallazgo.
-- columna fecha_registro: Día en que el área lo encontró.
-- columna fecha_publicacion: Día de su primera publicación, si se sabe.
-- columna fecha_hecho: Día del hecho, si se sabe.
-- columna ambito: hecho_en_cdmx, persona_en_cdmx o a_distancia_cdmx.
-- columna clase: riesgo, agresion o privacion_vida.
-- columna alcaldia: Alcaldía del hecho, si se sabe.
-- columna origen: monitoreo, archivo, manual o importado.
-- columna publicaciones: Publicaciones que lo cuentan.
-- columna actos: Actos, cada modalidad contra cada víctima.
-- columna victimas: Víctimas según lo contado.
SELECT
    folio, fecha_registro, fecha_publicacion, fecha_hecho, renglon AS ambito, clase, alcaldia, origen,
    publicaciones, actos, victimas
FROM v_conteo
WHERE estado = 'validado' AND cuenta
