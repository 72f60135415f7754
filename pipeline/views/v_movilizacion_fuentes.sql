-- titulo: Fuentes que se vigilaron en cada movilización
-- descripcion: De cada fuente que se leyó para una movilización, en cuántos ciclos terminados se le preguntó, en cuántos respondió y cuántas noticias nuevas dio.
-- columna movilizacion_id: Número de la movilización.
-- columna fuente_id: Clave de la fuente.
-- columna nombre: Nombre de la fuente.
-- columna ciclos: Ciclos en que se le preguntó.
-- columna leida: Ciclos en que se pudo leer.
-- columna nuevas: Noticias nuevas.
SELECT v.movilizacion_id, v.fuente_id, f.nombre, v.ciclos, v.leidas AS leida, v.nuevas
FROM vigilancias_fuentes AS v JOIN fuentes AS f ON f.id = v.fuente_id
