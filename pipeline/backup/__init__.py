"""Backups: one archive of the registry, its captures and the configuration; made, checked, restored, rotated."""
