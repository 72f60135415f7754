-- Backfill over web archives: each reading of an archive, the ranges of it that are done with the fate of every record, and
-- where the notes that came from one lie in it.

CREATE TABLE archivos (
    id INTEGER PRIMARY KEY,
    ruta TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    huella TEXT NOT NULL,
    lectura TEXT NOT NULL,
    desde TEXT,
    hasta TEXT,
    sitios INTEGER NOT NULL DEFAULT 0,
    version_extractor TEXT NOT NULL,
    version_etiquetador TEXT NOT NULL,
    empezado_en TEXT NOT NULL,
    terminado_en TEXT,
    motivo TEXT NOT NULL DEFAULT '',
    UNIQUE (huella, bytes, lectura)
);

CREATE TABLE archivos_tramos (
    archivo_id INTEGER NOT NULL REFERENCES archivos (id),
    inicio INTEGER NOT NULL,
    fin INTEGER NOT NULL,
    hecho_en TEXT NOT NULL,
    danada INTEGER NOT NULL DEFAULT 0,
    otro_registro INTEGER NOT NULL DEFAULT 0,
    fuera_de_sitio INTEGER NOT NULL DEFAULT 0,
    rechazada INTEGER NOT NULL DEFAULT 0,
    otro_idioma INTEGER NOT NULL DEFAULT 0,
    fuera_de_fecha INTEGER NOT NULL DEFAULT 0,
    sin_texto INTEGER NOT NULL DEFAULT 0,
    cribada INTEGER NOT NULL DEFAULT 0,
    sin_hecho INTEGER NOT NULL DEFAULT 0,
    conocida INTEGER NOT NULL DEFAULT 0,
    nueva INTEGER NOT NULL DEFAULT 0,
    error INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (archivo_id, inicio),
    CHECK (inicio < fin)
) WITHOUT ROWID;

CREATE TABLE noticias_archivo (
    noticia_id INTEGER PRIMARY KEY REFERENCES noticias (id),
    archivo_id INTEGER NOT NULL REFERENCES archivos (id),
    lugar INTEGER NOT NULL,
    registro TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL
);
CREATE INDEX noticias_archivo_archivo ON noticias_archivo (archivo_id);
