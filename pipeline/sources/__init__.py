"""The catalogue at the operator's hand: which sources are read, trying them, reading one document of theirs."""
