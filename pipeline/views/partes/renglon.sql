-- En qué renglón se cuenta un hallazgo y si el renglón entra en M1. Va entre las columnas de un SELECT de antecedente y ámbito.
iif(antecedente, 'antecedente', ambito) AS renglon,
(NOT antecedente AND ambito IN ('hecho_en_cdmx', 'persona_en_cdmx', 'a_distancia_cdmx')) AS cuenta
