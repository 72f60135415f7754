-- Demonstrations and the Base (plan 1.5, R13–R16): what is watched, what is proposed to be watched, who stood there and what they wrote.

-- `dia` is the Mexico City day of `inicio`; `hora_sabida` 0: `inicio` is the start of that day because nobody told the hour.
CREATE TABLE movilizaciones (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    nombre TEXT NOT NULL,
    convocantes TEXT NOT NULL DEFAULT '[]',
    causa TEXT NOT NULL DEFAULT '',
    dia TEXT NOT NULL,
    inicio TEXT NOT NULL,
    fin TEXT,
    hora_sabida INTEGER NOT NULL DEFAULT 1,
    recorrido TEXT NOT NULL DEFAULT '[]',
    alcaldia TEXT,
    asistencia_esperada INTEGER CHECK (asistencia_esperada >= 0),
    riesgo_esperado TEXT NOT NULL DEFAULT 'sin_determinar'
        CHECK (riesgo_esperado IN ('bajo', 'medio', 'alto', 'sin_determinar')),
    estado TEXT NOT NULL DEFAULT 'prevista' CHECK (estado IN ('prevista', 'en_curso', 'terminada', 'cancelada')),
    vigilar_desde TEXT NOT NULL,
    vigilar_hasta TEXT NOT NULL,
    fuentes TEXT NOT NULL DEFAULT '[]',
    origen TEXT NOT NULL CHECK (origen IN ('a_mano', 'recurrente', 'noticia', 'calendario')),
    noticia_id INTEGER REFERENCES noticias (id),
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (vigilar_desde <= vigilar_hasta)
);
CREATE INDEX movilizaciones_dia ON movilizaciones (dia);
CREATE INDEX movilizaciones_fin ON movilizaciones (fin) WHERE fin IS NOT NULL;
CREATE INDEX movilizaciones_vigilar ON movilizaciones (vigilar_hasta);

-- What a calendar or the news announces; `clave` is the same for the same announcement seen twice, `caduca` the last day it is shown.
CREATE TABLE movilizaciones_propuestas (
    id INTEGER PRIMARY KEY,
    clave TEXT NOT NULL UNIQUE,
    nombre TEXT NOT NULL,
    convocantes TEXT NOT NULL DEFAULT '[]',
    causa TEXT NOT NULL DEFAULT '',
    dia TEXT NOT NULL,
    hora TEXT,
    fin TEXT,
    sitio TEXT NOT NULL DEFAULT '',
    alcaldia TEXT,
    riesgo_esperado TEXT NOT NULL DEFAULT 'sin_determinar',
    uid TEXT,
    origen TEXT NOT NULL CHECK (origen IN ('recurrente', 'noticia', 'calendario')),
    noticia_id INTEGER REFERENCES noticias (id),
    caduca TEXT NOT NULL,
    estado TEXT NOT NULL DEFAULT 'propuesta' CHECK (estado IN ('propuesta', 'aceptada', 'descartada')),
    movilizacion_id INTEGER REFERENCES movilizaciones (id),
    vista_en TEXT NOT NULL,
    quien TEXT,
    cuando TEXT
);
CREATE INDEX movilizaciones_propuestas_dia ON movilizaciones_propuestas (dia);
CREATE INDEX movilizaciones_propuestas_caduca ON movilizaciones_propuestas (caduca) WHERE estado = 'propuesta';

-- Up to which note announcements were looked for.
CREATE TABLE anuncios_leidos (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    noticia_id INTEGER NOT NULL
);

-- Why a finding is held to belong to a demonstration; the link itself is `hallazgos.movilizacion_id`, a person's is in `correcciones`.
CREATE TABLE hallazgos_movilizaciones (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    movilizacion_id INTEGER NOT NULL REFERENCES movilizaciones (id),
    puntos REAL NOT NULL,
    razones TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (folio, movilizacion_id)
);
CREATE INDEX hallazgos_movilizaciones_de ON hallazgos_movilizaciones (movilizacion_id);
CREATE INDEX hallazgos_movilizacion ON hallazgos (movilizacion_id) WHERE movilizacion_id IS NOT NULL;

