"""The rules: one file per field of the annotation guide, over the lexicon's hits, the mentions and the acts of a note."""
