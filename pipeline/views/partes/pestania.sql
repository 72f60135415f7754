-- En qué pestaña de la cola está un hallazgo `h`: por su ámbito, el corregido si lo hay.
CASE
    coalesce((SELECT valor ->> '$' FROM correcciones WHERE folio = h.folio AND campo = 'ambito'), h.ambito)
    WHEN 'fuera' THEN 'resto'
    WHEN 'por_determinar' THEN 'sin_determinar'
    ELSE 'ciudad'
END AS pestania
