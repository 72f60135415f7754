-- titulo: Precisión y notas que se escapan
-- descripcion: De los últimos 30 días con datos (hasta el último día cubierto). Precisión: validados entre decididos (validados y descartados) de lo que encontró el monitoreo, sin las notas que rescató la muestra. Escapadas: de las notas rechazadas se toman al azar diez por semana, cinco de las que rechazó la criba y cinco de las que rechazó el etiquetador; la parte de cada grupo que resultó ser hallazgo, por cuántas notas tenía el grupo, sumada y llevada a 30 días.
-- columna desde: Primer día del periodo.
-- columna hasta: Último día cubierto.
-- columna validados: Hallazgos del periodo que una persona validó.
-- columna descartados: Hallazgos del periodo que una persona descartó.
-- columna precision: Validados entre decididos, de 0 a 1; vacío si no se ha decidido ninguno.
-- columna semanas: Semanas del periodo con muestra ya leída.
-- columna leidas: Notas rechazadas que una persona leyó.
-- columna eran_hallazgo: Cuántas de ellas sí lo eran.
-- columna poblacion: Notas rechazadas en esas semanas.
-- columna escapadas: Estimación de las notas de 30 días que eran hallazgo y se rechazaron; vacío si no se ha leído ninguna.
-- columna escapadas_maximo: Límite superior de esa estimación, con 95 % de confianza (de Poisson, grupo por grupo).
WITH periodo (desde, hasta) AS (
    SELECT date(max(dia), '-29 days'), max(dia)
    FROM
-- incluye: corridas_que_cubren

),
decididos (validados, descartados) AS (
    SELECT coalesce(sum(h.estado = 'validado'), 0), coalesce(sum(h.estado = 'descartado'), 0)
    FROM periodo AS p JOIN hallazgos AS h ON h.fecha_registro BETWEEN p.desde AND p.hasta
    WHERE +h.origen = 'monitoreo' AND NOT EXISTS (
        SELECT 1 FROM hallazgos_noticias AS hn JOIN muestra_rechazadas AS m ON m.noticia_id = hn.noticia_id
        WHERE hn.folio = h.folio AND hn.papel = 'primera' AND m.era_hallazgo = 1
    )
),
grupos (semana, estrato, poblacion, leidas, eran) AS (
    SELECT m.semana, m.estrato, max(m.poblacion), count(m.era_hallazgo), coalesce(sum(m.era_hallazgo), 0)
    FROM periodo AS p JOIN muestra_rechazadas AS m ON m.semana BETWEEN date(p.desde, '-6 days') AND p.hasta
    GROUP BY m.semana, m.estrato
    HAVING count(m.era_hallazgo) > 0
),
-- Una semana vale cuando se leyó algo de cada uno de sus grupos.
semanas (semana) AS (
    SELECT semana FROM muestra_rechazadas WHERE semana IN (SELECT semana FROM grupos)
    GROUP BY semana
    HAVING count(DISTINCT estrato) = (SELECT count(*) FROM grupos AS g WHERE g.semana = muestra_rechazadas.semana)
),
-- Los grupos de varias semanas se juntan antes de acotar: límite superior exacto de Poisson de 0 a 10 casos; de ahí en
-- adelante, la proporción del décimo, que es mayor que la exacta.
estratos (estrato, poblacion, leidas, eran, estimadas, limite) AS (
    SELECT
        estrato, sum(poblacion), sum(leidas), sum(eran), sum(1.0 * poblacion * eran / leidas),
        coalesce(
            json('[3.69, 5.57, 7.22, 8.77, 10.24, 11.67, 13.06, 14.42, 15.76, 17.08, 18.39]') ->> ('$[' || sum(eran) || ']'),
            1.84 * sum(eran)
        )
    FROM grupos WHERE semana IN (SELECT semana FROM semanas) GROUP BY estrato
),
sumas (semanas, leidas, eran, poblacion, estimadas, maximo) AS (
    SELECT
        (SELECT count(*) FROM semanas),
        sum(leidas),
        sum(eran),
        sum(poblacion),
        sum(estimadas),
        sum(poblacion * min(1.0, limite / leidas))
    FROM estratos
)
SELECT
    p.desde,
    p.hasta,
    d.validados,
    d.descartados,
    1.0 * d.validados / nullif(d.validados + d.descartados, 0) AS precision,
    s.semanas,
    coalesce(s.leidas, 0) AS leidas,
    coalesce(s.eran, 0) AS eran_hallazgo,
    coalesce(s.poblacion, 0) AS poblacion,
    round(s.estimadas * 30 / (7 * nullif(s.semanas, 0)), 1) AS escapadas,
    round(s.maximo * 30 / (7 * nullif(s.semanas, 0)), 1) AS escapadas_maximo
FROM periodo AS p, decididos AS d, sumas AS s
