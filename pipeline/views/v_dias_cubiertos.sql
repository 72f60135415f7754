-- titulo: Días cubiertos
-- descripcion: Días (Ciudad de México) en que empezó al menos una corrida que terminó completa; las de sólo feeds cuentan, las de unas cuantas fuentes no.
-- columna dia: Día, AAAA-MM-DD.
-- columna corridas: Corridas completas que empezaron ese día.
-- columna primera: Cuándo empezó la primera (UTC).
-- columna ultima: Cuándo terminó la última (UTC).
SELECT dia, count(*) AS corridas, min(inicio) AS primera, max(fin) AS ultima
FROM corridas
WHERE estado = 'completa' AND modo <> 'solo_fuentes'
GROUP BY dia
