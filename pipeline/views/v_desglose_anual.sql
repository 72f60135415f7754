-- titulo: Desgloses por año
-- descripcion: Los registros, por fecha de registro, según clase, tipo de agresión, modalidad, tipo de víctima, género, alcaldía, agresor y vínculo con la labor, en cuatro unidades. Un hallazgo con varias modalidades, tipos o agresores cuenta en cada uno: esos renglones no se suman.
-- columna anio: Año de registro.
-- columna desglose: clase, agresion, modalidad, tipo_victima, genero, alcaldia, agresor o vinculo.
-- columna orden: Lugar del renglón en su cuadro.
-- columna valor: Renglón; el cuadro de tipos (agresion) cubre agresiones y privaciones de la vida, con las sólo institucionales en renglón propio y el riesgo aparte.
-- columna etiqueta: Cómo se lee el renglón.
-- columna hallazgos: Registros (hallazgos) del renglón.
-- columna agresion: De ellos, agresiones.
-- columna privacion_vida: De ellos, privaciones de la vida.
-- columna riesgo: De ellos, situaciones de riesgo.
-- columna publicaciones: Publicaciones que cuentan esos hallazgos.
-- columna actos: Actos: los del renglón (modalidad, agresor, contra víctimas de ese tipo o género) o todos los de sus hallazgos.
-- columna victimas: Víctimas: las del renglón (tipo, género) o todas las de sus hallazgos.
-- columna por_revisar: Hallazgos detectados del renglón que serían registros si se validan.
WITH
elegidos (folio, periodo, estado) AS MATERIALIZED (
    SELECT folio, CAST(substr(fecha_registro, 1, 4) AS INTEGER), estado FROM v_renglones WHERE cuenta
),
-- incluye: desgloses
,
cuadros_de (periodo, parte) AS MATERIALIZED (
    SELECT DISTINCT periodo, periodo FROM elegidos
),
-- incluye: cuadros
SELECT
    periodo AS anio, desglose, orden, valor, etiqueta, hallazgos, agresion, privacion_vida, riesgo, publicaciones, actos,
    victimas, por_revisar
FROM cuadros
ORDER BY anio DESC, desglose, orden
