"""Foster carers: their approval, its reviews, unannounced visits, training, and what was said by or about them."""

from __future__ import annotations

from hearth.tables.columns import code, day, text, yes_no
from hearth.tables.table import CarerTable


class FosterCarers(CarerTable):
    """Foster carers: one row for each approval of a household"""

    kind = code("foster_carer_kind", "Kind of approval")
    approved_on = day("Day of approval", required=True)
    ended_on = day("Approval ended; null while it holds")
    reason_ended = text("Why it ended")
    worker_id = text("Identifier of the supervising social worker")
    team = text("Team")


class CarerReviews(CarerTable):
    """Reviews of foster carers' approval"""

    reviewed_on = day("Day of the review", required=True)
    decided_on = day("Day of the decision on the terms of approval: only then is the review complete")
    is_at_panel = yes_no("Went to the fostering panel, as the first review must")
    outcome = text("Outcome: continue, change or end the approval")


class CarerVisits(CarerTable):
    """Visits to foster homes: by the supervising social worker"""

    visited_on = day("Day of the visit", required=True)
    is_unannounced = yes_no("Unannounced")


class CarerTraining(CarerTable):
    """Training of foster carers: the training, support and development standards completed"""

    completed_on = day("Day the standards were completed", required=True)


class CarerConcerns(CarerTable):
    """Complaints and allegations: by foster carers or about them"""

    kind = code("carer_concern", "Complaint by the carer, complaint about the carer, or allegation", required=True)
    received_on = day("Received", required=True)
    answered_on = day("Answered, or outcome decided")
    ended_on = day("Withdrawn")
    outcome = text("Outcome in a word")
