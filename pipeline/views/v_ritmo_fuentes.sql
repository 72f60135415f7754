-- titulo: Ritmo de las fuentes
-- descripcion: Lo que cada fuente suele traer cada día de la semana: la mediana de sus enlaces nuevos en las ocho semanas que acaban en la última corrida, sin los días que no se leyó bien ni el silencio en que esté.
-- columna fuente_id: Clave de la fuente en el catálogo.
-- columna dia_semana: Día de la semana (de la lectura, en la Ciudad de México): 0 es domingo, 6 sábado.
-- columna esperados: Mediana de los enlaces nuevos de ese día.
-- columna casos: De cuántos días sale la mediana.
WITH RECURSIVE
-- incluye: verano
,
-- incluye: dias_fuentes
SELECT fuente_id, CAST(semana AS INTEGER) AS dia_semana, CAST(esperados AS REAL) AS esperados, CAST(casos AS INTEGER) AS casos FROM ritmo ORDER BY fuente_id, semana
