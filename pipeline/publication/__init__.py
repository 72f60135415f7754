"""The public version: aggregates only, from a declared list of tables, small figures reserved past working out."""
