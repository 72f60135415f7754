-- Lo contado en cada renglón de cada desglose. Quien la incluye define antes, como CTE:
--   elegidos (folio, periodo, estado): los hallazgos que se cuentan, cada uno con el periodo al que va.
-- Un hallazgo cuenta una vez en cada renglón que le toca; hallazgos y publicaciones son siempre los suyos.
--   clase, agresion, alcaldia, vinculo: también todos sus actos y sus víctimas;
--   modalidad: los actos de esa modalidad y las víctimas de sus hallazgos;
--   agresor: los actos que lo señalan, o los de sus hallazgos si el acto no dice de quién fue, y las víctimas de sus hallazgos;
--   tipo_victima, genero: las víctimas de ese tipo o género y los actos contra ellas.
-- incluye: catalogo_desgloses
,
dichos (folio, clase, con_alcaldia, alcaldia, ambito, vinculo, modalidad, agresion, agresor, tipo_victima) AS MATERIALIZED (
    SELECT
        folio,
        max(iif(campo = 'clase', valor ->> '$', NULL)),
        max(campo = 'alcaldia'),
        max(iif(campo = 'alcaldia', valor ->> '$', NULL)),
        max(iif(campo = 'ambito', valor ->> '$', NULL)),
        max(iif(campo = 'vinculo', valor ->> '$', NULL)),
        max(iif(campo = 'modalidad', valor, NULL)),
        max(iif(campo = 'agresion', valor, NULL)),
        max(iif(campo = 'agresor', valor, NULL)),
        max(iif(campo = 'tipo_victima', valor, NULL))
    FROM correcciones
    WHERE campo IN ('clase', 'alcaldia', 'ambito', 'vinculo', 'modalidad', 'agresion', 'agresor', 'tipo_victima')
    GROUP BY folio
),
hechos AS MATERIALIZED (
    SELECT
        e.folio,
        e.periodo,
        e.estado,
        coalesce(d.clase, h.clase) AS clase,
        iif(d.con_alcaldia, d.alcaldia, h.alcaldia) AS alcaldia,
        coalesce(d.ambito, h.ambito) AS ambito,
        coalesce(d.vinculo, h.vinculo) AS vinculo,
        d.modalidad,
        d.agresion,
        d.agresor,
        d.tipo_victima,
        (SELECT count(*) FROM hallazgos_noticias AS n WHERE n.folio = e.folio) AS publicaciones,
        (
            SELECT coalesce(sum(iif(v.persona_id IS NULL, coalesce(v.cantidad, 1), 1)), 0)
            FROM actos AS a LEFT JOIN victimas AS v ON v.id = a.victima_id
            WHERE a.folio = e.folio
        ) AS actos,
        (SELECT coalesce(sum(iif(persona_id IS NULL, coalesce(cantidad, 1), 1)), 0) FROM victimas AS v WHERE v.folio = e.folio)
            AS victimas
    FROM elegidos AS e
    CROSS JOIN hallazgos AS h ON h.folio = e.folio
    LEFT JOIN dichos AS d ON d.folio = e.folio
),
-- Los hallazgos, los actos y las víctimas se agrupan una vez con todo lo que un renglón distingue; los renglones salen de ahí.
sumados (periodo, estado, clase, vinculo, alcaldia, hallazgos, publicaciones, actos, victimas) AS MATERIALIZED (
    SELECT
        periodo, estado, clase, vinculo, iif(alcaldia IS NULL AND ambito = 'a_distancia_cdmx', 'a distancia', alcaldia),
        count(*), sum(publicaciones), sum(actos), sum(victimas)
    FROM hechos GROUP BY 1, 2, 3, 4, 5
),
de_actos (periodo, estado, clase, modalidad, agresor, tipo, genero, n) AS MATERIALIZED (
    SELECT
        h.periodo, h.estado, h.clase, a.modalidad, a.agresor, v.tipo, v.genero,
        sum(iif(v.persona_id IS NULL, coalesce(v.cantidad, 1), 1))
    FROM hechos AS h CROSS JOIN actos AS a ON a.folio = h.folio LEFT JOIN victimas AS v ON v.id = a.victima_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7
),
-- Un hallazgo cuenta una vez en el género de sus víctimas, por muchas que sean; sin víctimas, en lo que no se sabe.
de_victimas (periodo, estado, clase, tipo, genero, hallazgos, publicaciones, victimas) AS MATERIALIZED (
    SELECT
        periodo, estado, clase, tipo, genero, sum(primera), sum(primera * publicaciones), sum(n)
    FROM (
        SELECT
            h.periodo, h.estado, h.clase, v.tipo, v.genero, h.publicaciones,
            iif(v.id IS NULL, 0, iif(v.persona_id IS NULL, coalesce(v.cantidad, 1), 1)) AS n,
            NOT EXISTS (SELECT 1 FROM victimas AS o WHERE o.folio = h.folio AND o.id < v.id AND o.genero = v.genero) AS primera
        FROM hechos AS h LEFT JOIN victimas AS v ON v.folio = h.folio
    )
    GROUP BY 1, 2, 3, 4, 5
),
-- Los agresores de cada hallazgo: los dichos por una persona o los calculados.
de_agresores AS MATERIALIZED (
    SELECT h.folio, h.periodo, h.estado, h.clase, l.valor, h.publicaciones, h.actos, h.victimas
    FROM hechos AS h LEFT JOIN hallazgos_agresor AS l ON l.folio = h.folio
    WHERE h.agresor IS NULL
    UNION ALL
    SELECT h.folio, h.periodo, h.estado, h.clase, l.value, h.publicaciones, h.actos, h.victimas
    FROM hechos AS h LEFT JOIN json_each(h.agresor) AS l
    WHERE h.agresor IS NOT NULL
),
-- Los actos de los que se dice el agresor: cuentan sólo en él, y se restan de los demás agresores de su hallazgo.
de_un_agresor (folio, n) AS MATERIALIZED (
    SELECT a.folio, sum(iif(v.persona_id IS NULL, coalesce(v.cantidad, 1), 1))
    FROM hechos AS h CROSS JOIN actos AS a ON a.folio = h.folio LEFT JOIN victimas AS v ON v.id = a.victima_id
    WHERE a.agresor IS NOT NULL
    GROUP BY a.folio
),
sueltos (periodo, estado, clase, desglose, valor, hallazgos, publicaciones, actos, victimas) AS (
    SELECT periodo, estado, clase, 'clase', clase, hallazgos, publicaciones, actos, victimas FROM sumados
    UNION ALL
    SELECT periodo, estado, clase, 'vinculo', vinculo, hallazgos, publicaciones, actos, victimas FROM sumados
    UNION ALL
    SELECT periodo, estado, clase, 'alcaldia', alcaldia, hallazgos, publicaciones, actos, victimas FROM sumados
    UNION ALL
    SELECT periodo, estado, clase, 'agresion', 'riesgo', hallazgos, publicaciones, actos, victimas
    FROM sumados WHERE clase = 'riesgo'
    UNION ALL
    SELECT
        h.periodo, h.estado, h.clase, 'agresion',
        coalesce(
            l.valor,
            iif(
                EXISTS (SELECT 1 FROM hallazgos_agresion AS i WHERE i.folio = h.folio AND i.valor = 'institucional'),
                'sólo institucional',
                'sin tipo'
            )
        ),
        count(*), sum(h.publicaciones), sum(h.actos), sum(h.victimas)
    FROM hechos AS h
    LEFT JOIN hallazgos_agresion AS l ON l.folio = h.folio AND l.valor IN ('fisica', 'verbal', 'digital')
    WHERE h.agresion IS NULL AND h.clase <> 'riesgo'
    GROUP BY h.periodo, h.estado, h.clase, 5
    UNION ALL
    SELECT
        h.periodo, h.estado, h.clase, 'agresion',
        coalesce(l.value, iif(instr(h.agresion, '"institucional"'), 'sólo institucional', 'sin tipo')),
        count(*), sum(h.publicaciones), sum(h.actos), sum(h.victimas)
    FROM hechos AS h LEFT JOIN json_each(h.agresion) AS l ON l.value IN ('fisica', 'verbal', 'digital')
    WHERE h.agresion IS NOT NULL AND h.clase <> 'riesgo'
    GROUP BY h.periodo, h.estado, h.clase, 5
    UNION ALL
    SELECT h.periodo, h.estado, h.clase, 'modalidad', l.valor, count(*), sum(h.publicaciones), 0, sum(h.victimas)
    FROM hechos AS h LEFT JOIN hallazgos_modalidad AS l ON l.folio = h.folio
    WHERE h.modalidad IS NULL
    GROUP BY h.periodo, h.estado, h.clase, l.valor
    UNION ALL
    SELECT h.periodo, h.estado, h.clase, 'modalidad', l.value, count(*), sum(h.publicaciones), 0, sum(h.victimas)
    FROM hechos AS h LEFT JOIN json_each(h.modalidad) AS l
    WHERE h.modalidad IS NOT NULL
    GROUP BY h.periodo, h.estado, h.clase, l.value
    UNION ALL
    SELECT periodo, estado, clase, 'modalidad', modalidad, 0, 0, n, 0 FROM de_actos
    UNION ALL
    SELECT periodo, estado, clase, 'agresor', valor, count(*), sum(publicaciones), sum(actos), sum(victimas)
    FROM de_agresores GROUP BY periodo, estado, clase, valor
    UNION ALL
    SELECT l.periodo, l.estado, l.clase, 'agresor', l.valor, 0, 0, -sum(a.n), 0
    FROM de_un_agresor AS a CROSS JOIN de_agresores AS l ON l.folio = a.folio
    GROUP BY l.periodo, l.estado, l.clase, l.valor
    UNION ALL
    SELECT periodo, estado, clase, 'agresor', agresor, 0, 0, n, 0 FROM de_actos WHERE agresor IS NOT NULL
    UNION ALL
    SELECT h.periodo, h.estado, h.clase, 'tipo_victima', l.valor, count(*), sum(h.publicaciones), 0, 0
    FROM hechos AS h LEFT JOIN hallazgos_tipo_victima AS l ON l.folio = h.folio
    WHERE h.tipo_victima IS NULL
    GROUP BY h.periodo, h.estado, h.clase, l.valor
    UNION ALL
    SELECT h.periodo, h.estado, h.clase, 'tipo_victima', l.value, count(*), sum(h.publicaciones), 0, 0
    FROM hechos AS h LEFT JOIN json_each(h.tipo_victima) AS l
    WHERE h.tipo_victima IS NOT NULL
    GROUP BY h.periodo, h.estado, h.clase, l.value
    UNION ALL
    SELECT periodo, estado, clase, 'tipo_victima', tipo, 0, 0, 0, victimas FROM de_victimas WHERE tipo IS NOT NULL
    UNION ALL
    SELECT periodo, estado, clase, 'tipo_victima', tipo, 0, 0, n, 0 FROM de_actos
    UNION ALL
    SELECT periodo, estado, clase, 'genero', genero, hallazgos, publicaciones, 0, victimas FROM de_victimas
    UNION ALL
    SELECT periodo, estado, clase, 'genero', genero, 0, 0, n, 0 FROM de_actos
),
-- Un valor que no está en el catálogo va al renglón de lo que no se sabe.
desglosados AS MATERIALIZED (
    SELECT
        s.periodo, s.estado, s.clase, s.desglose,
        coalesce(
            c.valor,
            CASE s.desglose
                WHEN 'agresion' THEN 'sin tipo'
                WHEN 'modalidad' THEN 'sin modalidad'
                WHEN 'tipo_victima' THEN 'sin asignar'
                WHEN 'genero' THEN 'indeterminado'
                WHEN 'alcaldia' THEN 'sin alcaldía'
                WHEN 'agresor' THEN 'no_identificado'
            END
        ) AS valor,
        sum(s.hallazgos) AS hallazgos,
        sum(s.publicaciones) AS publicaciones,
        sum(s.actos) AS actos,
        sum(s.victimas) AS victimas
    FROM sueltos AS s LEFT JOIN catalogo AS c ON c.desglose = s.desglose AND c.valor = s.valor
    GROUP BY s.periodo, s.estado, s.clase, s.desglose, 5
)
