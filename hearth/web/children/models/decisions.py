"""Decisions by those who must take them: approvals, panels, hearings, and who was told of what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from hearth.web.children.fields import code, day, text, yes_no
from hearth.web.children.records import ChildRecord


class Approval(ChildRecord):
    """An approval by the officer, director or court that must give it."""

    table: ClassVar[str] = "approvals"
    told_if_so: ClassVar[Sequence[str]] = ("is_refused",)
    kind = code("approval", "what was approved", required=True)
    approved_on = day("day of the approval, or of its refusal", required=True)
    approver = code("approver", "rank of who approved")
    approved_by = text("name of who approved")
    answers_on = day("day of the event it answers")
    consulted_on = day("area authority consulted, or told")
    is_refused = yes_no("approval was refused")


class Panel(ChildRecord):
    """A case considered by a panel, and the decision on its recommendation."""

    table: ClassVar[str] = "panels"
    kind = code("panel", "kind of panel", required=True)
    met_on = day("day of the panel", required=True)
    recommendation = text()
    decided_on = day("day of the decision on the recommendation")


class Notification(ChildRecord):
    """Somebody was told of an entry, a placement, an absence or an end."""

    table: ClassVar[str] = "notifications"
    told_if_so: ClassVar[Sequence[str]] = ("is_withheld",)
    recipient = code("recipient", "who was told", required=True)
    sent_on = day("day they were told", required=True)
    answers_on = day("day of the event they were told of")
    is_withheld = yes_no("left out on purpose, because telling them would not be safe")


class Hearing(ChildRecord):
    """A hearing in court, in care or adoption proceedings."""

    table: ClassVar[str] = "hearings"
    told_if_so: ClassVar[Sequence[str]] = ("is_extended",)
    case_id = text("case: siblings in one application share it")
    kind = code("hearing", "kind of hearing")
    heard_on = day("day of the hearing", required=True)
    is_extended = yes_no("the timetable of the proceedings was extended")


class LatenessReason(ChildRecord):
    """Why what was due on a day was late; the worker's words are the record's note."""

    table: ClassVar[str] = "lateness_reasons"
    duty = text("duty", required=True)
    due_on = day("day it was due", required=True)
    reason = code("lateness_reason")
    recorded_on = day("day the reason was recorded")
