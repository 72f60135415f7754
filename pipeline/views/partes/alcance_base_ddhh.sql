-- La Base de Derechos Humanos da cifras desde la primera que se anotó.
alcance (desde) AS MATERIALIZED (
    SELECT coalesce(min(dia), '9999-12-31') FROM v_serie_base_ddhh
)
