"""`hallazgos vigilar`: before, during and after a demonstration its sources are read in short cycles (plan 1.5 a)."""
