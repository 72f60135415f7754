-- The last answer of each address of a source whose links all have their rows: what comes back the same is not read again.

CREATE TABLE respuestas (
    fuente_id TEXT NOT NULL REFERENCES fuentes (id),
    url TEXT NOT NULL,
    huella TEXT NOT NULL,
    version_lector TEXT NOT NULL,
    ventana TEXT NOT NULL,
    leida_en TEXT NOT NULL,
    PRIMARY KEY (fuente_id, url)
);
