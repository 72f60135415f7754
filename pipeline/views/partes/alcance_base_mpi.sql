-- Las agresiones en movilizaciones dan cifras desde la primera movilización que se anotó.
alcance (desde) AS MATERIALIZED (
    SELECT coalesce(min(dia), '9999-12-31') FROM movilizaciones
)
