"""What may be done to the record of a child in care: each verb is one transaction and one line in the log."""

from hearth.web.children.actions.allocating import allocate, end_allocation
from hearth.web.children.actions.caring import change_legal_status, end_care, move, start_care
from hearth.web.children.actions.children import change_child, change_photo, create_child
from hearth.web.children.actions.correcting import correct_episode, withdraw_episode
from hearth.web.children.actions.family import record_address
from hearth.web.children.actions.papers import attach
from hearth.web.children.actions.planning import record_care_plan, record_permanence_plan
from hearth.web.children.actions.reviewing import (
    Attending,
    Decision,
    correct_review,
    finish_decision,
    goes_with,
    is_one_of_its_day,
    record_review,
    withdraw_review,
)
from hearth.web.children.actions.visiting import record_visit
from hearth.web.children.recording import correct, record, together, withdraw

__all__ = [
    "Attending",
    "Decision",
    "allocate",
    "attach",
    "change_child",
    "change_legal_status",
    "change_photo",
    "correct",
    "correct_episode",
    "correct_review",
    "create_child",
    "end_allocation",
    "end_care",
    "finish_decision",
    "goes_with",
    "is_one_of_its_day",
    "move",
    "record",
    "record_address",
    "record_care_plan",
    "record_permanence_plan",
    "record_review",
    "record_visit",
    "start_care",
    "together",
    "withdraw",
    "withdraw_episode",
    "withdraw_review",
]