-- Each time that a Base stood: the Base de Derechos Humanos (1.5.1) or the Base MPI (1.5.2).
CREATE TABLE bases (
    id INTEGER PRIMARY KEY,
    movilizacion_id INTEGER NOT NULL REFERENCES movilizaciones (id),
    tipo TEXT NOT NULL CHECK (tipo IN ('base_ddhh', 'base_mpi')),
    inicio TEXT NOT NULL,
    fin TEXT,
    sitio TEXT NOT NULL DEFAULT '',
    organismos TEXT NOT NULL DEFAULT '[]',
    personas_presentes INTEGER CHECK (personas_presentes >= 0),
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX bases_movilizacion ON bases (movilizacion_id);

-- An entry of the log of a Base; the telephone that wrote it gives the `uuid`, so that one sent twice is stored once. `quien` is the
-- account that sent it; `anoto` who wrote it, where the telephone says that it was somebody else.
CREATE TABLE registros_base (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    base_id INTEGER NOT NULL REFERENCES bases (id),
    hora TEXT NOT NULL,
    tipo TEXT NOT NULL
        CHECK (tipo IN ('observacion', 'riesgo', 'agresion', 'atencion', 'canalizacion', 'seguimiento', 'incidencia')),
    texto TEXT NOT NULL,
    tipo_persona TEXT CHECK (tipo_persona IN ('periodista', 'defensora')),
    iniciales TEXT NOT NULL DEFAULT '' CHECK (length(iniciales) <= 6),
    folio TEXT REFERENCES hallazgos (folio),
    entrada TEXT NOT NULL DEFAULT 'pagina' CHECK (entrada IN ('pagina', 'formulario')),
    anoto TEXT NOT NULL DEFAULT '' CHECK (length(anoto) <= 64),
    quien TEXT NOT NULL,
    recibido_en TEXT NOT NULL
);
CREATE INDEX registros_base_base ON registros_base (base_id, hora);
CREATE INDEX registros_base_folio ON registros_base (folio) WHERE folio IS NOT NULL;

ALTER TABLE atenciones ADD COLUMN base_id INTEGER REFERENCES bases (id);
ALTER TABLE atenciones ADD COLUMN registro_base TEXT REFERENCES registros_base (uuid);
CREATE INDEX atenciones_base ON atenciones (base_id) WHERE base_id IS NOT NULL;

-- Which demonstrations a run of `vigilar` watched, how often it was to look, and what it read: once that is summed up, the rows of
-- `corridas_fuentes` that say nothing (read well, nothing new) go, or a watch of days would leave hundreds of thousands.
CREATE TABLE vigilancias (
    corrida_id INTEGER NOT NULL REFERENCES corridas (id),
    movilizacion_id INTEGER NOT NULL REFERENCES movilizaciones (id),
    cada_minutos REAL NOT NULL,
    sumada INTEGER NOT NULL DEFAULT 0,
    fuentes INTEGER NOT NULL DEFAULT 0,
    leidas INTEGER NOT NULL DEFAULT 0,
    nuevas INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (corrida_id, movilizacion_id)
);
CREATE INDEX vigilancias_movilizacion ON vigilancias (movilizacion_id, corrida_id);
CREATE INDEX vigilancias_sin_sumar ON vigilancias (corrida_id) WHERE NOT sumada;

-- Of each source that was read for a demonstration: summed-up cycles, those in which it answered, new articles.
CREATE TABLE vigilancias_fuentes (
    movilizacion_id INTEGER NOT NULL REFERENCES movilizaciones (id),
    fuente_id TEXT NOT NULL REFERENCES fuentes (id),
    ciclos INTEGER NOT NULL,
    leidas INTEGER NOT NULL,
    nuevas INTEGER NOT NULL,
    PRIMARY KEY (movilizacion_id, fuente_id)
) WITHOUT ROWID;

-- What was told of an open Base: one finding once to each channel.
CREATE TABLE avisos_base (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    canal TEXT NOT NULL,
    avisado_en TEXT NOT NULL,
    PRIMARY KEY (folio, canal)
);

-- What is to be compared anew, whoever changed it: `clave` is a folio, or the number of a demonstration.
-- In a trigger OR IGNORE would give way to the clause of the statement that fires it; ON CONFLICT does not.
CREATE TABLE por_enlazar (
    tabla TEXT NOT NULL CHECK (tabla IN ('hallazgos', 'movilizaciones')),
    clave TEXT NOT NULL,
    PRIMARY KEY (tabla, clave)
) WITHOUT ROWID;
CREATE INDEX correcciones_movilizacion ON correcciones (valor) WHERE campo = 'movilizacion_id';
CREATE TRIGGER por_enlazar_nota AFTER INSERT ON hallazgos_noticias
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', new.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_nota_movida AFTER UPDATE OF folio ON hallazgos_noticias
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', old.folio), ('hallazgos', new.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_nota_quitada AFTER DELETE ON hallazgos_noticias
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', old.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_etiquetas AFTER UPDATE OF etiquetas ON noticias WHEN new.etiquetas IS NOT NULL
BEGIN
    INSERT INTO por_enlazar SELECT 'hallazgos', folio FROM hallazgos_noticias WHERE noticia_id = new.id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_hallazgo AFTER INSERT ON hallazgos WHEN new.movilizacion OR new.fecha_hecho IS NOT NULL
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', new.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_codigos
AFTER UPDATE OF fecha_hecho, hora_hecho, fecha_publicacion, sitio, cdmx, alcaldia, movilizacion, fusionado_en ON hallazgos
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', new.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_correccion AFTER INSERT ON correcciones
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', new.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_correccion_cambiada AFTER UPDATE ON correcciones
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', new.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_correccion_quitada AFTER DELETE ON correcciones
BEGIN
    INSERT INTO por_enlazar VALUES ('hallazgos', old.folio) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_movilizacion AFTER INSERT ON movilizaciones
BEGIN
    INSERT INTO por_enlazar VALUES ('movilizaciones', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_movilizacion_cambiada
AFTER UPDATE OF nombre, convocantes, causa, dia, inicio, fin, hora_sabida, recorrido, alcaldia ON movilizaciones
BEGIN
    INSERT INTO por_enlazar VALUES ('movilizaciones', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER por_enlazar_movilizacion_cancelada AFTER UPDATE OF estado ON movilizaciones
WHEN (old.estado = 'cancelada') <> (new.estado = 'cancelada')
BEGIN
    INSERT INTO por_enlazar VALUES ('movilizaciones', new.id) ON CONFLICT DO NOTHING;
END;
