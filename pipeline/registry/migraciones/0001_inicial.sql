-- The first shape of the registry: sources, links, runs, articles, findings and their codes, review, baselines.
-- Times are UTC ISO 8601 (`AAAA-MM-DDTHH:MM:SSZ`), days are of America/Mexico_City, lists and records are JSON, flags are 0 or 1.

CREATE TABLE fuentes (
    id TEXT PRIMARY KEY,
    nombre TEXT NOT NULL,
    tipo TEXT NOT NULL,
    sitio TEXT NOT NULL,
    rss TEXT NOT NULL DEFAULT '',
    seccion_url TEXT NOT NULL DEFAULT '',
    sitemap TEXT NOT NULL DEFAULT '',
    activa INTEGER NOT NULL DEFAULT 1,
    alta TEXT,
    verificada_en TEXT,
    etag TEXT,
    ultima_modificacion TEXT,
    ultima_lectura_buena TEXT
);

CREATE TABLE corridas (
    id INTEGER PRIMARY KEY,
    inicio TEXT NOT NULL,
    fin TEXT,
    dia TEXT NOT NULL,
    modo TEXT NOT NULL DEFAULT 'completo' CHECK (modo IN ('completo', 'solo_feeds', 'solo_fuentes')),
    estado TEXT NOT NULL DEFAULT 'en_curso' CHECK (estado IN ('en_curso', 'completa', 'interrumpida')),
    version TEXT NOT NULL,
    hallazgos_nuevos INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX corridas_dia ON corridas (dia);

CREATE TABLE corridas_fuentes (
    corrida_id INTEGER NOT NULL REFERENCES corridas (id),
    fuente_id TEXT NOT NULL REFERENCES fuentes (id),
    recibidos INTEGER NOT NULL DEFAULT 0,
    nueva INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 0,
    conocida INTEGER NOT NULL DEFAULT 0,
    sin_texto INTEGER NOT NULL DEFAULT 0,
    fuera_de_fecha INTEGER NOT NULL DEFAULT 0,
    rechazada INTEGER NOT NULL DEFAULT 0,
    error INTEGER NOT NULL DEFAULT 0,
    pendiente INTEGER NOT NULL DEFAULT 0,
    lecturas_buenas INTEGER NOT NULL DEFAULT 0,
    hueco INTEGER NOT NULL DEFAULT 0,
    fallida INTEGER NOT NULL DEFAULT 0,
    cerrada INTEGER NOT NULL DEFAULT 0,
    motivo TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (corrida_id, fuente_id)
);
CREATE INDEX corridas_fuentes_fuente ON corridas_fuentes (fuente_id, corrida_id);

CREATE TABLE noticias (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    url_canonica TEXT NOT NULL UNIQUE,
    fuente_id TEXT NOT NULL REFERENCES fuentes (id),
    titulo TEXT NOT NULL DEFAULT '',
    texto TEXT NOT NULL DEFAULT '',
    texto_origen TEXT NOT NULL CHECK (texto_origen IN ('pagina', 'feed', 'titulo', 'manual')),
    autor TEXT NOT NULL DEFAULT '',
    publicada_en TEXT,
    fecha_precision TEXT NOT NULL DEFAULT 'ninguna' CHECK (fecha_precision IN ('hora', 'dia', 'ninguna')),
    capturada_en TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    captura TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    huella TEXT,
    estado TEXT NOT NULL DEFAULT 'capturada' CHECK (estado IN ('capturada', 'etiquetada', 'agrupada')),
    relevante INTEGER,
    confianza REAL,
    etiquetas TEXT,
    version_guia TEXT,
    version_etiquetador TEXT,
    version_extractor TEXT NOT NULL
);
CREATE INDEX noticias_estado ON noticias (estado) WHERE estado <> 'agrupada';
CREATE INDEX noticias_fuente ON noticias (fuente_id);
CREATE INDEX noticias_publicada ON noticias (publicada_en);
CREATE INDEX noticias_capturada ON noticias (capturada_en);

CREATE TABLE enlaces (
    url_normalizada TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    fuente_id TEXT NOT NULL REFERENCES fuentes (id),
    lector TEXT NOT NULL CHECK (lector IN ('feed', 'seccion', 'mapa')),
    visto_en TEXT NOT NULL,
    titulo TEXT NOT NULL DEFAULT '',
    resumen TEXT NOT NULL DEFAULT '',
    contenido TEXT NOT NULL DEFAULT '',
    autor TEXT NOT NULL DEFAULT '',
    fecha TEXT,
    fecha_precision TEXT NOT NULL DEFAULT 'ninguna',
    modificada TEXT,
    captura TEXT,
    destino TEXT,
    motivo TEXT NOT NULL DEFAULT '',
    intentos INTEGER NOT NULL DEFAULT 0,
    primer_intento TEXT,
    proximo_intento TEXT,
    revisiones INTEGER NOT NULL DEFAULT 0,
    noticia_id INTEGER REFERENCES noticias (id)
);
CREATE INDEX enlaces_pendientes ON enlaces (fuente_id, proximo_intento) WHERE destino IS NULL;
CREATE INDEX enlaces_feed ON enlaces (fuente_id) WHERE lector = 'feed';
CREATE INDEX enlaces_noticia ON enlaces (noticia_id);

CREATE TABLE noticias_versiones (
    noticia_id INTEGER NOT NULL REFERENCES noticias (id),
    n INTEGER NOT NULL,
    titulo TEXT NOT NULL,
    texto TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    captura TEXT NOT NULL,
    capturada_en TEXT NOT NULL,
    PRIMARY KEY (noticia_id, n)
);

CREATE TABLE pasajes (
    id INTEGER PRIMARY KEY,
    noticia_id INTEGER NOT NULL REFERENCES noticias (id),
    version INTEGER NOT NULL,
    version_etiquetador TEXT NOT NULL,
    campo TEXT NOT NULL,
    parte TEXT NOT NULL DEFAULT 'texto' CHECK (parte IN ('titulo', 'texto')),
    inicio INTEGER NOT NULL,
    fin INTEGER NOT NULL,
    etiqueta TEXT NOT NULL,
    valor TEXT NOT NULL,
    regla TEXT NOT NULL
);
CREATE INDEX pasajes_noticia ON pasajes (noticia_id);

CREATE TABLE hallazgos (
    id INTEGER PRIMARY KEY,
    folio TEXT NOT NULL UNIQUE,
    fecha_registro TEXT NOT NULL,
    fecha_publicacion TEXT,
    fecha_hecho TEXT,
    hora_hecho TEXT,
    clase TEXT NOT NULL CHECK (clase IN ('riesgo', 'agresion', 'privacion_vida')),
    cdmx TEXT NOT NULL DEFAULT 'indeterminado' CHECK (cdmx IN ('si', 'no', 'indeterminado')),
    alcaldia TEXT,
    entidad TEXT,
    sitio TEXT NOT NULL DEFAULT '',
    latitud REAL,
    longitud REAL,
    ambito TEXT NOT NULL DEFAULT 'por_determinar'
        CHECK (ambito IN ('hecho_en_cdmx', 'persona_en_cdmx', 'a_distancia_cdmx', 'fuera', 'por_determinar')),
    movilizacion INTEGER NOT NULL DEFAULT 0,
    movilizacion_id INTEGER,
    fase TEXT NOT NULL DEFAULT 'sin_determinar' CHECK (fase IN ('antes', 'durante', 'despues', 'sin_determinar')),
    estado TEXT NOT NULL DEFAULT 'detectado' CHECK (estado IN ('detectado', 'validado', 'descartado', 'fusionado')),
    fusionado_en TEXT REFERENCES hallazgos (folio),
    vinculo TEXT NOT NULL DEFAULT 'no_confirmado'
        CHECK (vinculo IN ('confirmado', 'probable', 'no_confirmado', 'descartado')),
    via TEXT NOT NULL DEFAULT 'sin_determinar',
    antecedente INTEGER NOT NULL DEFAULT 0,
    urgente INTEGER NOT NULL DEFAULT 0,
    confianza REAL,
    resumen TEXT NOT NULL DEFAULT '',
    fuentes_independientes INTEGER NOT NULL DEFAULT 1,
    origen TEXT NOT NULL DEFAULT 'monitoreo' CHECK (origen IN ('monitoreo', 'archivo', 'manual', 'importado')),
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX hallazgos_registro ON hallazgos (fecha_registro);
CREATE INDEX hallazgos_hecho ON hallazgos (fecha_hecho);
CREATE INDEX hallazgos_estado ON hallazgos (estado);

CREATE TABLE contadores (
    nombre TEXT PRIMARY KEY,
    valor INTEGER NOT NULL
);

CREATE TABLE hallazgos_noticias (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    noticia_id INTEGER NOT NULL REFERENCES noticias (id),
    papel TEXT NOT NULL CHECK (papel IN ('primera', 'replica', 'seguimiento')),
    razones TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (folio, noticia_id)
);
CREATE UNIQUE INDEX hallazgos_noticias_noticia ON hallazgos_noticias (noticia_id);

CREATE TABLE claves_union (
    clave TEXT NOT NULL,
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    PRIMARY KEY (clave, folio)
) WITHOUT ROWID;
CREATE INDEX claves_union_folio ON claves_union (folio);

CREATE TABLE personas (
    id INTEGER PRIMARY KEY,
    nombre TEXT NOT NULL,
    clave TEXT NOT NULL,
    tipo TEXT NOT NULL CHECK (tipo IN ('persona', 'grupo', 'organizacion', 'medio')),
    genero TEXT NOT NULL DEFAULT 'indeterminado'
        CHECK (genero IN ('mujer', 'hombre', 'no_binario', 'colectivo', 'indeterminado')),
    genero_origen TEXT CHECK (genero_origen IN ('texto', 'nombre', 'dicho')),
    suprimida_en TEXT
);
CREATE INDEX personas_clave ON personas (clave);

CREATE TABLE victimas (
    id INTEGER PRIMARY KEY,
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    persona_id INTEGER REFERENCES personas (id),
    cantidad INTEGER,
    tipo TEXT NOT NULL CHECK (tipo IN ('periodista', 'defensora')),
    genero TEXT NOT NULL DEFAULT 'indeterminado',
    medio_u_organizacion TEXT NOT NULL DEFAULT '',
    relacion TEXT NOT NULL DEFAULT 'titular'
        CHECK (relacion IN ('titular', 'colaboradora', 'familiar', 'integrante_del_grupo', 'otra_vinculada')),
    anonimato_solicitado INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX victimas_folio ON victimas (folio);
CREATE INDEX victimas_persona ON victimas (persona_id);

CREATE TABLE actos (
    id INTEGER PRIMARY KEY,
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    modalidad TEXT NOT NULL,
    victima_id INTEGER REFERENCES victimas (id),
    agresor TEXT,
    confirmado INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX actos_folio ON actos (folio);
CREATE INDEX actos_victima ON actos (victima_id);

CREATE TABLE hallazgos_modalidad (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    valor TEXT NOT NULL,
    apoyo REAL NOT NULL DEFAULT 1.0,
    PRIMARY KEY (folio, valor)
);
CREATE TABLE hallazgos_agresion (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    valor TEXT NOT NULL,
    apoyo REAL NOT NULL DEFAULT 1.0,
    PRIMARY KEY (folio, valor)
);
CREATE TABLE hallazgos_agresor (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    valor TEXT NOT NULL,
    apoyo REAL NOT NULL DEFAULT 1.0,
    PRIMARY KEY (folio, valor)
);
CREATE TABLE hallazgos_tipo_victima (
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    valor TEXT NOT NULL,
    apoyo REAL NOT NULL DEFAULT 1.0,
    PRIMARY KEY (folio, valor)
);

CREATE TABLE correcciones (
    id INTEGER PRIMARY KEY,
    folio TEXT NOT NULL REFERENCES hallazgos (folio),
    campo TEXT NOT NULL,
    valor TEXT NOT NULL,
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    UNIQUE (folio, campo)
);

CREATE TABLE bitacora (
    id INTEGER PRIMARY KEY,
    cuando TEXT NOT NULL,
    quien TEXT NOT NULL,
    accion TEXT NOT NULL,
    tabla TEXT NOT NULL,
    clave TEXT NOT NULL,
    campo TEXT NOT NULL DEFAULT '',
    antes TEXT,
    despues TEXT,
    motivo TEXT NOT NULL DEFAULT ''
);
CREATE INDEX bitacora_clave ON bitacora (tabla, clave);
CREATE TRIGGER bitacora_no_cambia BEFORE UPDATE ON bitacora
BEGIN
    SELECT RAISE(ABORT, 'la bitácora no se modifica');
END;
-- INSERT OR REPLACE deletes without asking the trigger on deletion.
CREATE TRIGGER bitacora_no_se_reemplaza BEFORE INSERT ON bitacora WHEN EXISTS (SELECT 1 FROM bitacora WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'la bitácora no se modifica');
END;
CREATE TRIGGER bitacora_no_se_borra BEFORE DELETE ON bitacora
BEGIN
    SELECT RAISE(ABORT, 'la bitácora no se borra');
END;

CREATE TABLE lecturas (
    id INTEGER PRIMARY KEY,
    cuando TEXT NOT NULL,
    quien TEXT NOT NULL,
    ruta TEXT NOT NULL,
    folios TEXT NOT NULL DEFAULT '[]'
);

CREATE TABLE lineas_base (
    id INTEGER PRIMARY KEY,
    anio INTEGER NOT NULL,
    mes INTEGER NOT NULL CHECK (mes BETWEEN 1 AND 12),
    indicador TEXT NOT NULL DEFAULT '1.4',
    total INTEGER NOT NULL CHECK (total >= 0),
    unidad TEXT NOT NULL DEFAULT 'hallazgo',
    fuente TEXT NOT NULL DEFAULT '',
    importada_en TEXT NOT NULL,
    UNIQUE (anio, mes, indicador, unidad)
);

CREATE VIRTUAL TABLE noticias_fts USING fts5 (
    titulo, texto, content = 'noticias', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER noticias_fts_alta AFTER INSERT ON noticias
BEGIN
    INSERT INTO noticias_fts (rowid, titulo, texto) VALUES (new.id, new.titulo, new.texto);
END;
CREATE TRIGGER noticias_fts_baja AFTER DELETE ON noticias
BEGIN
    INSERT INTO noticias_fts (noticias_fts, rowid, titulo, texto) VALUES ('delete', old.id, old.titulo, old.texto);
END;
CREATE TRIGGER noticias_fts_cambio AFTER UPDATE OF titulo, texto ON noticias
BEGIN
    INSERT INTO noticias_fts (noticias_fts, rowid, titulo, texto) VALUES ('delete', old.id, old.titulo, old.texto);
    INSERT INTO noticias_fts (rowid, titulo, texto) VALUES (new.id, new.titulo, new.texto);
END;

CREATE VIRTUAL TABLE hallazgos_fts USING fts5 (
    folio, resumen, sitio, content = 'hallazgos', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER hallazgos_fts_alta AFTER INSERT ON hallazgos
BEGIN
    INSERT INTO hallazgos_fts (rowid, folio, resumen, sitio) VALUES (new.id, new.folio, new.resumen, new.sitio);
END;
CREATE TRIGGER hallazgos_fts_cambio AFTER UPDATE OF resumen, sitio ON hallazgos
BEGIN
    INSERT INTO hallazgos_fts (hallazgos_fts, rowid, folio, resumen, sitio)
    VALUES ('delete', old.id, old.folio, old.resumen, old.sitio);
    INSERT INTO hallazgos_fts (rowid, folio, resumen, sitio) VALUES (new.id, new.folio, new.resumen, new.sitio);
END;
