"""The Base (plan 1.5.1, 1.5.2): when and where it stood, its log, what was done for people there; with or without a network."""
