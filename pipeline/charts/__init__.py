"""Charts over the views' rows: one Vega-Lite spec each, drawn without network to SVG and PNG, for pages and reports alike."""
