-- verano: del primer domingo de abril a las 2:00 al último de octubre a las 2:00, la Ciudad de México iba a UTC-5 (1996 a 2022,
-- con otras fechas en 2001); el resto del tiempo, y siempre desde 2023, va a UTC-6. En momentos como se guardan.
anios (anio) AS (SELECT 1996 UNION ALL SELECT anio + 1 FROM anios WHERE anio < 2022),
verano (desde, hasta) AS MATERIALIZED (
    SELECT
        date(anio || iif(anio = 2001, '-05-01', '-04-01'), 'weekday 0') || 'T08:00:00Z',
        date(anio || iif(anio = 2001, '-09-24', '-10-25'), 'weekday 0') || 'T07:00:00Z'
    FROM anios
)
