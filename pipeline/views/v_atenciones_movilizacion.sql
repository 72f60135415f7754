-- titulo: Atenciones en movilizaciones por día
-- descripcion: Atenciones, canalizaciones y seguimientos de hallazgos ligados a una movilización, o anotados desde una Base MPI, por el día (Ciudad de México) en que se anotaron. Van junto al indicador 1.5.2 y no entran en M1.
-- columna dia: Día en que se anotó.
-- columna renglon: atenciones (atención, medida), canalizaciones (turno, canalización) o seguimientos (seguimiento, documentación, acompañamiento, evaluación de medidas, resultado).
-- columna n: Cuántas.
WITH RECURSIVE
-- incluye: verano
, anotadas (momento, renglon) AS (
    SELECT
        a.cuando,
        CASE
            WHEN a.tipo IN ('atencion', 'medida') THEN 'atenciones'
            WHEN a.tipo IN ('turno', 'canalizacion') THEN 'canalizaciones'
            ELSE 'seguimientos'
        END
    FROM atenciones AS a
    WHERE a.base_id IN (SELECT id FROM bases WHERE tipo = 'base_mpi') OR a.folio IN (SELECT folio FROM v_conteo_base_mpi)
)
SELECT
-- incluye: dia_local
 AS dia,
    renglon,
    count(*) AS n
FROM anotadas
GROUP BY 1, 2
