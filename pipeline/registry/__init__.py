"""The only writers of rows: each file writes one part of the registry."""
