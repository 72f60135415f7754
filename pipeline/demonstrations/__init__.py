"""Demonstrations (plan 1.5): what is coming and watched, and what is proposed to be watched."""

from pipeline.demonstrations.changes import cancel, change, create, move_by_clock, set_state
from pipeline.demonstrations.draft import Draft
from pipeline.registry.demonstrations import Demonstration, Point, by_uid, get, list_days, to_watch

__all__ = [
    "Demonstration",
    "Draft",
    "Point",
    "by_uid",
    "cancel",
    "change",
    "create",
    "get",
    "list_days",
    "move_by_clock",
    "set_state",
    "to_watch",
]
