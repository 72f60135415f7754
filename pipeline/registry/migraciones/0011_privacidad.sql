-- Requests on personal data (R33): who asked for what, done when; and what must not come back. Names stand nowhere here.

CREATE TABLE arco_solicitudes (
    id INTEGER PRIMARY KEY,
    tipo TEXT NOT NULL CHECK (tipo IN ('exportar', 'rectificar', 'bloquear', 'desbloquear', 'suprimir', 'liberar', 'descartados')),
    personas TEXT NOT NULL DEFAULT '[]',
    motivo TEXT NOT NULL,
    retencion TEXT NOT NULL DEFAULT '',
    de_solicitud INTEGER REFERENCES arco_solicitudes (id),
    conteos TEXT NOT NULL DEFAULT '{}',
    muestras TEXT NOT NULL DEFAULT '[]',
    quien TEXT NOT NULL,
    cuando TEXT NOT NULL,
    levantada_en TEXT
);

-- The salt of every digest below.
CREATE TABLE arco_sal (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sal TEXT NOT NULL
);

-- Salted digests (scrypt) of names that are not to be written again; `forma`: the whole name, or given name and first surname.
CREATE TABLE arco_nombres (
    huella TEXT NOT NULL,
    forma TEXT NOT NULL CHECK (forma IN ('completa', 'corta')),
    solicitud_id INTEGER NOT NULL REFERENCES arco_solicitudes (id),
    PRIMARY KEY (huella, solicitud_id)
);
CREATE INDEX arco_nombres_solicitud ON arco_nombres (solicitud_id);

-- Addresses that told a name: SHA-256 of the address as it was, and what stands for it now.
CREATE TABLE arco_direcciones (
    huella TEXT PRIMARY KEY,
    direccion TEXT NOT NULL,
    solicitud_id INTEGER NOT NULL REFERENCES arco_solicitudes (id)
);

-- Noticias whose text was covered: what their page says now never replaces it.
CREATE TABLE arco_noticias (
    noticia_id INTEGER NOT NULL REFERENCES noticias (id),
    solicitud_id INTEGER NOT NULL REFERENCES arco_solicitudes (id),
    PRIMARY KEY (noticia_id, solicitud_id)
);
