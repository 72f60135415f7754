-- What each channel of `hallazgos aviso` was told last. The channel's address is not kept: it may hold a password.

CREATE TABLE avisos (
    canal TEXT PRIMARY KEY,
    nombre TEXT NOT NULL,
    entregado_en TEXT NOT NULL,
    ultimo_hallazgo INTEGER NOT NULL DEFAULT 0,
    fuentes TEXT NOT NULL DEFAULT '{}'
);
