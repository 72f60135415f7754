-- El día en la Ciudad de México de un momento UTC. Va entre las columnas de un SELECT que da «momento»; antes: verano. Desde el
-- 30 de octubre de 2022 no se busca en la tabla de veranos.
date(
    momento,
    iif(
        momento < '2022-10-30T07:00:00Z' AND EXISTS (SELECT 1 FROM verano AS v WHERE momento >= v.desde AND momento < v.hasta),
        '-5 hours',
        '-6 hours'
    )
)
