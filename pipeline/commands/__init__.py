"""`hallazgos …`: one file per group; commands parse and call."""
