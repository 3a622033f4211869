"""Decisions by those who must take them: approvals, panels, hearings in court, and who was told of what."""

from __future__ import annotations

from hearth.tables.columns import code, day, text, yes_no
from hearth.tables.table import ChildTable


class Approvals(ChildTable):
    """Approvals: by the officer, director or court that must give them"""

    kind = code("approval", "What was approved", required=True)
    approved_on = day("Day of the approval (or of its refusal)", required=True)
    approver = code("approver", "Rank of who approved")
    approved_by = text("Name of who approved")
    answers_on = day("Day of the event it answers, such as the start of the placement; null where the source is silent")
    consulted_on = day("Area authority consulted, or told")
    is_refused = yes_no("Approval was refused")


class Panels(ChildTable):
    """Panels: a case considered by a panel, and the decision on its recommendation"""

    kind = code("panel", "Kind of panel", required=True)
    met_on = day("Day of the panel", required=True)
    recommendation = text("Recommendation")
    decided_on = day("Day of the decision on the recommendation")


class Notifications(ChildTable):
    """Notifications: who was told of an entry, a placement, an absence or an end"""

    recipient = code("recipient", "Who was told", required=True)
    sent_on = day("Day they were told", required=True)
    answers_on = day("Day of the event they were told of; null where the source is silent")
    is_withheld = yes_no("Left out on purpose, because telling them would not be safe")


class Hearings(ChildTable):
    """Hearings in court: in care and adoption proceedings"""

    case_id = text("Case: siblings in one application share it")
    kind = code("hearing", "Kind of hearing")
    heard_on = day("Day of the hearing", required=True)
    is_extended = yes_no("The timetable of the proceedings was extended")
