-- What the indicators read of every finding and every run, in indexes that hold it whole: tables of decades are not walked.

CREATE INDEX hallazgos_renglon ON hallazgos (fecha_registro, folio, estado, antecedente, ambito, origen);
CREATE INDEX corridas_que_cubren ON corridas (dia) WHERE estado = 'completa' AND modo <> 'solo_fuentes';
