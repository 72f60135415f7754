-- Un día está cubierto si en él empezó una de éstas. Va tras FROM.
corridas WHERE estado = 'completa' AND modo <> 'solo_fuentes'
