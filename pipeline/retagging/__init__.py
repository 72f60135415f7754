"""The tagger of today over the stored texts: what would change, then applied beneath what people decided."""
