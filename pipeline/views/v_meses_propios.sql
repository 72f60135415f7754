-- titulo: Meses con cifras propias
-- descripcion: Meses de los que el registro tiene días cubiertos por corridas, o registros por su fecha de registro: en ellos cuentan los registros, y un total importado del mismo mes no se usa.
-- columna mes: Mes, AAAA-MM.
-- columna importado: 1 si no hubo corridas y todos sus registros son de origen importado.
SELECT mes, min(importado) AS importado
FROM (
    SELECT substr(dia, 1, 7) AS mes, 0 AS importado
    FROM
-- incluye: corridas_que_cubren
    UNION ALL
    SELECT substr(fecha_registro, 1, 7), origen = 'importado' FROM v_renglones WHERE cuenta AND +estado = 'validado'
)
GROUP BY mes
