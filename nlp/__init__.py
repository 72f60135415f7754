"""Text → `Etiquetas`: what the annotation guide says of one news text, each value with its passage."""
