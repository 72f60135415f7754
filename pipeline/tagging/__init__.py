"""Texts in, tags out: the registry's captured notes and files of JSON lines."""
