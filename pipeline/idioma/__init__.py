"""click's own messages in Spanish."""
