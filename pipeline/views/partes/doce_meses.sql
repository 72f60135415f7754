-- Los doce meses que terminan en cada mes con algo en el registro. Antes: calendario, limites. Va solo o tras UNION ALL.
    SELECT 'doce_meses' AS tipo, '12M-' || p.periodo AS periodo, date(p.inicio, '-11 months') AS inicio, p.fin
    FROM periodos_del_anio AS p, limites AS l
    WHERE p.tipo = 'mes' AND p.inicio <= l.ultimo AND p.fin >= l.primero
