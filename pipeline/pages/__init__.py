"""What the analyst's pages show, for the one-hook plugins of `datasette/plugins` to hand over."""
