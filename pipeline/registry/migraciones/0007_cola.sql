-- What the queue asks for by index: a day's work, findings on the same outlet, the two kinds of refused notes.

-- Mexico City keeps UTC-6 all year since 2022; nobody reviewed anything before.
CREATE INDEX bitacora_decisiones ON bitacora (date(cuando, '-6 hours'), clave)
WHERE tabla = 'hallazgos' AND campo IN ('estado', 'fusionado_en');
CREATE INDEX victimas_medio ON victimas (medio_u_organizacion) WHERE medio_u_organizacion <> '';

-- Who refused the note: each is a population of its own, from which as many notes are drawn.
ALTER TABLE muestra_rechazadas ADD COLUMN estrato TEXT NOT NULL DEFAULT 'criba' CHECK (estrato IN ('criba', 'etiquetador'));
