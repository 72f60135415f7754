-- What `hallazgos depurar` emptied or removed: it stays known, so that nothing is fetched again and every gap has its reason.

ALTER TABLE noticias ADD COLUMN depurada_en TEXT;
-- Few rows have a text once purges run: what looks for those that do never walks the others.
CREATE INDEX noticias_con_texto ON noticias (capturada_en) WHERE depurada_en IS NULL;

CREATE TABLE capturas_depuradas (
    archivo TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    depurada_en TEXT NOT NULL
);
