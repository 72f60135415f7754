-- The log of custody (R26): what happened to each capture that a finding rests on, each line chained to the one before by hash.
-- No address, name or text stands in it, for it can never be emptied: `direccion` is the SHA-256 of the address.

CREATE TABLE custodia (
    id INTEGER PRIMARY KEY,
    cuando TEXT NOT NULL,
    accion TEXT NOT NULL CHECK (accion IN (
        'inventario', 'ingreso', 'version', 'traslado', 'recaptura', 'ausencia', 'verificacion', 'exportacion', 'depuracion',
        'bloqueo', 'desbloqueo', 'supresion'
    )),
    folio TEXT NOT NULL DEFAULT '',
    noticia_id INTEGER,
    version INTEGER,
    captura TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    direccion TEXT NOT NULL DEFAULT '',
    metodo TEXT NOT NULL DEFAULT '',
    herramienta TEXT NOT NULL,
    quien TEXT NOT NULL,
    detalle TEXT NOT NULL DEFAULT '',
    anterior TEXT NOT NULL,
    huella TEXT NOT NULL
);
CREATE INDEX custodia_folio ON custodia (folio);
CREATE INDEX custodia_noticia ON custodia (noticia_id, accion);
CREATE TRIGGER custodia_sigue BEFORE INSERT ON custodia
WHEN new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM custodia)
    OR new.anterior IS NOT coalesce((SELECT huella FROM custodia WHERE id = (SELECT max(id) FROM custodia)), '')
BEGIN
    SELECT RAISE(ABORT, 'la custodia sólo crece por el final');
END;
CREATE TRIGGER custodia_no_cambia BEFORE UPDATE ON custodia
BEGIN
    SELECT RAISE(ABORT, 'la custodia no se modifica');
END;
CREATE TRIGGER custodia_no_se_borra BEFORE DELETE ON custodia
BEGIN
    SELECT RAISE(ABORT, 'la custodia no se borra');
END;
