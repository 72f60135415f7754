"""Backfill: web archives (WARC) of earlier years read into the registry, by many processes or machines."""
