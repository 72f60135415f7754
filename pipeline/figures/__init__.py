"""Figures from views: M1 with its footing, coverage, comparisons, baselines and the files they are written to."""
