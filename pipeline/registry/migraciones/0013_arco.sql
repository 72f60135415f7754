-- How far a request on personal data has come, so that one that broke off is finished and not called done before; what tells a
-- name that comes back in a new note; and the notes of which a person said that they tell of somebody else.

ALTER TABLE arco_solicitudes ADD COLUMN aplicada_en TEXT;
ALTER TABLE arco_solicitudes ADD COLUMN terminada_en TEXT;
UPDATE arco_solicitudes SET aplicada_en = cuando, terminada_en = cuando WHERE conteos <> '{}' OR tipo = 'liberar';
CREATE INDEX arco_sin_terminar ON arco_solicitudes (id) WHERE terminada_en IS NULL;

-- Ten bits of each form of two words: a look that costs nothing, before the costly digest is asked.
CREATE TABLE arco_cribas (
    criba INTEGER NOT NULL,
    solicitud_id INTEGER NOT NULL REFERENCES arco_solicitudes (id),
    PRIMARY KEY (criba, solicitud_id)
);

CREATE TABLE arco_ajenas (
    noticia_id INTEGER PRIMARY KEY REFERENCES noticias (id),
    solicitud_id INTEGER NOT NULL REFERENCES arco_solicitudes (id)
);
