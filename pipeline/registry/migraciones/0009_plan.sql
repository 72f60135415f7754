-- The plan's thirty indicators, what was reached of each, what was imported, and the reports that were closed (R11, R12).

-- One row an indicator and year; another year's plan is another CSV. `programado`: percent of the goal for each quarter (JSON
-- list of four), null where the plan's schedule does not name it. `medicion`: who says what was reached.
CREATE TABLE metas (
    anio INTEGER NOT NULL,
    clave TEXT NOT NULL,
    orden INTEGER NOT NULL,
    seccion TEXT NOT NULL,
    actividad TEXT NOT NULL,
    meta_programada TEXT NOT NULL,
    valor_meta REAL,
    indicador TEXT NOT NULL,
    formula_tipo TEXT NOT NULL,
    unidad TEXT NOT NULL,
    linea_base TEXT NOT NULL DEFAULT '',
    frecuencia TEXT NOT NULL DEFAULT '',
    sentido TEXT NOT NULL DEFAULT '' CHECK (sentido IN ('ascendente', 'descendente', '')),
    programado TEXT,
    medicion TEXT NOT NULL DEFAULT 'a_mano' CHECK (medicion IN ('a_mano', 'monitoreo', 'base_ddhh', 'base_mpi')),
    responsables TEXT NOT NULL DEFAULT '',
    dimension TEXT NOT NULL DEFAULT '',
    definicion TEXT NOT NULL DEFAULT '',
    metodo_literal TEXT NOT NULL DEFAULT '',
    fuente_informacion TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (anio, clave)
);

-- What was reached of an indicator in a quarter, told by a person (those that the monitor feeds are computed and have no row);
-- `programado` is what was to be reached in it, where the plan gives no number.
CREATE TABLE avances (
    id INTEGER PRIMARY KEY,
    anio INTEGER NOT NULL,
    clave TEXT NOT NULL,
    trimestre INTEGER NOT NULL CHECK (trimestre BETWEEN 1 AND 4),
    alcanzado REAL NOT NULL CHECK (alcanzado >= 0),
    programado REAL CHECK (programado >= 0),
    nota TEXT NOT NULL DEFAULT '',
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (anio, clave, trimestre),
    FOREIGN KEY (anio, clave) REFERENCES metas (anio, clave)
);

-- A file taken in: `antes` holds the rows as they stood, so that it can be undone.
CREATE TABLE importaciones (
    id INTEGER PRIMARY KEY,
    tipo TEXT NOT NULL CHECK (tipo IN ('totales', 'registros', 'metas', 'avances')),
    archivo TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    filas INTEGER NOT NULL,
    nuevas INTEGER NOT NULL,
    cambiadas INTEGER NOT NULL,
    antes TEXT NOT NULL DEFAULT '{}',
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    deshecha_por TEXT,
    deshecha_en TEXT
);

-- The key under which a record of earlier years was imported; the same key again updates its finding.
CREATE TABLE hallazgos_importados (
    clave TEXT PRIMARY KEY,
    folio TEXT NOT NULL UNIQUE REFERENCES hallazgos (folio),
    importacion_id INTEGER NOT NULL REFERENCES importaciones (id)
);

-- An import that is undone takes its findings away, and the search must forget them.
CREATE TRIGGER hallazgos_fts_baja AFTER DELETE ON hallazgos
BEGIN
    INSERT INTO hallazgos_fts (hallazgos_fts, rowid, folio, resumen, sitio)
    VALUES ('delete', old.id, old.folio, old.resumen, old.sitio);
END;

-- A report as it was signed: its figures never change; a later correction is another version.
CREATE TABLE cierres (
    id INTEGER PRIMARY KEY,
    periodo TEXT NOT NULL,
    version INTEGER NOT NULL,
    unidad TEXT NOT NULL,
    fecha TEXT NOT NULL,
    corte TEXT NOT NULL,
    pendientes INTEGER NOT NULL,
    consulta TEXT NOT NULL,
    cifras TEXT NOT NULL,
    documento TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    documento_docx BLOB NOT NULL,
    sha256_docx TEXT NOT NULL,
    version_programa TEXT NOT NULL,
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    UNIQUE (periodo, version)
);
CREATE TRIGGER cierres_no_cambian BEFORE UPDATE ON cierres
BEGIN
    SELECT RAISE(ABORT, 'un cierre no se modifica');
END;
CREATE TRIGGER cierres_no_se_reemplazan BEFORE INSERT ON cierres WHEN EXISTS (
    SELECT 1 FROM cierres WHERE id = new.id OR (periodo = new.periodo AND version = new.version)
)
BEGIN
    SELECT RAISE(ABORT, 'un cierre no se modifica');
END;
CREATE TRIGGER cierres_no_se_borran BEFORE DELETE ON cierres
BEGIN
    SELECT RAISE(ABORT, 'un cierre no se borra');
END;
