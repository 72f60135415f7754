-- titulo: Versiones del etiquetador
-- descripcion: Con qué versiones del etiquetador se leyeron las noticias de los registros, por día de registro. Si los periodos que compara M1 se leyeron con versiones distintas, parte de la diferencia puede ser del programa y no de los hechos.
-- columna fecha_registro: Día en que el área encontró el hallazgo.
-- columna version_etiquetador: Versión que leyó sus noticias.
-- columna registros: Registros de ese día con alguna noticia leída con esa versión.
SELECT r.fecha_registro, n.version_etiquetador, count(DISTINCT r.folio) AS registros
FROM v_registros AS r
JOIN hallazgos_noticias AS hn ON hn.folio = r.folio
JOIN noticias AS n ON n.id = hn.noticia_id
WHERE n.version_etiquetador IS NOT NULL
GROUP BY r.fecha_registro, n.version_etiquetador
ORDER BY r.fecha_registro DESC, n.version_etiquetador
