"""What a person decides on a finding: each decision is one transaction with its line in the audit trail, and can be undone."""

from pipeline.review.care import acknowledge, attend, hand_over
from pipeline.review.changes import Hand
from pipeline.review.corrections import correct, uncorrect
from pipeline.review.desk import assign, comment, mark_seen, postpone, undo_assign
from pipeline.review.errors import Conflict, ReviewError, Unchanged
from pipeline.review.fields import FIELDS
from pipeline.review.notes import HandNote, add_note_by_hand, drop_job, request_note_by_url, try_job_again
from pipeline.review.people import edit_acts, edit_victims
from pipeline.review.refused import accept_refused, confirm_refused, reconsider_refused
from pipeline.review.states import discard, discard_many, reopen, validate
from pipeline.review.undoing import undo_last as undo
from pipeline.review.unions import keep_apart, merge, move_note, split

__all__ = [
    "FIELDS",
    "Conflict",
    "Hand",
    "HandNote",
    "ReviewError",
    "Unchanged",
    "accept_refused",
    "acknowledge",
    "add_note_by_hand",
    "assign",
    "attend",
    "comment",
    "confirm_refused",
    "correct",
    "discard",
    "discard_many",
    "drop_job",
    "edit_acts",
    "edit_victims",
    "hand_over",
    "keep_apart",
    "mark_seen",
    "merge",
    "move_note",
    "postpone",
    "reconsider_refused",
    "reopen",
    "request_note_by_url",
    "split",
    "try_job_again",
    "uncorrect",
    "undo",
    "undo_assign",
    "validate",
]
