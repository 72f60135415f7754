"""What people decided, as annotated notes from which the tagger learns."""
