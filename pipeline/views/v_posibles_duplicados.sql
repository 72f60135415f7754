-- titulo: Posibles duplicados
-- descripcion: Pares de hallazgos que quizá cuentan el mismo hecho: una nota que cabía en los dos, o que casi cupo en el otro. Una fila por par, con su nota más parecida; sin los pares que ya están en un hallazgo, ni aquellos de los que una persona ya dijo que van aparte, ni los ya descartados ambos.
-- columna folio: Hallazgo de folio más antiguo.
-- columna otro_folio: El otro hallazgo.
-- columna puntos: Cuánto se parecen, con la cuenta de la agrupación.
-- columna razones: Reglas y puntos (JSON).
-- columna estado: Estado del primero.
-- columna otro_estado: Estado del otro.
-- columna noticia: Número interno de la noticia del primero.
-- columna otra_noticia: Número interno de la noticia del otro.
WITH pares AS (
    SELECT
        a.folio AS folio_a, b.folio AS folio_b, d.noticia_a, d.noticia_b, d.puntos, d.razones
    FROM posibles_duplicados AS d
    JOIN hallazgos_noticias AS a ON a.noticia_id = d.noticia_a
    JOIN hallazgos_noticias AS b ON b.noticia_id = d.noticia_b
    WHERE a.folio <> b.folio
),
ordenados AS (
    SELECT
        min(folio_a, folio_b) AS folio, max(folio_a, folio_b) AS otro_folio, puntos, razones,
        iif(folio_a < folio_b, noticia_a, noticia_b) AS noticia, iif(folio_a < folio_b, noticia_b, noticia_a) AS otra_noticia,
        row_number() OVER (
            PARTITION BY min(folio_a, folio_b), max(folio_a, folio_b) ORDER BY puntos DESC, noticia_a, noticia_b
        ) AS orden
    FROM pares
)
SELECT
    o.folio, o.otro_folio, o.puntos, o.razones, h.estado, k.estado AS otro_estado, o.noticia, o.otra_noticia
FROM ordenados AS o
JOIN hallazgos AS h ON h.folio = o.folio
JOIN hallazgos AS k ON k.folio = o.otro_folio
WHERE o.orden = 1
    AND (h.estado <> 'descartado' OR k.estado <> 'descartado')
    AND NOT EXISTS (
        SELECT 1
        FROM hallazgos_noticias AS a
        JOIN decisiones_union AS d ON d.noticia_a = a.noticia_id AND d.decision = 'aparte'
        JOIN hallazgos_noticias AS b ON b.noticia_id = d.noticia_b
        WHERE a.folio IN (o.folio, o.otro_folio) AND b.folio IN (o.folio, o.otro_folio) AND a.folio <> b.folio
    )
ORDER BY o.puntos DESC, o.folio, o.otro_folio
