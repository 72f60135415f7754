-- titulo: Días cubiertos
-- descripcion: Días (Ciudad de México) en que empezó al menos una corrida que terminó completa; las de sólo canales cuentan, las de unas cuantas fuentes no.
-- columna dia: Día, AAAA-MM-DD.
-- columna corridas: Corridas completas que empezaron ese día.
-- columna primera: Cuándo empezó la primera (UTC).
-- columna ultima: Cuándo terminó la última (UTC).
-- columna avance: Lo que el día suma al avance de la meta 1.4, en por ciento: 25 entre los días de su trimestre.
SELECT
    dia,
    corridas,
    primera,
    ultima,
    25.0 / (julianday(date(trimestre, '+3 months')) - julianday(trimestre)) AS avance
FROM (
    SELECT
        dia,
        count(*) AS corridas,
        min(inicio) AS primera,
        max(fin) AS ultima,
        printf('%s-%02d-01', substr(dia, 1, 4), (substr(dia, 6, 2) - 1) / 3 * 3 + 1) AS trimestre
    FROM
-- incluye: corridas_que_cubren
    GROUP BY dia
)
