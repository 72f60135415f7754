"""The learned layer: the rules propose candidates with features, linear models weigh them (`hallazgos entrenar`)."""
