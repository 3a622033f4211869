"""What many duties share: acts done for a child, what was asked or happened, what lasted, and why it was late."""

from __future__ import annotations

from hearth.tables.columns import code, day, text, yes_no
from hearth.tables.table import ChildTable


class CaseActions(ChildTable):
    """Case actions: decisions, approvals, notices, checks and offers, one row each"""

    kind = code("case_action", "What was done", required=True)
    done_on = day("Day it was done", required=True)
    answers_on = day("Day of the event it answers, such as the start of the placement; null where the source is silent")
    is_refused = yes_no(
        "Declined by the child or young person: kept as itself; not done, save an offer, which was made"
    )
    outcome = text("Outcome in a word, such as medium or high for a risk")


class Requests(ChildTable):
    """Requests and events: what was asked or happened, and how it was answered"""

    kind = code("request", "What was asked or happened", required=True)
    raised_on = day("Day it was received or happened", required=True)
    promised_on = day("Day that was set for it: the planned end of a placement, the target of a plan")
    extended_on = day("Day on which the time to answer was extended")
    answered_on = day("Day of the answer: the reply, meeting, notice or approval")
    ended_on = day("Withdrawn, closed or overtaken")


class Arrangements(ChildTable):
    """Arrangements: what held for a child between two days and brings duties with it"""

    kind = code("arrangement", "What was arranged", required=True)
    started_on = day("From", required=True)
    ended_on = day("To; null while it goes on")


class LatenessReasons(ChildTable):
    """Reasons for lateness: why what was due on a day was late, kept beside the date"""

    duty = text("Id of the duty", required=True)
    due_on = day("Day it was due", required=True)
    reason = code("lateness_reason", "Reason")
    note = text("In the worker's words")
    recorded_on = day("Day the reason was recorded")
