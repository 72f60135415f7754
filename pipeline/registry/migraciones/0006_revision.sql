-- What people do with findings: decisions on what belongs together, the queue, comments, undo, hand-over.

-- Together or apart, said by a person of two notes; `noticia_a` is the smaller id.
CREATE TABLE decisiones_union (
    noticia_a INTEGER NOT NULL REFERENCES noticias (id),
    noticia_b INTEGER NOT NULL REFERENCES noticias (id),
    decision TEXT NOT NULL CHECK (decision IN ('juntas', 'aparte')),
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    PRIMARY KEY (noticia_a, noticia_b),
    CHECK (noticia_a < noticia_b)
);
CREATE INDEX decisiones_union_b ON decisiones_union (noticia_b);

-- Pairs that the machine would join but may not: the note that came and the first note of the other finding it fits.
CREATE TABLE posibles_duplicados (
    noticia_a INTEGER NOT NULL REFERENCES noticias (id),
    noticia_b INTEGER NOT NULL REFERENCES noticias (id),
    puntos REAL NOT NULL,
    razones TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (noticia_a, noticia_b),
    CHECK (noticia_a < noticia_b)
);
CREATE INDEX posibles_duplicados_b ON posibles_duplicados (noticia_b);

-- A note that joined a finding after a person had decided on it; `campos` says which codes it would add or change.
CREATE TABLE novedades (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    noticia_id INTEGER NOT NULL REFERENCES noticias (id),
    campos TEXT NOT NULL DEFAULT '[]',
    cuando TEXT NOT NULL,
    vista_por TEXT,
    vista_en TEXT,
    PRIMARY KEY (noticia_id)
);
CREATE INDEX novedades_pendientes ON novedades (folio) WHERE vista_en IS NULL;

-- Where a finding stands in the queue: who works on it, and until which day it is put off.
CREATE TABLE cola (
    folio TEXT PRIMARY KEY REFERENCES hallazgos (folio),
    asignado_a TEXT,
    pospuesto_hasta TEXT,
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL
);

CREATE TABLE comentarios (
    id INTEGER PRIMARY KEY,
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    texto TEXT NOT NULL,
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL
);
CREATE INDEX comentarios_folio ON comentarios (folio);

-- The rows of a finding as they stood before a change, so that the last one can be undone; `version` is the one it led to.
CREATE TABLE deshacer (
    id INTEGER PRIMARY KEY,
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    version INTEGER NOT NULL,
    accion TEXT NOT NULL,
    antes TEXT NOT NULL,
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL
);
CREATE INDEX deshacer_folio ON deshacer (folio, id);

-- Attention, referral, follow-up, measure or outcome of a finding (plan 1.2.1, 1.5.2 b and c).
CREATE TABLE atenciones (
    id INTEGER PRIMARY KEY,
    folio TEXT REFERENCES hallazgos (folio),
    tipo TEXT NOT NULL CHECK (tipo IN (
        'turno', 'atencion', 'canalizacion', 'seguimiento', 'medida', 'resultado',
        'documentacion', 'acompanamiento', 'evaluacion_medidas'
    )),
    area TEXT NOT NULL DEFAULT '',
    a_quien TEXT NOT NULL DEFAULT '',
    nota TEXT NOT NULL DEFAULT '',
    responde_a INTEGER REFERENCES atenciones (id),
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL
);
CREATE INDEX atenciones_folio ON atenciones (folio);

-- Work asked for on a page and done by a subprocess: a note to be fetched by its address, or one by hand to be tagged.
CREATE TABLE trabajos (
    id INTEGER PRIMARY KEY,
    tipo TEXT NOT NULL CHECK (tipo IN ('nota_por_direccion', 'nota_a_mano')),
    folio TEXT REFERENCES hallazgos (folio),
    datos TEXT NOT NULL,
    estado TEXT NOT NULL DEFAULT 'pendiente' CHECK (estado IN ('pendiente', 'en_curso', 'hecho', 'fallido')),
    mensaje TEXT NOT NULL DEFAULT '',
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    terminado_en TEXT
);
CREATE INDEX trabajos_sin_terminar ON trabajos (id) WHERE estado IN ('pendiente', 'en_curso');
CREATE INDEX trabajos_folio ON trabajos (folio);

-- When a person was told of an urgent finding, and who took note of it.
CREATE TABLE urgencias (
    folio TEXT PRIMARY KEY REFERENCES hallazgos (folio),
    avisado_en TEXT NOT NULL,
    veces INTEGER NOT NULL DEFAULT 1,
    acusado_por TEXT,
    acusado_en TEXT
);

-- Notes that sieve or tagger refused and that a person is asked to read: what the machine misses is estimated from them.
CREATE TABLE muestra_rechazadas (
    noticia_id INTEGER PRIMARY KEY REFERENCES noticias (id),
    semana TEXT NOT NULL,
    poblacion INTEGER NOT NULL,
    era_hallazgo INTEGER,
    quien TEXT,
    cuando TEXT
);
CREATE INDEX muestra_rechazadas_semana ON muestra_rechazadas (semana);

-- A finding given to a second analyst without the first coding; `codigos` is what that person coded.
CREATE TABLE segundas_lecturas (
    id INTEGER PRIMARY KEY,
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    para TEXT,
    pedida_en TEXT NOT NULL,
    primera TEXT NOT NULL,
    codigos TEXT,
    quien TEXT,
    cuando TEXT,
    UNIQUE (folio)
);

ALTER TABLE victimas ADD COLUMN origen TEXT NOT NULL DEFAULT 'maquina' CHECK (origen IN ('maquina', 'persona'));
ALTER TABLE actos ADD COLUMN origen TEXT NOT NULL DEFAULT 'maquina' CHECK (origen IN ('maquina', 'persona'));
