-- Los días cubiertos por corridas desde el que empieza lo que se mide. Va tras FROM; antes: alcance (desde).
corridas WHERE estado = 'completa' AND modo <> 'solo_fuentes' AND dia >= (SELECT desde FROM alcance)
