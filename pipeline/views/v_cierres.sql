-- titulo: Informes cerrados
-- descripcion: Las cifras de los informes como se firmaron. No cambian nunca: lo corregido después es otra versión del mismo periodo. El documento lo escribe «hallazgos informe --periodo P --version N».
-- columna periodo: Periodo, como lo lee «hallazgos indicador --periodo».
-- columna version: Versión, desde 1.
-- columna vigente: 1 si es la última versión de su periodo.
-- columna cerrado_en: Momento en que se cerró (UTC).
-- columna inicio: Primer día.
-- columna fin: Último día.
-- columna corte: Último día con cifras.
-- columna unidad: Lo que se cuenta.
-- columna fecha: Fecha del hallazgo que decide su periodo.
-- columna registros: Registros del periodo, como se firmaron.
-- columna registros_anterior: Registros del mismo periodo del año anterior, como se firmaron.
-- columna registros_comparados: Los que entraron en M1.
-- columna anterior_comparado: Los del año anterior entre los que dividió M1.
-- columna m1: M1 en por ciento, como se firmó; vacío donde no estaba definido.
-- columna m1_provisional: M1 si se hubieran validado los que estaban por revisar.
-- columna pendientes: Hallazgos del periodo que seguían por revisar.
-- columna marcas: Advertencias con que se firmó.
-- columna version_programa: Versión de hallazgos que lo hizo.
-- columna sha256: Huella SHA-256 del documento HTML.
-- columna sha256_docx: Huella SHA-256 del documento DOCX.
SELECT
    periodo,
    version,
    version = max(version) OVER (PARTITION BY periodo) AS vigente,
    cuando AS cerrado_en,
    cifras ->> '$.indicadores."1.4".inicio' AS inicio,
    cifras ->> '$.indicadores."1.4".fin' AS fin,
    corte,
    unidad,
    fecha,
    cifras ->> '$.indicadores."1.4".registros' AS registros,
    cifras ->> '$.indicadores."1.4".registros_anterior' AS registros_anterior,
    cifras ->> '$.indicadores."1.4".registros_comparados' AS registros_comparados,
    cifras ->> '$.indicadores."1.4".anterior_comparado' AS anterior_comparado,
    cifras ->> '$.indicadores."1.4".m1' AS m1,
    cifras ->> '$.indicadores."1.4".m1_provisional' AS m1_provisional,
    pendientes,
    (SELECT coalesce(group_concat(value, '; '), '') FROM json_each(cifras, '$.indicadores."1.4".marcas')) AS marcas,
    version_programa,
    sha256,
    sha256_docx
FROM cierres
ORDER BY inicio DESC, periodo, version DESC
