"""`hallazgos vigilar`: before, during and after a demonstration its sources are read in short cycles (plan 1.5 a)."""

from pipeline.watching.order import WatchOrder
from pipeline.watching.watch import watch

__all__ = ["WatchOrder", "watch"]
