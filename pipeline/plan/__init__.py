"""The plan's indicators and what was reached of them: loading, telling by hand or by file, the table of a quarter."""
