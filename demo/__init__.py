"""The demonstration: an invented press and the day played on it, through the product's own commands."""
