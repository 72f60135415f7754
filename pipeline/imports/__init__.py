"""Foreign tables of earlier years taken in as findings: the mapping file, its cells, its rows."""
