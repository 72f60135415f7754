"""The day, and everything after it: registry, findings, review, figures and the command line."""
